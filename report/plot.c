#include "report/plot.h"
#include "core/file.h"
#include "draw/gnuplot.h"
#include "draw/names.h"
#include "report/tables.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const struct kind {
    const char *what; /* what the last part of its files' names begins with */
    int (*draw)(struct plot *p, struct err *e); /* NULL: another verb draws them */
    int of_tuning; /* whether it is drawn for experiments that tune learning rates */
    int is_line;   /* whether it can be a part of a page of HTML */
    const char *caption;
} kinds[] = {{"bars", plot_bars, 1, 0, "Last values, mean and seeds"},
             {"over", plot_over_axis, 1, 1, "Last values over an axis"},
             {"curves", plot_curves, 0, 1, "Values while training"},
             {"cost", NULL, 0, 0, "Values over what they cost"},
             {"partition", plot_partitions, 0, 0, "Which worker holds which classes"},
             {"path", plot_paths, 0, 0, "Where the workers went"}};

/* The number of values of the axis among the runs that have ended and agree with this run in all
 * other axes; if `any` is 1, among all runs. */
static int n_value(const struct results *r, int axis, int run, int any)
{
    struct levels l, other;
    unsigned all = (1u << r->n_axis) - 1;
    int n = 0;
    levels_open(&l, r, 1u << axis), levels_open(&other, r, all & ~(1u << axis));
    for (int k = 0; k < l.n; k++) {
        int found = 0;
        for (int i = 0; i < r->n_run && !found; i++)
            found = r->run[i].manifest && l.of[i] == k && (any || other.of[i] == other.of[run]);
        n += found;
    }
    levels_close(&l), levels_close(&other);
    return n;
}

/* Decide what each axis becomes in a figure. */
static void choose_axes(struct plot *p)
{
    const struct results *r = p->r;
    int most = 2;
    p->line_axis = p->x_axis = -1;
    for (int a = r->n_axis - 1; a >= 0; a--)
        if (!levels_are_numbers(r, a))
            p->line_axis = a;
    for (int a = 0; a < r->n_axis; a++) {
        if (!strcmp(r->axis[a], "algorithm"))
            p->line_axis = a;
        if (levels_are_numbers(r, a) && n_value(r, a, 0, 1) > most)
            p->x_axis = a, most = n_value(r, a, 0, 1);
    }
    for (int c = 0; c < r->n_cell && p->x_axis >= 0; c++)
        p->has_lone |= results_ended(r, c) >= 0 && n_value(r, p->x_axis, r->first[c], 0) < 2;
}

/* Each method has its own style; lines that are not methods are styled by their position. */
static void choose_styles(struct plot *p)
{
    p->style = xcalloc((size_t)p->line.n, sizeof(*p->style));
    for (int i = 0; i < p->line.n; i++) {
        const char *name =
            p->line_axis < 0 ? "" : results_axis(p->r, p->line.first[i], p->line_axis);
        int is_method = p->line_axis >= 0 && !strcmp(p->r->axis[p->line_axis], "algorithm");
        p->style[i] = is_method || style_is_known(name) ? style_of_method(name) : style_at(i);
    }
}

/* "table1, tier quick: CIFAR-10, VGG-11-w4, n = 8, ring" */
static char *describe(const struct results *r)
{
    struct text text;
    fprintf(text_open(&text), "%s, tier %s", r->experiment, r->tier);
    common_describe(r, text.f);
    return text_close(&text);
}

static void count_runs(struct plot *p)
{
    int in_cell = 0;
    for (int i = 0; i < p->r->n_run; i++) {
        in_cell = i && p->r->run[i].cell == p->r->run[i - 1].cell ? in_cell + 1 : 1;
        p->n_seed = in_cell > p->n_seed ? in_cell : p->n_seed;
    }
    if (p->r->n_ended < p->r->n_run)
        snprintf(p->missing, sizeof(p->missing), " Only %d of %d runs have ended.", p->r->n_ended,
                 p->r->n_run);
}

/* The kind of a figure of r's, by the name of its file, of which *rest is what follows the kind's;
 * NULL: it is no figure of r's. */
static const struct kind *kind_of(const struct results *r, const char *file, const char **rest)
{
    char begin[256];
    for (size_t k = 0; k < LENGTH(kinds); k++) {
        snprintf(begin, sizeof(begin), "%.63s-%.36s-%s", r->experiment, r->tier, kinds[k].what);
        *rest = file + strlen(begin);
        if (!strncmp(file, begin, strlen(begin)))
            return &kinds[k];
    }
    return NULL;
}

