/* consensus: the averaging problem, which shows a graph and a method without any gradient: worker i
 * starts at x_i(0) drawn from N(0, I), its gradient is 0 everywhere, and all should converge to
 *   o = (1/n) sum_i x_i(0).
 * The loss is f(x) = ||x - o||^2 / 2; the workers do not know it. */
#include "problems/problems.h"
#include <stdlib.h>
#include <string.h>

static const struct parameter parameters[] = {PARAMETER_DIM, {0}};

static void start(const struct toy *t, int worker, real *x)
{
    struct random r;
    random_init(&r, t->seed, RANDOM_PROBLEM, (uint32_t)worker, 0);
    for (size_t k = 0; k < t->d; k++)
        x[k] = (real)random_normal(&r);
}

/* o is the mean of the starting points as the workers have them, rounded to real. */
static void draw(struct toy *t)
{
    real *x = xcalloc(t->d, sizeof(*x));
    for (int i = 0; i < t->n; i++) {
        start(t, i, x);
        for (size_t k = 0; k < t->d; k++)
            t->shared[k] += (double)x[k];
    }
    for (size_t k = 0; k < t->d; k++)
        t->shared[k] /= t->n;
    free(x);
}

static double excess(const struct toy *t, const real *x)
{
    double sum = 0;
    for (size_t k = 0; k < t->d; k++)
        sum += ((double)x[k] - t->shared[k]) * ((double)x[k] - t->shared[k]);
    return sum / 2;
}

static double gradient(const struct toy *t, int i, const real *x, real *g)
{
    memset(g, 0, t->d * sizeof(*g));
    return excess(t, x);
}

const struct problem problem_consensus = {.about = "averaging of the workers' starting points",
                                          .parameter = parameters,
                                          .n_shared = 1,
                                          .draw = draw,
                                          .start = start,
                                          .gradient = gradient,
                                          .excess = excess};
