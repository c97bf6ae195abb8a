/* The bytes as a configuration, as an experiment, and as the index of an experiment's runs. */
#include "report/claims.h"
#include "report/results.h"
#include "report/table.h"
#include "sweep/config_file.h"
#include "sweep/experiment.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct config c;
    struct experiment x;
    struct results r;
    struct err e = {.text = ""};
    struct experiment_request q = {.tier = "smoke"};
    config_default(&c);
    const char *path = fuzz_file("x.json", bytes, n);
    if (config_read(&c, path, &e) < 0)
        fuzz_check_refusal(&e);
    for (q.tune = 0; q.tune < 2; q.tune++)
        if (experiment_open(&x, path, &q, &e) < 0)
            fuzz_check_refusal(&e);
        else
            experiment_close(&x);
    fuzz_file("runs/x/smoke.json", bytes, n);
    char runs[160];
    snprintf(runs, sizeof(runs), "%s/runs", fuzz_folder());
    if (results_open(&r, runs, "x", "smoke", &e) < 0) {
        fuzz_check_refusal(&e);
        return 0;
    }
    FILE *f = fopen("/dev/null", "w");
    for (int format = TABLE_MARKDOWN; format <= TABLE_LATEX; format++)
        table_write(&r, (enum table_format)format, f);
    fclose(f);
    results_close(&r);
    return 0;
}
