#include "cli/cli.h"
#include "core/build.h"
#include "gossip/gossip.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int under_mpi;

int fail(const struct err *e)
{
    fflush(stdout);
    if (!under_mpi || gossip_is_root())
        fprintf(stderr, "gossipbench: %s\n", e->text);
    return e->usage ? EXIT_USAGE : EXIT_FAILED;
}

static int is_help(const char *word)
{
    return !strcmp(word, "--help") || !strcmp(word, "-h") || !strcmp(word, "help");
}

/* In a step of srun without PMIx, MPI_Init ends the process: refuse several tasks, and let a single
 * one start alone. */
static int check_step(struct err *e)
{
    const char *n = getenv("SLURM_STEP_NUM_TASKS");
    n = n ? n : getenv("SLURM_NTASKS");
    if (!getenv("SLURM_STEP_ID") || gossip_is_launched())
        return 0;
    if (n && strcmp(n, "1") != 0)
        return err_set(e,
                       "srun has started %.20s processes without PMIx, and they cannot find each "
                       "other: use mpirun inside the allocation, or srun --mpi=pmix",
                       n);
    return unsetenv("SLURM_STEP_ID");
}

static int start(const struct verb *v, int argc, char **argv)
{
    struct err e;
    for (int i = 1; i < argc; i++)
        if (is_help(argv[i])) {
            printf("%s\n%s", v->help, root_help);
            return EXIT_DONE;
        }
    if (v->mpi != NO_MPI && check_step(&e) < 0)
        return fail(&e);
    if (v->mpi == NO_MPI || (v->mpi == MPI_RANKS && !gossip_is_launched()))
        return v->main(argc, argv);
    gossip_start(&argc, &argv);
    under_mpi = 1;
    int code = v->main(argc, argv);
    under_mpi = 0;
    gossip_finish();
    return code;
}

static int start_named(int argc, char **argv)
{
    struct err e;
    if (!build_fits_processor(&e) || take_root(&argc, argv, &e) < 0)
        return fail(&e);
    if (argc < 2 || is_help(argv[1])) {
        verbs_print(argc < 2 ? stderr : stdout);
        return argc < 2 ? EXIT_USAGE : EXIT_DONE;
    }
    const struct verb *v = verbs_find(argv[1], &e);
    return v ? start(v, argc - 1, argv + 1) : fail(&e);
}

/* A verb has failed if its output could not be written, even if its work is done. */
int main(int argc, char **argv)
{
    struct err e;
    int code = start_named(argc, argv);
    int lost =
        fflush(stdout) != 0 || ferror(stdout) || (close(STDOUT_FILENO) != 0 && errno != EBADF);
    if (!lost || (code != EXIT_DONE && code != EXIT_VERDICT))
        return code;
    err_set(&e, "standard output cannot be written, so what it holds is not whole");
    return fail(&e);
}
