/* file:<path>: a graph read from a file, with one or several rounds: edges as text, directed or
 * not, with or without weights (edges.h); or mixing matrices in an .npz archive, W (n, n) or
 * (rounds, n, n), as `gossipbench topology --out` writes them (sequence.h).  The rounds repeat, and
 * the period is the smallest that fits them. */
#include "topologies/sequence.h"
#include "topologies/topologies.h"
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* The file read last is kept, since its rounds are asked for one by one. */
static struct {
    char *path;
    struct stat stat;
    struct sequence s;
} last;

static int is_last(const char *path, const struct stat *now)
{
    return last.path && !strcmp(last.path, path) && now->st_ino == last.stat.st_ino &&
           now->st_dev == last.stat.st_dev && now->st_size == last.stat.st_size &&
           now->st_mtim.tv_sec == last.stat.st_mtim.tv_sec &&
           now->st_mtim.tv_nsec == last.stat.st_mtim.tv_nsec;
}

/* The sequence in the graph's file; NULL with a sentence if it is invalid or not for n workers. */
static const struct sequence *sequence_of(const struct topology_spec *g, struct err *e)
{
    const char *path = topology_file(g->name);
    struct stat now = {0};
    struct sequence s = last.s;
    int is_read = stat(path, &now) == 0 && is_last(path, &now);
    if (!is_read && sequence_size(&s, path, e) < 0)
        return NULL;
    if (s.n != g->n) {
        err_usage(e, "%s, so that n must be %d%s", s.why_n, s.n, s.hint);
        return NULL;
    }
    if (!is_read && sequence_read(&s, path, e) < 0)
        return NULL;
    if (!is_read) {
        free(last.path), free(last.s.W);
        last.path = strdup(path), last.stat = now, last.s = s;
    }
    return &last.s;
}

static const struct sequence *checked(const struct topology_spec *g)
{
    struct err e;
    const struct sequence *s = sequence_of(g, &e);
    if (!s)
        die("%s (the file has changed since it was checked)", e.text);
    return s;
}

static int check(const struct topology_spec *g, struct err *e)
{
    return sequence_of(g, e) ? 0 : -1;
}

static int count(const char *name)
{
    struct sequence s;
    struct err e;
    return sequence_size(&s, topology_file(name), &e) < 0 ? 0 : s.n;
}

static int period(const struct topology_spec *g)
{
    const struct sequence *s = checked(g);
    size_t size = (size_t)s->n * (size_t)s->n;
    int T = 1;
    while (s->n_round % T != 0 || memcmp(s->W, s->W + (size_t)T * size,
                                         (size_t)(s->n_round - T) * size * sizeof(*s->W)) != 0)
        T++;
    return T;
}

static void fill(double *W, const struct topology_spec *g, int step)
{
    const struct sequence *s = checked(g);
    size_t size = (size_t)s->n * (size_t)s->n;
    memcpy(W, s->W + (size_t)(step % s->n_round) * size, size * sizeof(*W));
}

const struct topology topology_file_of_edges = {
    .about = "the graph of a file: edges 'i j [weight]', or mixing matrices (.npz)",
    .push = 1,
    .count = count,
    .check = check,
    .period = period,
    .fill = fill,
};
