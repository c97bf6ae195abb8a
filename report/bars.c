/* The last values of all cells as bars, one below the other.  Each bar has its name beside it, so
 * that any number of algorithms can be told apart.  The values of the other axes become groups. */
#include "draw/gnuplot.h"
#include "report/axis.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_ROW = 44 /* on a page */, MAX_COLUMN = 3 };
#define ROW    0.155 /* inches */
#define LETTER 0.061
#define BELOW  0.2 /* of a row: seeds are drawn below the whisker, so that none is hidden */

/* A place on the page: a cell with its line's colour or, if cell is -1, the name of a group. */
struct place {
    int cell;
    const char *name, *color;
};

static int make_places(const struct plot *p, const struct levels *group, struct place *at)
{
    int n = 0;
    for (int i = 0; i < group->n; i++) {
        if (group->n > 1)
            at[n++] = (struct place){-1, group->label[i], NULL};
        for (int k = 0; k < p->line.n; k++) {
            int cell = levels_cell(p->r, group, i, &p->line, k, NULL, 0);
            if (cell >= 0)
                at[n++] = (struct place){cell, p->line.label[k], p->style[k].color};
        }
    }
    return n;
}

/* The cell's mean with its spread: the deviation of accuracies, the lowest and highest loss. */
static struct summary spread(const struct plot *p, int cell, int metric, double *low, double *high)
{
    const struct results *r = p->r;
    struct summary s = results_summary(r, cell, metric, "last");
    double std = isnan(s.v.std) ? 0 : s.v.std;
    *low = s.v.mean - std, *high = s.v.mean + std;
    for (int i = r->first[cell]; lower_is_better(metric) && i < r->n_run; i++) {
        double v = results_value(r, i, metric, "last");
        if (r->run[i].cell != cell || r->run[i].diverged || !isfinite(v))
            continue;
        *low = i == r->first[cell] ? v : fmin(*low, v);
        *high = i == r->first[cell] ? v : fmax(*high, v);
    }
    return s;
}

static struct range range_of(const struct plot *p, const struct place *at, int n, int metric)
{
    struct extent all = extent_empty;
    double low, high;
    for (int i = 0; i < n; i++)
        if (at[i].cell >= 0) {
            struct summary s = spread(p, at[i].cell, metric, &low, &high);
            extent_add(&all, low, s.v.mean, high);
        }
    struct range g = axis_of_metric(metric, &all);
    if (!g.is_log && all.low >= 0)
        g.low = 0; /* the length of a bar is its value */
    return g;
}

/* Names to the left of the first column, names of groups above their bars, and notes on missing
 * runs. */
static void put_names(FILE *f, const struct plot *p, const struct place *at, int n, int metric,
                      int is_first)
{
    const char *between = "set ytics scale 0 (";
    for (int i = 0; i < n; i++) {
        struct summary s = {0};
        if (at[i].cell >= 0)
            s = results_summary(p->r, at[i].cell, metric, "last");
        if (at[i].cell < 0) {
            fputs("set label ", f);
            gnuplot_text(f, at[i].name);
            fprintf(f, " at graph 0.01,first %d left noenhanced font ',7'\n", i);
        }
        if (s.n_diverged)
            fprintf(f, "set label '%d of %d diverged' at graph 1,first %d right font ',6'\n",
                    s.n_diverged, s.v.n + s.n_diverged + s.n_missing, i);
        else if (at[i].cell >= 0 && s.v.n == 0)
            fprintf(f, "set label 'not run' at graph 0.01,first %d left font ',6'\n", i);
        else if (at[i].cell >= 0 && s.v.mean == 0)
            fprintf(f, "set label '0' at graph 0.01,first %d left font ',6'\n", i);
    }
    for (int i = 0; i < n && is_first; i++) {
        if (at[i].cell < 0)
            continue;
        fputs(between, f);
        gnuplot_tic(f, at[i].name, i);
        between = ", ";
    }
    fputs(is_first ? ") noenhanced\n" : "unset ytics\n", f);
}

