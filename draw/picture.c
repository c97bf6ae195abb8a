#include "draw/picture.h"
#include "draw/gnuplot.h"
#include <math.h>

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

static void put_head(FILE *to, int n, const char *title, const char *path)
{
    fprintf(to, "set terminal pngcairo size 900,900 font ',11'\nset output ");
    gnuplot_text(to, path);
    fprintf(to, "\nset title ");
    gnuplot_text(to, title);
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
    FILE *to = gnuplot_open(path, e);
    if (!to)
        return -1;
    put_head(to, n, title, path);
    put_graph(to, W, n);
    return gnuplot_close(to, path, e);
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
    gnuplot_text(to, path);
    fprintf(to, "\nset title ");
    gnuplot_text(to, title);
    fprintf(to,
            " noenhanced\nunset key\nset xlabel 'class'\nset ylabel 'worker'\n"
            "set xrange [-0.5:%d.5]\nset yrange [%d.5:-0.5]\nset cbrange [0:%d]\n"
            "set palette defined (0 'white', 1 'black')\nset cblabel 'samples'\nCB = %d\n"
            "plot '-' with image%s\n",
            n_column - 1, n_row - 1, most ? most : 1, most ? most : 1,
            labelled ? ", '-' using 1:2:(sprintf('%d', $3)):($3 > 0.5 * "
                       "CB ? 0xffffff : 0) with labels textcolor rgb variable"
                     : "");
    gnuplot_counts(to, count, n_row, n_column, 0);
    fprintf(to, "e\n");
    if (labelled) {
        gnuplot_counts(to, count, n_row, n_column, 1);
        fprintf(to, "e\n");
    }
    return gnuplot_close(to, path, e);
}
