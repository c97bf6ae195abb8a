/* start: a process on its own, or as one of the ranks of a launcher. */
#include "cli/cli.h"
#include "core/build.h"
#include "core/terminal.h"
#include "gossip/gossip.h"
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

static int is_silent; /* a rank other than the first, which speaks for all */

int fail(const struct err *e)
{
    fflush(stdout);
    if (!is_silent)
        terminal_clear(stderr), fprintf(stderr, "gossipbench: %s\n", e->text);
    return e->usage ? EXIT_USAGE : EXIT_FAILED;
}

void warn(const char *fmt, ...)
{
    va_list ap;
    if (is_silent)
        return;
    va_start(ap, fmt);
    terminal_clear(stderr);
    fprintf(stderr, "gossipbench: warning: ");
    vfprintf(stderr, fmt, ap);
    fputc('\n', stderr);
    va_end(ap);
}

/* In a step of srun without PMIx, MPI_Init ends the process: refuse several tasks, and let a single
 * one start alone. */
static int check_step(struct err *e)
{
    const char *n = getenv("SLURM_STEP_NUM_TASKS");
    n = n ? n : getenv("SLURM_NTASKS");
    if (!getenv("SLURM_STEP_ID"))
        return 0;
    if (n && strcmp(n, "1") != 0)
        return err_set(e,
                       "srun has started %.20s processes without PMIx, and they cannot find each "
                       "other: use mpirun inside the allocation, or srun --mpi=pmix",
                       n);
    return unsetenv("SLURM_STEP_ID");
}

static int start_alone(struct err *e)
{
    /* It needs neither networks nor a daemon of Open MPI's, which take 0.3 s to start; without a daemon
     * the session folders of all processes would have the same name, and one would remove another's. */
    setenv("OMPI_MCA_pml", "ob1", 0);
    setenv("OMPI_MCA_ess_singleton_isolated", "1", 0);
    setenv("OMPI_MCA_orte_create_session_dirs", "0", 0);
    return check_step(e);
}

int run_verb(const struct verb *v, char **word)
{
    struct arguments a;
    struct err e;
    int is_rank = gossip_is_launched(), mpi = !is_rank && v->mpi == MPI;
    if (!is_rank && v->mpi != NO_MPI && start_alone(&e) < 0)
        return fail(&e);
    if (mpi)
        gossip_start(&(int){0}, &(char **){NULL});
    int status = arguments_parse(&a, v, word, &e);
    if (v->mpi != NO_MPI)
        status = arguments_agree(status, &a, &e);
    int code = status < 0 ? fail(&e) : v->main(&a);
    if (mpi)
        gossip_finish();
    return code;
}

static int prepare(int *argc, char **argv, struct err *e)
{
    return build_fits_processor(e) ? take_root(argc, argv, e) : -1;
}

/* The verb that the words ask for; NULL: help, or what is no verb. */
static const struct verb *asked(char **word)
{
    struct err e;
    for (char **w = word; *w; w++)
        if (help_is_asked(*w))
            return NULL;
    return *word ? verbs_find(word, &e) : NULL;
}

/* All ranks start MPI, whatever they are asked for: one that ended before would let the others wait for
 * ever.  The first does what needs no ranks. */
static int start_rank(int argc, char **argv)
{
    struct err e;
    gossip_start(&argc, &argv);
    is_silent = !gossip_is_root();
    int status = gossip_agree(prepare(&argc, argv, &e), &e);
    const struct verb *v = asked(argv + 1);
    if (status == 0)
        status = gossip_same("the verb", v ? v->name : "none",
                             "start all ranks with the same command line", &e);
    int code = status < 0                              ? fail(&e)
               : !is_silent || (v && v->mpi != NO_MPI) ? answer(argc, argv)
                                                       : EXIT_DONE;
    gossip_finish();
    return code;
}

int start(int argc, char **argv)
{
    struct err e;
    if (gossip_is_launched())
        return start_rank(argc, argv);
    return prepare(&argc, argv, &e) < 0 ? fail(&e) : answer(argc, argv);
}
