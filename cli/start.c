/* start: a process on its own, or as one of the ranks of a launcher. */
#include "cli/cli.h"
#include "core/build.h"
#include "gossip/alone.h"
#include "gossip/gossip.h"

int run_verb(const struct verb *v, char **word)
{
    struct arguments a;
    struct err e;
    int is_rank = gossip_is_launched(), mpi = !is_rank && v->mpi == MPI;
    if (!is_rank && v->mpi != NO_MPI && gossip_prepare_alone(&e) < 0)
        return fail(&e);
    if (mpi)
        gossip_start(&(int){0}, &(char **){NULL});
    int status = arguments_parse(&a, v, word, &e);
    if (v->mpi != NO_MPI)
        status = arguments_agree(status, &a, &e);
    int code = status < 0 ? -1 : v->main(&a, &e);
    code = code < 0 ? fail(&e) : code;
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

/* All ranks start MPI, even for verbs that need no ranks, which the first rank does: if one ended
 * without it, the others would wait for ever. */
static int start_rank(int argc, char **argv)
{
    struct err e;
    gossip_start(&argc, &argv);
    if (!gossip_is_root())
        be_silent();
    int status = gossip_agree(prepare(&argc, argv, &e), &e);
    const struct verb *v = asked(argv + 1);
    if (status == 0)
        status = gossip_same("the verb", v ? v->name : "none",
                             "start all ranks with the same command line", &e);
    int does = gossip_is_root() || (v && v->mpi != NO_MPI);
    int code = status < 0 ? fail(&e) : does ? answer(argc, argv) : EXIT_DONE;
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
