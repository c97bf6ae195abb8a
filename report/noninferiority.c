#include "report/noninferiority.h"
#include <math.h>
#include <stdlib.h>

enum { ENOUGH_SEEDS = 6 };
static const double level = 0.05, zero = 1e-12, points_floor = 0.5, relative_floor = 0.01,
                    ratio_floor = 0.02, mean_ratio_floor = 0.05;

static double scaled(double v, int metric)
{
    return lower_is_better(metric) ? log(fmax(v, zero)) : v;
}

/* The last value of a run; NAN if it has none, or diverged. */
static double value_of(const struct results *r, int run, int metric)
{
    double v = results_value(r, run, metric, which_key[0]);
    return r->run[run].diverged || !isfinite(v) ? NAN : scaled(v, metric);
}

struct sample comparison_of_runs(const struct results *r, int cell, int metric)
{
    double *value = xcalloc((size_t)r->n_run, sizeof(*value));
    int n = 0;
    for (int i = r->first[cell]; i < r->n_run && r->run[i].cell == cell; i++) {
        double v = value_of(r, i, metric);
        if (!isnan(v))
            value[n++] = v;
    }
    struct sample s = sample_of(value, n);
    free(value);
    return s;
}

struct sample comparison_of_sample(struct sample v, int metric)
{
    if (lower_is_better(metric) && !isnan(v.mean))
        return (struct sample){scaled(v.mean, metric), v.std / fmax(v.mean, zero), v.n};
    return v;
}

static int find_seed(const struct results *r, int cell, double seed)
{
    for (int i = r->first[cell]; i < r->n_run && r->run[i].cell == cell; i++)
        if (results_seed(r, i) == seed)
            return i;
    return -1;
}

void comparison_pair(struct comparison *c, const struct results *r, int cell,
                     const struct results *kept, int theirs)
{
    double *value = xcalloc((size_t)r->n_run, sizeof(*value));
    double *gain = xcalloc((size_t)r->n_run, sizeof(*gain));
    int n = 0;
    for (int i = r->first[cell]; i < r->n_run && r->run[i].cell == cell; i++) {
        int k = find_seed(kept, theirs, results_seed(r, i));
        value[n] = value_of(r, i, c->metric);
        gain[n] = k < 0 ? NAN : value[n] - value_of(kept, k, c->metric);
        n += !isnan(gain[n]);
    }
    c->paired = sample_of(value, n), c->gain = sample_of(gain, n);
    free(value), free(gain);
}

static int has_deviation(const struct sample *s)
{
    return s->n > 1 && !isnan(s->std);
}

/* Add the squared deviations of a comparison's seeds to those of others.  Ours count as at most
 * three times as wide as theirs, so that a fault cannot hide by widening them. */
static void add_deviations(const struct comparison *c, double *square, int *df)
{
    if (!has_deviation(&c->theirs))
        return;
    *square += (c->theirs.n - 1) * c->theirs.std * c->theirs.std, *df += c->theirs.n - 1;
    if (!has_deviation(&c->ours))
        return;
    double ours = fmin(c->ours.std, 3 * c->theirs.std);
    *square += (c->ours.n - 1) * ours * ours, *df += c->ours.n - 1;
}

static double floor_of(const struct comparison *c)
{
    return lower_is_better(c->metric) ? ratio_floor
                                      : fmax(points_floor, relative_floor * fabs(c->theirs.mean));
}

static int is_tested(const struct comparison *c)
{
    return c->ours.n > 0 && c->theirs.n > 0;
}

static double band_of(const struct comparison *c, int n, const struct comparison *all, int n_tested)
{
    int df = 0, pooled_df = 0;
    double square = 0, pooled = 0;
    add_deviations(c, &square, &df);
    double deviation = sqrt(square / df);
    if (c->theirs.n < ENOUGH_SEEDS) {
        for (int i = 0; i < n; i++)
            if (all[i].metric == c->metric)
                add_deviations(&all[i], &pooled, &pooled_df);
        deviation = fmax(df ? deviation : 0, sqrt(pooled / pooled_df)), df = pooled_df;
    }
    if (df < 1 || isnan(deviation))
        return INFINITY;
    double t = student_quantile(1 - 2 * level / n_tested, df);
    return fmax(floor_of(c), t * deviation * sqrt(1.0 / c->ours.n + 1.0 / c->theirs.n));
}

