#include "cli/picture.h"
#include <errno.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_LABELLED = 100 };

static double x_of(int i, int n)
{
    return sin(6.283185307179586 * i / n);
}

static double y_of(int i, int n)
{
    return cos(6.283185307179586 * i / n);
}

/* In gnuplot's single quotes, where only the quote itself is special. */
static void put_quoted(FILE *to, const char *text)
{
    fputc('\'', to);
    for (; *text; text++) {
        if (*text == '\'')
            fputc('\'', to);
        fputc(*text, to);
    }
    fputc('\'', to);
}

static void put_head(FILE *to, int n, const char *title, const char *path)
{
    fprintf(to, "set terminal pngcairo size 900,900 font ',11'\nset output ");
    put_quoted(to, path);
    fprintf(to, "\nset title ");
    put_quoted(to, title);
    fprintf(to,
            " noenhanced\nunset key\nunset border\nunset tics\nset size ratio -1\n"
            "set xrange [-1.15:1.15]\nset yrange [-1.15:1.15]\n"
            "plot '-' with lines linecolor rgb '#80406090',"
            " '-' with points pointtype 7 pointsize %g linecolor rgb '#c04020'",
            n <= MAX_LABELLED ? 1.2 : 0.5);
    fprintf(to, n <= MAX_LABELLED ? ", '-' with labels\n" : "\n");
}

static void put_graph(FILE *to, const double *W, int n)
{
    size_t N = (size_t)n;
    for (int i = 0; i < n; i++) /* a point twice: gnuplot wants a line, even if there is none */
        for (int j = 0; j <= i; j++)
            if (i == j || W[(size_t)i * N + (size_t)j] != 0 || W[(size_t)j * N + (size_t)i] != 0)
                fprintf(to, "%.6f %.6f\n%.6f %.6f\n\n", x_of(i, n), y_of(i, n), x_of(j, n),
                        y_of(j, n));
    fprintf(to, "e\n");
    for (int i = 0; i < n; i++)
        fprintf(to, "%.6f %.6f\n", x_of(i, n), y_of(i, n));
    fprintf(to, "e\n");
    for (int i = 0; i < n && n <= MAX_LABELLED; i++)
        fprintf(to, "%.6f %.6f %d\n", 1.07 * x_of(i, n), 1.07 * y_of(i, n), i);
    fprintf(to, n <= MAX_LABELLED ? "e\n" : "");
}

int picture_of_graph(const double *W, int n, const char *title, const char *path, struct err *e)
{
    if (path[strcspn(path, "\r\n")])
        return err_usage(e, "--plot takes a path without line breaks");
    if (system("command -v gnuplot >/dev/null 2>&1") != 0)
        return err_set(e, "--plot needs gnuplot, which is not installed (Debian: gnuplot-nox)");
    FILE *file = fopen(path, "wb");
    if (!file)
        return err_set(e, "%s: cannot be written: %s", path, strerror(errno));
    fclose(file);
    signal(SIGPIPE, SIG_IGN); /* a gnuplot that ends early is told by its exit code */
    FILE *to = popen("gnuplot 2>/dev/null", "w");
    if (!to)
        return err_set(e, "gnuplot cannot be started: %s", strerror(errno));
    put_head(to, n, title, path);
    put_graph(to, W, n);
    if (pclose(to) == 0)
        return 0;
    remove(path);
    return err_set(e, "%s: gnuplot could not draw the graph", path);
}