void plot_find(struct folder *files, const struct results *r, const char *out, const char *ending)
{
    const char *rest;
    int n = 0;
    folder_open(files, out, ending);
    for (int i = 0; i < files->n; i++)
        if (kind_of(r, files->name[i], &rest))
            files->name[n++] = files->name[i];
        else
            free(files->name[i]);
    files->n = n;
}

/* When the file was last written; 0 if it is not there. */
static double time_of(const char *path)
{
    struct stat s;
    return stat(path, &s) == 0 ? (double)s.st_mtim.tv_sec + 1e-9 * (double)s.st_mtim.tv_nsec : 0;
}

int plot_is_old(const struct results *r, const char *out, const char *file)
{
    char path[PATH_LENGTH];
    struct err e;
    if (path_print(path, &e, "%s/%s", out, file) < 0)
        return 0;
    double drawn = time_of(path);
    if (path_print(path, &e, "%s/%s/%s.json", r->runs, r->folder, r->tier) == 0 &&
        time_of(path) > drawn)
        return 1;
    for (int i = 0; i < r->n_run; i++)
        if (results_path(r, i, "manifest.json", path, &e) == 0 && time_of(path) > drawn)
            return 1;
    return 0;
}

/* Whether the file has been drawn in this call. */
static int is_drawn(const struct plot *p, const char *file)
{
    for (int i = 0; i < p->n_figure; i++) {
        size_t n = strlen(p->figure[i]);
        if (!strncmp(file, p->figure[i], n) &&
            (!strcmp(file + n, ".png") || !strcmp(file + n, ".pdf") || !strcmp(file + n, ".svg") ||
             !strcmp(file + n, ".tex")))
            return 1;
    }
    return 0;
}

/* Remove earlier figures that the present runs do not have.  Those of another verb are only removed
 * if they are older than the runs. */
static int remove_old(const struct plot *p, struct err *e)
{
    char path[PATH_LENGTH];
    const char *rest;
    struct folder old;
    int status = 0;
    plot_find(&old, p->r, p->out, "");
    for (int i = 0; i < old.n && status == 0; i++) {
        const struct kind *k = kind_of(p->r, old.name[i], &rest);
        if (is_drawn(p, old.name[i]) || (!k->draw && !plot_is_old(p->r, p->out, old.name[i])))
            continue;
        status = path_print(path, e, "%s/%s", p->out, old.name[i]);
        if (status == 0)
            remove(path);
    }
    folder_close(&old);
    return status;
}

/* Find out what there is to show.  At least one run has ended. */
static void plot_open(struct plot *p, const struct results *r)
{
    int run = results_ended(r, -1);
    memset(p, 0, sizeof(*p));
    p->r = r;
    p->is_toy = results_is_toy(r, run);
    p->is_held_out = strcmp(results_config(r, run, "holdout"), "0") != 0 && !p->is_toy;
    p->data = results_config(r, run, "dataset");
    choose_axes(p), count_runs(p);
    p->about = describe(r);
    levels_open(&p->line, r, p->line_axis < 0 ? 0 : 1u << p->line_axis);
    choose_styles(p);
}

static void plot_close(struct plot *p)
{
    levels_close(&p->line);
    free(p->about), free(p->style);
    p->about = NULL, p->style = NULL;
}

/* Draw all kinds that fit, or only those that can be a part of a page of HTML. */
static int draw_kinds(struct plot *p, struct err *e)
{
    int status = 0;
    for (size_t k = 0; k < LENGTH(kinds) && status == 0; k++)
        if (kinds[k].draw && (kinds[k].of_tuning || !results_is_tuning(p->r)) &&
            (kinds[k].is_line || !p->html))
            status = kinds[k].draw(p, e);
    return status;
}

/* Prepare to draw into the folder. */
static int start(struct plot *p, const struct results *r, const char *out, const struct look *look,
                 struct err *e)
{
    if (dir_make(out, e) < 0)
        return -1;
    if (results_ended(r, -1) < 0)
        return err_set(e,
                       "%.400s/%.60s: none of the %d runs of tier %.30s has ended; gossipbench "
                       "sweep %.60s --tier %.30s runs them",
                       r->runs, r->experiment, r->n_run, r->tier, r->experiment, r->tier);
    if (gnuplot_check(e) < 0)
        return -1;
    plot_open(p, r);
    p->out = out, p->look = look;
    return 0;
}

int plot_all(struct plot *p, const struct results *r, const char *out, const struct look *look,
             struct err *e)
{
    if (start(p, r, out, look, e) < 0)
        return -1;
    int status = draw_kinds(p, e);
    plot_close(p);
    if (status == 0 && p->n_figure == 0)
        return err_set(e, "%.400s/%.60s: the runs of tier %.30s hold nothing to draw", r->runs,
                       r->experiment, r->tier);
    return status < 0 ? -1 : remove_old(p, e);
}

