/* test_report: tables of made-up runs, against values computed by hand. */
#include "report/table.h"
#include "tests/made.h"

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
    make(&r, runs, LENGTH(runs), "\"claims\": []", MADE_CONFIG);
    assert_int_equal(r.n_cell, 3);
    struct summary s = results_summary(&r, 0, 0, "last");
    check_close(s.v.mean, 12, 1e-12), check_close(s.v.std, sqrt(8), 1e-12);
    assert_int_equal(s.v.n, 2), assert_int_equal(s.n_diverged, 1), assert_int_equal(s.n_missing, 0);
    s = results_summary(&r, 0, 1, "last");
    check_close(s.v.mean, 1.5, 1e-12);
    s = results_summary(&r, 0, 0, "best");
    check_close(s.v.mean, 99, 1e-12);
    s = results_summary(&r, 1, 0, "last");
    check_close(s.v.mean, 21, 1e-12), assert_true(isnan(s.v.std));
    assert_int_equal(s.v.n, 1), assert_int_equal(s.n_missing, 2);
    s = results_summary(&r, 2, 0, "last");
    assert_true(isnan(s.v.mean));
    assert_int_equal(s.v.n, 0), assert_int_equal(s.n_missing, 2);
    results_close(&r);
}

/* What the writer prints; free() it. */
static char *printed(const struct results *r, enum table_format format)
{
    char *text = NULL;
    size_t n = 0;
    FILE *f = open_memstream(&text, &n);
    table_write(r, format, f);
    fclose(f);
    return text;
}

static void tables_say_it(void **state)
{
    (void)state;
    struct results r;
    make(&r, runs, LENGTH(runs), "\"claims\": []", MADE_CONFIG);
    char *text = printed(&r, TABLE_MARKDOWN);
    holds(text, "| algorithm | lr | mean of workers | worst worker | averaged model | seeds |\n");
    holds(text, "| dsgd | 0.2 | 12.00 ± 2.83 | 1.50 ± 0.71 | 30.00 ± 0.00 | 2 (1 diverged) |\n");
    holds(text, "| qg | 0.1 | 21.00 | 3.00 | 30.00 | 1 (2 missing) |\n");
    holds(text, "| lost |  | – | – | – | 0 (2 missing) |\n");
    free(text);
    text = printed(&r, TABLE_LATEX);
    holds(text, "\\toprule\n");
    holds(text, "dsgd & 0.2 & 12.00 $\\pm$ 2.83 & ");
    free(text);
    text = printed(&r, TABLE_CSV);
    holds(text, ",acc_mean_pct,last,12.0000,2.8284,2,1,0,");
    holds(text, ",acc_mean_pct,last,21.0000,,1,0,2,");
    holds(text, ",acc_mean_pct,last,,,0,0,2,");
    free(text);
    results_close(&r);
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
    assert_int_equal(make_toy(&r, "toy1", "[\"test_loss_mean\", \"consensus_distance\"]", &e), 0);
    assert_true(results_is_toy(&r, 0));
    check_close(results_value(&r, 1, metric_find("test_loss_mean"), "last"), 3e-12, 0);
    assert_true(isnan(results_value(&r, 1, metric_find("test_loss_mean"), "best")));
    char *text = printed(&r, TABLE_MARKDOWN);
    holds(text, "Problem: quadratic, dim 7; 9 rounds, n = 4;");
    holds(text, "Losses after the last epoch");
    holds(text,
          "| algorithm | test loss | consensus distance | seeds |\n| --- | --- | --- | --- |\n");
    holds(text, "| gt | 2e-12 ± 1.4e-12 | 0 ± 0 | 2 |\n");
    holds(text, "| dsgd | 0.3 ± 0.071 | 0 ± 0 | 2 |\n");
    free(text);
    text = printed(&r, TABLE_CSV);
    holds(text, ",scope,value,mean,std,seeds,");
    holds(text, ",test_loss_mean,last,2e-12,1.41421e-12,2,0,0,");
    assert_null(strstr(text, ",best,"));
    free(text);
    text = printed(&r, TABLE_LATEX);
    holds(text, "\\begin{tabular}{lccc}\n");
    free(text);
    results_close(&r);
    assert_int_equal(make_toy(&r, "toy2", "\"consensus_distance\"", &e), 0);
    text = printed(&r, TABLE_MARKDOWN);
    holds(text, "| algorithm | consensus distance | seeds |\n");
    free(text);
    results_close(&r);
    assert_int_equal(make_toy(&r, "toy3", "[\"test_los_mean\"]", &e), -1);
    check_says(e, "toy3/quick.json: \"metric\" names 'test_los_mean' (did you mean "
                  "'test_loss_mean'?)");
    assert_int_equal(make_toy(&r, "toy4", "[7]", &e), -1);
    check_says(e, "\"metric\" names ''");
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
        cmocka_unit_test(cells_count_what_diverged_or_is_missing),
        cmocka_unit_test(tables_say_it),
        cmocka_unit_test(lower_losses_are_better),
        cmocka_unit_test(bad_files_are_named),
    };
    return cmocka_run_group_tests(tests, temp_make, temp_remove);
}
