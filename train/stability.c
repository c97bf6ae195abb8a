#include "train/stability.h"
#include "topologies/spectrum.h"
#include "topologies/weights.h"
#include <stdlib.h>

/* W (n, n): the graph in round 0. */
static int d2_stable(const struct config *c, const struct topology_spec *g, const double *W,
                     struct err *e)
{
    int n = g->n;
    struct spectrum s;
    spectrum_of(&s, W, n);
    if (topology_period(g) == 1 && s.symmetric) {
        if (spectrum_d2(&s) == D2_STABLE)
            return 0;
        return err_usage(e,
                         "%s is unstable on %s with %d workers, where the smallest eigenvalue is "
                         "%.4f and not above -1/3: set lazy to true (or allow_unstable, to see it)",
                         c->algorithm, c->topology, n, s.smallest);
    }
    double growth = spectrum_d2_growth(g);
    if (!(growth >= 1))
        return 0;
    return err_usage(e,
                     "%s is unstable on %s with %d workers, where their disagreement changes by "
                     "the factor %.4f per round: take another graph, or set lazy to true if "
                     "`gossipbench topology` says that this helps (or allow_unstable, to see it)",
                     c->algorithm, c->topology, n, growth);
}

static int is_symmetric(const double *W, int n)
{
    size_t N = (size_t)n;
    for (size_t i = 0; i < N; i++)
        for (size_t j = 0; j < i; j++)
            if ((W[i * N + j] != 0) != (W[j * N + i] != 0))
                return 0;
    return 1;
}

/* Whether some edge goes one way only, in any round of a period. */
static int is_directed(const struct topology_spec *g, double *W)
{
    int n = g->n, period = topology_period(g), directed = 0;
    for (int t = 0; t < (period ? period : SPECTRUM_ROUNDS) && !directed; t++) {
        topology_fill(g, W, t);
        directed = !is_symmetric(W, n);
    }
    return directed;
}

static int is_tree(const struct topology_spec *g, const double *W)
{
    int n = g->n;
    size_t n_weight = 0, N = (size_t)n;
    for (size_t i = 0; i < N * N; i++)
        n_weight += W[i] != 0 && i % (N + 1) != 0;
    return topology_period(g) == 1 && is_symmetric(W, n) && n_weight == 2 * (N - 1) &&
           topology_apart(W, n) < 0;
}

static int check(const struct config *c, const struct algorithm *a, const struct topology_spec *g,
                 double *W, struct err *e)
{
    int n = g->n;
    topology_fill(g, W, 0);
    if (a->every_step && c->local_steps > 1)
        return err_usage(e,
                         "%s takes no local_steps, because %s: set local_steps to 1, or take "
                         "another method (or set allow_unstable, to see it)",
                         c->algorithm, a->every_step);
    if (a->needs & NEEDS_TREE && !is_tree(g, W))
        return err_usage(e,
                         "%s relays messages along a tree, but %s with %d workers is not a tree: "
                         "take chain, star or binary-tree (or allow_unstable, to see it)",
                         c->algorithm, c->topology, n);
    if ((a->mixed_first | a->mixed) && !(a->needs & NEEDS_DIRECTED) && topology_is_push(g))
        return err_usage(
            e,
            "%s does not preserve the mean on %s, whose matrix is only column-stochastic: take sgp "
            "or sgp-qg, or another graph (or allow_unstable, to see it)",
            c->algorithm, c->topology);
    if (a->needs & NEEDS_STATIC && topology_period(g) != 1)
        return err_usage(e,
                         "%s keeps copies of its neighbours, but the neighbours change on %s: take "
                         "a static graph (or set allow_unstable, to see it)",
                         c->algorithm, c->topology);
    if (a->needs & NEEDS_D2_STABLE && d2_stable(c, g, W, e) < 0)
        return -1;
    if (a->needs & NEEDS_DIRECTED && n > 1 && !is_directed(g, W))
        return err_usage(e,
                         "%s is for directed graphs, but %s with %d workers is undirected: take "
                         "directed-erdos-renyi, directed-ring or exponential, or use %s on this "
                         "graph (or set allow_unstable, to see it)",
                         c->algorithm, c->topology, n, a->undirected);
    return 0;
}

int stability_check(const struct config *c, struct err *e)
{
    const struct algorithm *a = algorithm_find(c->algorithm, e);
    size_t n = (size_t)c->workers;
    if (c->allow_unstable)
        return 0;
    union value value[MAX_PARAMETER];
    struct topology_spec graph = config_topology(c, value);
    double *W = xcalloc(n * n, sizeof(*W));
    int status = check(c, a, &graph, W, e);
    free(W);
    return status;
}
