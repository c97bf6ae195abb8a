#include "cli/cli.h"
#include "cli/save.h"
#include "report/verdict.h"
#include <stdio.h>

static int save_all(const struct judgements *j, const struct results *r,
                    const struct reference *with, enum outcome outcome, struct err *e)
{
    struct text text;
    struct table t;
    FILE *f = text_open(&text);
    fprintf(f, "# %s (%s, tier %s)\n\n", r->title, r->experiment, r->tier);
    verdict_markdown(j, with, r, outcome, f);
    if (save(&text, r, "-verdict.md", e) < 0)
        return -1;
    verdict_table(&t, j, r);
    write_csv(&t, text_open(&text));
    table_free(&t);
    if (save(&text, r, "-verdict.csv", e) < 0)
        return -1;
    printf("\n%s/%s-%s-verdict.md and .csv written\n", path_in_root("results/tables"),
           r->experiment, r->tier);
    return 0;
}

static int compare(const struct results *r, int write, int gate, struct err *e)
{
    struct reference with = reference_of_root();
    with.any_version = gate;
    struct judgements j;
    int code = EXIT_FAILED, status = verdict_make(&j, r, &with, e);
    if (status == 0) {
        enum outcome outcome = verdict_outcome(&j, r, gate);
        verdict_write(&j, &with, &form_text, stdout);
        status = write ? save_all(&j, r, &with, outcome, e) : 0;
        if (status == 0) {
            fputs(j.n || write ? "\n" : "", stdout);
            verdict_line(&j, r, outcome, stdout);
        }
        code = outcome_code(outcome);
    }
    judgements_free(&j);
    return status < 0 ? fail(e) : code;
}

static int compare_main(int argc, char **argv)
{
    int write = 0, gate = 0;
    const struct option more[] = {{.name = "save", .flag = &write},
                                  {.name = "gate", .flag = &gate}};
    struct request q;
    struct results r;
    struct err e;
    if (request_parse(&q, argc, argv, more, LENGTH(more), &e) < 0 || request_open(&q, &r, &e) < 0)
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
        "usage: gossipbench compare EXPERIMENT [--tier quick] [--save] [--gate]\n"
        "                           [--from results/runs]\n\n"
        "Reads FROM/EXPERIMENT and judges the experiment's claims; its cells against the tables\n"
        "of results/published/published.csv that it names; and against\n"
        "the runs in results/expected/EXPERIMENT, seed by seed, or without them the table\n"
        "results/expected/EXPERIMENT-TIER.csv.\n"
        "The last line is VERDICT=...:\n"
        "  PASS          every claim is reproduced\n"
        "  INCONCLUSIVE  no claim is contradicted, but at least one is undecided\n"
        "  NO-CLAIMS     the experiment claims nothing\n"
        "  INCOMPLETE    runs are missing, or a claim has fewer than two pairs of seeds\n"
        "  FAIL          a claim is contradicted\n"
        "The exit code is 3 for FAIL, 1 for INCOMPLETE, else 0.  With --gate, for nightly jobs,\n"
        "the claims do not count: FAIL if a cell is worse than expected, INCOMPLETE if runs are\n"
        "missing or nothing can be compared, else PASS.  --save writes\n"
        "results/tables/EXPERIMENT-TIER-verdict.md and -verdict.csv.\n"};
