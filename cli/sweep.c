#include "sweep/sweep.h"
#include "cli/cli.h"
#include "core/limits.h"
#include "report/published.h"
#include "report/verdict.h"
#include "sweep/choose.h"
#include "sweep/foresee.h"
#include "sweep/parts.h"
#include "tune/tune.h"
#include <stdlib.h>

/* Open the experiment and choose its runs. */
static int open_sweep(struct sweep *s, struct experiment *x, const struct arguments *a,
                      struct err *e)
{
    struct experiment_request q = {.tier = arguments_value(a, "tier"),
                                   .tune = arguments_value(a, "tune") != NULL,
                                   .set = a->set,
                                   .n_set = a->n_set};
    const char *jobs = arguments_value(a, "jobs");
    s->n_process = (int)(jobs ? arguments_whole(jobs, 1, 1024) : limits_processors());
    s->may_shrink = !jobs;
    if (s->n_process < 0)
        return err_usage(e, "jobs is '%.60s', but must be a whole number from 1 to 1024", jobs);
    if (experiment_open(x, a->operand[0], &q, e) < 0)
        return values_hint(a->operand[0], e);
    settings_warn(a, &x->cell->c, x->n_cell, sizeof(*x->cell));
    return tune_open(s, x, e) < 0 ? -1 : sweep_choose(s, e);
}

/* What is to be shown instead of making runs. */
static enum preview preview_of(const struct arguments *a)
{
    return arguments_value(a, "check")     ? PREVIEW_CHECK
           : arguments_value(a, "dry-run") ? PREVIEW_COST
           : arguments_value(a, "list")    ? PREVIEW_LIST
                                           : PREVIEW_NONE;
}

static int sweep_main(const struct arguments *a, struct err *e)
{
    enum preview preview = preview_of(a);
    struct experiment x = {.json = NULL};
    const char *filter[MAX_GIVEN];
    struct sweep s = {.x = &x, .filter = filter, .n_filter = arguments_values(a, "filter", filter)};
    static const int code_of[] = {[SWEEP_DONE] = EXIT_DONE,
                                  [SWEEP_FAILED] = EXIT_FAILED,
                                  [SWEEP_INTERRUPTED] = EXIT_RESUMABLE};
    int code = -1, status = open_sweep(&s, &x, a, e);
    if (status == 0 && preview == PREVIEW_CHECK)
        status = published_check(parts_get(&x, "published"), a->operand[0],
                                 reference_of_root().published, e);
    if (sweep_agree(status, &s, e) == 0)
        code = preview ? sweep_foresee(&s, preview, e) : tune_all(&s, &x, e);
    if (code == SWEEP_INTERRUPTED)
        fail(e);
    free(s.chosen);
    experiment_close(&x);
    return code < 0 ? -1 : code_of[code];
}

const struct verb verb_sweep = {
    .name = "sweep",
    .about = "all runs of an experiment that are not finished yet",
    .operand = "EXPERIMENT",
    .option =
        (const struct option[]){
            {"tier", "TIER", "quick", "how much to run: smoke, quick, standard, night or full"},
            {"tune", NULL, NULL,
             "choose learning rates on held-out training samples, and write them to "
             "experiments/rates/EXPERIMENT-TIER.json"},
            {"filter", "KEY=VALUE", NULL,
             "make only the runs with this value of an axis or a key; may be repeated", REPEATED},
            {"jobs", "N", NULL,
             "make N runs at a time (default: as many as cores and memory allow)"},
            {"check", NULL, NULL, "check that every run could start, data included, and make none"},
            {"list", NULL, NULL, "list the runs and make none"},
            {"dry-run", NULL, NULL,
             "measure a few rounds, print what the missing runs would take, and make none"},
            {NULL}},
    .settings = "KEY",
    .mpi = MPI_RANKS,
    .main = sweep_main,
    .help = "Makes the runs of experiments/EXPERIMENT.json, or of a .json file, in "
            "results/runs/EXPERIMENT, each in its own process; under mpirun, each rank makes whole "
            "runs, on all nodes.\n"
            "- Finished runs of the same configuration and code are skipped; those of other "
            "experiments are copied.\n"
            "- Interrupted runs are resumed.\n"
            "- Runs that fail do not stop the others, and are named at the end.\n"
            "- The longest runs are made first.\n- Several sweeps at once share the work.\n"
            "- On a terminal, one live line shows the runs done and under way, the time left and "
            "the best accuracy so far; elsewhere, a line is printed as runs end.\n"
            "A run whose process dies is tried again from its checkpoint, three times in all.  "
            "Ctrl-C and other signals to stop write checkpoints; the exit code is then 75.\n\n"
            "With --tune, the rates of the file's grid are tried, and further ones until the best "
            "is between others.  An interrupted tuning continues where it stopped.\n\n"
            "The whole file, with all its tiers, is checked before anything runs.  Settings "
            "override it, except what it varies: its axes and seeds.",
    .example = "sweep toy-quadratic\nthe runs of experiments/toy-quadratic.json, in seconds"};
