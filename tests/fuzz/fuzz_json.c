/* The bytes as a configuration, as an experiment, as the index of an experiment's runs, and as the
 * manifest of a run that a right index names. */
#include "report/plot.h"
#include "report/tables.h"
#include "report/verdict.h"
#include "sweep/config_file.h"
#include "sweep/experiment.h"
#include "tests/fuzz/fuzz.h"
#include "train/stability.h"
#include "train/task.h"

static const char right_index[] =
    "{\"experiment\": \"x\", \"tier\": \"right\", \"title\": \"x\", \"axes\": [\"algorithm\"],"
    "\"claims\": [{\"better\": {\"algorithm\": \"gt\"}, \"than\": {\"algorithm\": \"d2\"}}],"
    "\"runs\": [{\"dir\": \"a\", \"seed\": 1, \"algorithm\": \"gt\"},"
    "{\"dir\": \"a\", \"seed\": 1, \"algorithm\": \"d2\"}]}";

/* All that is looked at before data are loaded.  A graph of many workers takes its time. */
static void check_config(const struct config *c)
{
    struct err e = {.text = ""};
    char text[CONFIG_VALUE], hash[HASH_TEXT];
    for (int i = 0; config_key(i); i++)
        config_value(c, i, text, sizeof(text));
    if (c->workers <= 64 && (config_check(c, &e) < 0 || task_check(c, &e) < 0 ||
                             stability_check(c, &e) < 0 || config_hash(c, hash, &e) < 0))
        fuzz_check_refusal(&e);
}

static void report(const char *tier)
{
    struct results r;
    struct err e = {.text = ""};
    char runs[160];
    snprintf(runs, sizeof(runs), "%s/runs", fuzz_folder());
    if (results_open(&r, runs, "x", tier, &e) < 0) {
        fuzz_check_refusal(&e);
        return;
    }
    FILE *f = fopen("/dev/null", "w");
    struct judgements judged = {.n = 0};
    const struct reference with = {.published = "results/published/published.csv",
                                   .expected = runs};
    struct table t;
    table_of(&t, &r);
    write_markdown(&t, f), write_latex(&t, f), write_html(&t, f);
    table_free(&t);
    paper_write(&r, f);
    if (plot_html(f, &r, &e) < 0)
        fuzz_check_refusal(&e);
    table_tidy(&t, &r);
    write_csv(&t, f);
    table_free(&t);
    if (verdict_make(&judged, &r, &with, &e) < 0)
        fuzz_check_refusal(&e);
    else {
        verdict_write(&judged, &with, &form_html, f);
        verdict_line(&judged, &r, verdict_outcome(&judged, &r, 0), f);
    }
    judgements_free(&judged);
    fclose(f);
    results_close(&r);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct config c;
    struct experiment x;
    struct err e = {.text = ""};
    struct experiment_request q = {.tier = "smoke"};
    config_default(&c);
    const char *path = fuzz_file("x.json", bytes, n);
    if (config_read(&c, path, &e) < 0)
        fuzz_check_refusal(&e);
    else
        check_config(&c);
    for (q.tune = 0; q.tune < 2; q.tune++)
        if (experiment_open(&x, path, &q, &e) < 0)
            fuzz_check_refusal(&e);
        else
            experiment_close(&x);
    fuzz_file("runs/x/smoke.json", bytes, n);
    fuzz_file("runs/x/a/manifest.json", bytes, n);
    report("smoke");
    fuzz_file("runs/x/right.json", right_index, sizeof(right_index) - 1);
    report("right");
    return 0;
}
