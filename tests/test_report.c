/* test_report: tables of made-up runs, against values computed by hand. */
#include "tests/printed.h"

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
    make(&r, runs, LENGTH(runs), "\"claims\": []", MADE_CONFIG, NULL);
    assert_int_equal(r.n_cell, 3);
    struct summary s = results_summary(&r, 0, COLUMN_acc_mean, "last");
    check_close(s.v.mean, 12, 1e-12), check_close(s.v.std, sqrt(8), 1e-12);
    assert_int_equal(s.v.n, 2), assert_int_equal(s.n_diverged, 1), assert_int_equal(s.n_missing, 0);
    s = results_summary(&r, 0, COLUMN_acc_worst, "last");
    check_close(s.v.mean, 1.5, 1e-12);
    s = results_summary(&r, 0, COLUMN_acc_mean, "best");
    check_close(s.v.mean, 99, 1e-12);
    s = results_summary(&r, 1, COLUMN_acc_mean, "last");
    check_close(s.v.mean, 21, 1e-12), assert_true(isnan(s.v.std));
    assert_int_equal(s.v.n, 1), assert_int_equal(s.n_missing, 2);
    s = results_summary(&r, 2, COLUMN_acc_mean, "last");
    assert_true(isnan(s.v.mean));
    assert_int_equal(s.v.n, 0), assert_int_equal(s.n_missing, 2);
    results_close(&r);
}

/* The index names one run twice, and two runs of the same configuration in two folders. */
static void the_same_run_counts_once(void **state)
{
    (void)state;
    static const struct made again[] = {{"dsgd", 1, "finished", {10, 1, 30}},
                                        {"dsgd", 2, "finished", {14, 2, 30}},
                                        {"dsgd", 1, "finished", {10, 1, 30}},
                                        {"dsgd", 1, "diverged", {10, 1, 30}},
                                        {"qg", 1, "finished", {10, 1, 30}}};
    struct results r;
    make(&r, again, LENGTH(again), "\"claims\": []", MADE_CONFIG, NULL);
    struct summary s = results_summary(&r, 0, COLUMN_acc_mean, "last");
    check_close(s.v.mean, 12, 1e-12);
    assert_int_equal(s.v.n, 2), assert_int_equal(s.n_diverged, 0), assert_int_equal(s.n_missing, 0);
    assert_int_equal(r.n_run, 3), assert_int_equal(r.n_ended, 3), assert_int_equal(r.n_diverged, 0);
    results_close(&r);
    /* one folder, twice in the index, without a manifest */
    put("made_twice/quick.json",
        "{\"experiment\": \"t\", \"axes\": [\"a\"], \"runs\": [{\"dir\": \"d\", \"seed\": 1, "
        "\"a\": \"x\"}, {\"dir\": \"d\", \"seed\": 2, \"a\": \"x\"}]}");
    struct err e = {.text = ""};
    assert_int_equal(results_open(&r, temp_dir, "made_twice", "quick", &e), 0);
    assert_int_equal(r.n_run, 1), assert_int_equal(r.n_ended, 0);
    results_close(&r);
}

