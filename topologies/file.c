/* file:<path>: an undirected graph from a file with one edge a line,
 *
 *     i j [weight]      # workers are numbered from 0; text after a # is ignored
 *
 * where i and j give each other's values this weight; a line `i i weight` is the self-weight of i.
 * Either all lines have weights, or no line has one and Metropolis-Hastings weights (weights.h) are
 * used.
 * Requirements:
 *   no edge is given twice, not even in the other direction;
 *   all n workers are connected;
 *   the weights of each worker sum to 1 within 1e-6, as decimals are rounded; the difference is
 *   added to its self-weight. */
#include "core/file.h"
#include "core/memory.h"
#include "topologies/topologies.h"
#include "topologies/weights.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_BYTES = 1 << 26, MAX_WORKER = 65536 };
static const double missing = -1; /* in W while the file is read: no such edge so far */

struct reading {
    const char *path;
    double *W;
    int n, line;
    int n_plain, n_weighted; /* lines without and with a weight */
    long smallest, largest;  /* worker numbers */
    int line_largest;
};

/* Read i, j and the weight of a line, which may stand as networkx writes it: {} or {'weight': 0.5}.
 * Returns how many of the three it has, -1 if it has anything else. */
static int parse(const char *text, long *i, long *j, double *weight)
{
    static const char weight_key[] = "{'weight':";
    char *at;
    *i = strtol(text, &at, 10);
    if (at == text)
        return text[strspn(text, " \t\r")] ? -1 : 0;
    *j = strtol(text = at, &at, 10);
    if (at == text)
        return -1;
    at += strspn(at, " \t");
    int is_empty = !strncmp(at, "{}", 2),
        is_keyed = !strncmp(at, weight_key, sizeof(weight_key) - 1);
    at += is_empty ? 2 : is_keyed ? sizeof(weight_key) - 1 : 0;
    *weight = strtod(text = at, &at);
    if (is_keyed && *at++ != '}')
        return -1;
    return at[strspn(at, " \t\r")] ? -1 : at == text ? 2 : 3;
}

static int add(struct reading *r, long i, long j, double weight, struct err *e)
{
    long larger = i > j ? i : j, smaller = i > j ? j : i;
    r->smallest = smaller < r->smallest ? smaller : r->smallest;
    if (larger > r->largest)
        r->largest = larger, r->line_largest = r->line;
    if (larger >= r->n)
        return 0; /* refused at the end, when the largest number is known */
    size_t n = (size_t)r->n, from = (size_t)i, to = (size_t)j;
    if (r->W[from * n + to] != missing)
        return err_set(e,
                       "%s:%d: the edge of %ld and %ld is given twice; one line stands for both "
                       "directions",
                       r->path, r->line, i, j);
    r->W[from * n + to] = r->W[to * n + from] = weight;
    return 0;
}

static int read_line(struct reading *r, char *text, struct err *e)
{
    long i, j;
    double weight = 1;
    text[strcspn(text, "#")] = '\0';
    int count = parse(text, &i, &j, &weight);
    if (count == 0)
        return 0;
    if (count < 0)
        return err_set(e, "%s:%d: '%.40s' is not 'i j' or 'i j weight', separated by blanks",
                       r->path, r->line, text);
    if (i < 0 || j < 0 || i >= MAX_WORKER || j >= MAX_WORKER)
        return err_set(e, "%s:%d: workers are numbered from 0 to at most %d", r->path, r->line,
                       MAX_WORKER - 1);
    if (!(weight >= 0 && weight <= 1))
        return err_set(e, "%s:%d: the weight is %g, but must be from 0 to 1", r->path, r->line,
                       weight);
    r->n_plain += count == 2, r->n_weighted += count == 3;
    if (r->n_plain && r->n_weighted)
        return err_set(e, "%s:%d: either all lines have a weight or none", r->path, r->line);
    return add(r, i, j, count == 2 ? 1 : weight, e);
}

