#include "cli/picture.h"
#include <errno.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_LABELLED = 100, MAX_NUMBERS = 1000 };

static int smaller(int a, int b)
{
    return a < b ? a : b;
}

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

/* A gnuplot that is going to write to path; NULL with a sentence. */
static FILE *gnuplot_open(const char *path, struct err *e)
{
    if (path[strcspn(path, "\r\n")]) {
        err_usage(e, "--plot takes a path without line breaks");
        return NULL;
    }
    if (system("command -v gnuplot >/dev/null 2>&1") != 0) {
        err_set(e, "--plot needs gnuplot, which is not installed (Debian: gnuplot-nox)");
        return NULL;
    }
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

static int gnuplot_close(FILE *to, const char *path, struct err *e)
{
    if (pclose(to) == 0)
        return 0;
    remove(path);
    return err_set(e, "%s: gnuplot could not draw it", path);
}

int picture_of_graph(const double *W, int n, const char *title, const char *path, struct err *e)
{
    FILE *to = gnuplot_open(path, e);
    if (!to)
        return -1;
    put_head(to, n, title, path);
    put_graph(to, W, n);
    return gnuplot_close(to, path, e);
}

/* One stretch of inline data of a heat map: column, row, count. */
static void put_counts(FILE *to, const int *count, int n_row, int n_column, int only_some)
{
    for (int i = 0; i < n_row; i++)
        for (int k = 0; k < n_column; k++)
            if (!only_some || count[i * n_column + k])
                fprintf(to, "%d %d %d\n", k, i, count[i * n_column + k]);
    fprintf(to, "e\n");
}

int picture_of_counts(const int *count, int n_row, int n_column, const char *title,
                      const char *path, struct err *e)
{
    int most = 0, labelled = n_row * n_column <= MAX_NUMBERS;
    FILE *to = gnuplot_open(path, e);
    if (!to)
        return -1;
    for (int i = 0; i < n_row * n_column; i++)
        most = count[i] > most ? count[i] : most;
    fprintf(to, "set terminal pngcairo size %d,%d font ',10'\nset output ",
            smaller(220 + 46 * n_column, 2000), smaller(140 + 24 * n_row, 2000));
    put_quoted(to, path);
    fprintf(to, "\nset title ");
    put_quoted(to, title);
    fprintf(to,
            " noenhanced\nunset key\nset xlabel 'class'\nset ylabel 'worker'\n"
            "set xrange [-0.5:%d.5]\nset yrange [%d.5:-0.5]\nset cbrange [0:%d]\n"
            "set palette defined (0 'white', 1 'black')\nset cblabel 'samples'\nCB = %d\n"
            "plot '-' with image%s\n",
            n_column - 1, n_row - 1, most ? most : 1, most ? most : 1,
            labelled ? ", '-' using 1:2:(sprintf('%d', $3)):($3 > 0.5 * "
                       "CB ? 0xffffff : 0) with labels textcolor rgb variable"
                     : "");
    put_counts(to, count, n_row, n_column, 0);
    if (labelled)
        put_counts(to, count, n_row, n_column, 1);
    return gnuplot_close(to, path, e);
}
