#include "topologies/edges.h"
#include "core/file.h"
#include "topologies/weights.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_BYTES = 1 << 26, MAX_WORKER = 65536, MAX_ROUND = 10000 };
static const double missing = -1; /* in W while the file is read: no such edge so far */

struct reading {
    const char *path;
    double *W;                       /* (n_round, n, n); NULL while only the size is found */
    int n, line, n_round;            /* rounds that have begun */
    int directed, is_list, is_whole; /* is_list: an adjacency list; is_whole: line not cut off */
    int n_plain, n_weighted;         /* lines without and with a weight */
    long smallest, largest;          /* worker numbers */
    int line_largest;
    int *listed; /* (n) the last round in which the worker has a line of an adjacency list */
};

/* Read i, j and the weight of a line, which may stand as networkx writes it: {} or {'weight': 0.5}.
 * Returns how many of the three it has, -1 if it has anything else. */
static int parse(const char *text, long *i, long *j, double *weight)
{
    static const char weight_key[] = "{'weight':";
    char *at;
    *i = strtol(text, &at, 10);
    if (at == text)
        return -1;
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
    return *at ? -1 : at == text ? 2 : 3;
}

/* How many whole numbers the line consists of; -1 if it has anything else. */
static int count_numbers(const char *text)
{
    int count = 0;
    for (char *end; *text; text = end, count++) {
        (void)!strtol(text, &end, 10);
        if (end == text || (*end && !strchr(" \t", *end)))
            return -1;
    }
    return count;
}

static int begin_round(struct reading *r, struct err *e)
{
    if (r->n_round == MAX_ROUND)
        return err_set(e, "%s:%d: more than %d rounds", r->path, r->line, MAX_ROUND);
    r->n_round++;
    return 0;
}

static int check_worker(struct reading *r, long i, struct err *e)
{
    if (i < 0 || i >= MAX_WORKER)
        return err_set(e, "%s:%d: workers are numbered from 0 to at most %d", r->path, r->line,
                       MAX_WORKER - 1);
    r->smallest = i < r->smallest ? i : r->smallest;
    if (i > r->largest)
        r->largest = i, r->line_largest = r->line;
    return 0;
}

/* Add an edge of the round. */
static int add(struct reading *r, long i, long j, double weight, struct err *e)
{
    if (check_worker(r, i, e) < 0 || check_worker(r, j, e) < 0)
        return -1;
    if (!r->W)
        return 0;
    size_t n = (size_t)r->n, from = (size_t)i, to = (size_t)j;
    double *W = r->W + (size_t)(r->n_round - 1) * n * n;
    if (W[to * n + from] != missing)
        return err_set(e, "%s:%d: the edge of %ld and %ld is given twice%s", r->path, r->line, i, j,
                       r->directed ? "" : "; one line stands for both directions");
    W[to * n + from] = weight;
    if (!r->directed)
        W[from * n + to] = weight;
    return 0;
}

static int read_edge(struct reading *r, const char *text, struct err *e)
{
    long i, j;
    double weight = 1;
    int count = parse(text, &i, &j, &weight);
    if (count < 0)
        return err_set(e, "%s:%d: '%.40s' is not 'i j' or 'i j weight', separated by blanks",
                       r->path, r->line, text);
    if (!(weight >= 0 && weight <= 1))
        return err_set(
            e,
            "%s:%d: the weight is %g, but must be from 0 to 1; without weights, edges get "
            "Metropolis-Hastings weights",
            r->path, r->line, weight);
    r->n_plain += count == 2, r->n_weighted += count == 3;
    if (r->n_plain && r->n_weighted)
        return err_set(e, "%s:%d: either all lines have a weight or none", r->path, r->line);
    return add(r, i, j, count == 2 ? 1 : weight, e);
}

/* Read the line of an adjacency list. */
static int read_neighbours(struct reading *r, const char *text, struct err *e)
{
    char *at;
    if (count_numbers(text) < 0)
        return err_set(e, "%s:%d: '%.40s' is not 'i j1 j2 ...', a worker and its neighbours",
                       r->path, r->line, text);
    long i = strtol(text, &at, 10);
    r->n_plain++;
    if (check_worker(r, i, e) < 0)
        return -1;
    if (r->W && r->listed[i] == r->n_round)
        return err_set(e, "%s:%d: worker %ld has two lines", r->path, r->line, i);
    if (r->W)
        r->listed[i] = r->n_round;
    while (*at)
        if (add(r, i, strtol(at, &at, 10), 1, e) < 0)
            return -1;
    return 0;
}

/* Read a line, without its comment and surrounding blanks. */
static int read_line(struct reading *r, const char *text, struct err *e)
{
    int is_begun = r->largest >= 0 || r->n_round > 0;
    if (!*text)
        return 0;
    if (!strcmp(text, "directed")) {
        r->directed = 1;
        return is_begun ? err_set(e, "%s:%d: 'directed' must stand before the first edge", r->path,
                                  r->line)
                        : 0;
    }
    if (!strcmp(text, "round"))
        return begin_round(r, e);
    if (r->n_round == 0 && begin_round(r, e) < 0)
        return -1;
    return (r->is_list ? read_neighbours : read_edge)(r, text, e);
}