int plot_over_rulers(struct plot *p, const struct results *r, const char *out,
                     const struct look *look, int metric, const struct ruler *ruler, int n,
                     struct err *e)
{
    if (start(p, r, out, look, e) < 0)
        return -1;
    int status = 0;
    for (int i = 0; i < n && status == 0; i++) {
        p->ruler = &ruler[i];
        status = plot_curves_of(p, metric, e);
    }
    plot_close(p);
    return status;
}

void plot_tell(const struct plot *p)
{
    for (int i = 0; i < p->n_figure; i++)
        printf("%s/%s.png, .svg, .pdf and .tex written\n", p->out, p->figure[i]);
}

int plot_html(FILE *f, const struct results *r, struct err *e)
{
    struct plot p;
    if (results_ended(r, -1) < 0)
        return 0;
    plot_open(&p, r);
    p.html = f;
    int status = draw_kinds(&p, e);
    plot_close(&p);
    return status;
}

/* The caption of a kind; the file of a figure over an axis has the axis in its name. */
static void caption_of(const struct results *r, const struct kind *k, const char *rest,
                       char to[NAME_SHOWN + 32])
{
    char name[NAME_SHOWN];
    snprintf(to, NAME_SHOWN + 32, "%s", k->caption);
    for (int a = 0; a < r->n_axis; a++)
        if (k->draw == plot_over_axis && *rest == '-' &&
            !strncmp(rest + 1, r->axis[a], strlen(r->axis[a])))
            snprintf(to, NAME_SHOWN + 32, "Last values over %s", name_of_key(r->axis[a], name));
}

const char *plot_caption(const struct results *r, const char *file, char *buf, size_t size,
                         int *is_line)
{
    char caption[NAME_SHOWN + 32];
    const char *rest;
    const struct kind *k = kind_of(r, file, &rest);
    *is_line = k && k->is_line;
    snprintf(buf, size, "%s", file);
    if (!k)
        return buf;
    caption_of(r, k, rest, caption);
    snprintf(buf, size, "%s", caption);
    for (int c = 0; c < N_COLUMN; c++) {
        const char *key = strstr(rest, columns[c].key);
        if (key && key[-1] == '-' && strchr(".-", key[strlen(columns[c].key)]))
            snprintf(buf, size, "%s: %s", caption, columns[c].name);
    }
    return buf;
}

struct figure plot_figure(const struct plot *p, int n_panel, const char *note)
{
    return (struct figure){.look = p->look,
                           .title = p->r->title,
                           .about = p->about,
                           .note = note,
                           .n_panel = n_panel,
                           .n_column = n_panel == 1                        ? 1
                                       : n_panel == 3 && p->look->page > 6 ? 3
                                                                           : 2,
                           .inner = 1.9,
                           .margin = 0.68,
                           .gap = n_panel == 3 ? 0.7 : 0.78};
}

int plot_save(struct plot *p, struct figure *g, const char *what, int part, struct err *e)
{
    char number[16] = "";
    CHECK(p->n_figure < PLOT_FIGURES);
    char *name = p->figure[p->n_figure++];
    if (part > 1)
        snprintf(number, sizeof(number), "-%d", part);
    snprintf(name, sizeof(p->figure[0]), "%.63s-%.36s-%.40s%s", p->r->experiment, p->r->tier, what,
             number);
    return figure_close(g, p->out, name, e);
}

int plot_has(const struct plot *p, int run, const char *name, char path[PATH_LENGTH])
{
    struct err e;
    return results_path(p->r, run, name, path, &e) == 0 && file_exists(path);
}

const char *plot_axis_name(const struct plot *p, int metric, char *buf, size_t size)
{
    const struct column *m = &columns[metric];
    if (m->kind == ACCURACY)
        snprintf(buf, size, "%s accuracy, %s (%s)", p->is_held_out ? "held-out" : "test", m->name,
                 m->unit);
    else if (p->is_toy && metric == COLUMN_test_loss)
        snprintf(buf, size, "f(x) - min f, mean of workers");
    else
        snprintf(buf, size, "%s%s%s%s", m->name, *m->unit ? " (" : "", m->unit,
                 *m->unit ? ")" : "");
    return buf;
}

unsigned plot_other_axes(const struct plot *p, int axis, int another)
{
    unsigned all = (1u << p->r->n_axis) - 1;
    return all & ~(axis < 0 ? 0 : 1u << axis) & ~(another < 0 ? 0 : 1u << another);
}
