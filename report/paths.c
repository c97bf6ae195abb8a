/* The paths of the workers of a toy problem in two dimensions: their mean as a line, and the point
 * where each of them ended. */
#include "draw/gnuplot.h"
#include "report/axis.h"
#include "report/sheet.h"
#include <math.h>
#include <string.h>

/* The only problem whose function is known here. */
static const char ROSENBROCK[] = "rosenbrock";

/* A run's path.csv and the columns of its two coordinates. */
struct path {
    struct sheet c;
    int run, epoch, x, y;
};

/* The path of a cell's first run that ended; run is -1 if there is none in two dimensions. */
static int open_path(struct path *t, const struct plot *p, int cell, struct err *e)
{
    char name[PATH_LENGTH];
    memset(t, 0, sizeof(*t));
    t->run = cell < 0 ? -1 : results_ended(p->r, cell);
    if (t->run >= 0 && !plot_has(p, t->run, "path.csv", name))
        t->run = -1;
    if (t->run < 0)
        return 0;
    if (sheet_open(&t->c, name, e) < 0)
        return -1;
    t->epoch = sheet_column(&t->c, "epoch");
    t->x = sheet_column(&t->c, "x_1"), t->y = sheet_column(&t->c, "x_2");
    if (t->epoch < 0 || t->x < 0 || t->y < 0 || sheet_column(&t->c, "x_3") >= 0) {
        sheet_close(&t->c);
        t->run = -1;
    }
    return 0;
}

/* The number of rows of the same round from this one on: one for each worker. */
static int rows_of_round(const struct path *t, int row)
{
    int n = 1;
    while (row + n < t->c.n_row &&
           sheet_at(&t->c, row + n, t->epoch) == sheet_at(&t->c, row, t->epoch))
        n++;
    return n;
}

/* Print a point and, unless its run diverged, extend the visible range to it. */
static void put_place(FILE *f, double x, double y, int diverged, struct extent seen[2])
{
    if (!isfinite(x) || !isfinite(y))
        return;
    fprintf(f, "%.7g %.7g\n", x, y);
    if (!diverged)
        extent_add(&seen[0], x, x, x), extent_add(&seen[1], y, y, y);
}

/* Print the path as blocks $p<i> (means) and $w<i> (last places). */
static void put_path(FILE *f, const struct plot *p, const struct path *t, int i,
                     struct extent seen[2])
{
    int n = 1, last = 0, diverged = p->r->run[t->run].diverged;
    fprintf(f, "$p%d << EOD\n", i);
    for (int row = 0; row < t->c.n_row; row += n) {
        double at[2] = {0, 0};
        n = rows_of_round(t, row), last = row;
        for (int k = row; k < row + n; k++)
            at[0] += sheet_at(&t->c, k, t->x) / n, at[1] += sheet_at(&t->c, k, t->y) / n;
        put_place(f, at[0], at[1], diverged, seen);
    }
    fprintf(f, "EOD\n$w%d << EOD\n", i);
    for (int row = last; row < t->c.n_row; row++)
        put_place(f, sheet_at(&t->c, row, t->x), sheet_at(&t->c, row, t->y), diverged, seen);
    fputs("EOD\n", f);
}

/* Print level lines of the function, if it is known here, as block $levels. */
static int put_levels(FILE *f, const struct plot *p, struct range x, struct range y)
{
    if (strcmp(p->data, ROSENBROCK) != 0)
        return 0;
    fprintf(f,
            "set table $levels\nset contour base\nunset surface\nset isosamples 160,160\n"
            "set cntrparam levels discrete 0.1, 1, 10, 100, 1000\n"
            "splot [%.7g:%.7g][%.7g:%.7g] 100*(y-x**2)**2+(1-x)**2\n"
            "unset table\nunset contour\nset surface\n",
            x.low, x.high, y.low, y.high);
    return 1;
}

static struct range with_room(struct extent s)
{
    double room = s.low > s.high ? 1 : 0.08 * (s.high - s.low) + 1e-9;
    return s.low > s.high ? (struct range){-1, 1, 0, 0}
                          : (struct range){s.low - room, s.high + room, 0, 0};
}

static int put_panel(FILE *f, const struct plot *p, const struct levels *facet, int i, int first,
                     struct err *e)
{
    struct extent seen[2] = {extent_empty, extent_empty};
    int drawn[FIGURE_LINES], n = 0, has_levels = 0;
    for (int line = first; line < p->line.n && line < first + FIGURE_LINES; line++) {
        struct path t;
        if (open_path(&t, p, levels_cell(p->r, facet, i, &p->line, line, NULL, 0), e) < 0)
            return -1;
        if (t.run < 0)
            continue;
        put_path(f, p, &t, line - first, seen);
        drawn[n++] = line - first;
        sheet_close(&t.c);
    }
    axis_put(f, 'x', with_room(seen[0]), "x_1");
    axis_put(f, 'y', with_room(seen[1]), "x_2");
    if (n > 0)
        has_levels = put_levels(f, p, with_room(seen[0]), with_room(seen[1]));
    fputs(has_levels ? "plot $levels using 1:2 with lines lc rgb '#b0b0b0' lw 0.6 dt solid"
                     : "plot NaN notitle",
          f);
    for (int k = 0; k < n; k++)
        fprintf(f, ", $p%d with lines lt %d, $w%d with points lt %d ps 0.8", drawn[k], drawn[k] + 1,
                drawn[k], drawn[k] + 1);
    if (n > 0)
        fprintf(f, ", $p%d every ::0::0 with points pt 3 ps 0.9 lc rgb '#000000'", drawn[0]);
    fputs("\n", f);
    return 0;
}

static int draw_page(struct plot *p, const struct levels *facet, int i, int n, int first, int part,
                     struct err *e)
{
    char note[512] = "";
    struct figure g = plot_figure(p, n, note);
    snprintf(note, sizeof(note),
             "Lines: the mean of the workers, from the star on; points: where each worker ended. "
             "%sOne seed.%s%s",
             !strcmp(p->data, ROSENBROCK) ? "Grey: f = 0.1, 1, 10, 100, 1000. " : "",
             p->r->n_diverged ? " Lines of runs that diverged leave the panel." : "", p->missing);
    figure_legend(&g, &p->line, p->style, first, ~0u);
    figure_open(&g);
    int status = 0;
    for (int k = 0; k < n && status == 0; k++)
        status = put_panel(figure_panel(&g, k, facet->label[i + k]), p, facet, i + k, first, e);
    if (status == 0)
        return plot_save(p, &g, "path", part, e);
    figure_drop(&g);
    return -1;
}

int plot_paths(struct plot *p, struct err *e)
{
    struct levels facet;
    struct path t = {.run = -1};
    int part = 0, status = 0, any = 0;
    for (int c = 0; c < p->r->n_cell && status == 0 && !any; c++) {
        status = open_path(&t, p, c, e);
        any = status == 0 && t.run >= 0;
    }
    sheet_close(&t.c);
    levels_open(&facet, p->r, plot_other_axes(p, p->line_axis, -1));
    for (int first = 0; first < p->line.n && any; first += FIGURE_LINES)
        for (int i = 0; i < facet.n && status == 0; i += PLOT_PANELS)
            status = draw_page(p, &facet, i, facet.n - i < PLOT_PANELS ? facet.n - i : PLOT_PANELS,
                               first, ++part, e);
    levels_close(&facet);
    return status;
}
