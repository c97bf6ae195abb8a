#include "clock/curve.h"
#include "report/sheet.h"
#include "sweep/config_file.h"
#include <math.h>
#include <stdlib.h>

/* Add the rows of a run to the curve's sums; seconds (n_round + 1). */
static void add_rows(struct curve *k, const struct sheet *s, int metric, const double *seconds,
                     double workers)
{
    int n = 0, is_first = k->n_seed == 0;
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
        p->seconds += seconds[(long)step];
        p->bytes += sheet_number(s, row, columns[COLUMN_bytes_sent].key) / workers;
        p->value += value;
    }
    if (is_first)
        k->n = n;
    k->n_seed++;
}

double curve_steps(const struct results *r, int run)
{
    char path[PATH_LENGTH];
    struct sheet s;
    struct err e;
    if (results_path(r, run, "metrics.csv", path, &e) < 0 || sheet_open(&s, path, &e) < 0)
        return NAN;
    double steps = s.n_row ? sheet_number(&s, s.n_row - 1, columns[COLUMN_step].key) : NAN;
    sheet_close(&s);
    return steps;
}

static int add_run(struct curve *k, const struct results *r, int run, int metric,
                   const struct network *w, struct err *e)
{
    char path[PATH_LENGTH];
    struct config c;
    struct sheet s;
    config_default(&c);
    if (results_path(r, run, "manifest.json", path, e) < 0 || config_read(&c, path, e) < 0 ||
        results_path(r, run, "metrics.csv", path, e) < 0 || sheet_open(&s, path, e) < 0)
        return -1;
    double steps = sheet_number(&s, s.n_row - 1, columns[COLUMN_step].key);
    double bytes = sheet_number(&s, s.n_row - 1, columns[COLUMN_bytes_sent].key);
    int status = 0;
    if (s.n_row == 0 || !(steps >= 1) || isnan(bytes)) {
        sheet_close(&s);
        return err_set(e, "%s: has no rows with steps and bytes", path);
    }
    double *seconds = xcalloc((size_t)steps + 1, sizeof(*seconds));
    if (!k->at)
        k->at = xcalloc((size_t)s.n_row, sizeof(*k->at));
    status = clock_run(&c, w, bytes, (long)steps, seconds, e);
    if (status == 0)
        add_rows(k, &s, metric, seconds, (double)c.workers);
    free(seconds);
    sheet_close(&s);
    return status;
}

int curve_open(struct curve *k, const struct results *r, int cell, int metric,
               const struct network *w, struct err *e)
{
    *k = (struct curve){.n = 0};
    for (int i = r->first[cell]; i < r->n_run && r->run[i].cell == cell; i++)
        if (r->run[i].manifest && !r->run[i].diverged && add_run(k, r, i, metric, w, e) < 0) {
            curve_close(k);
            return -1;
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
