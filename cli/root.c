/* root: the option that every verb takes. */
#include "cli/cli.h"
#include "core/path.h"
#include <stdlib.h>
#include <string.h>

const char root_help[] =
    "With --root DIR, every verb uses the experiments/, results/ and datasets/ in DIR.  Without "
    "it, the root is GOSSIPBENCH_ROOT of the environment; otherwise the working folder, if it has "
    "experiments/; otherwise the source tree in which the program was built, or the working folder "
    "if it is installed.  What the root does not have of experiments/, results/published and "
    "results/expected is read from where the program is installed.";

int take_root(int *argc, char **argv, struct err *e)
{
    static const char option[] = "--root";
    const size_t length = sizeof(option) - 1;
    const char *root = getenv("GOSSIPBENCH_ROOT");
    int n = 1, given = 0;
    for (int i = 1; i < *argc; i++) {
        if (strncmp(argv[i], option, length) != 0 || (argv[i][length] && argv[i][length] != '=')) {
            argv[n++] = argv[i];
            continue;
        }
        if (given++)
            return err_usage(e, "--root is given twice");
        root = argv[i][length] ? argv[i] + length + 1 : argv[++i];
        if (!root)
            return err_usage(e, "--root needs a value");
        if (!*root)
            return err_usage(e, "--root is given without a value, as ''");
    }
    argv[ *argc = n] = NULL;
    return root && *root ? path_set_root(root, e) : 0;
}
