#include "report/table.h"
#include "report/header.h"
#include "report/marks.h"
#include "report/table_csv.h"
#include "report/tuning.h"
#include <math.h>
#include <string.h>

enum { TEXT = 256, MAX_COLUMN = MAX_AXIS + MAX_EXTRA + N_METRIC + 1 };

/* Whether the axis is one of methods, or of forms of one. */
static int is_of_methods(const char *axis)
{
    return !strcmp(axis, "algorithm") || !strcmp(axis, "variant");
}

/* Whether two cells differ in nothing but the method. */
static int are_rivals(const struct results *r, int cell, int other)
{
    for (int a = 0; a < r->n_axis; a++)
        if (!is_of_methods(r->axis[a]) &&
            strcmp(results_axis(r, r->first[cell], a), results_axis(r, r->first[other], a)) != 0)
            return 0;
    return 1;
}

/* Whether the cell's figure is the best of its rivals', or within the best's standard deviation of
 * it.  What diverged in part has no figure of all seeds, so it is out of the running. */
static int is_bold(const struct results *r, int cell, int metric)
{
    struct summary own = results_summary(r, cell, metric, "last"), best = own;
    int n_rival = 0, any = 0;
    for (int a = 0; a < r->n_axis; a++)
        any |= is_of_methods(r->axis[a]);
    if (!any || isnan(own.v.mean) || own.n_diverged)
        return 0;
    for (int c = 0; c < r->n_cell; c++) {
        struct summary s = results_summary(r, c, metric, "last");
        if (!are_rivals(r, cell, c))
            continue;
        n_rival += s.v.n || s.n_diverged;
        if (!isnan(s.v.mean) && !s.n_diverged && is_better(metric, s.v.mean, best.v.mean))
            best = s;
    }
    double behind = fabs(best.v.mean - own.v.mean);
    return n_rival > 1 && (behind == 0 || behind <= best.v.std);
}

/* "3", "2 (1 diverged)" */
static void write_seeds(const struct summary *s, FILE *f)
{
    fprintf(f, "%d", s->v.n);
    if (s->n_diverged)
        fprintf(f, " (%d diverged)", s->n_diverged);
    if (s->n_missing)
        fprintf(f, " (%d missing)", s->n_missing);
}

static void write_figure(const struct results *r, int cell, int metric, const struct marks *m,
                         FILE *f)
{
    struct summary s = results_summary(r, cell, metric, "last");
    int bold = is_bold(r, cell, metric);
    if (isnan(s.v.mean)) {
        fputs(m->none, f);
        return;
    }
    fputs(bold ? m->bold[0] : "", f);
    sample_print(&s.v, metrics[metric].is_loss, m->plus_minus, f);
    fputs(bold ? m->bold[1] : "", f);
}

static void write_row(const struct results *r, int cell, const char *const *extra, int n_extra,
                      const struct marks *m, FILE *f)
{
    struct summary s = results_summary(r, cell, r->scope, "last");
    int run = results_ended(r, cell);
    char text[TEXT];
    fputs(m->open, f);
    for (int a = 0; a < r->n_axis; a++) {
        m->put(results_axis(r, r->first[cell], a), f);
        fputs(m->between, f);
    }
    for (int x = 0; x < n_extra; x++) {
        m->put(run < 0 ? "" : results_config(r, run, extra[x], text, sizeof(text)), f);
        fputs(m->between, f);
    }
    for (int k = 0; k < r->n_metric; k++) {
        write_figure(r, cell, r->metric[k], m, f);
        fputs(m->between, f);
    }
    write_seeds(&s, f);
    fputs(m->close, f);
}

static int any_bold(const struct results *r)
{
    int any = 0;
    for (int c = 0; c < r->n_cell; c++)
        for (int k = 0; k < r->n_metric; k++)
            any |= is_bold(r, c, r->metric[k]);
    return any;
}

/* For reading; the formats differ in their marks alone. */
static void write_table(const struct results *r, const struct marks *m, FILE *f)
{
    const char *extra[MAX_EXTRA], *name[MAX_COLUMN];
    int n_extra = find_extra(r, extra), n = 0;
    header_write(r, m, f);
    if (any_bold(r))
        fprintf(f,
                "%sBold: the best method of those that differ in nothing else, and what is within "
                "its standard deviation of it; cells with diverged runs are not\n",
                m->item);
    for (int a = 0; a < r->n_axis; a++)
        name[n++] = r->axis[a];
    for (int x = 0; x < n_extra; x++)
        name[n++] = extra[x];
    for (int k = 0; k < r->n_metric; k++)
        name[n++] = metrics[r->metric[k]].name;
    name[n++] = "seeds";
    m->begin(m, name, n, r->n_axis + n_extra, f);
    for (int c = 0; c < r->n_cell; c++)
        write_row(r, c, extra, n_extra, m, f);
    fputs(m->end, f);
}

void table_write(const struct results *r, enum table_format format, FILE *f)
{
    const struct marks *m = format == TABLE_LATEX ? &latex : &markdown;
    if (format == TABLE_CSV)
        table_write_csv(r, f);
    else if (results_is_tuning(r))
        tuning_write(r, m, f);
    else
        write_table(r, m, f);
}