/* How much worse a gain is. */
static double gap_of(double gain, int metric)
{
    return lower_is_better(metric) ? gain : -gain;
}

void comparisons_test(struct comparison *c, int n)
{
    int n_tested = 0;
    for (int i = 0; i < n; i++)
        n_tested += is_tested(&c[i]);
    for (int i = 0; i < n; i++) {
        double gain = c[i].ours.mean - c[i].theirs.mean;
        c[i].gap = is_tested(&c[i]) ? gap_of(gain, c[i].metric) : 0;
        c[i].band = is_tested(&c[i]) ? band_of(&c[i], n, c, n_tested) : INFINITY;
    }
}

/* The printed form of a mean of compared values. */
static struct sample printed(double mean, int metric)
{
    return (struct sample){lower_is_better(metric) ? exp(mean) : mean, NAN, 0};
}

int comparison_mean(struct comparison *mean, int metric, const struct comparison *all, int n,
                    int n_metric)
{
    double gain = 0, ours = 0, variance = 0, by_df = 0;
    int n_cell = 0;
    for (int i = 0; i < n; i++) {
        const struct sample *s = &all[i].gain;
        if (all[i].metric != metric || s->n < 2)
            continue;
        double v = s->std * s->std / s->n;
        gain += s->mean, ours += all[i].paired.mean, n_cell++;
        variance += v, by_df += v * v / (s->n - 1);
    }
    *mean = (struct comparison){.metric = metric, .band = INFINITY};
    if (n_cell == 0)
        return 0;
    gain /= n_cell, ours /= n_cell;
    double df = variance > 0 ? variance * variance / by_df : 1;
    double t = student_quantile(1 - 2 * level / n_metric, df);
    mean->theirs.mean = ours - gain;
    mean->raw = printed(ours, metric), mean->raw_theirs = printed(ours - gain, metric);
    mean->gap = gap_of(gain, metric);
    double least = lower_is_better(metric) ? mean_ratio_floor : floor_of(mean);
    mean->band = fmax(least, t * sqrt(variance) / n_cell);
    return n_cell;
}

static double excess(const struct comparison *c)
{
    return c->gap / c->band;
}

/* The comparison that is furthest beyond its band, on the worse side if any is worse. */
static const struct comparison *extreme(const struct comparison *c, int n)
{
    const struct comparison *worst = NULL, *best = NULL;
    for (int i = 0; i < n; i++) {
        if (isinf(c[i].band))
            continue;
        worst = !worst || excess(&c[i]) > excess(worst) ? &c[i] : worst;
        best = !best || excess(&c[i]) < excess(best) ? &c[i] : best;
    }
    return worst && excess(worst) <= 1 && excess(best) < -1 ? best : worst;
}

void comparisons_judge(struct judgement *g, const struct comparison *c, int n)
{
    const struct comparison *x = extreme(c, n);
    if (!x) {
        int all_diverged = g->ours.v.n == 0;
        g->verdict = all_diverged ? OUTSIDE : NOT_COMPARABLE, g->worse = all_diverged;
        judgement_because(g, all_diverged ? "all our runs diverged"
                                          : "the expected numbers have no deviation");
        return;
    }
    g->metric = x->metric, g->ours.v = x->raw, g->theirs = x->raw_theirs;
    g->verdict = fabs(excess(x)) <= 1 ? PASS : OUTSIDE;
    g->worse = excess(x) > 1;
    if (lower_is_better(x->metric))
        judgement_because(g, "ratio %.3g, band %.3g", exp(x->gap), exp(x->band));
    else
        judgement_because(g, "difference %+.2f, band %.2f", -x->gap, x->band);
}
