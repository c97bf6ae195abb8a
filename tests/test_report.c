/* test_report: tables and verdicts of made-up runs, against values computed by hand. */
#include "core/file.h"
#include "report/claims.h"
#include "report/table.h"
#include "tests/check.h"
#include "tests/temp.h"

/* The 95 % interval: t(0.975; 2) = 4.303, t(0.975; 1) = 12.706; sd of 1, 2, 3 is 1. */
static void intervals_of_differences(void **state)
{
    (void)state;
    double mean, half, many[40];
    paired_interval((double[]){1, 2, 3}, 3, &mean, &half);
    check_close(mean, 2, 1e-12);
    check_close(half, 4.303 / sqrt(3), 1e-9);
    paired_interval((double[]){0, 2}, 2, &mean, &half);
    check_close(mean, 1, 1e-12);
    check_close(half, 12.706, 1e-9);
    paired_interval((double[]){5}, 1, &mean, &half);
    check_close(mean, 5, 0);
    assert_true(isinf(half) && half > 0);
    paired_interval(NULL, 0, &mean, &half);
    assert_true(isnan(mean) && isinf(half));
    for (int i = 0; i < 40; i++)
        many[i] = i % 2;
    paired_interval(many, 17, &mean, &half); /* 9 zeros, 8 ones: sd^2 = 17/16 p (1 - p) */
    check_close(half, 2.120 * sqrt(8.0 * 9 / (17 * 16) / 17), 1e-9);
    paired_interval(many, 40, &mean, &half); /* t(0.975; 39) = 2.023: wider is honest, not less */
    assert_true(half >= 2.0226 * sqrt(0.25 * 40 / 39 / 40));
}

/* A run: its algorithm, seed, status and last accuracies (mean, worst, average). */
struct made {
    const char *algorithm;
    int seed;
    const char *status; /* NULL: no manifest */
    double acc[3];
};

static void put(const char *name, const char *text)
{
    struct err e = {.text = ""};
    char path[512];
    snprintf(path, sizeof(path), "%s", temp_path(name));
    *strrchr(path, '/') = '\0';
    if (dir_make(path, &e) < 0 || file_replace(temp_path(name), text, strlen(text), &e) < 0)
        fail_msg("%s", e.text);
}

/* Write and open an experiment of these runs; claims is JSON text. */
static void make(struct results *r, const struct made *run, int n, const char *claims)
{
    static int count;
    char index[4096], text[1024], name[256], experiment[32];
    struct err e = {.text = ""};
    snprintf(experiment, sizeof(experiment), "made%d", count++);
    size_t at =
        (size_t)snprintf(index, sizeof(index),
                         "{\"experiment\": \"made\", \"tier\": \"quick\", \"title\": \"T\", "
                         "\"axes\": [\"algorithm\"], \"claims\": %s, \"runs\": [",
                         claims);
    for (int i = 0; i < n; i++) {
        at += (size_t)snprintf(index + at, sizeof(index) - at,
                               "%s{\"dir\": \"%d\", \"seed\": %d, \"algorithm\": \"%s\"}",
                               i ? ", " : "", i, run[i].seed, run[i].algorithm);
        snprintf(name, sizeof(name), "%s/%d/manifest.json", experiment, i);
        snprintf(
            text, sizeof(text),
            "{\"status\": \"%s\", \"config\": {\"dataset\": \"d\", \"lr\": 0.%d}, \"results\": "
            "{\"acc_mean_pct\": {\"last\": %g, \"best\": 99}, \"acc_worst_pct\": {\"last\": %g}, "
            "\"acc_average_pct\": {\"last\": %g}}}",
            run[i].status, run[i].algorithm[0] == 'q' ? 1 : 2, run[i].acc[0], run[i].acc[1],
            run[i].acc[2]);
        if (run[i].status)
            put(name, text);
    }
    snprintf(index + at, sizeof(index) - at, "]}");
    snprintf(name, sizeof(name), "%s/quick.json", experiment);
    put(name, index);
    if (results_open(r, temp_dir, experiment, "quick", &e) < 0)
        fail_msg("%s", e.text);
}