static int read_lines(struct reading *r, char *text, size_t size, struct err *e)
{
    for (char *end = text + size; text < end;) {
        char *stop = memchr(text, '\n', (size_t)(end - text));
        stop = stop ? stop : end;
        r->line++;
        *stop = '\0';
        if (read_line(r, text, e) < 0)
            return -1;
        text = stop + 1;
    }
    return 0;
}

static int check_sums(const struct reading *r, struct err *e)
{
    size_t n = (size_t)r->n;
    for (size_t i = 0; i < n; i++) {
        double sum = 0;
        for (size_t j = 0; j < n; j++)
            sum += r->W[i * n + j];
        r->W[i * n + i] += 1 - sum;
        if (!(fabs(sum - 1) <= 1e-6 && r->W[i * n + i] >= 0))
            return err_set(e, "%s: the weights of worker %zu sum to %.9g, not to 1", r->path, i,
                           sum);
    }
    return 0;
}

/* Turn the edges that were read into weights. */
static int finish(const struct reading *r, struct err *e)
{
    size_t n = (size_t)r->n;
    for (size_t i = 0; i < n * n; i++)
        if (r->W[i] == missing || (r->n_plain && i % (n + 1) == 0))
            r->W[i] = 0;
    int apart = topology_apart(r->W, r->n);
    if (apart >= 0)
        return err_set(e, "%s: is not connected: no path joins workers 0 and %d", r->path, apart);
    if (r->n_weighted)
        return check_sums(r, e);
    topology_metropolis(r->W, r->n);
    return 0;
}

/* Read the file into r's W (n, n).  With n = 0, W may be NULL; only the largest number is found. */
static int read_edges(struct reading *r, struct err *e)
{
    size_t size;
    char *text = file_read_text(r->path, MAX_BYTES, &size, e);
    if (!text)
        return -1;
    r->smallest = MAX_WORKER, r->largest = -1;
    int status = read_lines(r, text, size, e);
    free(text);
    return status;
}

static int read_weights(const char *path, double *W, int n, struct err *e)
{
    struct reading r = {.path = path, .W = W, .n = n};
    for (size_t i = 0, count = (size_t)n * (size_t)n; i < count; i++)
        W[i] = missing;
    return read_edges(&r, e) < 0 ? -1 : finish(&r, e);
}

/* Check that the file has n workers, and that memory suffices for their weights. */
static int check_size(const char *path, int n, struct err *e)
{
    struct reading r = {.path = path};
    double bytes = (double)n * n * sizeof(*r.W), have = memory_available(), mib = 1 << 20;
    if (read_edges(&r, e) < 0)
        return -1;
    if (r.largest < 0)
        return err_set(e, "%s: none of its %d lines is an edge, 'i j' or 'i j weight'", path,
                       r.line);
    if (r.largest != n - 1)
        return err_usage(e, "the largest worker is %ld, in line %d, so that n must be %ld%s",
                         r.largest, r.line_largest, r.largest + 1,
                         r.smallest == 1 ? "; workers are numbered from 0, but these from 1" : "");
    if (have > 0 && bytes > have)
        return err_set(e,
                       "%s:%d: the weights of %d workers take %.0f MiB, but this machine has %.0f",
                       path, r.line_largest, n, bytes / mib, have / mib);
    return 0;
}

static int check(const struct topology_spec *g, struct err *e)
{
    int n = g->n;
    if (check_size(topology_file(g->name), n, e) < 0)
        return -1;
    double *W = xcalloc((size_t)n * (size_t)n, sizeof(*W));
    int status = read_weights(topology_file(g->name), W, n, e);
    free(W);
    return status;
}

static void fill(double *W, const struct topology_spec *g, int step)
{
    int n = g->n;
    struct err e;
    const char *path = topology_file(g->name);
    if (check_size(path, n, &e) < 0 || read_weights(path, W, n, &e) < 0)
        die("%s (the file has changed since it was checked)", e.text);
}

const struct topology topology_file_of_edges = {
    .about =
        "the graph of a file with lines 'i j [weight]'; Metropolis-Hastings weights if none given",
    .check = check,
    .fill = fill,
};
