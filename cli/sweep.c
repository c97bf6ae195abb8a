#include "cli/cli.h"
#include "core/file.h"
#include "gossip/gossip.h"
#include "train/run.h"
#include <stdio.h>
#include <string.h>

static void say_cell(const struct experiment *x, int i, const char *what, int n_run, double begin)
{
    if (!gossip_is_root())
        return;
    printf("\n[%s %s, run %d of %d] %s%s", x->name, x->tier, i + 1, x->n_cell, x->cell[i].dir,
           what);
    if (n_run > 0)
        printf(", about %.0f min left", (seconds_now() - begin) / n_run * (x->n_cell - i) / 60);
    printf("\n");
    fflush(stdout);
}

/* One cell; done, diverged or resumable as run_status, -1 on failure. */
static int sweep_cell(const struct experiment *x, int i, const char *dir, struct err *e)
{
    const struct cell *cell = &x->cell[i];
    struct run_place place = {.experiment = x->name, .tier = x->tier, .cell = cell->name};
    struct run r;
    snprintf(place.dir, RUN_PATH, "%.500s/%s", dir, cell->dir);
    if (run_open(&r, &cell->c, &place, 1, e) < 0)
        return -1;
    int status = run_train(&r, e);
    run_close(&r);
    return status;
}

static int is_done(const char *dir, const struct cell *cell)
{
    char path[RUN_PATH], hash[HASH_TEXT];
    struct err e;
    snprintf(path, sizeof(path), "%.500s/%s", dir, cell->dir);
    return config_hash(&cell->c, hash, &e) == 0 && run_is_done(path, hash);
}

static int sweep_all(const struct experiment *x, const char *dir)
{
    int n_failed = 0, n_run = 0, n_done = 0;
    double begin = seconds_now();
    struct err e;
    for (int i = 0; i < x->n_cell; i++) {
        if (gossip_any(gossip_is_root() && is_done(dir, &x->cell[i]))) {
            n_done++;
            continue;
        }
        say_cell(x, i, "", n_run, begin);
        int status = sweep_cell(x, i, dir, &e);
        if (status == RUN_INTERRUPTED) {
            err_set(&e, "interrupted; the same command goes on from here");
            fail(&e);
            return EXIT_RESUMABLE;
        }
        if (status < 0)
            fail(&e);
        n_failed += status < 0, n_run++;
    }
    if (gossip_is_root())
        printf("\n%s %s: %d runs: %d run now, %d finished before, %d failed\n", x->name, x->tier,
               x->n_cell, n_run, n_done, n_failed);
    return n_failed ? EXIT_FAILED : EXIT_DONE;
}

static int sweep_main(int argc, char **argv)
{
    const char *tier = "quick";
    int list = 0;
    const struct option options[] = {{"tier", &tier, NULL}, {"list", NULL, &list}};
    struct arguments a;
    struct experiment x;
    struct err e;
    char dir[RUN_PATH];
    int status = arguments_parse(&a, argc, argv, options, 2, "EXPERIMENT", 1, &e);
    if (status == 0 && !a.operand)
        status = err_usage(&e, "sweep needs an experiment: a name in experiments/ or a .json file");
    if (status < 0 || experiment_open(&x, a.operand, tier, a.set, a.n_set, &e) < 0)
        return fail(&e);
    snprintf(dir, sizeof(dir), "results/runs/%s", x.name);
    int code = EXIT_DONE;
    if (list && gossip_is_root())
        for (int i = 0; i < x.n_cell; i++)
            printf("%-60s %s\n", x.cell[i].dir, is_done(dir, &x.cell[i]) ? "finished" : "to run");
    if (!list) {
        if (gossip_is_root() && (status = dir_make(dir, &e)) == 0)
            status = experiment_write_index(&x, dir, &e);
        code = gossip_agree(status, &e) < 0 ? fail(&e) : sweep_all(&x, dir);
    }
    experiment_close(&x);
    return code;
}

const struct verb verb_sweep = {
    .name = "sweep",
    .about = "all runs of an experiment that are not finished yet",
    .mpi = 1,
    .main = sweep_main,
    .help = "usage: gossipbench sweep EXPERIMENT [--tier smoke|quick] [--list] [--KEY VALUE]...\n\n"
            "Runs every cell and seed of experiments/EXPERIMENT.json (or of a .json file), one\n"
            "after the other, into results/runs/EXPERIMENT/.  Finished runs of the same\n"
            "configuration and code are skipped, interrupted ones resumed.  --list only lists.\n"};
