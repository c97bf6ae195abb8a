/* The bytes as the CSV files that reports read, published.csv and what a table is expected to be,
 * against two runs that have ended; and as the names of CIFAR-10's classes, one per line. */
#include "loaders/dataset.h"
#include "report/verdict.h"
#include "tests/fuzz/fuzz.h"

static const char runs[] =
    "{\"experiment\": \"x\", \"tier\": \"t\", \"title\": \"x\", \"axes\": [\"alpha\", "
    "\"algorithm\"],"
    "\"protocol\": true, \"published\": [{\"paper\": \"P\", \"table\": \"1\", "
    "\"scope\": \"acc_mean_pct\", \"value\": \"last\"}], \"runs\": ["
    "{\"dir\": \"a\", \"seed\": 1, \"alpha\": \"0.1\", \"algorithm\": \"gt\"},"
    "{\"dir\": \"a\", \"seed\": 2, \"alpha\": \"0.1\", \"algorithm\": \"gt\"}]}";
static const char ended[] =
    "{\"status\": \"finished\", \"data_sha256\": \"ab\", \"config\": {\"dataset\": \"cifar10\", "
    "\"workers\": 16, \"alpha\": 0.1}, \"results\": {\"acc_mean_pct\": {\"last\": 50}}}";

static void judge(const char *csv)
{
    struct results r;
    struct err e = {.text = ""};
    struct judgements judged = {.n = 0};
    char expected[160];
    snprintf(expected, sizeof(expected), "%s/expected", fuzz_folder());
    const struct reference with = {.published = csv, .expected = expected};
    if (results_open(&r, fuzz_folder(), "x", "t", &e) < 0)
        die("%s", e.text);
    if (verdict_make(&judged, &r, &with, &e) < 0)
        fuzz_check_refusal(&e);
    else {
        FILE *f = fopen("/dev/null", "w");
        struct table t;
        verdict_write(&judged, &with, &form_text, f);
        verdict_table(&t, &judged, &r);
        write_csv(&t, f);
        table_free(&t);
        verdict_line(&judged, &r, verdict_outcome(&judged, &r, 1), f);
        fclose(f);
    }
    judgements_free(&judged);
    results_close(&r);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct class_names c;
    struct err e = {.text = ""};
    fuzz_file("x/t.json", runs, sizeof(runs) - 1);
    fuzz_file("x/a/manifest.json", ended, sizeof(ended) - 1);
    fuzz_file("expected/x-t.csv", bytes, n);
    judge(fuzz_file("x.csv", bytes, n));
    fuzz_file("cifar-10-batches-bin/batches.meta.txt", bytes, n);
    if (dataset_class_names(&c, "cifar10", fuzz_folder(), &e) < 0)
        fuzz_check_refusal(&e);
    else
        class_names_release(&c);
    return 0;
}
