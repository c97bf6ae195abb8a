#include "draw/gnuplot.h"
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

int gnuplot_check(struct err *e)
{
    if (system("command -v gnuplot >/dev/null 2>&1") == 0)
        return 0;
    return err_set(e, "a picture needs gnuplot, which is not installed (Debian: gnuplot-nox)");
}

FILE *gnuplot_open(const char *path, struct err *e)
{
    if (path[strcspn(path, "\r\n")]) {
        err_usage(e, "a picture's path must be without line breaks");
        return NULL;
    }
    if (gnuplot_check(e) < 0)
        return NULL;
    FILE *file = fopen(path, "wb");
    if (!file) {
        err_set(e, "%s: cannot be written: %s", path, strerror(errno));
        return NULL;
    }
    fclose(file);
    signal(SIGPIPE, SIG_IGN); /* a gnuplot that ends early is told by its exit code */
    FILE *to = popen("gnuplot 2>/dev/null", "w");
    if (!to)
        err_set(e, "gnuplot cannot be started: %s", strerror(errno));
    return to;
}

int gnuplot_close(FILE *to, const char *path, struct err *e)
{
    if (pclose(to) == 0)
        return 0;
    remove(path);
    return err_set(e, "%s: gnuplot could not draw it", path);
}

void gnuplot_text(FILE *to, const char *text)
{
    fputc('\'', to);
    for (; *text; text++) { /* only the quote is special; a line break would end the command */
        if (*text == '\'')
            fputc('\'', to);
        fputc((unsigned char)*text < ' ' ? ' ' : *text, to);
    }
    fputc('\'', to);
}

void gnuplot_counts(FILE *to, const int *count, int n_row, int n_column, int only_some)
{
    for (int i = 0; i < n_row; i++)
        for (int k = 0; k < n_column; k++)
            if (!only_some || count[i * n_column + k])
                fprintf(to, "%d %d %d\n", k, i, count[i * n_column + k]);
}
