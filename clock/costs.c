#include "clock/costs.h"
#include "report/levels.h"
#include "report/plot.h"
#include "report/write.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The seconds per gradient that a run measured: the time of all ranks divided by the number of
 * workers and steps. */
static double measured(const struct results *r, int run)
{
    const cJSON *m = r->run[run].manifest;
    double seconds =
        cJSON_GetNumberValue(cJSON_GetObjectItem(cJSON_GetObjectItem(m, "seconds"), "compute"));
    double ranks =
        cJSON_GetNumberValue(cJSON_GetObjectItem(cJSON_GetObjectItem(m, "machine"), "ranks"));
    return seconds * ranks /
           (timed_steps(r, run) * strtod(results_config(r, run, "workers"), NULL));
}

/* Whether a gradient costs the same in both runs. */
static int same_work(const struct results *r, int a, int b)
{
    static const char *const key[] = {"model", "batch_size", "dataset"};
    for (size_t k = 0; k < LENGTH(key); k++)
        if (strcmp(results_config(r, a, key[k]), results_config(r, b, key[k])) != 0)
            return 0;
    return 1;
}

/* The mean over all runs with the cell's network, data and batch, so that methods are compared on
 * equal terms; NAN if no run has measured it. */
static double mean_compute(const struct results *r, int cell)
{
    double sum = 0;
    int n = 0, run = results_ended(r, cell);
    for (int i = 0; i < r->n_run && run >= 0; i++) {
        double v = r->run[i].manifest && same_work(r, run, i) ? measured(r, i) : NAN;
        if (!isnan(v))
            sum += v, n++;
    }
    return n ? sum / n : NAN;
}

static int simulate(struct costs *k, struct err *e)
{
    for (int c = 0; c < k->r->n_cell; c++) {
        struct network w = k->network;
        if (isnan(w.compute))
            w.compute = mean_compute(k->r, c);
        for (int i = k->r->first[c]; i < k->r->n_run && k->r->run[i].cell == c; i++)
            if (k->r->run[i].manifest && timed_run(&k->timed[i], k->r, i, &w, e) < 0)
                return -1;
        if (curve_open(&k->curve[c], k->r, c, k->metric, k->timed, e) < 0)
            return -1;
    }
    return 0;
}

int costs_goal(struct costs *k, const char *metric, const char *target, struct err *e)
{
    char *end = NULL;
    k->metric = metric ? metric_find(metric) : k->r->scope;
    if (k->metric < 0)
        return err_usage(e, "--metric is '%.40s', which is no column that runs are compared by",
                         metric);
    k->target = target ? strtod(target, &end) : NAN;
    if (target && (end == target || *end || !isfinite(k->target)))
        return err_usage(e, "--target is '%.20s', but must be a number", target);
    return 0;
}

int costs_open(struct costs *k, struct err *e)
{
    k->curve = xcalloc((size_t)k->r->n_cell, sizeof(*k->curve));
    k->timed = xcalloc((size_t)k->r->n_run, sizeof(*k->timed));
    if (simulate(k, e) == 0)
        return 0;
    costs_close(k);
    return -1;
}

void costs_close(struct costs *k)
{
    for (int c = 0; c < k->r->n_cell; c++)
        curve_close(&k->curve[c]);
    for (int i = 0; i < k->r->n_run; i++)
        timed_free(&k->timed[i]);
    free(k->curve), free(k->timed);
}

static const struct point *last_point(const struct costs *k, int cell)
{
    const struct curve *c = &k->curve[cell];
    return c->n ? &c->at[c->n - 1] : NULL;
}

/* The axes in which rivals agree. */
static unsigned setting_axes(const struct results *r)
{
    static const char *const rival[] = {"algorithm", "variant", "topology"};
    unsigned axes = (1u << r->n_axis) - 1;
    for (int a = 0; a < r->n_axis; a++)
        for (size_t k = 0; k < LENGTH(rival); k++)
            if (!strcmp(r->axis[a], rival[k]))
                axes &= ~(1u << a);
    return axes;
}

static double target_of(const struct costs *k, const struct levels *group, int cell)
{
    double worst = NAN;
    for (int c = 0; c < k->r->n_cell && isnan(k->target); c++) {
        const struct point *p = last_point(k, c);
        if (p && group->of[k->r->first[c]] == group->of[k->r->first[cell]] &&
            (isnan(worst) || is_better(k->metric, worst, p->value)))
            worst = p->value;
    }
    return isnan(k->target) ? worst : k->target;
}

/* "12.3", or "–" for NAN */
static void add_number(struct table *t, double v)
{
    if (isnan(v))
        table_add_text(t, "–");
    else
        table_print(t, "%.*f", v >= 100 ? 0 : v >= 10 ? 1 : v >= 1 ? 2 : 3, v);
}

