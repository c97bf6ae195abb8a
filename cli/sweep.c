#include "sweep/sweep.h"
#include "cli/cli.h"
#include "core/file.h"
#include "gossip/gossip.h"
#include "sweep/cost.h"
#include "train/progress.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Mark the runs that have all the values of the filters. */
static int choose(const struct experiment *x, const struct words *filter, char *chosen,
                  struct err *e)
{
    for (int i = 0; i < x->n_cell; i++) {
        chosen[i] = 1;
        for (int k = 0; k < filter->n; k++) {
            char key[64];
            const char *equals = strchr(filter->at[k], '=');
            if (!equals)
                return err_usage(e, "--filter takes KEY=VALUE, not '%.60s'", filter->at[k]);
            snprintf(key, sizeof(key), "%.*s", (int)(equals - filter->at[k]), filter->at[k]);
            int has = cell_has(x, &x->cell[i], key, equals + 1, e);
            if (has < 0)
                return -1;
            chosen[i] = chosen[i] && has;
        }
    }
    if (memchr(chosen, 1, (size_t)x->n_cell))
        return 0;
    return err_usage(e, "no run of %s %s has %s", x->name, x->index, filter->at[0]);
}

static void list(const struct sweep *s)
{
    for (int i = 0; i < s->x->n_cell; i++)
        if (sweep_is_chosen(s, i))
            printf("%-60s %s\n", s->x->cell[i].dir, sweep_is_done(s, i) ? "finished" : "to run");
}

/* What the runs that are missing would take; measured by this process alone. */
static int dry_run(const struct sweep *s, struct err *e)
{
    struct cost_model *model = xcalloc(1, sizeof(*model));
    struct cost c, all = {0, 0};
    int n = 0, status = 0;
    progress_label("");
    for (int i = 0; i < s->x->n_cell && status == 0; i++) {
        if (!sweep_is_chosen(s, i) || sweep_is_done(s, i))
            continue;
        status = cost_of(model, &s->x->cell[i].c, &c, e);
        if (status < 0)
            break;
        printf("%-60s %7.1f min %6.0f MiB\n", s->x->cell[i].dir, c.seconds / 60,
               c.bytes / (1 << 20));
        all.seconds += c.seconds, n++;
        all.bytes = c.bytes > all.bytes ? c.bytes : all.bytes;
    }
    free(model);
    if (status == 0)
        printf("%s %s: %d runs to make, %.2f hours in %d processes, at most %.0f MiB in all\n",
               s->x->name, s->x->index, n, all.seconds / 3600 / s->n_process, s->n_process,
               all.bytes * s->n_process / (1 << 20));
    return status;
}

static int is_first(void)
{
    return !gossip_is_launched() || gossip_is_root();
}

static int make_all(struct sweep *s, struct err *e)
{
    int status = 0;
    if (is_first())
        status = dir_make(s->dir, e) < 0 ? -1 : experiment_write_index(s->x, s->dir, e);
    if (gossip_is_launched())
        status = gossip_agree(status, e);
    int code = status < 0 ? SWEEP_FAILED : sweep_all(s, e);
    if (status < 0 || code == SWEEP_INTERRUPTED)
        fail(e);
    return code == SWEEP_DONE ? EXIT_DONE : code == SWEEP_FAILED ? EXIT_FAILED : EXIT_RESUMABLE;
}

/* --list and --dry-run: one process of however many there are. */
static int foresee(struct sweep *s, int dry, struct err *e)
{
    int launched = gossip_is_launched(), status = 0, first = is_first();
    if (launched)
        s->n_process = gossip_n_rank();
    else
        gossip_start(&(int){0}, &(char **){NULL});
    gossip_part(1);
    if (first && dry)
        status = dry_run(s, e);
    else if (first)
        list(s);
    gossip_part(0);
    if (!launched)
        gossip_finish();
    return status < 0 ? fail(e) : EXIT_DONE;
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
    int status = arguments_parse(&a, argc, argv, options, LENGTH(options), "EXPERIMENT", 1, &e);
    long n = jobs ? strtol(jobs, NULL, 10) : sweep_n_core();
    if (status == 0 && !a.operand)
        status = err_usage(&e, "sweep needs an experiment: a name in experiments/ or a .json file");
    if (status == 0 && (n < 1 || n > 1024))
        status = err_usage(&e, "jobs is '%.60s', but must be a whole number from 1 to 1024", jobs);
    struct experiment_request q = {tier, tune, a.set, a.n_set};
    if (status < 0 || experiment_open(&x, a.operand, &q, &e) < 0)
        return fail(&e);
    char *chosen = xcalloc((size_t)x.n_cell, 1);
    struct sweep s = {.x = &x, .runs = "results/runs", .chosen = chosen, .n_process = (int)n};
    snprintf(s.dir, sizeof(s.dir), "%s/%s", s.runs, x.name);
    int code = EXIT_DONE;
    if (choose(&x, &filter, chosen, &e) < 0)
        code = fail(&e);
    else if (only_list || dry)
        code = foresee(&s, dry, &e);
    else
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
        "Makes every cell and seed of experiments/EXPERIMENT.json (or of a .json file) in\n"
        "results/runs/EXPERIMENT/, N at a time (default: one a core), each in a process of its\n"
        "own; under mpirun, one a rank, on all its nodes.  Finished runs of the same\n"
        "configuration and code are skipped, also those of other experiments, which are copied;\n"
        "interrupted ones are resumed; failed ones are named at the end.  Several sweeps at once\n"
        "share the work.  Ctrl-C writes checkpoints and exits with 75.\n"
        "--tune tries the learning rates of the file's grid on held-out training samples.\n"
        "--filter makes only the runs with this value of an axis or a key.  --list only lists;\n"
        "--dry-run measures a few rounds and says what the runs would take.\n"};
