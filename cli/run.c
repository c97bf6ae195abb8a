#include "cli/cli.h"
#include "gossip/gossip.h"
#include "report/pool.h"
#include "sweep/seeds.h"

static int code_of(enum run_status s)
{
    return s == RUN_INTERRUPTED ? EXIT_RESUMABLE : s == RUN_DIVERGED ? EXIT_DIVERGED : EXIT_DONE;
}

/* Refuse options that contradict each other. */
static int check_options(const struct arguments *a, enum run_start start, struct err *e)
{
    if (arguments_value(a, "replace") && start != START_ANEW)
        return err_usage(
            e, "--replace removes the run that --resume would continue: take one of them");
    if (arguments_value(a, "seeds") && settings_have(a, "seed"))
        return err_usage(e, "--seed is one seed and --seeds are several: take one of them");
    return 0;
}

static int run_main(const struct arguments *a, struct err *e)
{
    const char *file = a->operand[0], *seeds = arguments_value(a, "seeds");
    int replace = arguments_value(a, "replace") != NULL;
    struct config c;
    struct run_place place = {.dir = ""};
    enum run_start start = arguments_value(a, "accept-changes") ? START_RESUME_CHANGED
                           : arguments_value(a, "resume")       ? START_RESUME
                                                                : START_ANEW;
    int status = check_options(a, start, e) < 0 || arguments_config(a, file, &c, e) < 0 ||
                         config_check(&c, e) < 0 ||
                         single_place(&place, arguments_value(a, "out"), &c, seeds != NULL, e) < 0
                     ? -1
                     : 0;
    if (gossip_agree(status, e) < 0)
        return -1;
    settings_warn(a, &c, 1, sizeof(c));
    status = seeds ? seeds_run(seeds, &c, file, place.dir, start, replace, e)
                   : single_run(&c, file, &place, start, replace, e);
    if (seeds && status >= 0 && status != RUN_INTERRUPTED &&
        gossip_agree(gossip_is_root() ? pool_print(place.dir, seeds_index, e) : 0, e) < 0)
        return -1;
    return status < 0 ? -1 : code_of((enum run_status)status);
}

const struct verb verb_run = {
    .name = "run",
    .about = "one training run",
    .operand = "[CONFIG.json]",
    .option =
        (const struct option[]){
            {"out", "DIR", NULL,
             "write into DIR (default: <method>_<graph>-s<seed>-<hash> in results/runs/single; "
             "with --seeds, -seeds- in place of -s<seed>-)"},
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
    .help = "Trains n workers and writes manifest.json, metrics.csv, timing.csv, split.csv and, "
            "for texts, vocabulary.txt into DIR.  The command line overrides the file, which "
            "overrides the defaults.  With --save-model true, model.safetensors has the final "
            "parameters; --init-from starts from such a file.  A run's manifest.json in place of "
            "CONFIG.json makes the run again, and says if code or data have changed.\n\n"
            "--dataset quadratic, rosenbrock or consensus is a toy problem: an epoch is one round, "
            "the test loss is f(x) - min f, and it ignores weight decay and all data and network "
            "keys.  In up to 3 dimensions, path.csv says where each worker was.\n\n"
            "A folder that holds a run of another configuration, or a checkpoint without --resume, "
            "is refused.\n\n"
            "Ctrl-C, SIGTERM, SIGHUP, SIGUSR1, SIGUSR2, SIGXCPU or SIGPIPE writes a checkpoint and "
            "exits with 75.  A run that diverges exits with 4.",
    .example = "run --dataset quadratic --algorithm gt --lr 0.1 --warmup-epochs 0 --milestones []\n"
               "gradient tracking on a toy problem, in a second"};
