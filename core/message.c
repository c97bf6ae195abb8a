#include "core/message.h"
#include "core/terminal.h"
#include "core/text.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Where to break a line if only n bytes of it fit. */
static int break_of(const char *text, int n)
{
    for (int i = n; i > 0; i--)
        if (!strncmp(text + i, "  ", 2))
            return i;
    for (int i = n; i > 0; i--)
        if (text[i] == ' ')
            return i;
    return (int)strcspn(text, " \n");
}

static void write_broken(const char *text)
{
    int width = terminal_columns() - 1, indent = 0;
    while (*text) {
        int n = terminal_fit(text, width - indent), line = (int)strcspn(text, "\n");
        int fits = line <= n, end = fits ? line : break_of(text, n);
        printf("%*s%.*s\n", indent, "", end, text);
        text += end, text += strspn(text, " "), text += *text == '\n';
        indent = fits ? 0 : 2;
    }
}

static struct text message; /* on a terminal; f: NULL in between */

FILE *message_begin(void)
{
    return terminal_is_there() ? text_open(&message) : stdout;
}

void message_end(void)
{
    if (message.f) {
        char *text = text_close(&message);
        message.f = NULL;
        if (*text)
            terminal_clear(stdout), write_broken(text);
        free(text);
    }
    fflush(stdout);
}

void message_bar(FILE *f, double part, int n)
{
    int full = (int)(part * n);
    for (int i = 0; i < n; i++)
        fputs(i < full ? "█" : "░", f);
}

const char *message_duration(char buf[16], double seconds)
{
    if (!(seconds >= 0))
        *buf = '\0';
    else if (seconds < 99.5)
        snprintf(buf, 16, "%.0f s", seconds);
    else if (seconds < 99.5 * 60)
        snprintf(buf, 16, "%.0f min", seconds / 60);
    else
        snprintf(buf, 16, "%.0f h %02d", floor(fmin(seconds / 3600, 9999)),
                 (int)fmod(seconds / 60, 60));
    return buf;
}
