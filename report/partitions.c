/* Which worker holds which classes: a panel for each kind of split, in shades of grey. */
#include "draw/gnuplot.h"
#include "draw/heat_map.h"
#include "report/plot.h"
#include "report/sheet.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT = 64, ACROSS = 3, ON_PAGE = 9, MOST_CELLS = 1 << 20 };

/* The name of the run's split: "dirichlet, alpha 0.1", and the number of workers if it varies. */
static void name_split(const struct plot *p, int run, char name[LEVEL_TEXT])
{
    const char *alpha = results_config(p->r, run, "alpha");
    int many = results_is_axis(p->r, "workers");
    snprintf(name, LEVEL_TEXT, "%.24s%s%.12s%s%.8s", results_config(p->r, run, "partition"),
             *alpha ? ", alpha " : "", alpha, many ? ", n = " : "",
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

static int put_panel(FILE *f, const struct plot *p, int run, struct err *e)
{
    char path[PATH_LENGTH];
    int n_worker, n_class;
    if (results_path(p->r, run, "classes.csv", path, e) < 0)
        return -1;
    int *count = read_counts(path, &n_worker, &n_class, e);
    if (!count)
        return -1;
    fputs("$counts << EOD\n", f);
    gnuplot_counts(f, count, n_worker, n_class, 0);
    fputs("EOD\n", f);
    heat_map_axes(f, count, n_worker, n_class);
    fputs("set xlabel offset 0,0.5\nset ylabel offset 1,0\nunset grid\nset border 15\n"
          "unset colorbox\nplot $counts with image\n",
          f);
    free(count);
    return 0;
}

static int draw_page(struct plot *p, const int *run, int n, int part, struct err *e)
{
    char title[LEVEL_TEXT + TEXT];
    struct figure g = {.title = p->r->title,
                       .about = p->about,
                       .note = "Black: the most samples of a class that a worker of the panel "
                               "holds, white: none. TV: mean total-variation distance between a "
                               "worker's labels and all labels. One seed.",
                       .n_panel = n,
                       .n_column = n < ACROSS ? n : ACROSS,
                       .inner = 1.7,
                       .margin = 0.5,
                       .gap = 0.55};
    int status = 0;
    figure_open(&g);
    for (int i = 0; i < n && status == 0; i++) {
        name_split(p, run[i], title);
        if (!isnan(distance(p, run[i])))
            snprintf(title + strlen(title), TEXT, ": TV %.2f", distance(p, run[i]));
        status = put_panel(figure_panel(&g, i, title), p, run[i], e);
    }
    if (status == 0)
        return plot_save(p, &g, "partition", part, e);
    figure_drop(&g);
    return -1;
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
