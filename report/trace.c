#include "report/trace.h"
#include "report/rows.h"
#include <math.h>
#include <stdlib.h>

static struct trace *add(struct panel *panel, int style, int n)
{
    struct trace *t = &panel->trace[panel->n_trace++];
    t->style = style, t->at = xcalloc((size_t)n, sizeof(*t->at));
    return t;
}

void panel_release(struct panel *panel)
{
    for (int i = 0; i < panel->n_trace; i++)
        free(panel->trace[i].at);
    free(panel->trace);
}

static void leave_out(struct panel *panel, struct trace *t)
{
    t->n = 0;
    panel->n_lone++;
}

/* The horizontal position of a row of a run: its epoch, or its position on the plot's ruler. */
static double place_of(const struct plot *p, int run, const struct sheet *c, int row)
{
    if (!p->ruler)
        return sheet_number(c, row, columns[COLUMN_epoch].key);
    return p->ruler->at(p->ruler->context, run, sheet_number(c, row, columns[COLUMN_step].key));
}

/* Add a run of a cell: sums for the mean, lowest and highest values, at the epochs that all runs
 * have. */
static void take_in(struct trace *t, const struct plot *p, int run, const struct sheet *c,
                    int metric, int is_first)
{
    int y = sheet_column(c, columns[metric].key),
        epoch = sheet_column(c, columns[COLUMN_epoch].key), n = 0, k = 0;
    for (int row = 0; row < c->n_row; row++) {
        double at = sheet_at(c, row, epoch), v = sheet_at(c, row, y), x = place_of(p, run, c, row);
        if (!isfinite(v) || isnan(at))
            continue;
        if (is_first) {
            t->at[n++] = (struct spot){at, x, v, v, v};
            continue;
        }
        while (k < t->n && t->at[k].epoch < at)
            k++;
        if (k == t->n || t->at[k].epoch != at)
            continue;
        struct spot s = t->at[k++];
        t->at[n++] = (struct spot){at, s.x + x, s.mean + v, fmin(s.low, v), fmax(s.high, v)};
    }
    t->n = n;
}

static int curves_of_cell(struct panel *panel, const struct plot *p, int cell, int style,
                          struct err *e)
{
    const struct results *r = p->r;
    struct trace *mean = NULL;
    int n_seed = 0;
    for (int i = r->first[cell]; i < r->n_run && r->run[i].cell == cell; i++) {
        struct sheet c;
        if (!r->run[i].manifest)
            continue;
        if (rows_open(&c, r, i, e) < 0)
            return -1;
        if (r->run[i].diverged) {
            struct trace *t = add(panel, style, c.n_row);
            take_in(t, p, i, &c, panel->metric, 1);
            t->diverged = 1;
        } else {
            mean = mean ? mean : add(panel, style, c.n_row);
            take_in(mean, p, i, &c, panel->metric, n_seed++ == 0);
        }
        sheet_close(&c);
    }
    for (int k = 0; mean && k < mean->n; k++)
        mean->at[k].x /= n_seed, mean->at[k].mean /= n_seed;
    if (mean && mean->n == 1)
        leave_out(panel, mean);
    return 0;
}

static void start(struct panel *panel, const struct plot *p)
{
    panel->trace = xcalloc((size_t)(2 * p->r->n_run), sizeof(*panel->trace));
    panel->n_trace = panel->n_lone = 0;
}

int panel_of_curves(struct panel *panel, const struct plot *p, const struct levels *facet, int i,
                    int first, struct err *e)
{
    start(panel, p);
    for (int line = first; line < p->line.n && line < first + FIGURE_LINES; line++) {
        int cell = levels_cell(p->r, facet, i, &p->line, line, NULL, 0);
        if (cell >= 0 && curves_of_cell(panel, p, cell, line - first + 1, e) < 0)
            return -1;
    }
    return 0;
}

static int by_x(const void *a, const void *b)
{
    double x = ((const struct spot *)a)->x, y = ((const struct spot *)b)->x;
    return (x > y) - (x < y);
}

int panel_over_axis(struct panel *panel, const struct plot *p, const struct levels *facet, int i,
                    int first, struct err *e)
{
    struct levels place;
    start(panel, p);
    levels_open(&place, p->r, 1u << p->x_axis);
    for (int line = first; line < p->line.n && line < first + FIGURE_LINES; line++) {
        struct trace *t = add(panel, line - first + 1, place.n);
        for (int k = 0; k < place.n; k++) {
            int cell = levels_cell(p->r, facet, i, &p->line, line, &place, k);
            if (cell < 0)
                continue;
            struct summary s = results_summary(p->r, cell, panel->metric, "last");
            double x = levels_number(p->r, place.first[k], p->x_axis);
            double mean = s.v.mean, std = isnan(s.v.std) ? 0 : s.v.std;
            if (isfinite(mean))
                t->at[t->n++] = (struct spot){0, x, mean, mean - std, mean + std};
            if (s.n_diverged) {
                struct trace *dead = add(panel, line - first + 1, 1);
                dead->diverged = 1, dead->n = 1;
                dead->at[0] = (struct spot){0, x, mean, mean, mean};
            }
        }
        if (p->has_lone && t->n == 1)
            leave_out(panel, t);
        qsort(t->at, (size_t)t->n, sizeof(*t->at), by_x);
    }
    levels_close(&place);
    return 0;
}
