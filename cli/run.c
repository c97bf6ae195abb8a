#include "train/run.h"
#include "cli/cli.h"
#include <stdio.h>

static int run_main(int argc, char **argv)
{
    const char *out = NULL;
    int resume = 0;
    const struct option options[] = {{"out", &out, NULL}, {"resume", NULL, &resume}};
    struct arguments a;
    struct config c;
    struct run_place place = {.dir = ""};
    struct run r;
    struct err e;
    char hash[HASH_TEXT];
    if (arguments_parse(&a, argc, argv, options, 2, "CONFIG.json", 1, &e) < 0 ||
        arguments_config(&a, &c, &e) < 0 || config_check(&c, &e) < 0 ||
        config_hash(&c, hash, &e) < 0)
        return fail(&e);
    if (out)
        snprintf(place.dir, RUN_PATH, "%.1000s", out);
    else
        snprintf(place.dir, RUN_PATH, "results/runs/single/%.64s_%.64s-s%ld-%.8s", c.algorithm,
                 c.topology, c.seed, hash);
    if (gossip_any(gossip_is_root() && run_is_done(place.dir, hash))) {
        if (gossip_is_root())
            printf("%s: this run is finished; it is not run again\n", place.dir);
        return EXIT_DONE;
    }
    if (run_open(&r, &c, &place, resume, &e) < 0)
        return fail(&e);
    int status = run_train(&r, &e);
    if (gossip_is_root() && status >= 0)
        printf("%s: %s\n", r.place.dir, run_status_name((enum run_status)status));
    run_close(&r);
    return status < 0 ? fail(&e) : status == RUN_INTERRUPTED ? EXIT_RESUMABLE : EXIT_DONE;
}

const struct verb verb_run = {
    .name = "run",
    .about = "one training run",
    .mpi = MPI,
    .main = run_main,
    .help =
        "usage: gossipbench run [CONFIG.json] [--KEY VALUE | --set KEY=VALUE]... [--out DIR] "
        "[--resume]\n\n"
        "Trains n workers and writes manifest.json, metrics.csv, timing.csv, split.csv and, of "
        "texts,\n"
        "vocabulary.txt into DIR\n"
        "(default: results/runs/single/<method>_<graph>-s<seed>-<hash>).  Command line over file\n"
        "over default; `gossipbench info` lists the keys, their defaults, and all names.\n"
        "--dataset quadratic, rosenbrock or consensus is a toy problem: an epoch is one round,\n"
        "the test loss is f(x) - min f, weight decay and the keys of data and networks have no\n"
        "part in it; in up to 3 dimensions path.csv says where each worker was.\n"
        "--resume goes on from DIR/checkpoint, to the same bits, on any number of ranks.\n"
        "Ctrl-C, SIGTERM or SIGUSR1 writes a checkpoint and exits with 75.\n"};
