#include "cli/save.h"
#include "report/origin.h"
#include "report/verdict.h"

static int compare(const struct results *r, int write, int gate, struct err *e)
{
    struct reference with = reference_of_root();
    with.any_version = gate;
    struct judgements j;
    enum outcome outcome = OUTCOME_FAIL;
    int status = verdict_make(&j, r, &with, e);
    if (status == 0) {
        outcome = verdict_outcome(&j, r, gate);
        verdict_write(&j, &with, &form_text, stdout);
        status = write ? verdict_save(&j, &with, r, outcome, e) : 0;
    }
    if (status == 0) {
        fputs(j.n || write ? "\n" : "", stdout);
        origin_caution(r, stdout);
        verdict_line(&j, r, outcome, stdout);
    }
    judgements_free(&j);
    return status < 0 ? -1 : outcome_code(outcome);
}

static int compare_main(const struct arguments *a, struct err *e)
{
    struct results r;
    if (request_open(a, &r, e) < 0)
        return -1;
    int code =
        compare(&r, arguments_value(a, "save") != NULL, arguments_value(a, "gate") != NULL, e);
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
        "together (Holm); its cells against the tables of results/published/published.csv that it "
        "names; and against the runs in results/expected/EXPERIMENT, seed by seed, or without them "
        "the table results/expected/EXPERIMENT-TIER.csv.  The last line is VERDICT=...:\n"
        "  PASS          every claim is reproduced\n"
        "  INCONCLUSIVE  no claim is contradicted, but at least one is undecided\n"
        "  NO-CLAIMS     the experiment claims nothing\n"
        "  INCOMPLETE    runs are missing, or a claim has fewer than two pairs of seeds\n"
        "  FAIL          a claim is contradicted\n"
        "The exit code is 3 for FAIL, 1 for INCOMPLETE, else 0.",
    .example = "compare toy-quadratic\nafter gossipbench sweep toy-quadratic"};