static void add_row(struct table *t, const struct costs *k, const struct levels *group, int cell)
{
    const struct results *r = k->r;
    const struct point *end = last_point(k, cell);
    struct summary last = results_summary(r, cell, k->metric, "last");
    double target = target_of(k, group, cell);
    const struct point *hit = curve_reaches(&k->curve[cell], k->metric, target);
    for (int a = 0; a < r->n_axis; a++)
        table_add_text(t, results_axis(r, r->first[cell], a));
    add_number(t, end ? end->bytes / end->step / 1e6 : NAN);
    add_number(t, end ? end->seconds / end->step * 1e3 : NAN);
    add_number(t, end ? end->seconds / 60 : NAN);
    table_add_mean(t, &last.v, k->metric, 0, last.n_diverged ? " (diverged)" : NULL);
    add_number(t, target);
    add_number(t, hit ? hit->seconds / 60 : NAN);
    add_number(t, hit ? hit->bytes / 1e6 : NAN);
}

static char *notes_of(const struct costs *k)
{
    const struct network *w = &k->network;
    struct text text;
    FILE *f = text_open(&text);
    fprintf(f, "Simulated: latency %g ms, bandwidth %g Mbit/s, %s-duplex, ", w->latency * 1e3,
            w->bandwidth * 8 / 1e6, w->half_duplex ? "half" : "full");
    fprintf(f, "%s; ", w->overlap ? "overlapped" : "not overlapped");
    if (isnan(w->compute))
        fputs("a gradient takes as long as the runs measured\n", f);
    else
        fprintf(f, "a gradient takes %g ms\n", w->compute * 1e3);
    if (w->hosts)
        fprintf(f, "%d hosts share the workers\n", w->hosts);
    else
        fputs("Each worker has a host of its own\n", f);
    fputs("MB and milliseconds are those of a round, of one worker; docs/cost.md has the model\n",
          f);
    return text_close(&text);
}

static void build_table(struct table *t, const void *costs)
{
    const struct costs *k = costs;
    const struct results *r = k->r;
    struct levels group;
    struct text title;
    *t = (struct table){.title = NULL};
    fprintf(text_open(&title), "%s: what it costs (%s, tier %s)", r->title, r->experiment, r->tier);
    t->title = text_close(&title);
    t->notes = notes_of(k);
    for (int a = 0; a < r->n_axis; a++)
        table_add_column(t, r->axis[a], 1);
    static const char *const cost[] = {"MB a round", "ms a round", "minutes"};
    static const char *const until[] = {"target", "minutes to target", "MB to target"};
    for (size_t i = 0; i < LENGTH(cost); i++)
        table_add_column(t, cost[i], 0);
    table_add_means(t, columns[k->metric].name, NULL);
    for (size_t i = 0; i < LENGTH(until); i++)
        table_add_column(t, until[i], 0);
    levels_open(&group, r, setting_axes(r));
    for (int c = 0; c < r->n_cell; c++)
        add_row(t, k, &group, c);
    levels_close(&group);
}

static void build_curves(struct table *t, const void *costs)
{
    const struct costs *k = costs;
    const struct results *r = k->r;
    static const char *const column[] = {"epoch", "step", "seconds", "megabytes"};
    *t = (struct table){.title = NULL};
    for (int a = 0; a < r->n_axis; a++)
        table_add_column(t, r->axis[a], 1);
    for (size_t i = 0; i < LENGTH(column); i++)
        table_add_column(t, column[i], 0);
    table_add_column(t, columns[k->metric].key, 0);
    for (int c = 0; c < r->n_cell; c++)
        for (int i = 0; i < k->curve[c].n; i++) {
            const struct point *p = &k->curve[c].at[i];
            for (int a = 0; a < r->n_axis; a++)
                table_add_text(t, results_axis(r, r->first[c], a));
            table_print(t, "%.9g", p->epoch);
            table_print(t, "%.0f", p->step);
            table_print(t, "%.9g", p->seconds);
            table_print(t, "%.9g", p->bytes / 1e6);
            table_print(t, "%.9g", p->value);
        }
}

const struct format costs_formats[N_COSTS_FORMAT] = {
    {"md", "-cost.md", build_table, write_markdown},
    {"csv", "-cost.csv", build_table, write_csv},
    {"latex", "-cost.tex", build_table, write_latex},
    {"curves", "-cost-curves.csv", build_curves, write_csv}};

static double minutes_at(const void *context, int run, double step)
{
    const struct timed *t = (const struct timed *)context + run;
    return t->seconds ? t->seconds[(long)step] / 60 : NAN;
}

static double megabytes_at(const void *context, int run, double step)
{
    const struct timed *t = (const struct timed *)context + run;
    return t->bytes * step / 1e6;
}

int costs_plot(const struct costs *k, const char *out, struct err *e)
{
    const struct ruler ruler[] = {
        {"cost-time", "simulated minutes", minutes_at, k->timed},
        {"cost-bytes", "megabytes sent by a worker", megabytes_at, k->timed}};
    struct plot p;
    if (plot_over_rulers(&p, k->r, out, looks, k->metric, ruler, LENGTH(ruler), e) < 0)
        return -1;
    plot_tell(&p);
    return 0;
}
