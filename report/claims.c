#include "report/claims.h"
#include "core/json.h"
#include "draw/names.h"
#include "report/sheet.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double level = 0.05;
enum { MOST_SEEDS = 100 }; /* the largest number that is proposed */

/* --- which runs ------------------------------------------------------------------------------- */

/* A value in a claim as text, in the form of the index. */
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

/* Whether two runs agree in their seed and in every axis that none of the claim's parts names. */
static int are_alike(const struct results *r, const cJSON *claim, const char *const *part, int i,
                     int k)
{
    for (int a = 0; a < r->n_axis; a++) {
        int named = 0;
        for (int p = 0; part[p]; p++)
            named |= cJSON_HasObjectItem(cJSON_GetObjectItem(claim, part[p]), r->axis[a]);
        if (!named && strcmp(results_axis(r, i, a), results_axis(r, k, a)) != 0)
            return 0;
    }
    return results_seed(r, i) == results_seed(r, k);
}

/* Whether, at a place of the claim, run i is on the side called better and run k on the side called
 * than, and the two can be compared. */
static int are_pair(const struct results *r, const cJSON *claim, const char *place, int i, int k)
{
    static const char *const sides[] = {"better", "than", NULL};
    const cJSON *at = cJSON_GetObjectItem(claim, place);
    return has(r, i, at) && has(r, i, cJSON_GetObjectItem(claim, "better")) && has(r, k, at) &&
           has(r, k, cJSON_GetObjectItem(claim, "than")) && are_alike(r, claim, sides, i, k);
}

/* --- what they gave --------------------------------------------------------------------------- */

/* The accuracy of guessing, in percent; NAN if the run's classes are not known. */
static double chance(const struct results *r, int run)
{
    char path[PATH_LENGTH];
    struct sheet s;
    struct err e;
    double last = NAN;
    if (results_path(r, run, "classes.csv", path, &e) < 0 || sheet_open(&s, path, &e) < 0)
        return NAN;
    for (int i = 0, column = sheet_column(&s, "class"); i < s.n_row; i++)
        last = fmax(last, sheet_at(&s, i, column));
    sheet_close(&s);
    return 100 / (last + 1);
}

/* What a diverged run's loss or cost counts as. */
static double worst_of(const struct results *r, int metric)
{
    double worst = 0;
    for (int i = 0; i < r->n_run; i++)
        if (!r->run[i].diverged)
            worst = fmax(worst, results_value(r, i, metric, "last"));
    return 2 * worst;
}

static double value_of(const struct results *r, int run, int metric)
{
    if (!r->run[run].diverged || columns[metric].kind == SPLIT)
        return results_value(r, run, metric, "last");
    return columns[metric].kind == ACCURACY ? chance(r, run) : worst_of(r, metric);
}

/* How much better run i is than run k, in points of accuracy or as a lower loss; counts the runs
 * that diverged. */
static double gain_of(const struct results *r, struct judgement *g, int i, int k)
{
    double a = value_of(r, i, g->metric), b = value_of(r, k, g->metric);
    double d = lower_is_better(g->metric) ? b - a : a - b;
    if (isnan(d) && r->run[i].manifest && r->run[k].manifest)
        judgement_because(g, "a run of seed %g has no %s", results_seed(r, i),
                          columns[g->metric].key);
    g->ours.n_diverged += r->run[i].diverged + r->run[k].diverged;
    return d;
}

/* The gain at "more_than_at" of the pair that corresponds to run i; NAN if there is none. */
static double gain_elsewhere(const struct results *r, const cJSON *claim, struct judgement *g,
                             int i)
{
    static const char *const parts[] = {"better", "than", "at", "more_than_at", NULL};
    for (int p = 0; p < r->n_run; p++)
        for (int q = 0; q < r->n_run; q++)
            if (are_alike(r, claim, parts, i, p) && are_pair(r, claim, "more_than_at", p, q))
                return gain_of(r, g, p, q);
    return NAN;
}

/* The gain of each seed; at most n_run of them. */
static int gains_of(const struct results *r, const cJSON *claim, struct judgement *g, double *gain)
{
    int n = 0, twice = cJSON_HasObjectItem(claim, "more_than_at");
    for (int i = 0; i < r->n_run; i++)
        for (int k = 0; k < r->n_run && n < r->n_run; k++) {
            if (!are_pair(r, claim, "at", i, k))
                continue;
            if (!twice)
                g->better = r->run[i].cell, g->than = r->run[k].cell;
            gain[n] = gain_of(r, g, i, k);
            gain[n] -= twice ? gain_elsewhere(r, claim, g, i) : 0;
            n += isfinite(gain[n]);
        }
    return n;
}

/* --- what is said of it ----------------------------------------------------------------------- */

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

static void describe_margin(const char *before, double margin, struct judgement *g)
{
    append(&g->what, lower_is_better(g->metric) ? "%s%.3g" : "%s%.6g point%s", before, margin,
           fabs(margin) == 1 ? "" : "s");
}

