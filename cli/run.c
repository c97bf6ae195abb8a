#include "cli/cli.h"
#include "core/path.h"
#include "sweep/single.h"
#include <stdio.h>

/* The folder that was asked for, or one below the root, named after the configuration. */
static int place_run(struct run_place *place, const char *out, const struct config *c,
                     const char *hash, struct err *e)
{
    char dir[PATH_LENGTH], graph[65];
    snprintf(graph, sizeof(graph), "%.64s", c->topology);
    for (char *p = graph; *p; p++) /* the path of a graph's file is no folder here */
        *p = *p == '/' ? '-' : *p;
    if (!out && path_print(dir, e, "%s/%.64s_%s-s%ld-%.8s", path_in_root("results/runs/single"),
                           c->algorithm, graph, c->seed, hash) < 0)
        return -1;
    return path_copy(place->dir, sizeof(place->dir), out ? out : dir, e);
}

static int code_of(enum run_status s)
{
    return s == RUN_INTERRUPTED ? EXIT_RESUMABLE : s == RUN_DIVERGED ? EXIT_DIVERGED : EXIT_DONE;
}

static int run_main(int argc, char **argv)
{
    const char *out = NULL;
    int resume = 0, accept = 0, replace = 0;
    const struct option options[] = {{"out", &out, NULL},
                                     {"resume", NULL, &resume},
                                     {"accept-changes", NULL, &accept},
                                     {"replace", NULL, &replace}};
    struct arguments a;
    struct config c;
    struct run_place place = {.dir = ""};
    struct err e;
    char hash[HASH_TEXT];
    int status = arguments_parse(&a, argc, argv, options, LENGTH(options), "CONFIG.json", 1, &e);
    status = arguments_agree(status, argv[0], options, LENGTH(options), &e);
    enum run_start start = accept ? START_RESUME_CHANGED : resume ? START_RESUME : START_ANEW;
    if (status == 0 && replace && start != START_ANEW)
        status = err_usage(
            &e, "--replace removes the run that --resume would continue: take one of them");
    if (status == 0 && (arguments_config(&a, &c, &e) < 0 || config_check(&c, &e) < 0 ||
                        config_hash(&c, hash, &e) < 0 || place_run(&place, out, &c, hash, &e) < 0))
        status = -1;
    if (gossip_agree(status, &e) < 0)
        return fail(&e);
    status = single_run(&c, a.operand, &place, start, replace, &e);
    return status < 0 ? fail(&e) : code_of((enum run_status)status);
}

const struct verb verb_run = {
    .name = "run",
    .about = "one training run",
    .mpi = MPI,
    .main = run_main,
    .help =
        "usage: gossipbench run [CONFIG.json] [--KEY VALUE | --set KEY=VALUE]... [--out DIR]\n"
        "                       [--resume [--accept-changes] | --replace]\n\n"
        "Trains n workers and writes manifest.json, metrics.csv, timing.csv, split.csv and, for\n"
        "texts, vocabulary.txt into DIR (default: <method>_<graph>-s<seed>-<hash> in\n"
        "results/runs/single/).  The command line overrides the file, which overrides the\n"
        "defaults; `gossipbench info` lists all keys, their defaults and all names.  A run's\n"
        "manifest.json in place of CONFIG.json makes the run again, and says if code or data have\n"
        "changed.\n\n"
        "--dataset quadratic, rosenbrock or consensus is a toy problem: an epoch is one round,\n"
        "the test loss is f(x) - min f, and it ignores weight decay and all data and network "
        "keys.\n"
        "In up to 3 dimensions, path.csv says where each worker was.\n\n"
        "A folder that holds a run of another configuration, or a checkpoint without --resume, is\n"
        "refused; --replace removes the run there and starts anew.\n\n"
        "--resume continues from DIR/checkpoint, with the same results to the bit, on any number\n"
        "of ranks.  It refuses if code, data, kernel set or BLAS are no longer the same;\n"
        "--accept-changes continues all the same, and the manifest lists the changes.\n"
        "Ctrl-C, SIGTERM, SIGHUP, SIGUSR1, SIGUSR2, SIGXCPU or SIGPIPE writes a checkpoint and\n"
        "exits with 75.  A run that diverges exits with 4.\n"};
