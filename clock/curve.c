#include "clock/curve.h"
#include "report/rows.h"
#include "sweep/config_file.h"
#include <math.h>
#include <stdlib.h>

static int open_rows(struct sheet *s, const struct results *r, int run, struct err *e)
{
    char path[PATH_LENGTH];
    if (results_path(r, run, "metrics.csv", path, e) < 0 || rows_open(s, r, run, e) < 0)
        return -1;
    if (s->n_row && sheet_number(s, s->n_row - 1, columns[COLUMN_step].key) >= 1 &&
        !isnan(sheet_number(s, s->n_row - 1, columns[COLUMN_bytes_sent].key)))
        return 0;
    sheet_close(s);
    return err_set(e, "%s: has no rows with steps and bytes", path);
}

static double last_of(const struct sheet *s, int column)
{
    return sheet_number(s, s->n_row - 1, columns[column].key);
}

double timed_steps(const struct results *r, int run)
{
    struct sheet s;
    struct err e;
    if (open_rows(&s, r, run, &e) < 0)
        return NAN;
    double steps = last_of(&s, COLUMN_step);
    sheet_close(&s);
    return steps;
}

int timed_run(struct timed *t, const struct results *r, int run, const struct network *w,
              struct err *e)
{
    char path[PATH_LENGTH];
    struct config c;
    struct sheet s;
    config_default(&c);
    if (results_path(r, run, "manifest.json", path, e) < 0 || config_read(&c, path, e) < 0 ||
        open_rows(&s, r, run, e) < 0)
        return -1;
    double bytes = last_of(&s, COLUMN_bytes_sent);
    t->n_step = (long)last_of(&s, COLUMN_step);
    sheet_close(&s);
    t->bytes = bytes / (double)(t->n_step * c.workers);
    t->seconds = xcalloc((size_t)t->n_step + 1, sizeof(*t->seconds));
    return clock_run(&c, w, bytes, t->n_step, t->seconds, e);
}

void timed_free(struct timed *t)
{
    free(t->seconds);
}

/* Add the rows of a run to the curve's sums. */
static void add_rows(struct curve *k, const struct sheet *s, int metric, const struct timed *t)
{
    int n = 0, is_first = k->n_seed++ == 0;
    if (is_first)
        k->at = xcalloc((size_t)s->n_row, sizeof(*k->at));
    for (int row = 0; row < s->n_row; row++) {
        double step = sheet_number(s, row, columns[COLUMN_step].key);
        double value = sheet_number(s, row, columns[metric].key);
        while (!is_first && n < k->n && k->at[n].step < step)
            n++;
        if (!isfinite(value) || (!is_first && (n == k->n || k->at[n].step != step)))
            continue;
        struct point *p = &k->at[n++];
        p->step = step;
        p->epoch = sheet_number(s, row, columns[COLUMN_epoch].key);
        p->seconds += t->seconds[(long)step];
        p->bytes += t->bytes * step;
        p->value += value;
    }
    if (is_first)
        k->n = n;
}

int curve_open(struct curve *k, const struct results *r, int cell, int metric,
               const struct timed *timed, struct err *e)
{
    struct sheet s;
    *k = (struct curve){.n = 0};
    for (int i = r->first[cell]; i < r->n_run && r->run[i].cell == cell; i++) {
        if (!timed[i].seconds || r->run[i].diverged)
            continue;
        if (open_rows(&s, r, i, e) < 0)
            return -1;
        add_rows(k, &s, metric, &timed[i]);
        sheet_close(&s);
    }
    for (int i = 0; i < k->n; i++)
        k->at[i].seconds /= k->n_seed, k->at[i].bytes /= k->n_seed, k->at[i].value /= k->n_seed;
    return 0;
}

void curve_close(struct curve *k)
{
    free(k->at);
    *k = (struct curve){.n = 0};
}

const struct point *curve_reaches(const struct curve *k, int metric, double target)
{
    for (int i = 0; i < k->n; i++)
        if (!is_better(metric, target, k->at[i].value))
            return &k->at[i];
    return NULL;
}
