#include "draw/graph.h"
#include "core/text.h"
#include "draw/gnuplot.h"
#include "draw/layout.h"
#include "draw/names.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    MAX_LABELLED = 100,
    MAX_PANEL = 12,
    SOME_ROUNDS = 4,
    SIDE = 900,
    BEND = 12 /* parts of an arc */
};

/* What is drawn. */
struct drawing {
    int n, is_directed;
    struct spot2 *at; /* (n) */
    double radius;    /* of a worker */
};

/* Whether a third worker stands on the line between i and j. */
static int is_blocked(const struct drawing *d, int i, int j)
{
    struct spot2 a = d->at[i], b = d->at[j];
    double dx = b.x - a.x, dy = b.y - a.y, length = hypot(dx, dy);
    for (int k = 0; k < d->n && d->n <= MAX_LABELLED; k++) {
        double along = ((d->at[k].x - a.x) * dx + (d->at[k].y - a.y) * dy) / (length * length);
        double beside = fabs((d->at[k].x - a.x) * dy - (d->at[k].y - a.y) * dx) / length;
        if (k != i && k != j && along > 0 && along < 1 && beside < d->radius)
            return 1;
    }
    return 0;
}

/* The point at the share t of the way from i to j; an arc bends away from the page's middle. */
static struct spot2 on_way(const struct drawing *d, int i, int j, double bend, double t)
{
    struct spot2 a = d->at[i], b = d->at[j];
    double dx = b.x - a.x, dy = b.y - a.y;
    double side = dx * (a.y + b.y) - dy * (a.x + b.x) < -1e-9 ? -1 : 1,
           far = 4 * bend * t * (1 - t);
    return (struct spot2){a.x + t * dx - side * far * dy, a.y + t * dy + side * far * dx};
}

/* The edge from j to i as a line, and of a directed graph as an arrow that ends before i. */
static void put_edge(FILE *lines, FILE *arrows, const struct drawing *d, int j, int i, int is_heard)
{
    /* an arc bends to the same side in both directions */
    int low = i < j ? i : j, high = i < j ? j : i;
    double bend = is_blocked(d, i, j) ? 0.1 : 0;
    int parts = bend > 0 ? BEND : 1;
    for (int k = 0; k <= parts; k++) {
        struct spot2 s = on_way(d, low, high, bend, (double)k / parts);
        fprintf(lines, "%.5f %.5f\n", s.x, s.y);
    }
    fputs("\n", lines);
    double length = hypot(d->at[i].x - d->at[j].x, d->at[i].y - d->at[j].y);
    double end = 1 - fmin(0.5, d->radius / length), start = end - fmin(0.4, 0.1 / length);
    if (!is_heard || !d->is_directed)
        return;
    struct spot2 tip = on_way(d, low, high, bend, i == high ? end : 1 - end);
    struct spot2 tail = on_way(d, low, high, bend, i == high ? start : 1 - start);
    fprintf(arrows, "%.5f %.5f %.5f %.5f\n", tail.x, tail.y, tip.x - tail.x, tip.y - tail.y);
}

static void put_edges(FILE *to, const struct drawing *d, const double *W)
{
    struct text arrows;
    size_t N = (size_t)d->n;
    text_open(&arrows);
    fputs("$lines << EOD\n", to);
    for (int i = 0; i < d->n; i++)
        for (int j = 0; j < i; j++) {
            int hears = W[(size_t)i * N + (size_t)j] != 0,
                is_heard = W[(size_t)j * N + (size_t)i] != 0;
            if (hears)
                put_edge(to, arrows.f, d, j, i, 1);
            if (is_heard && (!hears || d->is_directed))
                put_edge(to, arrows.f, d, i, j, 1);
        }
    fputs("EOD\n$arrows << EOD\n", to);
    char *text = text_close(&arrows);
    fprintf(to, "%sEOD\n", text);
    free(text);
}

static void put_panel(FILE *to, const struct drawing *d, const double *W, const char *title)
{
    int labelled = d->n <= MAX_LABELLED;
    fputs("set title ", to);
    gnuplot_text(to, title);
    fputs(" noenhanced\n", to);
    put_edges(to, d, W);
    fputs("$workers << EOD\n", to);
    for (int i = 0; i < d->n; i++)
        fprintf(to, "%.5f %.5f %d\n", d->at[i].x, d->at[i].y, i);
    fprintf(to,
            "EOD\nplot NaN notitle, $lines with lines lc rgb '#7088a0' lw 1.2, "
            "$arrows with vectors head filled size %.3f,20 lc rgb '#405a78' lw 1.2, "
            "$workers using 1:2:(%.4f) with circles fc rgb '%s' fs solid border lc rgb '#0072b2'",
            0.7 * d->radius + 0.02, d->radius, labelled ? "#d8e8f4" : "#0072b2");
    fputs(labelled ? ", $workers using 1:2:3 with labels\n" : "\n", to);
}