static const struct made runs[] = {
    {"dsgd", 1, "finished", {10, 1, 30}},
    {"dsgd", 2, "finished", {14, 2, 30}},
    {"dsgd", 3, "diverged", {90, 90, 90}},
    {"qg", 1, "finished", {21, 3, 30}},
    {"qg", 2, "interrupted", {70, 70, 70}},
    {"qg", 3, "started", {70, 70, 70}},
    {"lost", 1, NULL, {0}},
    {"lost", 2, "failed", {50, 50, 50}},
};

static void cells_count_what_diverged_or_is_missing(void **state)
{
    (void)state;
    struct results r;
    make(&r, runs, LENGTH(runs), "[]");
    assert_int_equal(r.n_cell, 3);
    struct summary s = results_summary(&r, 0, 0, "last");
    check_close(s.mean, 12, 1e-12), check_close(s.std, sqrt(8), 1e-12);
    assert_int_equal(s.n, 2), assert_int_equal(s.n_diverged, 1), assert_int_equal(s.n_missing, 0);
    s = results_summary(&r, 0, 1, "last");
    check_close(s.mean, 1.5, 1e-12);
    s = results_summary(&r, 0, 0, "best");
    check_close(s.mean, 99, 1e-12);
    s = results_summary(&r, 1, 0, "last");
    check_close(s.mean, 21, 1e-12), assert_true(isnan(s.std));
    assert_int_equal(s.n, 1), assert_int_equal(s.n_missing, 2);
    s = results_summary(&r, 2, 0, "last");
    assert_true(isnan(s.mean));
    assert_int_equal(s.n, 0), assert_int_equal(s.n_missing, 2);
    results_close(&r);
}

/* What a writer prints, and its exit code in *code if that is not NULL; free() it. */
static char *printed(const struct results *r, int format, int *code)
{
    char *text = NULL;
    size_t n = 0;
    FILE *f = open_memstream(&text, &n);
    if (code)
        *code = claims_write(r, f);
    else
        table_write(r, (enum table_format)format, f);
    fclose(f);
    return text;
}

static void holds(const char *text, const char *words)
{
    if (!strstr(text, words))
        fail_msg("'%s' is not in:\n%s", words, text);
}

static void tables_say_it(void **state)
{
    (void)state;
    struct results r;
    make(&r, runs, LENGTH(runs), "[]");
    char *text = printed(&r, TABLE_MARKDOWN, NULL);
    holds(text, "| algorithm | lr | mean of workers | worst worker | averaged model | seeds |\n");
    holds(text, "| dsgd | 0.2 | 12.00 ± 2.83 | 1.50 ± 0.71 | 30.00 ± 0.00 | 2 (1 diverged) |\n");
    holds(text, "| qg | 0.1 | 21.00 | 3.00 | 30.00 | 1 (2 missing) |\n");
    holds(text, "| lost |  | – | – | – | 0 (2 missing) |\n");
    free(text);
    text = printed(&r, TABLE_LATEX, NULL);
    holds(text, "\\toprule\n");
    holds(text, "dsgd & 0.2 & 12.00 $\\pm$ 2.83 & ");
    free(text);
    text = printed(&r, TABLE_CSV, NULL);
    holds(text, ",acc_mean_pct,last,12.0000,2.8284,2,1,0,");
    holds(text, ",acc_mean_pct,last,21.0000,,1,0,2,");
    holds(text, ",acc_mean_pct,last,,,0,0,2,");
    free(text);
    results_close(&r);
}

#define CLAIM(scope)                                                                               \
    "[{\"better\": {\"algorithm\": \"qg\"}, \"than\": {\"algorithm\": \"dsgd\"}, \"scope\": "      \
    "\"" scope "\"}]"