static void tables_say_it(void **state)
{
    (void)state;
    struct results r;
    make(&r, runs, LENGTH(runs), "\"claims\": []", MADE_CONFIG, NULL);
    char *text = printed(&r, write_markdown);
    holds(text,
          "| method | learning rate | mean of workers | worst worker | averaged model | seeds |\n");
    holds(text, "| DSGD | 0.2 | 12.00 ± 2.83 | 1.50 ± 0.71 | 30.00 ± 0.00 | 2 (1 diverged) |\n");
    holds(text, "| qg | 0.1 | **21.00** | **3.00** | **30.00** | 1 (2 missing) |\n");
    holds(text, "| lost |  | – | – | – | 0 (2 missing) |\n");
    free(text);
    text = printed(&r, write_latex);
    holds(text, "\\toprule\n");
    holds(text, "DSGD & 0.2 & 12.00 $\\pm$ 2.83 & ");
    holds(text, "lost &  & -- & -- & -- & 0 (2 missing) \\\\\n\\bottomrule\n");
    holds(text, "\n% Data: d, "), holds(text, "\\caption{T t (made, tier quick)}\n");
    free(text);
    text = printed(&r, write_csv);
    holds(text, ",acc_mean_pct,last,12.0000,2.8284,2,1,0,");
    holds(text, ",acc_mean_pct,last,21.0000,,1,0,2,");
    holds(text, ",acc_mean_pct,last,,,0,0,2,");
    free(text);
    results_close(&r);
    for (int n = 1; n <= 2; n++) {
        make(&r, runs, LENGTH(runs), "\"claims\": []",
             n == 1 ? MADE_CONFIG ", \"epochs\": 1" : MADE_CONFIG ", \"epochs\": 2", NULL);
        text = printed(&r, write_markdown);
        holds(text, n == 1 ? "; m, 1 epoch\n" : "; m, 2 epochs\n");
        free(text);
        results_close(&r);
    }
}

static void lacks(const char *text, const char *words)
{
    if (strstr(text, words))
        fail_msg("'%s' is in:\n%s", words, text);
}

/* At alpha 1, a is 12 +- 2.83, and the loss a hundredth of it; at alpha 0.1, d is alone. */
static const struct made race[] = {
    {"a", 1, "finished", {10, 0, 0}},  {"a", 2, "finished", {14, 0, 0}},
    {"b", 1, "finished", {9.2, 0, 0}}, {"b", 2, "finished", {9.2, 0, 0}},
    {"c", 1, "finished", {9.1, 0, 0}}, {"c", 2, "finished", {9.1, 0, 0}},
    {"e", 1, "finished", {90, 0, 0}},  {"e", 2, "diverged", {90, 0, 0}},
    {"d", 1, "finished", {50, 0, 0}},  {"d", 2, "finished", {50, 0, 0}}};
static const struct second at_alpha = {"alpha", {1, 1, 1, 1, 1, 1, 1, 1, 0.1, 0.1}};

static void the_best_are_bold(void **state)
{
    (void)state;
    struct results r;
    make(&r, race, 10,
         "\"metric\": [\"acc_mean_pct\", \"test_loss_mean\"], \"rates\": \"as tuned\", "
         "\"note\": \"a\\nb\"",
         MADE_CONFIG, &at_alpha);
    char *text = printed(&r, write_markdown);
    holds(text, "| a | 1 | **12.00 ± 2.83** | 0.12 ± 0.028 | 2 |\n");
    holds(text, "| b | 1 | **9.20 ± 0.00** | 0.092 ± 0 | 2 |\n");
    holds(text, "| c | 1 | 9.10 ± 0.00 | **0.091 ± 0** | 2 |\n");
    holds(text, "| e | 1 | 90.00 | 0.9 | 1 (1 diverged) |\n");
    holds(text, "| d | 0.1 | 50.00 ± 0.00 | 0.5 ± 0 | 2 |\n");
    holds(text, "\n- Scope: mean of workers (acc_mean_pct); ");
    holds(text, "\n- Learning rates: as tuned\n");
    holds(text, "\n- Note: a b\n");
    holds(text, "\n- Bold: the best of the methods");
    free(text);
    text = printed(&r, write_latex);
    holds(text, "a & 1 & \\textbf{12.00 $\\pm$ 2.83} & 0.12 $\\pm$ 0.028 & 2 \\\\\n");
    free(text);
    results_close(&r);
    make(&r, &race[8], 2, "\"scope\": \"acc_worst_pct\"", MADE_CONFIG, NULL);
    text = printed(&r, write_markdown);
    lacks(text, "**");
    lacks(text, "Bold");
    holds(text, "\n- Scope: worst worker (acc_worst_pct); ");
    holds(text, "\n- Learning rates: from the experiment's file, which does not say whether ");
    free(text);
    results_close(&r);
    static const struct made forms[] = {{"f", 1, "finished", {10, 0, 0}},
                                        {"f", 1, "finished", {20, 0, 0}}};
    static const struct second variant = {"variant", {1, 2}};
    make(&r, forms, 2, "\"metric\": \"acc_mean_pct\"", MADE_CONFIG, &variant);
    text = printed(&r, write_markdown);
    holds(text, "| f | 1 | 10.00 | 1 |\n| f | 2 | **20.00** | 1 |\n");
    free(text);
    results_close(&r);
}

