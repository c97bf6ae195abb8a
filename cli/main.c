#include "cli/cli.h"
#include "core/build.h"
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

const char exit_help[] = "Exit codes: 0 done, 1 failed, 2 usage, 3 a verdict failed, 4 the run "
                         "diverged, 75 interrupted and resumable.";

/* Print the help that a word asks for; 0 if none does. */
static int print_help(char **word, const struct verb *v)
{
    for (; *word; word++)
        if (help_is_asked(*word)) {
            help_print(stdout, v, NULL);
            return 1;
        }
    return 0;
}

static int answer_verb(char **word)
{
    struct err e;
    const struct verb *v = verbs_find(word, &e);
    if (!v && word[1] && help_is_asked(word[1]) && verbs_are_of(word[0])) {
        help_print(stdout, NULL, word[0]);
        return EXIT_DONE;
    }
    if (!v)
        return fail(&e);
    if (print_help(word, v))
        return EXIT_DONE;
    return run_verb(v, word + (strchr(v->name, ' ') ? 2 : 1));
}

int answer(int argc, char **argv)
{
    if (argc < 2 || help_is_asked(argv[1])) {
        help_print(argc < 2 ? stderr : stdout, NULL, NULL);
        return argc < 2 ? EXIT_USAGE : EXIT_DONE;
    }
    if (!strcmp(argv[1], "--version")) {
        printf("gossipbench %s (commit %s, %s build)\n", build.version, build.commit,
               build.variant);
        return EXIT_DONE;
    }
    return strcmp(argv[1], "complete") ? answer_verb(argv + 1) : complete(argv + 2);
}

/* A verb has failed if its output could not be written, even if its work is done. */
int main(int argc, char **argv)
{
    struct err e;
    signal(SIGXFSZ, SIG_IGN); /* a file beyond the limit of its size fails with a sentence */
    int code = start(argc, argv);
    int lost =
        fflush(stdout) != 0 || ferror(stdout) || (close(STDOUT_FILENO) != 0 && errno != EBADF);
    if (!lost || (code != EXIT_DONE && code != EXIT_VERDICT))
        return code;
    err_set(&e, "standard output cannot be written, so it is incomplete");
    return fail(&e);
}
