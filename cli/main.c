#include "cli/cli.h"
#include "core/build.h"
#include "gossip/gossip.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const char exit_help[] =
    "Exit codes: 0 done, 1 failed, 2 usage, 3 a verdict failed, 4 the run diverged, 75 interrupted "
    "and resumable.";

static int under_mpi;

int fail(const struct err *e)
{
    fflush(stdout);
    if (!under_mpi || gossip_is_root())
        fprintf(stderr, "gossipbench: %s\n", e->text);
    return e->usage ? EXIT_USAGE : EXIT_FAILED;
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

static int start_alone(const struct verb *v, char **word)
{
    struct arguments a;
    struct err e;
    return arguments_parse(&a, v, word, &e) < 0 ? fail(&e) : v->main(&a);
}

static int start_ranks(const struct verb *v, char **word)
{
    struct arguments a;
    struct err e;
    if (check_step(&e) < 0)
        return fail(&e);
    gossip_start(&(int){0}, &(char **){NULL});
    under_mpi = 1;
    int status = arguments_parse(&a, v, word, &e);
    int code = arguments_agree(status, &a, &e) < 0 ? fail(&e) : v->main(&a);
    under_mpi = 0;
    gossip_finish();
    return code;
}

/* Print the help that a word asks for; 0 if none does. */
static int print_help(char **word, const struct verb *v)
{
    for (; *word; word++)
        if (help_is_asked(*word)) {
            help_print(stdout, v, NULL);
            return 1;
        }
    return 0;
}

static int start_verb(char **word)
{
    struct err e;
    const struct verb *v = verbs_find(word, &e);
    if (!v && word[1] && help_is_asked(word[1]) && verbs_are_of(word[0])) {
        help_print(stdout, NULL, word[0]);
        return EXIT_DONE;
    }
    if (!v)
        return fail(&e);
    if (print_help(word, v))
        return EXIT_DONE;
    word += strchr(v->name, ' ') ? 2 : 1;
    return v->mpi == NO_MPI || (v->mpi == MPI_RANKS && !gossip_is_launched())
               ? start_alone(v, word)
               : start_ranks(v, word);
}

static int start(int argc, char **argv)
{
    struct err e;
    if (!build_fits_processor(&e) || take_root(&argc, argv, &e) < 0)
        return fail(&e);
    if (argc < 2 || help_is_asked(argv[1])) {
        help_print(argc < 2 ? stderr : stdout, NULL, NULL);
        return argc < 2 ? EXIT_USAGE : EXIT_DONE;
    }
    if (!strcmp(argv[1], "--version")) {
        printf("gossipbench %s (commit %s, %s build)\n", build.version, build.commit,
               build.variant);
        return EXIT_DONE;
    }
    return strcmp(argv[1], "complete") ? start_verb(argv + 1) : complete(argv + 2);
}

/* A verb has failed if its output could not be written, even if its work is done. */
int main(int argc, char **argv)
{
    struct err e;
    int code = start(argc, argv);
    int lost =
        fflush(stdout) != 0 || ferror(stdout) || (close(STDOUT_FILENO) != 0 && errno != EBADF);
    if (!lost || (code != EXIT_DONE && code != EXIT_VERDICT))
        return code;
    err_set(&e, "standard output cannot be written, so what it holds is not whole");
    return fail(&e);
}