/* Also keys that the first method lacks, but not how often a run is evaluated. */
static void settings_that_differ_are_columns(void **state)
{
    (void)state;
    struct results r;
    make(&r, race, 6, "\"metric\": \"acc_mean_pct\"", MADE_CONFIG, NULL);
    for (int i = 0; i < 6; i++) {
        cJSON *config = cJSON_GetObjectItem(r.run[i].manifest, "config");
        cJSON_AddStringToObject(config, "eval_every", i % 2 ? "1" : "0");
        if (i >= 2)
            cJSON_AddStringToObject(config, "lazy", i >= 4 ? "true" : "false");
    }
    char *text = printed(&r, write_markdown);
    holds(text, "| method | lazy | mean of workers | seeds |\n");
    holds(text, "| a |  | **12.00 ± 2.83** | 2 |\n| b | false | ");
    holds(text, "| c | true | ");
    free(text);
    results_close(&r);
}

/* One table with everything that a cell can hold, in each format. */
static void the_same_table_has_four_forms(void **state)
{
    (void)state;
    static const struct {
        void (*write)(const struct table *t, FILE *f);
        const char *want;
    } form[] = {
        {write_markdown,
         "T & t\n\n- n <1>\n- n2\n\n| k\\| | v | w | s_1 |\n| --- | --- | --- | --- "
         "|\n| a\\*b & <c> | **12.50 ± 0.25** | – | 3 |\n| d | 2.00 | 0.00123 ± 3e-05 "
         "(1 diverged) |  |\n"},
        {write_csv, "k|,v,v_std,w,w_std,s_1\na*b & <c>,12.5000,0.2500,,,3\n"
                    "d,2.0000,,0.00123,3e-05,\n"},
        {write_latex,
         "% \\usepackage{booktabs,graphicx}\n% n <1>\n% n2\n\\begin{table}\n"
         "\\centering\\small\\setlength{\\tabcolsep}{4pt}\n\\caption{T \\& t}\n\\smallskip\n"
         "\\resizebox{\\ifdim\\width>\\linewidth\\linewidth\\else\\width\\fi}{!}{%\n"
         "\\begin{tabular}{lccc}\n\\toprule\n"
         "k\\textbar{} & v & w & s\\_1 \\\\\n\\midrule\n"
         "a{*}b \\& \\textless{}c\\textgreater{} & \\textbf{12.50 $\\pm$ 0.25} & -- & 3 \\\\\n"
         "d & 2.00 & 0.00123 $\\pm$ 3$\\cdot10^{-5}$ (1 diverged) &  \\\\\n"
         "\\bottomrule\n\\end{tabular}}\n\\end{table}\n"},
        {write_html,
         "<details><summary>Data, rates and code</summary>\n<ul>\n<li>n "
         "&lt;1&gt;</li>\n<li>n2</li>\n"
         "</ul></details>\n<div class=\"scroll\"><table data-settings=\"1\">\n<thead><tr>"
         "<th scope=\"col\">k|</th><th scope=\"col\">v</th><th scope=\"col\">w</th>"
         "<th scope=\"col\">s_1</th></tr></thead>\n"
         "<tbody><tr><td>a*b &amp; &lt;c&gt;</td><td><b>12.50 ± "
         "0.25</b></td><td>–</td><td>3</td></tr>\n"
         "<tr><td>d</td><td>2.00</td><td>0.00123 ± 3e-05 (1 diverged)</td><td></td></tr>\n"
         "</tbody>\n</table></div>\n"}};
    struct table t = {.title = xstrdup("T & t"), .notes = xstrdup("n <1>\nn2\n")};
    struct text text;
    table_add_column(&t, "k|", 1);
    table_add_means(&t, "v", "v_std"), table_add_means(&t, "w", "w_std");
    table_add_column(&t, "s_1", 0);
    table_add_text(&t, "a*b & <c>");
    table_add_mean(&t, &(struct sample){12.5, 0.25, 3}, COLUMN_acc_mean, 1, NULL);
    table_add_mean(&t, &(struct sample){NAN, NAN, 0}, COLUMN_test_loss, 0, NULL);
    table_print(&t, "%d", 3);
    table_add_text(&t, "d");
    table_add_mean(&t, &(struct sample){2, NAN, 1}, COLUMN_acc_mean, 0, NULL);
    table_add_mean(&t, &(struct sample){0.00123, 3e-5, 2}, COLUMN_test_loss, 0, " (1 diverged)");
    table_add_text(&t, "");
    for (size_t i = 0; i < LENGTH(form); i++) {
        form[i].write(&t, text_open(&text));
        char *is = text_close(&text);
        assert_string_equal(is, form[i].want);
        free(is);
    }
    table_free(&t);
}

