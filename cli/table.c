#include "report/table.h"
#include "cli/cli.h"
#include "core/file.h"
#include "report/claims.h"
#include <stdlib.h>
#include <string.h>

static int save(const struct results *r, enum table_format format, const char *ending,
                struct err *e)
{
    char path[256], *text = NULL;
    size_t n = 0;
    FILE *f = open_memstream(&text, &n);
    table_write(r, format, f);
    if (format == TABLE_MARKDOWN) {
        fputs("\n", f);
        claims_write(r, f);
    }
    fclose(f);
    snprintf(path, sizeof(path), "results/tables/%.64s-%.32s.%s", r->experiment, r->tier, ending);
    int status = file_replace(path, text, n, e);
    free(text);
    return status;
}

static int save_all(const struct results *r, struct err *e)
{
    if (dir_make("results/tables", e) < 0 || save(r, TABLE_CSV, "csv", e) < 0 ||
        save(r, TABLE_MARKDOWN, "md", e) < 0 || save(r, TABLE_LATEX, "tex", e) < 0)
        return -1;
    printf("\nresults/tables/%s-%s.csv, .md and .tex written\n", r->experiment, r->tier);
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
    int code = EXIT_DONE;
    if (kind == TABLE_MARKDOWN) {
        status = write ? save_all(&r, &e) : 0;
        printf("\n");
        code = status < 0 ? fail(&e) : claims_write(&r, stdout);
    }
    results_close(&r);
    return code;
}

const struct verb verb_table = {
    .name = "table",
    .about = "mean and deviation over seeds of an experiment's finished runs, and its verdict",
    .main = table_main,
    .help =
        "usage: gossipbench table EXPERIMENT [--tier quick] [--format md|csv|latex] [--save]\n\n"
        "Reads results/runs/EXPERIMENT.  The Markdown form ends in the verdicts on the\n"
        "experiment's claims and a VERDICT= line: exit code 1 if runs are missing, 3 if a\n"
        "claim is contradicted.  --save also writes results/tables/EXPERIMENT-TIER.csv, .md\n"
        "and .tex.\n"};
