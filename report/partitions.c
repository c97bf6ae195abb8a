/* Which worker holds which classes: a panel for each kind of split, in shades of grey. */
#include "draw/gnuplot.h"
#include "draw/heat_map.h"
#include "draw/names.h"
#include "report/plot.h"
#include "report/sheet.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT = 64, ACROSS = 3, ON_PAGE = 9, MOST_CELLS = 1 << 20 };

/* The name of the run's split: "Dirichlet, α 0.1", and the number of workers if it varies. */
static void name_split(const struct plot *p, int run, char name[LEVEL_TEXT])
{
    const char *alpha = results_config(p->r, run, "alpha");
    char kind[NAME_SHOWN];
    int many = results_is_axis(p->r, "workers");
    snprintf(name, LEVEL_TEXT, "%.24s%s%.12s%s%.8s",
             name_of_value("partition", results_config(p->r, run, "partition"), kind),
             *alpha ? ", α " : "", alpha, many ? ", n = " : "",
             many ? results_config(p->r, run, "workers") : "");
}

static double distance(const struct plot *p, int run)
{
    return results_value(p->r, run, COLUMN_label_tv, "last");
}

/* The counts (n_worker, n_class) of a run; free() them.  NULL with a sentence on failure. */
static int *read_counts(const char *path, int *n_worker, int *n_class, struct err *e)
{
    struct sheet c;
    if (sheet_open(&c, path, e) < 0)
        return NULL;
    int worker = sheet_column(&c, "worker"), class = sheet_column(&c, "class");
    int n = sheet_column(&c, "count"), *count = NULL, ok = worker >= 0 && class >= 0 && n >= 0;
    *n_worker = *n_class = 0;
    for (int i = 0; i < c.n_row && ok; i++) {
        double w = sheet_at(&c, i, worker), k = sheet_at(&c, i, class), v = sheet_at(&c, i, n);
        ok = w >= 0 && w < 1e5 && k >= 0 && k < 1e4 && v >= 0 && v < 1e9;
        *n_worker = ok && w >= *n_worker ? (int)w + 1 : *n_worker;
        *n_class = ok && k >= *n_class ? (int)k + 1 : *n_class;
    }
    if (ok && c.n_row > 0 && *n_worker <= MOST_CELLS / *n_class)
        count = xcalloc((size_t)*n_worker * (size_t)*n_class, sizeof(*count));
    else
        err_set(e, "%s: is not a table of worker, class and count that can be drawn", path);
    for (int i = 0; i < c.n_row && count; i++)
        count[(int)sheet_at(&c, i, worker) * *n_class + (int)sheet_at(&c, i, class)] =
            (int)sheet_at(&c, i, n);
    sheet_close(&c);
    return count;
}

/* The splits of a page. */
struct counts {
    int n_worker, n_class, *count;
};

static void put_panel(FILE *f, const struct counts *s, int most, int has_scale)
{
    fputs("$counts << EOD\n", f);
    gnuplot_counts(f, s->count, s->n_worker, s->n_class, 0);
    fputs("EOD\n", f);
    heat_map_axes(f, s->n_worker, s->n_class, most);
    fprintf(f,
            "set xlabel offset 0,0.5\nset ylabel offset 1,0\nunset grid\nset border 15\n"
            "%s\nplot $counts with image\n",
            has_scale ? "set cblabel font ',7' offset 1,0\nset cbtics font ',7'"
                      : "unset colorbox");
}

static void title_of(const struct plot *p, int run, char title[LEVEL_TEXT + TEXT])
{
    name_split(p, run, title);
    if (!isnan(distance(p, run)))
        snprintf(title + strlen(title), TEXT, ": TV %.2f", distance(p, run));
}

static int read_splits(const struct plot *p, const int *run, int n, struct counts *s, int *most,
                       struct err *e)
{
    char path[PATH_LENGTH];
    *most = 1;
    for (int i = 0; i < n; i++) {
        if (results_path(p->r, run[i], "classes.csv", path, e) < 0 ||
            !(s[i].count = read_counts(path, &s[i].n_worker, &s[i].n_class, e)))
            return -1;
        int here = heat_map_most(s[i].count, s[i].n_worker * s[i].n_class);
        *most = here > *most ? here : *most;
    }
    return 0;
}

/* All panels of a page have the same scale, which is drawn beside the last one of the first row. */
static int draw_page(struct plot *p, const int *run, int n, int part, struct err *e)
{
    char title[LEVEL_TEXT + TEXT];
    struct counts split[ON_PAGE] = {{0}};
    int most, status = read_splits(p, run, n, split, &most, e);
    struct figure g = plot_figure(p, n,
                                  "TV: mean total-variation distance between a worker's labels and "
                                  "all labels. One seed.");
    g.n_column = n < ACROSS ? n : ACROSS;
    g.inner = 1.7, g.margin = 0.5, g.gap = 0.6, g.right = 0.75;
    if (status == 0) {
        figure_open(&g);
        for (int i = 0; i < n; i++) {
            title_of(p, run[i], title);
            put_panel(figure_panel(&g, i, title), &split[i], most, i == g.n_column - 1);
        }
        status = plot_save(p, &g, "partition", part, e);
    }
    for (int i = 0; i < n; i++)
        free(split[i].count);
    return status;
}

int plot_partitions(struct plot *p, struct err *e)
{
    char path[PATH_LENGTH], name[LEVEL_TEXT], other[LEVEL_TEXT];
    int *run = xcalloc((size_t)p->r->n_run, sizeof(*run)), n = 0, part = 0, status = 0;
    for (int i = 0; i < p->r->n_run; i++) {
        int is_new = p->r->run[i].manifest && plot_has(p, i, "classes.csv", path);
        if (is_new)
            name_split(p, i, name);
        for (int k = 0; k < n && is_new; k++) {
            name_split(p, run[k], other);
            is_new = strcmp(name, other) != 0;
        }
        if (is_new)
            run[n++] = i;
    }
    for (int i = 0; i < n && status == 0; i += ON_PAGE)
        status = draw_page(p, run + i, n - i < ON_PAGE ? n - i : ON_PAGE, ++part, e);
    free(run);
    return status;
}
