#include "report/claims.h"
#include "draw/names.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A value of a claim as a text, in the form that the index has. */
static const char *value_text(const cJSON *v, char *buf, size_t size)
{
    if (cJSON_IsString(v))
        snprintf(buf, size, "%s", v->valuestring);
    else
        snprintf(buf, size, "%.15g", v->valuedouble);
    return buf;
}

/* Whether the run's cell has all the axis values that the object names. */
static int has(const struct results *r, int run, const cJSON *object)
{
    const cJSON *v;
    char want[64];
    cJSON_ArrayForEach (v, object) {
        const char *is = cJSON_GetStringValue(cJSON_GetObjectItem(r->run[run].index, v->string));
        if (!is || strcmp(is, value_text(v, want, sizeof(want))) != 0)
            return 0;
    }
    return 1;
}

static void describe(const char *before, const cJSON *object, struct judgement *g)
{
    const cJSON *v;
    char text[64], key[NAME_SHOWN], value[NAME_SHOWN];
    cJSON_ArrayForEach (v, object) {
        append(&g->what, "%s%s%s%s", before, cJSON_IsString(v) ? "" : name_of_key(v->string, key),
               cJSON_IsString(v) ? "" : " ",
               name_of_value(v->string, value_text(v, text, sizeof(text)), value));
        before = ", ";
    }
}

/* Runs are paired by their seed.  A diverged run counts with the last value that it reached. */
static double seed_of(const struct results *r, int run)
{
    return cJSON_GetNumberValue(cJSON_GetObjectItem(r->run[run].index, "seed"));
}

/* Whether run i belongs to what the claim calls better and run k to what it compares with, and both
 * agree in their seed and in everything that the claim does not name. */
static int are_pair(const struct results *r, const cJSON *claim, int i, int k)
{
    const cJSON *better = cJSON_GetObjectItem(claim, "better");
    const cJSON *than = cJSON_GetObjectItem(claim, "than"), *at = cJSON_GetObjectItem(claim, "at");
    if (!has(r, i, at) || !has(r, i, better) || !has(r, k, at) || !has(r, k, than))
        return 0;
    for (int a = 0; a < r->n_axis; a++)
        if (!cJSON_HasObjectItem(better, r->axis[a]) && !cJSON_HasObjectItem(than, r->axis[a]) &&
            strcmp(results_axis(r, i, a), results_axis(r, k, a)) != 0)
            return 0;
    return seed_of(r, i) == seed_of(r, k);
}

/* The gain of each pair of runs, in points of accuracy or as a lower loss; at most n_run of
 * them. */
static int pair_up(const struct results *r, const cJSON *claim, int metric, double *gain)
{
    int n = 0;
    for (int i = 0; i < r->n_run; i++)
        for (int k = 0; k < r->n_run && n < r->n_run; k++) {
            if (!are_pair(r, claim, i, k))
                continue;
            double d = results_value(r, i, metric, "last") - results_value(r, k, metric, "last");
            d = lower_is_better(metric) ? -d : d;
            if (isfinite(d))
                gain[n++] = d;
        }
    return n;
}

/* Accuracies differ by hundredths of a point, losses by powers of ten. */
static void append_gain(struct judgement *g, const char *before, double gain)
{
    append(&g->why, lower_is_better(g->metric) ? "%s%+.3g" : "%s%+.2f", before, gain);
}

static void say_interval(struct judgement *g, const double *gain, double half)
{
    if (g->ours.v.n >= 2) {
        append_gain(g, "", g->ours.v.mean);
        append(&g->why, lower_is_better(g->metric) ? ", " : " points, ");
        append_gain(g, "95 % interval ", g->ours.v.mean - half);
        append_gain(g, " to ", g->ours.v.mean + half);
        append(&g->why, "; ");
    }
    append(&g->why, "by seed");
    for (int i = 0; i < g->ours.v.n; i++)
        append_gain(g, " ", gain[i]);
}

static void say_claim(struct judgement *g, const cJSON *claim)
{
    int lower = lower_is_better(g->metric);
    describe("", cJSON_GetObjectItem(claim, "better"), g);
    describe(" beats ", cJSON_GetObjectItem(claim, "than"), g);
    if (cJSON_HasObjectItem(claim, "by"))
        append(&g->what, lower ? " by more than %.3g" : " by more than %.6g points",
               g->theirs.mean);
    describe(" at ", cJSON_GetObjectItem(claim, "at"), g);
    append(&g->what, " (%s%s)", g->metric < 0 ? "unknown scope" : columns[g->metric].name,
           lower ? ", lower is better" : "");
}

static void judge(struct judgement *g, const struct results *r, const cJSON *claim)
{
    double *gain = xcalloc((size_t)r->n_run, sizeof(*gain));
    const cJSON *by = cJSON_GetObjectItem(claim, "by"), *v;
    char text[64];
    g->metric = metric_find(cJSON_GetStringValue(cJSON_GetObjectItem(claim, "scope")));
    int n = g->metric < 0 ? 0 : pair_up(r, claim, g->metric, gain);
    g->theirs.mean = by ? cJSON_GetNumberValue(by) : 0;
    g->ours.v = sample_of(gain, n);
    double half = mean_band(g->ours.v, 0.95), mean = g->ours.v.mean;
    g->verdict = n < 2 || isnan(g->theirs.mean) ? NOT_RUN
                 : mean - half > g->theirs.mean ? REPRODUCED
                 : mean + half < g->theirs.mean ? NOT_REPRODUCED
                                                : INCONCLUSIVE;
    cJSON_ArrayForEach (v, cJSON_GetObjectItem(claim, "at")) {
        for (int a = 0; a < r->n_axis; a++)
            if (!strcmp(r->axis[a], v->string))
                snprintf(g->axis[a], sizeof(g->axis[a]), "%s", value_text(v, text, sizeof(text)));
    }
    say_claim(g, claim);
    if (isnan(g->theirs.mean))
        judgement_because(g, "\"by\" is not a number");
    else
        say_interval(g, gain, half);
    free(gain);
}

void claims_judge(struct judgements *j, const struct results *r)
{
    const cJSON *claim;
    cJSON_ArrayForEach (claim, cJSON_GetObjectItem(r->index, "claims")) {
        judge(judgement_add(j, CLAIM), r, claim);
    }
}