/* The verdict on CLAIM(scope) over these runs, its exit code, and words of the report. */
static void judged(const struct made *run, int n, const char *claims, int want, const char *words,
                   const char *verdict)
{
    struct results r;
    int code;
    make(&r, run, n, claims);
    char *text = printed(&r, 0, &code);
    holds(text, words);
    holds(text, verdict);
    assert_int_equal(code, want);
    free(text);
    results_close(&r);
}

/* Differences by seed: mean 7, 9, 11 (9 +- 4.97); worst -7, -9, -11; average 1, 9, -1. */
static const struct made six[] = {
    {"dsgd", 1, "finished", {20, 50, 30}}, {"dsgd", 2, "finished", {30, 50, 30}},
    {"dsgd", 3, "finished", {10, 50, 30}}, {"qg", 3, "finished", {21, 39, 29}},
    {"qg", 1, "finished", {27, 43, 31}},   {"qg", 2, "finished", {39, 41, 39}}};

static void claims_are_judged_by_seeds(void **state)
{
    (void)state;
    judged(six, 6, CLAIM("acc_mean_pct"), 0,
           "REPRODUCED   qg beats dsgd (mean of workers): +9.00 points, 95 % interval +4.03 to "
           "+13.97;",
           "VERDICT=PASS ");
    judged(six, 6, CLAIM("acc_worst_pct"), 3, "CONTRADICTED qg beats dsgd", "VERDICT=FAIL ");
    judged(six, 6, CLAIM("acc_average_pct"), 0, "INCONCLUSIVE qg beats dsgd (averaged model): ",
           "claims=reproduced:0,inconclusive:1,contradicted:0,not-run:0\n");
    /* two seeds of 7 and 9: an interval of 8 +- 12.7 */
    const struct made four[] = {six[0], six[1], six[4], six[5]};
    judged(four, 4, CLAIM("acc_mean_pct"), 0, "INCONCLUSIVE", "runs=4/4");
    /* seeds that do not pair */
    const struct made apart[] = {six[0], six[1], six[3]};
    judged(apart, 3, CLAIM("acc_mean_pct"), 1, "NOT-RUN", "VERDICT=INCOMPLETE ");
    judged(six, 6, CLAIM("acc_men_pct"), 1, "(unknown scope)", "not-run:1");
}

/* Write and open runs of a toy problem, whose manifests have losses; metric is JSON text. */
static int make_toy(struct results *r, const char *experiment, const char *metric, struct err *e)
{
    static const double loss[4] = {1e-12, 3e-12, 0.25, 0.35};
    char index[1024], text[512], name[64];
    for (int i = 0; i < 4; i++) {
        snprintf(name, sizeof(name), "%s/%d/manifest.json", experiment, i);
        snprintf(text, sizeof(text),
                 "{\"status\": \"finished\", \"config\": {\"dataset\": \"quadratic\", \"dim\": "
                 "7, \"workers\": 4, \"epochs\": 9}, \"results\": {\"test_loss_mean\": %g, "
                 "\"consensus_distance\": 0}}",
                 loss[i]);
        put(name, text);
    }
    snprintf(index, sizeof(index),
             "{\"experiment\": \"toy\", \"tier\": \"quick\", \"title\": \"T\", \"axes\": "
             "[\"algorithm\"], \"metric\": %s, \"claims\": [{\"better\": {\"algorithm\": \"gt\"}, "
             "\"than\": {\"algorithm\": \"dsgd\"}, \"scope\": \"test_loss_mean\"}], \"runs\": ["
             "{\"dir\": \"0\", \"seed\": 1, \"algorithm\": \"gt\"},"
             "{\"dir\": \"1\", \"seed\": 2, \"algorithm\": \"gt\"},"
             "{\"dir\": \"2\", \"seed\": 1, \"algorithm\": \"dsgd\"},"
             "{\"dir\": \"3\", \"seed\": 2, \"algorithm\": \"dsgd\"}]}",
             metric);
    snprintf(name, sizeof(name), "%s/quick.json", experiment);
    put(name, index);
    return results_open(r, temp_dir, experiment, "quick", e);
}

