#include "draw/graph.h"
#include "draw/gnuplot.h"
#include <math.h>
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

static void put_head(FILE *to, int n, const char *title)
{
    gnuplot_page(to, 900, 900, 2, ",11");
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

/* The sum of the rounds' weights, (n, n): 0 where there is no edge in any; free() it. */
static double *sum_rounds(const struct topology_spec *g, int n_round)
{
    size_t size = (size_t)g->n * (size_t)g->n;
    double *W = xcalloc(size, sizeof(*W)), *all = xcalloc(size, sizeof(*all));
    for (int round = 0; round < n_round; round++) {
        topology_fill(g, W, round);
        for (size_t i = 0; i < size; i++)
            all[i] += W[i];
    }
    free(W);
    return all;
}

int graph_draw(const struct topology_spec *g, int n_round, const char *path, struct err *e)
{
    char title[320];
    FILE *to = gnuplot_open(path, e);
    if (!to)
        return -1;
    snprintf(title, sizeof(title), "%.255s, n = %d, %d round%s", g->name, g->n, n_round,
             n_round == 1 ? "" : "s");
    double *all = sum_rounds(g, n_round);
    put_head(to, g->n, title);
    put_graph(to, all, g->n);
    free(all);
    return gnuplot_close(to, NULL, e);
}
