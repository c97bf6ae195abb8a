#include "cli/cli.h"
#include "report/verdict.h"
#include <stdio.h>

static int save_all(const struct judgements *j, const struct results *r,
                    const struct reference *with, int gate, struct err *e)
{
    struct save s;
    FILE *f = save_open(&s, r->experiment, r->tier, "-verdict.md");
    fprintf(f, "# %s (%s, tier %s)\n\n", r->title, r->experiment, r->tier);
    verdict_write(j, with, 1, f);
    fputs(j->n ? "\n    " : "    ", f);
    verdict_end(j, r, gate, f);
    if (save_close(&s, e) < 0)
        return -1;
    verdict_write_csv(j, r, save_open(&s, r->experiment, r->tier, "-verdict.csv"));
    if (save_close(&s, e) < 0)
        return -1;
    printf("\nresults/tables/%s-%s-verdict.md and .csv written\n", r->experiment, r->tier);
    return 0;
}

static int compare(const struct results *r, int write, int gate, struct err *e)
{
    char expected[256];
    struct reference with = {"results/published/published.csv", expected};
    struct judgements j;
    snprintf(expected, sizeof(expected), "results/expected/%.64s-%.32s.csv", r->experiment,
             r->tier);
    int status = verdict_make(&j, r, &with, e), code = 0;
    if (status == 0) {
        verdict_write(&j, &with, 0, stdout);
        status = write ? save_all(&j, r, &with, gate, e) : 0;
    }
    if (status == 0) {
        fputs(j.n || write ? "\n" : "", stdout);
        code = verdict_end(&j, r, gate, stdout);
    }
    judgements_free(&j);
    return status < 0 ? fail(e) : code;
}

static int compare_main(int argc, char **argv)
{
    const char *tier = "quick";
    int write = 0, gate = 0;
    const struct option options[] = {
        {"tier", &tier, NULL}, {"save", NULL, &write}, {"gate", NULL, &gate}};
    struct arguments a;
    struct results r;
    struct err e;
    int status = arguments_parse(&a, argc, argv, options, 3, "EXPERIMENT", 0, &e);
    if (status == 0 && !a.operand)
        status = err_usage(&e, "compare needs an experiment: a name in results/runs/");
    if (status < 0 || results_open(&r, "results/runs", a.operand, tier, &e) < 0)
        return fail(&e);
    int code = compare(&r, write, gate, &e);
    results_close(&r);
    return code;
}

const struct verb verb_compare = {
    .name = "compare",
    .about = "verdicts on an experiment's finished runs: claims, published and expected numbers",
    .main = compare_main,
    .help =
        "usage: gossipbench compare EXPERIMENT [--tier quick] [--save] [--gate]\n\n"
        "Reads results/runs/EXPERIMENT and judges the experiment's claims; its cells against the\n"
        "tables of results/published/published.csv that it names; and against\n"
        "results/expected/EXPERIMENT-TIER.csv if it is there, which table --save has written.\n"
        "The last line is VERDICT=...: exit code 3 (FAIL) if a claim is not reproduced, 1\n"
        "(INCOMPLETE) if runs are missing, else 0 (PASS).  With --gate, which is for nightly\n"
        "jobs, it fails if a cell is worse than expected instead, and is incomplete if there is\n"
        "nothing to compare with.  --save writes results/tables/EXPERIMENT-TIER-verdict.md and\n"
        "-verdict.csv.\n"};