static void lower_losses_are_better(void **state)
{
    (void)state;
    struct results r;
    struct err e = {.text = ""};
    int code;
    assert_int_equal(make_toy(&r, "toy1", "[\"test_loss_mean\", \"consensus_distance\"]", &e), 0);
    assert_true(results_is_toy(&r, 0));
    check_close(results_value(&r, 1, metric_find("test_loss_mean"), "last"), 3e-12, 0);
    assert_true(isnan(results_value(&r, 1, metric_find("test_loss_mean"), "best")));
    char *text = printed(&r, TABLE_MARKDOWN, NULL);
    holds(text, "Problem: quadratic, dim 7; 9 rounds, n = 4;");
    holds(text, "Losses after the last epoch");
    holds(text,
          "| algorithm | test loss | consensus distance | seeds |\n| --- | --- | --- | --- |\n");
    holds(text, "| gt | 2e-12 ± 1.4e-12 | 0 ± 0 | 2 |\n");
    holds(text, "| dsgd | 0.3 ± 0.071 | 0 ± 0 | 2 |\n");
    free(text);
    text = printed(&r, TABLE_CSV, NULL);
    holds(text, ",scope,value,mean,std,seeds,");
    holds(text, ",test_loss_mean,last,2e-12,1.41421e-12,2,0,0,");
    assert_null(strstr(text, ",best,"));
    free(text);
    text = printed(&r, TABLE_LATEX, NULL);
    holds(text, "\\begin{tabular}{lccc}\n");
    free(text);
    text = printed(&r, 0, &code); /* 0.25 and 0.35 lower: 0.3 +- 12.706 * 0.05 */
    holds(text, "INCONCLUSIVE gt beats dsgd (test loss, lower is better): +0.3, 95 % interval "
                "-0.335 to +0.935; by seed +0.25 +0.35\n");
    free(text);
    results_close(&r);
    assert_int_equal(make_toy(&r, "toy2", "\"consensus_distance\"", &e), 0);
    text = printed(&r, TABLE_MARKDOWN, NULL);
    holds(text, "| algorithm | consensus distance | seeds |\n");
    free(text);
    results_close(&r);
    assert_int_equal(make_toy(&r, "toy3", "[\"test_los_mean\"]", &e), -1);
    check_says(e, "toy3/quick.json: \"metric\" names 'test_los_mean' (did you mean "
                  "'test_loss_mean'?)");
    assert_int_equal(make_toy(&r, "toy4", "[7]", &e), -1);
    check_says(e, "\"metric\" names ''");
}

static void missing_and_diverged_runs_show(void **state)
{
    (void)state;
    struct made run[6];
    memcpy(run, six, sizeof(run));
    run[5].status = "interrupted";
    judged(run, 6, CLAIM("acc_mean_pct"), 1, "INCONCLUSIVE", "VERDICT=INCOMPLETE ");
    judged(run, 6, "[]", 1, "", "runs=5/6 diverged=0 ");
    run[5].status = "finished", run[0].status = "diverged";
    judged(run, 6, CLAIM("acc_mean_pct"), 0, "REPRODUCED", "runs=6/6 diverged=1 ");
}

static void bad_files_are_named(void **state)
{
    (void)state;
    struct results r;
    struct err e = {.text = ""};
    assert_int_equal(results_open(&r, temp_dir, "none", "quick", &e), -1);
    check_says(e, "none/quick.json is not there: run gossipbench sweep none --tier quick first");
    put("bad/quick.json", "{\"experiment\":");
    assert_int_equal(results_open(&r, temp_dir, "bad", "quick", &e), -1);
    check_says(e, "bad/quick.json:1: is not valid JSON");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(intervals_of_differences),
        cmocka_unit_test(cells_count_what_diverged_or_is_missing),
        cmocka_unit_test(tables_say_it),
        cmocka_unit_test(claims_are_judged_by_seeds),
        cmocka_unit_test(lower_losses_are_better),
        cmocka_unit_test(missing_and_diverged_runs_show),
        cmocka_unit_test(bad_files_are_named),
    };
    return cmocka_run_group_tests(tests, temp_make, temp_remove);
}
