#include "cli/cli.h"
#include "cli/save.h"
#include "report/origin.h"
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
            origin_caution(r, stdout);
            verdict_line(&j, r, outcome, stdout);
        }
        code = outcome_code(outcome);
    }
    judgements_free(&j);
    return status < 0 ? fail(e) : code;
}

static int compare_main(const struct arguments *a)
{
    struct request q = request_of(a);
    struct results r;
    struct err e;
    if (request_open(&q, &r, &e) < 0)
        return fail(&e);
    int code =
        compare(&r, arguments_value(a, "save") != NULL, arguments_value(a, "gate") != NULL, &e);
    results_close(&r);
    return code;
}

const struct verb verb_compare = {
    .name = "compare",
    .about = "verdicts on an experiment's finished runs: claims, published and expected numbers",
    .operand = "EXPERIMENT",
    .option =
        (const struct option[]){
            REQUEST_OPTIONS,
            {"save", NULL, NULL,
             "write results/tables/EXPERIMENT-TIER-verdict.md and -verdict.csv, too"},
            {"gate", NULL, NULL,
             "for nightly jobs: the claims do not count, and the verdict is FAIL if a cell, or the "
             "mean of all, is worse than expected, INCOMPLETE if runs are missing or nothing can "
             "be compared, else PASS"},
            {NULL}},
    .main = compare_main,
    .help =
        "Judges the experiment's claims by the t-test over pairs of seeds, at 5 % over all claims "
        "together (Holm); its cells against the tables of "
        "results/published/published.csv that it names; and against the runs in "
        "results/expected/EXPERIMENT, seed by seed, or without them the table "
        "results/expected/EXPERIMENT-TIER.csv.  The last line is VERDICT=...:\n"
        "  PASS          every claim is reproduced\n"
        "  INCONCLUSIVE  no claim is contradicted, but at least one is undecided\n"
        "  NO-CLAIMS     the experiment claims nothing\n"
        "  INCOMPLETE    runs are missing, or a claim has fewer than two pairs of seeds\n"
        "  FAIL          a claim is contradicted\n"
        "The exit code is 3 for FAIL, 1 for INCOMPLETE, else 0.",
    .example = "compare toy-quadratic\nafter gossipbench sweep toy-quadratic"};