/* Reports need nothing but the line of core/columns.h to know a metric. */
static void every_column_can_be_shown(void **state)
{
    (void)state;
    struct results r;
    char keys[160], text[64];
    for (int c = 0; c < N_COLUMN; c++) {
        assert_int_equal(metric_find(columns[c].key), column_is_compared(c) ? c : -1);
        if (!column_is_compared(c))
            continue;
        snprintf(keys, sizeof(keys), "\"metric\": [\"%s\"]", columns[c].key);
        make(&r, runs, 2, keys, MADE_CONFIG, NULL);
        for (int i = 0; i < 2; i++) { /* 7.25 where manifests have that kind */
            cJSON *all = cJSON_GetObjectItem(r.run[i].manifest, "results");
            cJSON *at = columns[c].kind == SPLIT ? r.run[i].manifest : all;
            cJSON_DeleteItemFromObject(at, columns[c].key);
            if (columns[c].kind == ACCURACY)
                cJSON_AddNumberToObject(cJSON_AddObjectToObject(at, columns[c].key), "last", 7.25);
            else
                cJSON_AddNumberToObject(at, columns[c].key, 7.25);
        }
        char *shown = printed(&r, write_markdown);
        snprintf(text, sizeof(text), "| method | %s | seeds |\n", columns[c].name);
        holds(shown, text);
        holds(shown, columns[c].kind == ACCURACY ? "| 7.25 ± 0.00 |" : "| 7.25 ± 0 |");
        free(shown);
        shown = printed(&r, write_csv);
        snprintf(text, sizeof(text), ",%s,last,7.25", columns[c].key);
        holds(shown, text);
        free(shown);
        assert_int_equal(is_better(c, 1, 2), columns[c].kind != ACCURACY);
        results_close(&r);
    }
}

