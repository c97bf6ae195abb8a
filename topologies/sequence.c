#include "topologies/sequence.h"
#include "core/memory.h"
#include "core/npz.h"
#include "topologies/edges.h"
#include "topologies/weights.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_WORKER = 65536, MAX_ROUND = 10000 };
/* A sum this far from 1 is accepted; one this close to 1 needs no correction. */
static const double rounded = 1e-6, same = 1e-12;

static int is_archive(const char *path)
{
    const char *dot = strrchr(path, '.');
    return dot && !strcmp(dot, ".npz");
}

/* The array W (n, n) or (rounds, n, n) of an archive, or the only one that it has. */
static const struct npz_array *find_matrices(const struct npz *z, const char *path, struct err *e)
{
    const struct npz_array *a = z->n == 1 ? z->array : npz_find(z, path, "W", e);
    const size_t *dim = a ? a->dim + a->n_dim - 2 : NULL;
    if (!a)
        return NULL;
    if ((a->n_dim != 2 && a->n_dim != 3) || dim[0] != dim[1] || a->n == 0 ||
        !strchr("fi", *a->type)) {
        err_set(e, "%s: %.60s must be an array of numbers, (n, n) or (rounds, n, n)", path,
                a->name);
        return NULL;
    }
    if (dim[0] > MAX_WORKER || (a->n_dim == 3 && a->dim[0] > MAX_ROUND)) {
        err_set(e, "%s: %.60s has more than %d workers or %d rounds", path, a->name, MAX_WORKER,
                MAX_ROUND);
        return NULL;
    }
    return a;
}

/* Set the size from an archive, and, if `fill` is set, W. */
static int read_archive(struct sequence *s, const char *path, int fill, struct err *e)
{
    struct npz z;
    if (npz_read(&z, path, e) < 0)
        return -1;
    const struct npz_array *a = find_matrices(&z, path, e);
    if (a) {
        s->hint = "";
        s->n = (int)a->dim[a->n_dim - 1], s->n_round = a->n_dim == 3 ? (int)a->dim[0] : 1;
        snprintf(s->why_n, sizeof(s->why_n), "%.60s has %d rows", a->name, s->n);
        s->W = fill ? npz_doubles(a) : NULL;
    }
    npz_close(&z);
    return a ? 0 : -1;
}

int sequence_size(struct sequence *s, const char *path, struct err *e)
{
    memset(s, 0, sizeof(*s));
    if (is_archive(path))
        return read_archive(s, path, 0, e);
    struct edges_size size;
    if (edges_measure(&size, path, e) < 0)
        return -1;
    s->n = size.n, s->n_round = size.n_round;
    snprintf(s->why_n, sizeof(s->why_n), "the largest worker is %d, in line %d", size.n - 1,
             size.line);
    s->hint = size.smallest == 1 ? "; workers are numbered from 0, but these from 1" : "";
    return 0;
}

/* The name of a round in sentences, "" if there is only one. */
static const char *round_name(const struct sequence *s, int round, char name[32])
{
    name[0] = '\0';
    if (s->n_round > 1)
        snprintf(name, 32, "round %d: ", round);
    return name;
}

static double row_sum(const double *W, size_t n, size_t i)
{
    double sum = 0;
    for (size_t j = 0; j < n; j++)
        sum += W[i * n + j];
    return sum;
}

static int refuse_column(const struct sequence *s, const char *path, int round, size_t j,
                         double sum, struct err *e)
{
    size_t n = (size_t)s->n, i = 0;
    char name[32];
    const double *W = s->W + (size_t)round * n * n;
    while (i < n && fabs(row_sum(W, n, i) - 1) <= rounded)
        i++;
    return err_set(
        e,
        "%s: %scolumn %zu of W, the weights that workers give to the value of worker %zu, "
        "sums to %.9g, not to 1%s",
        path, round_name(s, round, name), j, j, sum,
        i < n ? "" : ", though all rows do: the mean of the workers would change");
}

/* Check a round, and add what rounding took from a column to the diagonal. */
static int check_round(struct sequence *s, const char *path, int round, struct err *e)
{
    size_t n = (size_t)s->n;
    char name[32];
    double *W = s->W + (size_t)round * n * n;
    for (size_t k = 0; k < n * n; k++)
        if (!(W[k] >= 0 && W[k] <= 1 + rounded))
            return err_set(e, "%s: %sW[%zu, %zu] is %g, but must be from 0 to 1", path,
                           round_name(s, round, name), k / n, k % n, W[k]);
    for (size_t j = 0; j < n; j++) {
        double sum = 0;
        for (size_t i = 0; i < n; i++)
            sum += W[i * n + j];
        double *own = &W[j * n + j];
        if (!(fabs(sum - 1) <= rounded && *own + 1 - sum >= 0))
            return refuse_column(s, path, round, j, sum, e);
        *own += fabs(sum - 1) > same ? 1 - sum : 0;
    }
    for (size_t i = 0; i < n; i++)
        if (row_sum(W, n, i) <= 0)
            return err_set(e, "%s: %sworker %zu receives nothing, not even its own value", path,
                           round_name(s, round, name), i);
    return 0;
}

/* Check that all workers hear from all others when the edges of all rounds are used. */
static int check_connected(const struct sequence *s, const char *path, struct err *e)
{
    size_t n = (size_t)s->n, size = n * n;
    double *to = xcalloc(size, sizeof(*to)), *from = xcalloc(size, sizeof(*from));
    for (size_t k = 0; k < (size_t)s->n_round * size; k++) {
        size_t i = k % size / n, j = k % n;
        to[i * n + j] += s->W[k], from[j * n + i] += s->W[k];
    }
    int heard = topology_apart(to, s->n), hears = topology_apart(from, s->n);
    free(to), free(from);
    if (heard < 0 && hears < 0)
        return 0;
    if (heard == hears)
        return err_set(e, "%s: is not connected: no path joins workers 0 and %d", path, heard);
    return err_set(e, "%s: is not strongly connected: no path leads from worker %d to worker %d",
                   path, heard < 0 ? 0 : heard, heard < 0 ? hears : 0);
}

static int check_memory(const struct sequence *s, const char *path, struct err *e)
{
    double bytes = (double)s->n_round * s->n * s->n * sizeof(*s->W), have = memory_available(),
           mib = 1 << 20;
    return have <= 0 || bytes <= have
               ? 0
               : err_set(
                     e,
                     "%s: %s: the weights of so many workers take %.0f MiB, but this machine has "
                     "%.0f",
                     path, s->why_n, bytes / mib, have / mib);
}

int sequence_read(struct sequence *s, const char *path, struct err *e)
{
    size_t n = (size_t)s->n;
    int status = check_memory(s, path, e);
    if (status == 0 && is_archive(path)) {
        status = read_archive(s, path, 1, e);
    } else if (status == 0) {
        s->W = xcalloc((size_t)s->n_round * n * n, sizeof(*s->W));
        status = edges_read(s->W, s->n, s->n_round, path, e);
    }
    for (int round = 0; round < s->n_round && status == 0; round++)
        status = check_round(s, path, round, e);
    status = status == 0 ? check_connected(s, path, e) : status;
    if (status < 0) {
        free(s->W);
        s->W = NULL;
    }
    return status;
}