/* Whether some worker hears another that does not hear it. */
static int is_directed(const double *W, int n)
{
    for (int i = 0; i < n; i++)
        for (int j = 0; j < i; j++)
            if ((W[(size_t)i * (size_t)n + (size_t)j] != 0) !=
                (W[(size_t)j * (size_t)n + (size_t)i] != 0))
                return 1;
    return 0;
}

/* Fill W (n_round, n, n), and `all` with the sum of the rounds: 0 where no round has an edge. */
static void fill(const struct topology_spec *g, int n_round, double *W, double *all,
                 struct drawing *d)
{
    size_t size = (size_t)g->n * (size_t)g->n;
    for (int round = 0; round < n_round; round++) {
        double *one = W + (size_t)round * size;
        topology_fill(g, one, round);
        d->is_directed |= is_directed(one, g->n);
        for (size_t i = 0; i < size; i++)
            all[i] += one[i];
    }
}

/* The largest radius that leaves some room between the two nearest workers. */
static double radius_of(const struct drawing *d)
{
    double nearest = 0.3;
    for (int i = 0; i < d->n && d->n <= MAX_LABELLED; i++)
        for (int j = 0; j < i; j++)
            nearest = fmin(nearest, hypot(d->at[i].x - d->at[j].x, d->at[i].y - d->at[j].y));
    return d->n <= MAX_LABELLED ? fmax(0.025, fmin(0.06, 0.35 * nearest)) : 0.008;
}

static void put_panels(FILE *to, const struct topology_spec *g, struct drawing *d, const double *W,
                       int n_panel)
{
    char title[320], name[NAME_SHOWN];
    int across = (int)ceil(sqrt(n_panel)), down = (n_panel + across - 1) / across;
    snprintf(title, sizeof(title), "%s, n = %d", name_of_value("topology", g->name, name), g->n);
    gnuplot_page(to, SIDE, n_panel > 1 ? SIDE * down / across + 40 : SIDE, 2,
                 n_panel > 1 ? ",8" : ",11");
    fputs("unset border\nunset tics\nset size ratio -1\nset xrange [-1.25:1.25]\n"
          "set yrange [-1.25:1.25]\n",
          to);
    if (n_panel > 1) {
        fprintf(to, "set multiplot layout %d,%d title ", down, across);
        gnuplot_text(to, title);
        fputs(" noenhanced\nset lmargin 1\nset rmargin 1\nset bmargin 0\n", to);
    }
    for (int k = 0; k < n_panel; k++) {
        if (n_panel > 1)
            snprintf(title, sizeof(title), "round %d", k);
        const double *one = W + (size_t)k * (size_t)g->n * (size_t)g->n;
        if (n_panel > 1 && layout_is_tree(one, g->n)) /* each tree in its own levels */
            layout_fill(d->at, g, one);
        put_panel(to, d, one, title);
    }
    fputs(n_panel > 1 ? "unset multiplot\n" : "", to);
}

int graph_draw(const struct topology_spec *g, int n_round, const char *path, struct err *e)
{
    int period = topology_period(g), n = n_round > 1 || period == 1 ? n_round : period;
    n = period == 1 ? 1 : n == 0 ? SOME_ROUNDS : n > MAX_PANEL ? MAX_PANEL : n;
    FILE *to = gnuplot_open(path, e);
    if (!to)
        return -1;
    size_t size = (size_t)g->n * (size_t)g->n;
    double *W = xcalloc((size_t)n * size, sizeof(*W)), *all = xcalloc(size, sizeof(*all));
    struct drawing d = {.n = g->n, .at = xcalloc((size_t)g->n, sizeof(*d.at))};
    fill(g, n, W, all, &d);
    layout_fill(d.at, g, all);
    d.radius = radius_of(&d);
    put_panels(to, g, &d, W, n);
    free(W), free(all), free(d.at);
    return gnuplot_close(to, NULL, e);
}