static void names_and_code_versions_show(void **state)
{
    (void)state;
    struct results r;
    static const struct made odd[] = {{"a_b%[x]*|,^", 1, "finished", {1, 1, 1}},
                                      {"a_b%[x]*|,^", 101, "finished", {1, 1, 1}},
                                      {"b", 102, "finished", {1, 1, 1}}};
    make(&r, odd, 3, "\"claims\": []", MADE_CONFIG, NULL);
    char *text = printed(&r, write_latex);
    holds(text, "\na\\_b\\%{[}x]{*}\\textbar{},\\textasciicircum{} & ");
    holds(text, "\n% Code: code0 (commit g), code1 (commit g): 2 versions in one table\n");
    free(text);
    text = printed(&r, write_markdown);
    holds(text, "\n| a_b%[x]\\*\\|,^ | ");
    free(text);
    text = printed(&r, write_csv);
    holds(text, "\nmade,quick,\"a_b%[x]*|,^\",d,");
    holds(text, ",0123456789ab,several\n");
    holds(text, ",0123456789ab,code1\n");
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
    char *text = printed(&r, write_markdown);
    holds(text, "Problem: quadratic, dim 7; 9 rounds, n = 4;");
    holds(text, "\n- Scope: test loss (test_loss_mean); values after the last epoch");
    holds(text, "| method | test loss | consensus distance | seeds |\n| --- | --- | --- | --- |\n");
    holds(text, "| GT | **2e-12 ± 1.4e-12** | **0 ± 0** | 2 |\n");
    holds(text, "| DSGD | 0.3 ± 0.071 | **0 ± 0** | 2 |\n");
    free(text);
    text = printed(&r, write_csv);
    holds(text, ",scope,value,mean,std,seeds,");
    holds(text, ",test_loss_mean,last,2e-12,1.41421e-12,2,0,0,");
    assert_null(strstr(text, ",best,"));
    free(text);
    text = printed(&r, write_latex);
    holds(text, "\\begin{tabular}{lccc}\n");
    free(text);
    results_close(&r);
    assert_int_equal(make_toy(&r, "toy2", "\"consensus_distance\"", &e), 0);
    text = printed(&r, write_markdown);
    holds(text, "| method | consensus distance | seeds |\n");
    free(text);
    results_close(&r);
    assert_int_equal(make_toy(&r, "toy3", "[\"test_los_mean\"]", &e), -1);
    check_says(e, "toy3/quick.json: \"metric\" names 'test_los_mean', which is not a "
                  "result to compare");
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

/* A table for each metric, with the second axis in columns and a dash for runs that have not
 * ended. */
static void papers_have_methods_in_rows(void **state)
{
    (void)state;
    static const struct made four[] = {{"dsgd", 1, "finished", {10, 1, 30}},
                                       {"dsgd", 1, "finished", {20, 2, 40}},
                                       {"qg-dsgdm-n", 1, "diverged", {5, 1, 1}},
                                       {"qg-dsgdm-n", 1, "finished", {30, 3, 50}}};
    static const struct second alpha = {"alpha", {1, 0.1, 1, 0.1}};
    struct results r;
    struct text text;
    make(&r, four, LENGTH(four), "\"claims\": []", MADE_CONFIG, &alpha);
    paper_write(&r, text_open(&text));
    char *all = text_close(&text);
    holds(all, "\nmethod & $\\alpha$ 1 & $\\alpha$ 0.1 \\\\\n\\midrule\n"
               "DSGD & \\textbf{10.00} & 20.00 \\\\\n"
               "QG-DSGDm-N & --$^\\dagger$1/1 & \\textbf{30.00} \\\\\n\\bottomrule\n");
    holds(all, "DSGD & \\textbf{1.00} & 2.00 \\\\\n");
    holds(all, "\\caption{T t: d, m. Test accuracy, worst worker. Mean $\\pm$ standard deviation");
    holds(all,
          "deviation. $^\\dagger$: so many of the runs diverged; they are not in the mean.}\n");
    holds(all, "-quick-acc_average_pct}\n");
    free(all);
    results_close(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_count_what_diverged_or_is_missing),
        cmocka_unit_test(the_same_run_counts_once),
        cmocka_unit_test(tables_say_it),
        cmocka_unit_test(the_best_are_bold),
        cmocka_unit_test(papers_have_methods_in_rows),
        cmocka_unit_test(settings_that_differ_are_columns),
        cmocka_unit_test(the_same_table_has_four_forms),
        cmocka_unit_test(every_column_can_be_shown),
        cmocka_unit_test(names_and_code_versions_show),
        cmocka_unit_test(lower_losses_are_better),
        cmocka_unit_test(bad_files_are_named),
    };
    return cmocka_run_group_tests(tests, temp_make, temp_remove);
}