static void put_data(FILE *f, const struct plot *p, const struct place *at, int n, int metric)
{
    const struct results *r = p->r;
    double low, high;
    fputs("$bars << EOD\n", f);
    for (int i = 0; i < n; i++) {
        if (at[i].cell < 0)
            continue;
        struct summary s = spread(p, at[i].cell, metric, &low, &high);
        if (isfinite(s.v.mean))
            fprintf(f, "%.9g %d %.9g %.9g 0x%s\n", s.v.mean, i, low, high, at[i].color + 1);
    }
    fputs("EOD\n$seeds << EOD\n", f);
    for (int i = 0; i < n; i++)
        for (int k = 0; k < r->n_run && at[i].cell >= 0; k++) {
            double v = results_value(r, k, metric, "last");
            if (r->run[k].cell == at[i].cell && !r->run[k].diverged && isfinite(v))
                fprintf(f, "%.9g %.2f\n", v, i + BELOW);
        }
    fputs("EOD\n", f);
}

static void put_panel(FILE *f, const struct plot *p, const struct place *at, int n, int metric,
                      int is_first)
{
    char name[96];
    struct range x = range_of(p, at, n, metric);
    axis_put(f, 'x', x, plot_axis_name(p, metric, name, sizeof(name)));
    fprintf(f, "set yrange [%d.4:-0.6]\nset grid noytics\n", n - 1);
    put_names(f, p, at, n, metric, is_first);
    put_data(f, p, at, n, metric);
    fputs("plot NaN notitle", f);
    const char *ink = x.is_log ? "5" : "(0)"; /* without a bar, the point has its color */
    if (!x.is_log)
        fputs(", $bars using 1:2:(0):1:($2-0.36):($2+0.36):5 with boxxyerror lc rgb variable "
              "lw 0.5 dt solid fs solid 0.55 border",
              f);
    fprintf(
        f,
        ", $bars using 1:($2-%g):%s:%s with xerrorbars lc rgb variable lw 0.9 dt solid pt 7 ps 0.4",
        p->n_seed > 1 ? 0.12 : 0, p->n_seed > 1 ? "3:4" : "1:1", ink);
    if (p->n_seed > 1)
        fputs(", $seeds using 1:2 with points pt 6 ps 0.35 lw 0.6 lc rgb '#000000'", f);
    fputs("\n", f);
}

static int draw_page(struct plot *p, const struct place *at, int n, int part, struct err *e)
{
    char note[256] = "", seeds[160] = "One seed.";
    size_t longest = 0;
    int n_metric = p->r->n_metric < MAX_COLUMN ? p->r->n_metric : MAX_COLUMN;
    for (int i = 0; i < n; i++)
        longest = at[i].cell >= 0 && strlen(at[i].name) > longest ? strlen(at[i].name) : longest;
    struct figure g = plot_figure(p, p->r->n_metric, note);
    g.n_column = n_metric, g.inner = ROW * n, g.margin = 0.2 + LETTER * (double)longest;
    g.gap = 0.22;
    if (p->n_seed > 1)
        snprintf(seeds, sizeof(seeds),
                 "Mean of %d seeds (circles) after the last %s; whiskers: %s.", p->n_seed,
                 p->is_toy ? "round" : "epoch",
                 lower_is_better(p->r->metric[0]) ? "the lowest and the highest"
                                                  : "plus and minus their standard deviation");
    snprintf(note, sizeof(note), "%s%s", seeds, p->missing);
    figure_open(&g);
    for (int m = 0; m < p->r->n_metric; m++)
        put_panel(figure_panel(&g, m, ""), p, at, n, p->r->metric[m], m % n_metric == 0);
    return plot_save(p, &g, "bars", part, e);
}

int plot_bars(struct plot *p, struct err *e)
{
    struct levels group;
    int part = 0, status = 0;
    if (p->x_axis >= 0 && !p->has_lone)
        return 0;
    levels_open(&group, p->r, plot_other_axes(p, p->line_axis, -1));
    struct place *at = xcalloc((size_t)(group.n + p->r->n_cell), sizeof(*at));
    int n = make_places(p, &group, at), n_here;
    for (int i = 0; i < n && status == 0; i += n_here) {
        n_here = n - i < MAX_ROW ? n - i : MAX_ROW;
        for (int k = n_here; i + k < n && k > 1 && n_here == MAX_ROW; k--)
            if (at[i + k].cell < 0) /* end the page before a group */
                n_here = k;
        status = draw_page(p, at + i, n_here, ++part, e);
    }
    free(at);
    levels_close(&group);
    return status;
}