/* Note if a line that is not cut off shows that the text is an adjacency list. */
static int find_list(struct reading *r, const char *text, struct err *e)
{
    int count = count_numbers(text);
    r->is_list |= r->is_whole && (count == 1 || count > 3);
    return 0;
}

/* Call `each` with every line, without its comment and surrounding blanks. */
static int each_line(struct reading *r, char *text,
                     int (*each)(struct reading *r, const char *line, struct err *e), struct err *e)
{
    static const char blanks[] = " \t\r";
    int status = 0;
    for (r->line = 0; *text && status == 0;) {
        char *next = text + strcspn(text, "\n"), *end = text + strcspn(text, "#\n"), stop;
        text += strspn(text, blanks);
        while (end > text && strchr(blanks, end[-1]))
            end--;
        stop = *end;
        r->is_whole = *next == '\n';
        r->line++;
        *end = '\0';
        status = each(r, text, e);
        *end = stop;
        text = next + r->is_whole;
    }
    return status;
}

/* Read the file into r->W, or find only its size if r->W is NULL. */
static int read_text(struct reading *r, struct err *e)
{
    char *text = file_read_text(r->path, MAX_BYTES, NULL, e);
    if (!text)
        return -1;
    r->smallest = MAX_WORKER, r->largest = -1;
    int status = each_line(r, text, find_list, e) < 0 ? -1 : each_line(r, text, read_line, e);
    free(text);
    return status;
}

int edges_measure(struct edges_size *size, const char *path, struct err *e)
{
    struct reading r = {.path = path};
    if (read_text(&r, e) < 0)
        return -1;
    if (r.largest < 0)
        return err_set(e, "%s: none of its %d lines is an edge, 'i j' or 'i j weight'", path,
                       r.line);
    *size = (struct edges_size){(int)r.largest + 1, r.n_round, (int)r.smallest, r.line_largest};
    return 0;
}

/* Each worker divides its value equally among itself and those that it sends to. */
static void divide_equally(double *W, size_t n)
{
    for (size_t j = 0; j < n; j++) {
        double share = 1;
        W[j * n + j] = 1;
        for (size_t i = 0; i < n; i++)
            share += i != j && W[i * n + j] != 0;
        for (size_t i = 0; i < n; i++)
            W[i * n + j] /= share;
    }
}

/* Add what rounding took from a row of an undirected graph to its self-weight. */
static int complete_rows(double *W, size_t n, const char *path, struct err *e)
{
    for (size_t i = 0; i < n; i++) {
        double sum = 0;
        for (size_t j = 0; j < n; j++)
            sum += W[i * n + j];
        W[i * n + i] += 1 - sum;
        if (!(fabs(sum - 1) <= 1e-6 && W[i * n + i] >= 0))
            return err_set(e, "%s: the weights of worker %zu sum to %.9g, not to 1", path, i, sum);
    }
    return 0;
}

/* Turn the edges of a round into weights. */
static int finish(const struct reading *r, double *W, struct err *e)
{
    size_t n = (size_t)r->n;
    for (size_t i = 0; i < n; i++) {
        int is_named = 0;
        for (size_t j = 0; j < n; j++)
            is_named |= W[i * n + j] != missing || W[j * n + i] != missing;
        if (!is_named)
            W[i * n + i] = 1;
    }
    for (size_t k = 0; k < n * n; k++)
        if (W[k] == missing || (r->n_plain && k % (n + 1) == 0))
            W[k] = 0;
    if (r->n_plain && r->directed)
        divide_equally(W, n);
    else if (r->n_plain)
        topology_metropolis(W, r->n);
    return r->n_weighted && !r->directed ? complete_rows(W, n, r->path, e) : 0;
}

/* Check that an adjacency list has a line for each worker: one that was cut off does not. */
static int check_list(const struct reading *r, struct err *e)
{
    return !r->is_list || r->n_plain == r->n * r->n_round
               ? 0
               : err_set(
                     e,
                     "%s: has %d lines, but an adjacency list has one for each of the %d workers",
                     r->path, r->n_plain, r->n);
}

int edges_read(double *W, int n, int n_round, const char *path, struct err *e)
{
    struct reading r = {.path = path, .W = W, .n = n};
    size_t size = (size_t)n * (size_t)n;
    for (size_t k = 0; k < (size_t)n_round * size; k++)
        W[k] = missing;
    r.listed = xcalloc((size_t)n, sizeof(*r.listed));
    int status = read_text(&r, e) < 0 || check_list(&r, e) < 0 ? -1 : 0;
    for (int round = 0; round < n_round && status == 0; round++)
        status = finish(&r, W + (size_t)round * size, e);
    free(r.listed);
    return status;
}
