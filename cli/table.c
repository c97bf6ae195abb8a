#include "report/table.h"
#include "cli/cli.h"
#include <string.h>

static int save_all(const struct results *r, struct err *e)
{
    static const char *const ending[] = {
        [TABLE_MARKDOWN] = ".md", [TABLE_CSV] = ".csv", [TABLE_LATEX] = ".tex"};
    struct save s;
    for (size_t i = 0; i < LENGTH(ending); i++) {
        table_write(r, (enum table_format)i, save_open(&s, r->experiment, r->tier, ending[i]));
        if (save_close(&s, e) < 0)
            return -1;
    }
    return 0;
}

static int table_main(int argc, char **argv)
{
    static const char *const formats[] = {"md", "csv", "latex"};
    const char *tier = "quick", *format = "md";
    int write = 0;
    size_t kind = 0;
    const struct option options[] = {
        {"tier", &tier, NULL}, {"format", &format, NULL}, {"save", NULL, &write}};
    struct arguments a;
    struct results r;
    struct err e;
    int status = arguments_parse(&a, argc, argv, options, 3, "EXPERIMENT", 0, &e);
    while (kind < LENGTH(formats) && strcmp(format, formats[kind]) != 0)
        kind++;
    if (status == 0 && (!a.operand || kind == LENGTH(formats)))
        status = err_usage(&e, "table needs an experiment and --format md, csv or latex");
    if (status < 0 || results_open(&r, "results/runs", a.operand, tier, &e) < 0)
        return fail(&e);
    table_write(&r, (enum table_format)kind, stdout);
    status = write ? save_all(&r, &e) : 0;
    if (write && status == 0 && kind == TABLE_MARKDOWN)
        printf("\nresults/tables/%s-%s.csv, .md and .tex written\n", r.experiment, r.tier);
    int code = status < 0 ? fail(&e) : EXIT_DONE;
    for (int i = 0; i < r.n_run && code == EXIT_DONE; i++)
        code = r.run[i].manifest ? EXIT_DONE : EXIT_FAILED;
    results_close(&r);
    return code;
}

const struct verb verb_table = {
    .name = "table",
    .about = "mean and deviation over seeds of an experiment's finished runs",
    .main = table_main,
    .help =
        "usage: gossipbench table EXPERIMENT [--tier quick] [--format md|csv|latex] [--save]\n\n"
        "Reads results/runs/EXPERIMENT.  Exit code 1 if runs are missing.  --save also writes\n"
        "results/tables/EXPERIMENT-TIER.csv, .md and .tex.\n"};
