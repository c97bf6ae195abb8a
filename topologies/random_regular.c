/* random-regular[-<d>]: a random graph in which each worker has d neighbours (default 4), drawn
 * once from the stream (seed, topology) and redrawn until it is connected; weights 1/(d + 1).  Each
 * worker has d places; pairs of free places are drawn until all are used, without loops and double
 * edges, and a graph that cannot be completed is redrawn.  Nearly uniform: Steger, Wormald:
 * Generating Random Regular Graphs Quickly, 1999.  The gap of such a graph is close to the best for
 * its degree, 1 - 2 sqrt(d - 1) / d of the adjacency matrix: Friedman: A Proof of Alon's Second
 * Eigenvalue Conjecture, 2008. */
#include "topologies/draw.h"
#include "topologies/parameter.h"
#include "topologies/topologies.h"
#include "topologies/weights.h"
#include <stdlib.h>

enum { MAX_DEGREE = 1000 };

static double degree(const char *name)
{
    return parameter(name, "random-regular", 4);
}

static int check(const struct topology_spec *g, struct err *e)
{
    int n = g->n;
    double d = degree(g->name);
    if (parameter_check("d", d, 2, MAX_DEGREE, e) < 0)
        return -1;
    if (n <= (int)d || (n % 2 && (int)d % 2))
        return err_usage(e, "n must be at least %d%s", (int)d + 1, (int)d % 2 ? ", and even" : "");
    return 0;
}

/* Pair n_place places at random and add the edges.  Keeps the places that could not be paired and
 * returns their number; a place is stored as the number of its worker. */
static int pair_places(double *W, int n, int32_t *place, int n_place, struct random *r)
{
    int left = 0;
    random_shuffle(r, place, (size_t)n_place);
    for (int k = 0; k < n_place; k += 2) {
        int32_t i = place[k], j = place[k + 1];
        if (i != j && W[(size_t)i * (size_t)n + (size_t)j] == 0)
            topology_edge(W, n, i, j);
        else
            place[left++] = i, place[left++] = j;
    }
    return left;
}

static int can_be_paired(const double *W, int n, const int32_t *place, int n_place)
{
    for (int a = 0; a < n_place; a++)
        for (int b = 0; b < a; b++)
            if (place[a] != place[b] && W[(size_t)place[a] * (size_t)n + (size_t)place[b]] == 0)
                return 1;
    return 0;
}

static void fill(double *W, const struct topology_spec *g, int step)
{
    int n = g->n;
    struct random r = draw_of_seed(g);
    int d = (int)degree(g->name), left;
    int32_t *place = xcalloc((size_t)n * (size_t)d, sizeof(*place));
    do {
        topology_no_edges(W, n);
        for (int k = 0; k < n * d; k++)
            place[k] = k / d;
        left = n * d;
        do
            left = pair_places(W, n, place, left, &r);
        while (can_be_paired(W, n, place, left));
    } while (left > 0 || topology_apart(W, n) >= 0);
    free(place);
    topology_metropolis(W, n);
}

const struct topology topology_random_regular = {
    .about = "a random graph with d neighbours each (4), drawn once, weights 1/(d + 1)",
    .example = "random-regular-3",
    .check = check,
    .fill = fill,
};
