/* test_rates: learning rates that are tuned, of made-up runs: which comes next, and what is chosen. */
#include "report/rates_file.h"
#include "tests/printed.h"

/* Which rate comes next, and what is written about the choice: a has 10 and 20 over two seeds at
 * 0.02 and 30 at 0.1, its highest; b diverged there with one of its seeds; c diverged at its only
 * rate; d has equal means; a run of e is missing; f diverged beyond its best. */
static void rates_go_on_beyond_an_edge(void **state)
{
    (void)state;
    struct results r;
    struct tuning t;
    struct err e = {.text = ""};
    static const struct second lr = {
        "lr",
        {0.02, 0.02, 0.1, 0.1, 0.02, 0.02, 0.1, 0.1, 0.3, 0.02, 0.1, 0.02, 0.1, 0.02, 0.1, 0.3}};
    static const struct made tried[] = {{"a", 1, "finished", {10, 1, 1}},
                                        {"a", 2, "finished", {20, 1, 1}},
                                        {"a", 1, "finished", {31, 1, 1}},
                                        {"a", 2, "finished", {29, 1, 1}},
                                        {"b", 1, "finished", {10, 1, 1}},
                                        {"b", 2, "finished", {12, 1, 1}},
                                        {"b", 1, "finished", {90, 1, 1}},
                                        {"b", 2, "diverged", {90, 1, 1}},
                                        {"c", 1, "diverged", {90, 1, 1}},
                                        {"d", 1, "finished", {10, 1, 1}},
                                        {"d", 1, "finished", {10, 1, 1}},
                                        {"e", 1, "finished", {10, 1, 1}},
                                        {"e", 1, NULL, {0}},
                                        {"f", 1, "finished", {10, 1, 1}},
                                        {"f", 1, "finished", {20, 1, 1}},
                                        {"f", 1, "diverged", {90, 1, 1}}};
    make(&r, tried, 16, "\"tune\": true", MADE_CONFIG ", \"holdout\": 500, \"epochs\": 3", &lr);
    tuning_open(&t, &r);
    assert_int_equal(t.row.n, 6);
    check_close(tuning_next(&t, &r, 0), 0.5, 1e-12);
    check_close(tuning_next(&t, &r, 1), 0.004,
                1e-12); /* 0.1 is no candidate, and the next lower is */
    check_close(tuning_next(&t, &r, 2), 0.15, 1e-12);
    check_close(tuning_next(&t, &r, 3), 0.5, 1e-12); /* the higher of two equally good ones */
    assert_true(isnan(tuning_next(&t, &r, 4)));
    assert_true(isnan(tuning_next(&t, &r, 5)));
    put("earlier/rates.json", "{\"rows\": [{\"when\": {\"algorithm\": \"e\"}, \"lr\": 7}, "
                              "{\"when\": {\"algorithm\": \"g\"}, \"lr\": 8}]}");
    char path[512];
    snprintf(path, sizeof(path), "%s", temp_path("earlier/rates.json"));
    assert_int_equal(rates_file_write(&r, &t, "\1\1\1\1\0\1", path, &e), 5);
    char *text = file_read_text(path, 1 << 20, NULL, &e);
    holds(text, "\n{\"when\":{\"algorithm\":\"a\"},\"lr\":0.1,\"edge\":\"upper\","
                "\"metric\":\"acc_mean_pct\",\"holdout\":500,\"epochs\":3,\"seeds\":[1,2],");
    holds(text, "\"code_sha256\":\"code0\",\"git_commit\":\"g\",");
    holds(text, "\"tried\":[{\"lr\":0.02,\"mean\":15,\"values\":[10,20]},"
                "{\"lr\":0.1,\"mean\":30,\"values\":[31,29]}]},\n");
    holds(text, "{\"lr\":0.1,\"mean\":null,\"values\":[90,null]}]},\n");
    holds(text, "\n{\"when\":{\"algorithm\":\"e\"},\"lr\":7},\n"); /* kept, but not g */
    holds(text, "\n{\"when\":{\"algorithm\":\"f\"},\"lr\":0.1,\"edge\":\"\",");
    assert_null(strstr(text, "\"algorithm\":\"c\"")),
        assert_null(strstr(text, "\"algorithm\":\"g\""));
    free(text);
    tuning_close(&t), results_close(&r);
}

static void rates_are_chosen(void **state)
{
    (void)state;
    struct results r;
    struct err e = {.text = ""};
    static const struct second lr = {"lr", {0.1, 0.02, 0.5, 0.1, 0.02, 0.1, 0.02, 0.02, 0.1, 0.02}};
    static const struct made tried[] = {
        {"a", 0, "finished", {30, 1, 1}}, {"a", 0, "finished", {20, 2, 2}},
        {"a", 0, "finished", {40, 3, 3}}, {"b", 0, "finished", {30, 1, 1}},
        {"b", 0, "finished", {35, 1, 1}}, {"c", 0, NULL, {0}},
        {"c", 0, "finished", {40, 1, 1}}, {"d", 0, "finished", {40, 1, 1}},
        {"e", 0, "diverged", {99, 9, 9}}, {"f", 0, "diverged", {99, 9, 9}}};
    make(&r, tried, 10, "\"tune\": true, \"rates\": \"as tuned\"", MADE_CONFIG, &lr);
    char *text = printed(&r, write_markdown);
    holds(text, "| method | 0.02 | 0.1 | 0.5 | best |\n");
    holds(text, "| a | 20.00 | 30.00 | **40.00** | 0.5, upper edge of what was tried |\n");
    holds(text, "| b | **35.00** | 30.00 |  | 0.02, lower edge of what was tried |\n");
    holds(text, "| c | 40.00 | – |  | 1 run missing |\n");
    holds(text, "| d | **40.00** |  |  | 0.02, the only one |\n");
    holds(text, "| e |  | diverged |  | all diverged |\n");
    holds(text, "\n- Learning rates: the columns; bold: the best of its row by the scope\n");
    free(text);
    results_close(&r);
    make(&r, tried, 3, "\"tune\": true, \"metric\": \"test_loss_mean\"", MADE_CONFIG, &lr);
    text = printed(&r, write_latex);
    holds(text, "\na & \\textbf{0.2} & 0.3 & 0.4 & 0.02, lower edge of what was tried \\\\\n");
    free(text);
    results_close(&r);
    put("rateless/quick.json", "{\"tune\": true, \"axes\": [\"algorithm\"], \"runs\": []}");
    assert_int_equal(results_open(&r, temp_dir, "rateless", "quick", &e), -1);
    check_says(e, "rateless/quick.json: has \"tune\": true, but no axis \"lr\"");
    put("scope/quick.json", "{\"scope\": \"test_loss_mean\", \"runs\": []}");
    assert_int_equal(results_open(&r, temp_dir, "scope", "quick", &e), -1);
    check_says(e, "scope/quick.json: \"scope\" names 'test_loss_mean', but must be one of what");
    put("metric/quick.json", "{\"metric\": [], \"runs\": []}");
    assert_int_equal(results_open(&r, temp_dir, "metric", "quick", &e), -1);
    check_says(e, "metric/quick.json: \"metric\" names nothing to show");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rates_go_on_beyond_an_edge),
        cmocka_unit_test(rates_are_chosen),
    };
    return cmocka_run_group_tests(tests, temp_make, temp_remove);
}
