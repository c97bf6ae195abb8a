/* quadratic: the strongly convex problem of the theory of decentralized optimisation, with
 * heterogeneity and conditioning as parameters:
 *
 *   f_i(x)         = sum_k  h_k (x_k - o_k)^2 / 2 - zeta z_ik (x_k - o_k)
 *   grad f_i(x)_k  = h_k (x_k - o_k) - zeta z_ik
 *   h_k            = c^(-k / (d - 1)),   k = 0 .. d - 1      (1 if d = 1)
 *
 * The curvatures h_k fall from 1 to 1 / c, evenly on a logarithmic scale; c is the conditioning.
 * o is drawn from N(0, I).  The z_i are drawn from N(0, I), shifted to sum_i z_i = 0 and scaled to
 * (1/n) sum_i ||z_i||^2 = 1.  Therefore
 *
 *   f(x) = (1/n) sum_i f_i(x) = sum_k h_k (x_k - o_k)^2 / 2,   f* = 0 at o
 *   (1/n) sum_i ||grad f_i(x) - grad f(x)||^2 = zeta^2         at every x
 *
 * The last quantity is what convergence theory bounds (Koloskova et al., ICML 2020); here it is
 * exact for every n > 1, d and c (a single worker has no heterogeneity).  All workers share the
 * same curvature: with different ones, heterogeneity would depend on x.  All workers start at 0. */
#include "problems/problems.h"
#include <math.h>
#include <stdlib.h>

enum { DIM, HETEROGENEITY, NOISE, CONDITIONING };
static const struct parameter parameters[] = {
    [DIM] = PARAMETER_DIM,
    [HETEROGENEITY] = {"heterogeneity", 1, 0, 1e6,
                       "zeta: root mean square distance of the workers' gradients from their "
                       "mean"},
    [NOISE] = PARAMETER_NOISE,
    [CONDITIONING] = {"conditioning", 1, 1, 1e12, "ratio of largest to smallest curvature"},
    {0}};

enum { CURVATURE, OPTIMUM, N_SHARED };
/* Steps of the stream RANDOM_PROBLEM. */
enum { DRAW_OPTIMUM, DRAW_TILT };

static void tilt_begin(struct random *r, const struct toy *t, int worker)
{
    random_init(r, t->seed, RANDOM_PROBLEM, (uint32_t)worker, DRAW_TILT);
}

/* Write zeta z_i of the local workers into own, in two passes over all workers: the first computes
 * the mean, the second the length. */
static void draw_tilts(struct toy *t)
{
    size_t d = t->d;
    double *mean = xcalloc(d, sizeof(*mean)), square = 0;
    struct random r;
    for (int i = 0; i < t->n; i++) {
        tilt_begin(&r, t, i);
        for (size_t k = 0; k < d; k++)
            mean[k] += random_normal(&r) / t->n;
    }
    for (int i = 0; i < t->n; i++) {
        int local = i - t->first;
        tilt_begin(&r, t, i);
        for (size_t k = 0; k < d; k++) {
            double z = random_normal(&r) - mean[k];
            square += z * z;
            if (local >= 0 && local < t->count)
                t->own[(size_t)local * d + k] = z;
        }
    }
    double scale = t->n > 1 ? t->value[HETEROGENEITY].number * sqrt(t->n / square) : 0;
    for (size_t k = 0; k < (size_t)t->count * d; k++)
        t->own[k] *= scale;
    free(mean);
}

static void draw(struct toy *t)
{
    double *h = t->shared + CURVATURE * t->d, *optimum = t->shared + OPTIMUM * t->d;
    struct random r;
    random_init(&r, t->seed, RANDOM_PROBLEM, 0, DRAW_OPTIMUM);
    for (size_t k = 0; k < t->d; k++) {
        h[k] = t->d > 1 ? pow(t->value[CONDITIONING].number, -(double)k / (double)(t->d - 1)) : 1;
        optimum[k] = random_normal(&r);
    }
    draw_tilts(t);
}

static double gradient(const struct toy *t, int i, const real *x, real *g)
{
    const double *h = t->shared + CURVATURE * t->d, *optimum = t->shared + OPTIMUM * t->d;
    const double *tilt = t->own + (size_t)i * t->d;
    double value = 0;
    for (size_t k = 0; k < t->d; k++) {
        double off = (double)x[k] - optimum[k];
        value += (h[k] * off / 2 - tilt[k]) * off;
        g[k] = (real)(h[k] * off - tilt[k]);
    }
    return value;
}

static double excess(const struct toy *t, const real *x)
{
    const double *h = t->shared + CURVATURE * t->d, *optimum = t->shared + OPTIMUM * t->d;
    double value = 0;
    for (size_t k = 0; k < t->d; k++) {
        double off = (double)x[k] - optimum[k];
        value += h[k] * off * off / 2;
    }
    return value;
}

const struct problem problem_quadratic = {.about = "heterogeneous quadratics with a known optimum",
                                          .parameter = parameters,
                                          .n_shared = N_SHARED,
                                          .n_own = 1,
                                          .draw = draw,
                                          .gradient = gradient,
                                          .excess = excess};
