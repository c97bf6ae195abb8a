#include "report/claims.h"
#include <math.h>
#include <string.h>

enum { MAX_SEED = 64 };
enum verdict { REPRODUCED, INCONCLUSIVE, CONTRADICTED, NOT_RUN, N_VERDICT };
static const char *const verdict_name[N_VERDICT] = {"REPRODUCED", "INCONCLUSIVE", "CONTRADICTED",
                                                    "NOT-RUN"};

void paired_interval(const double *difference, int n, double *mean, double *half)
{
    /* 97.5 % quantiles of Student's t for 1, 2, ... degrees of freedom; beyond, the last one */
    static const double t[] = {12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306,
                               2.262,  2.228, 2.201, 2.179, 2.160, 2.145, 2.131, 2.120};
    double sum = 0, square = 0;
    for (int i = 0; i < n; i++)
        sum += difference[i];
    *mean = n ? sum / n : NAN;
    *half = INFINITY;
    if (n < 2)
        return;
    for (int i = 0; i < n; i++)
        square += (difference[i] - *mean) * (difference[i] - *mean);
    int df = n - 1 < (int)LENGTH(t) ? n - 1 : (int)LENGTH(t);
    *half = t[df - 1] * sqrt(square / (n - 1) / n);
}

/* Whether the run's cell has all the axis values that the object names. */
static int has(const struct results *r, int run, const cJSON *object)
{
    const cJSON *v;
    cJSON_ArrayForEach(v, object)
    {
        char number[32];
        const char *want = cJSON_GetStringValue(v);
        const char *is = cJSON_GetStringValue(cJSON_GetObjectItem(r->run[run].index, v->string));
        snprintf(number, sizeof(number), "%.15g", v->valuedouble);
        if (!is || strcmp(is, want ? want : number) != 0)
            return 0;
    }
    return 1;
}

static void print_object(const cJSON *object, FILE *f)
{
    const cJSON *v;
    const char *between = "";
    cJSON_ArrayForEach(v, object)
    {
        if (cJSON_IsString(v))
            fprintf(f, "%s%s", between, v->valuestring);
        else
            fprintf(f, "%s%s %.6g", between, v->string ? v->string : "", v->valuedouble);
        between = ", ";
    }
}

/* Runs are paired by it.  A diverged run counts with the figure that it ended with. */
static double seed_of(const struct results *r, int run)
{
    return cJSON_GetNumberValue(cJSON_GetObjectItem(r->run[run].index, "seed"));
}

/* What each pair of runs gains, in points of accuracy or as a lower loss. */
static int pair_up(const struct results *r, const cJSON *claim, int metric,
                   double difference[MAX_SEED])
{
    const cJSON *better = cJSON_GetObjectItem(claim, "better");
    const cJSON *than = cJSON_GetObjectItem(claim, "than"), *at = cJSON_GetObjectItem(claim, "at");
    int n = 0;
    for (int i = 0; i < r->n_run; i++)
        for (int k = 0; k < r->n_run; k++) {
            if (!has(r, i, at) || !has(r, i, better) || !has(r, k, at) || !has(r, k, than) ||
                seed_of(r, i) != seed_of(r, k))
                continue;
            double d = results_value(r, i, metric, "last") - results_value(r, k, metric, "last");
            d = metrics[metric].is_loss ? -d : d;
            if (isfinite(d) && n < MAX_SEED)
                difference[n++] = d;
        }
    return n;
}

/* Accuracies differ by hundredths of a point, losses by powers of ten. */
static void print_gain(const char *before, double gain, int is_loss, FILE *f)
{
    fprintf(f, is_loss ? "%s%+.3g" : "%s%+.2f", before, gain);
}

static enum verdict judge(const struct results *r, const cJSON *claim, FILE *f)
{
    double difference[MAX_SEED], mean, half;
    const char *key = cJSON_GetStringValue(cJSON_GetObjectItem(claim, "scope"));
    int metric = metric_find(key), n = metric < 0 ? 0 : pair_up(r, claim, metric, difference);
    int is_loss = metric >= 0 && metrics[metric].is_loss;
    paired_interval(difference, n, &mean, &half);
    enum verdict v = n < 2             ? NOT_RUN
                     : mean - half > 0 ? REPRODUCED
                     : mean + half < 0 ? CONTRADICTED
                                       : INCONCLUSIVE;
    fprintf(f, "%-13s", verdict_name[v]);
    print_object(cJSON_GetObjectItem(claim, "better"), f);
    fputs(" beats ", f);
    print_object(cJSON_GetObjectItem(claim, "than"), f);
    if (cJSON_GetArraySize(cJSON_GetObjectItem(claim, "at")) > 0) {
        fputs(" at ", f);
        print_object(cJSON_GetObjectItem(claim, "at"), f);
    }
    fprintf(f, " (%s%s): ", metric < 0 ? "unknown scope" : metrics[metric].name,
            is_loss ? ", lower is better" : "");
    if (n >= 2) {
        print_gain("", mean, is_loss, f);
        fputs(is_loss ? "" : " points", f);
        print_gain(", 95 % interval ", mean - half, is_loss, f);
        print_gain(" to ", mean + half, is_loss, f);
        fputs(";", f);
    }
    fputs(" by seed", f);
    for (int i = 0; i < n; i++)
        print_gain(" ", difference[i], is_loss, f);
    fputs("\n", f);
    return v;
}

int claims_write(const struct results *r, FILE *f)
{
    int count[N_VERDICT] = {0}, ended = 0, diverged = 0;
    const cJSON *claim;
    cJSON_ArrayForEach(claim, cJSON_GetObjectItem(r->index, "claims")) count[judge(r, claim, f)]++;
    for (int i = 0; i < r->n_run; i++)
        ended += r->run[i].manifest != NULL, diverged += r->run[i].diverged;
    int whole = ended == r->n_run && count[NOT_RUN] == 0;
    const char *verdict = count[CONTRADICTED] ? "FAIL" : !whole ? "INCOMPLETE" : "PASS";
    char data[64] = "none";
    for (int i = 0; i < r->n_run; i++)
        if (r->run[i].manifest)
            results_config(r, i, "dataset", data, sizeof(data));
    fprintf(f,
            "VERDICT=%s table=%s tier=%s data=%s cells=%d runs=%d/%d diverged=%d "
            "claims=reproduced:%d,inconclusive:%d,contradicted:%d,not-run:%d\n",
            verdict, r->experiment, r->tier, data, r->n_cell, ended, r->n_run, diverged,
            count[REPRODUCED], count[INCONCLUSIVE], count[CONTRADICTED], count[NOT_RUN]);
    return count[CONTRADICTED] ? 3 : !whole;
}
