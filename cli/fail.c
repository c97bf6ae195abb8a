/* fail: what the program says to the user beside its results. */
#include "cli/cli.h"
#include "core/terminal.h"
#include <stdarg.h>

static int is_silent; /* a rank other than the first, which speaks for all */

void be_silent(void)
{
    is_silent = 1;
}

int fail(const struct err *e)
{
    fflush(stdout);
    if (!is_silent)
        terminal_clear(stderr), fprintf(stderr, "gossipbench: %s\n", e->text);
    return e->usage ? EXIT_USAGE : EXIT_FAILED;
}

void warn(const char *fmt, ...)
{
    va_list ap;
    if (is_silent)
        return;
    va_start(ap, fmt);
    terminal_clear(stderr);
    fprintf(stderr, "gossipbench: warning: ");
    vfprintf(stderr, fmt, ap);
    fputc('\n', stderr);
    va_end(ap);
}
