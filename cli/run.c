#include "cli/cli.h"
#include "cli/seeds.h"
#include "core/path.h"
#include "sweep/single.h"
#include <stdio.h>
#include <string.h>

/* The folder that was asked for, or one below the root, named after the configuration and its seed, or
 * after all seeds. */
static int place_run(struct run_place *place, const char *out, const char *seeds,
                     const struct config *c, const char *hash, struct err *e)
{
    char dir[PATH_LENGTH], graph[65], seed[32] = "seeds";
    if (!seeds)
        snprintf(seed, sizeof(seed), "s%ld", c->seed);
    snprintf(graph, sizeof(graph), "%.64s", c->topology);
    for (char *p = graph; *p; p++) /* the path of a graph's file is no folder here */
        *p = *p == '/' ? '-' : *p;
    if (!out && path_print(dir, e, "%s/%.64s_%s-%s-%.8s", path_in_root("results/runs/single"),
                           c->algorithm, graph, seed, hash) < 0)
        return -1;
    return path_copy(place->dir, sizeof(place->dir), out ? out : dir, e);
}

static const struct config *only(const void *c, int i)
{
    return c;
}

static int sets_seed(const struct arguments *a)
{
    for (int i = 0; i < a->n_set; i++)
        if (!strcmp(a->set[i].key, "seed"))
            return 1;
    return 0;
}

static int code_of(enum run_status s)
{
    return s == RUN_INTERRUPTED ? EXIT_RESUMABLE : s == RUN_DIVERGED ? EXIT_DIVERGED : EXIT_DONE;
}

static int run_main(const struct arguments *a)
{
    const char *file = a->operand[0], *seeds = arguments_value(a, "seeds");
    int resume = arguments_value(a, "resume") != NULL,
        replace = arguments_value(a, "replace") != NULL;
    struct config c;
    struct run_place place = {.dir = ""};
    struct err e;
    char hash[HASH_TEXT];
    int status = 0;
    enum run_start start = arguments_value(a, "accept-changes") ? START_RESUME_CHANGED
                           : resume                             ? START_RESUME
                                                                : START_ANEW;
    if (replace && start != START_ANEW)
        status = err_usage(
            &e, "--replace removes the run that --resume would continue: take one of them");
    if (status == 0 && seeds && sets_seed(a))
        status = err_usage(&e, "--seed is one seed and --seeds are several: take one of them");
    if (status == 0 && (arguments_config(a, file, &c, &e) < 0 || config_check(&c, &e) < 0 ||
                        config_hash(&c, hash, &e) < 0 ||
                        place_run(&place, arguments_value(a, "out"), seeds, &c, hash, &e) < 0))
        status = -1;
    if (gossip_agree(status, &e) < 0)
        return fail(&e);
    settings_warn(a, only, &c, 1);
    status = seeds ? run_seeds(seeds, &c, file, place.dir, start, replace, &e)
                   : single_run(&c, file, &place, start, replace, &e);
    return status < 0 ? fail(&e) : code_of((enum run_status)status);
}

const struct verb verb_run = {
    .name = "run",
    .about = "one training run",
    .operand = "[CONFIG.json]",
    .option =
        (const struct option[]){
            {"out", "DIR", NULL,
             "write into DIR (default: <method>_<graph>-s<seed>-<hash> in results/runs/single; "
             "with "
             "--seeds, -seeds- in place of -s<seed>-)"},
            {"seeds", "LIST", NULL,
             "repeat the run with these seeds, as 1-5 or 1,2,7, in DIR/s<seed>, and print the mean "
             "and the deviation over them"},
            {"resume", NULL, NULL,
             "continue from DIR/checkpoint, with the same results to the bit, on any number of "
             "ranks; refused if code, data, kernel set or BLAS are no longer the same"},
            {"accept-changes", NULL, NULL,
             "resume although they have changed; the manifest lists the changes"},
            {"replace", NULL, NULL, "remove the run that is in DIR, and start anew"},
            {NULL}},
    .settings = "KEY",
    .mpi = MPI,
    .main = run_main,
    .help =
        "Trains n workers and writes manifest.json, metrics.csv, timing.csv, split.csv and, for "
        "texts, vocabulary.txt into DIR.  The command line overrides the file, which overrides the "
        "defaults.  With --save-model true, model.safetensors has the final parameters; "
        "--init-from "
        "starts from such a file.  A run's manifest.json in place of CONFIG.json makes the run "
        "again, and says if "
        "code or data have changed.\n\n"
        "--dataset quadratic, rosenbrock or consensus is a toy problem: an epoch is one round, the "
        "test loss is f(x) - min f, and it ignores weight decay and all data and network keys.  In "
        "up to 3 dimensions, path.csv says where each worker was.\n\n"
        "A folder that holds a run of another configuration, or a checkpoint without --resume, is "
        "refused.\n\n"
        "Ctrl-C, SIGTERM, SIGHUP, SIGUSR1, SIGUSR2, SIGXCPU or SIGPIPE writes a checkpoint and "
        "exits with 75.  A run that diverges exits with 4.",
    .example = "run --dataset quadratic --algorithm gt --lr 0.1 --warmup-epochs 0 --milestones []\n"
               "gradient tracking on a toy problem, in a second"};
