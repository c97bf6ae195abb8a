/* ranks: MPI's start and end, and agreement between ranks. */
#include "gossip/gossip.h"
#include "gossip/hosting.h"
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int each_alone;

MPI_Comm ranks(void)
{
    return each_alone ? MPI_COMM_SELF : MPI_COMM_WORLD;
}

void gossip_part(int alone)
{
    each_alone = alone;
}

static void abort_all(void)
{
    MPI_Abort(MPI_COMM_WORLD, 1);
}

void gossip_start(int *argc, char ***argv)
{
    MPI_Init(argc, argv);
    die_set_hook(abort_all);
}

int gossip_is_launched(void)
{
    return getenv("OMPI_COMM_WORLD_SIZE") || getenv("PMIX_RANK");
}

void gossip_finish(void)
{
    MPI_Finalize();
}

static int rank(void)
{
    int r;
    MPI_Comm_rank(ranks(), &r);
    return r;
}

int gossip_n_rank(void)
{
    int n;
    MPI_Comm_size(ranks(), &n);
    return n;
}

/* The ranks on this machine; free it. */
static MPI_Comm ranks_here(void)
{
    MPI_Comm here;
    MPI_Comm_split_type(ranks(), MPI_COMM_TYPE_SHARED, 0, MPI_INFO_NULL, &here);
    return here;
}

int gossip_n_rank_here(void)
{
    MPI_Comm here = ranks_here();
    int n;
    MPI_Comm_size(here, &n);
    MPI_Comm_free(&here);
    return n;
}

int gossip_share_here(void *bytes, size_t n)
{
    MPI_Comm here = ranks_here();
    int r;
    CHECK(n <= INT_MAX);
    MPI_Comm_rank(here, &r);
    MPI_Bcast(bytes, (int)n, MPI_BYTE, 0, here);
    MPI_Comm_free(&here);
    return r == 0;
}

int gossip_is_root(void)
{
    return rank() == 0;
}

const char *gossip_describe(void)
{
    static char text[MPI_MAX_LIBRARY_VERSION_STRING];
    int n;
    MPI_Get_library_version(text, &n);
    text[strcspn(text, ",\n")] = '\0';
    return text;
}

/* "rank 1 on node07" */
struct name {
    char text[MPI_MAX_PROCESSOR_NAME + 24];
};
static struct name name_here(void)
{
    struct name name;
    char host[MPI_MAX_PROCESSOR_NAME];
    int n;
    MPI_Get_processor_name(host, &n);
    snprintf(name.text, sizeof(name.text), "rank %d on %s", rank(), host);
    return name;
}

int gossip_agree(int status, struct err *e)
{
    int failed = status < 0 ? rank() : INT_MAX, first;
    MPI_Allreduce(&failed, &first, 1, MPI_INT, MPI_MIN, ranks());
    if (first == INT_MAX)
        return 0;
    if (first == rank() && first > 0) { /* the root might wonder what is wrong there */
        struct err own = *e;
        (own.usage ? err_usage : err_set)(e, "%s: %s", name_here().text, own.text);
    }
    MPI_Bcast(e, (int)sizeof(*e), MPI_BYTE, first, ranks());
    return -1;
}

int gossip_same(const char *what, const char *mine, const char *remedy, struct err *e)
{
    struct name name = name_here();
    size_t n = strlen(mine) + 1;
    gossip_share(&name, sizeof(name));
    gossip_share(&n, sizeof(n));
    char *root = xcalloc(n, 1);
    if (gossip_is_root())
        memcpy(root, mine, n);
    gossip_share(root, n);
    int differs = strcmp(root, mine) != 0;
    if (differs)
        err_set(e, "%s is '%s', but '%s' at %s, and must be the same for all ranks; %s", what, mine,
                root, name.text, remedy);
    free(root);
    return gossip_agree(-differs, e);
}

int gossip_any(int flag)
{
    int any;
    MPI_Allreduce(&flag, &any, 1, MPI_INT, MPI_LOR, ranks());
    return any;
}

void gossip_share(void *bytes, size_t n)
{
    CHECK(n <= INT_MAX);
    MPI_Bcast(bytes, (int)n, MPI_BYTE, 0, ranks());
}

void gossip_sum(long *number, int k)
{
    MPI_Allreduce(MPI_IN_PLACE, number, k, MPI_LONG, MPI_SUM, ranks());
}
