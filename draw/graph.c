#include "draw/graph.h"
#include "draw/gnuplot.h"
#include <math.h>

enum { MAX_LABELLED = 100 };

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
    gnuplot_page(to, path, 900, 900, ",11");
    fputs("set title ", to);
    gnuplot_text(to, title);
    fprintf(to,
            " noenhanced\nunset border\nunset tics\nset size ratio -1\n"
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

int graph_draw(const double *W, int n, const char *title, const char *path, struct err *e)
{
    FILE *to = gnuplot_open(path, e);
    if (!to)
        return -1;
    put_head(to, n, title, path);
    put_graph(to, W, n);
    return gnuplot_close(to, path, e);
}
