#include "core/terminal.h"
#include <sys/ioctl.h>
#include <unistd.h>

static const char erase[] = "\r\033[K";
static int is_live; /* this process, or its parent before it, has written a live line */

int terminal_is_there(void)
{
    return isatty(STDERR_FILENO) && isatty(STDOUT_FILENO);
}

int terminal_columns(void)
{
    struct winsize w;
    return ioctl(STDOUT_FILENO, TIOCGWINSZ, &w) == 0 && w.ws_col > 0 ? w.ws_col : 80;
}

int terminal_fit(const char *text, int n_column)
{
    int n = 0;
    for (; text[n] && (n_column > 0 || (text[n] & 0xc0) == 0x80); n++)
        n_column -= (text[n] & 0xc0) != 0x80;
    return n;
}

void terminal_live(const char *line)
{
    if (!terminal_is_there())
        return;
    is_live = 1;
    printf("%s%.*s", erase, terminal_fit(line, terminal_columns() - 1), line);
    fflush(stdout);
}

void terminal_clear(FILE *f)
{
    if (is_live)
        fputs(erase, f);
}