static void say_claim(struct judgement *g, const cJSON *claim)
{
    int has_margin = cJSON_HasObjectItem(claim, "by");
    const cJSON *more = cJSON_GetObjectItem(claim, "more_than_at");
    describe("", cJSON_GetObjectItem(claim, "better"), g);
    describe(" beats ", cJSON_GetObjectItem(claim, "than"), g);
    if (has_margin && !more)
        describe_margin(" by more than ", g->theirs.mean, g);
    describe(" at ", cJSON_GetObjectItem(claim, "at"), g);
    if (has_margin && more)
        describe_margin(" by over ", g->theirs.mean, g);
    describe(has_margin ? " more than at " : " by more than at ", more, g);
    append(&g->what, " (%s%s)", g->metric < 0 ? "unknown scope" : columns[g->metric].name,
           lower_is_better(g->metric) ? ", lower is better" : "");
}

/* Accuracies differ by hundredths of a point, losses by powers of ten. */
static void append_gain(struct judgement *g, const char *before, double gain)
{
    append(&g->why, lower_is_better(g->metric) ? "%s%+.3g" : "%s%+.2f", before, gain);
}

static void say_gains(struct judgement *g, const double *gain)
{
    double mean = g->ours.v.mean, half = mean_band(g->ours.v, 1 - level);
    if (g->ours.v.n >= 2) {
        append_gain(g, "", mean);
        append(&g->why, lower_is_better(g->metric) ? ", " : " points, ");
        append_gain(g, "95 % interval ", mean - half);
        append_gain(g, " to ", mean + half);
        append(&g->why, ", p %.2g, adjusted %.2g; ", g->p, g->adjusted);
    }
    append(&g->why, "by seed");
    for (int i = 0; i < g->ours.v.n; i++)
        append_gain(g, " ", gain[i]);
    if (g->ours.n_diverged)
        judgement_because(g, "%d diverged run%s as %s", g->ours.n_diverged,
                          g->ours.n_diverged > 1 ? "s count" : " counts",
                          lower_is_better(g->metric) ? "the worst" : "chance");
}

/* How many seeds an undecided claim would need, whatever the p-values of the other n - 1 are. */
static void say_needed(struct judgement *g, int n)
{
    int needed = seeds_for(g->ours.v, g->theirs.mean, level / n, MOST_SEEDS);
    if (needed)
        judgement_because(g, "with this mean and deviation, %d seeds would decide it", needed);
    else
        judgement_because(g, "with this mean and deviation, not even %d seeds would decide it",
                          MOST_SEEDS);
}

/* --- the judgement ---------------------------------------------------------------------------- */

/* Find the gain of each seed and test them. */
static void test(struct judgement *g, const struct results *r, const cJSON *claim, double *gain)
{
    const cJSON *by = cJSON_GetObjectItem(claim, "by"), *v;
    char text[64];
    g->metric = metric_find(cJSON_GetStringValue(cJSON_GetObjectItem(claim, "scope")));
    g->source = json_field(claim, "source");
    int n = g->metric < 0 ? 0 : gains_of(r, claim, g, gain);
    g->theirs.mean = by ? cJSON_GetNumberValue(by) : 0;
    g->ours.v = sample_of(gain, n);
    g->p = isnan(g->theirs.mean) ? 1 : mean_p(g->ours.v, g->theirs.mean);
    cJSON_ArrayForEach (v, cJSON_GetObjectItem(claim, "at")) {
        for (int a = 0; a < r->n_axis; a++)
            if (!strcmp(r->axis[a], v->string))
                snprintf(g->axis[a], sizeof(g->axis[a]), "%s", value_text(v, text, sizeof(text)));
    }
    say_claim(g, claim);
}

/* Judge one of n claims, after the p-values of all have been adjusted. */
static void decide(struct judgement *g, int n, const double *gain)
{
    if (isnan(g->theirs.mean)) {
        judgement_because(g, "\"by\" is not a number");
        return;
    }
    say_gains(g, gain);
    g->verdict = g->ours.v.n < 2                   ? NOT_RUN
                 : g->adjusted >= level            ? INCONCLUSIVE
                 : g->ours.v.mean > g->theirs.mean ? REPRODUCED
                                                   : NOT_REPRODUCED;
    if (g->verdict == INCONCLUSIVE)
        say_needed(g, n);
}

void claims_judge(struct judgements *j, const struct results *r)
{
    const cJSON *claims = cJSON_GetObjectItem(r->index, "claims"), *claim;
    size_t n_claim = (size_t)cJSON_GetArraySize(claims), n_run = (size_t)r->n_run;
    double *p = xcalloc(n_claim, sizeof(*p)), *adjusted = xcalloc(n_claim, sizeof(*adjusted));
    double *gain = xcalloc(n_claim * n_run, sizeof(*gain)); /* (n_claim, n_run) */
    int first = j->n, n = 0;
    cJSON_ArrayForEach (claim, claims) {
        struct judgement *g = judgement_add(j, CLAIM);
        test(g, r, claim, gain + (size_t)n * n_run);
        p[n++] = g->p;
    }
    holm(p, n, adjusted);
    for (int i = 0; i < n; i++) {
        j->list[first + i].adjusted = adjusted[i];
        decide(&j->list[first + i], n, gain + (size_t)i * n_run);
    }
    free(p), free(adjusted), free(gain);
}
