#include "sweep/sweep.h"
#include "cli/cli.h"
#include "core/file.h"
#include "core/limits.h"
#include "core/path.h"
#include "gossip/gossip.h"
#include "sweep/foresee.h"
#include <stdlib.h>

static int make_all(struct sweep *s, struct err *e)
{
    int status = 0;
    if (!gossip_is_launched() || gossip_is_root())
        status = dir_make(s->dir, e) < 0 ? -1 : experiment_write_index(s->x, s->dir, e);
    if (gossip_is_launched())
        status = gossip_agree(status, e);
    int code = status < 0 ? SWEEP_FAILED : sweep_all(s, e);
    if (status < 0 || code == SWEEP_INTERRUPTED)
        fail(e);
    return code == SWEEP_DONE ? EXIT_DONE : code == SWEEP_FAILED ? EXIT_FAILED : EXIT_RESUMABLE;
}

static int sweep_main(int argc, char **argv)
{
    const char *tier = "quick", *jobs = NULL;
    struct words filter = {0};
    int only_list = 0, dry = 0, tune = 0;
    const struct option options[] = {
        {.name = "tier", .value = &tier},    {.name = "jobs", .value = &jobs},
        {.name = "filter", .list = &filter}, {.name = "list", .flag = &only_list},
        {.name = "dry-run", .flag = &dry},   {.name = "tune", .flag = &tune}};
    struct arguments a;
    struct experiment x;
    struct err e;
    if (arguments_parse(&a, argc, argv, options, LENGTH(options), "EXPERIMENT", 1, &e) < 0)
        return fail(&e);
    long n = jobs ? arguments_whole(jobs, 1, 1024) : limits_processors();
    struct experiment_request q = {tier, tune, a.set, a.n_set};
    int status = 0;
    if (!a.operand)
        status = err_usage(&e, "sweep needs an experiment: a name in experiments/ or a .json file");
    else if (n < 0)
        status = err_usage(&e, "jobs is '%.60s', but must be a whole number from 1 to 1024", jobs);
    if (status < 0 || experiment_open(&x, a.operand, &q, &e) < 0)
        return fail(&e);
    char *chosen = xcalloc((size_t)x.n_cell, 1);
    struct sweep s = {.x = &x, .chosen = chosen, .n_process = (int)n};
    int code = EXIT_DONE;
    if (sweep_choose(&x, filter.at, filter.n, chosen, &e) < 0 ||
        sweep_set_folder(&s, path_in_root("results/runs"), &e) < 0 ||
        ((only_list || dry) && sweep_foresee(&s, dry, &e) < 0))
        code = fail(&e);
    else if (!only_list && !dry)
        code = make_all(&s, &e);
    free(chosen);
    experiment_close(&x);
    return code;
}

const struct verb verb_sweep = {
    .name = "sweep",
    .about = "all runs of an experiment that are not finished yet",
    .mpi = MPI_RANKS,
    .main = sweep_main,
    .help =
        "usage: gossipbench sweep EXPERIMENT [--tier smoke|quick|standard|full] [--tune]\n"
        "                         [--filter KEY=VALUE]... [--jobs N] [--list | --dry-run]\n"
        "                         [--KEY VALUE | --set KEY=VALUE]...\n\n"
        "Makes all runs of experiments/EXPERIMENT.json (or of a .json file) in\n"
        "results/runs/EXPERIMENT/, N at a time (default: one a core), each in its own process;\n"
        "under mpirun, each rank makes whole runs, on all nodes.\n"
        "- Finished runs of the same configuration and code are skipped; those of other\n"
        "  experiments are copied.\n"
        "- Interrupted runs are resumed.\n"
        "- Runs that fail do not stop the others, and are named at the end.\n"
        "- Several sweeps at once share the work.\n"
        "A run whose process dies is tried again from its checkpoint, three times in all.\n"
        "Ctrl-C, and what else interrupts a run, writes checkpoints and exits with 75.\n\n"
        "The file is checked whole before anything runs, in all its tiers.  Settings override it, "
        "but\nnot what it varies: its axes and seeds.\n"
        "--tune tries the learning rates of the file's grid on held-out training samples.\n"
        "--filter makes only the runs with this value of an axis or a key.\n"
        "--list lists the runs; --dry-run measures a few rounds and prints what the missing\n"
        "runs would take.  Neither makes any.\n"};
