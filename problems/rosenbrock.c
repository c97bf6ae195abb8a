/* rosenbrock: the curved valley of H. H. Rosenbrock, "An automatic method for finding the greatest
 * or least value of a function", The Computer Journal 3, 1960:
 *   f(x, y) = 100 (y - x^2)^2 + (1 - x)^2,  f* = 0 at (1, 1), start (-1.2, 1) as there.
 * All workers have this function and this start.  It replaces the single-worker example of the QGM
 * paper (Lin et al. 2021), of which we know only that it has two dimensions: the choice of function
 * and start is ours. */
#include "problems/problems.h"

static const struct parameter parameters[] = {PARAMETER_NOISE, {0}};

static void start(const struct toy *t, int worker, real *x)
{
    x[0] = (real)-1.2, x[1] = 1;
}

static double excess(const struct toy *t, const real *at)
{
    double x = (double)at[0], y = (double)at[1], off = y - x * x;
    return 100 * off * off + (1 - x) * (1 - x);
}

static double gradient(const struct toy *t, int i, const real *at, real *g)
{
    double x = (double)at[0], y = (double)at[1], off = y - x * x;
    g[0] = (real)(-400 * x * off - 2 * (1 - x));
    g[1] = (real)(200 * off);
    return excess(t, at);
}

const struct problem problem_rosenbrock = {.about = "Rosenbrock's valley, the same at all workers",
                                           .parameter = parameters,
                                           .dim = 2,
                                           .start = start,
                                           .gradient = gradient,
                                           .excess = excess};
