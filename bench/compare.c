#include "bench/compare.h"
#include <math.h>

void compare(struct bench *b, const char *what, size_t n, const real *got, const real *want,
             double tolerance)
{
    for (size_t i = 0; i < n; i++)
        if (!(fabs((double)got[i] - (double)want[i]) <= tolerance)) {
            bench_wrong(b, "%s[%zu] is %.9g and should be %.9g within %.2g", what, i,
                        (double)got[i], (double)want[i], tolerance);
            return;
        }
}

double largest(size_t n, const real *v)
{
    double most = 0;
    for (size_t i = 0; i < n; i++)
        most = fmax(most, fabs((double)v[i]));
    return most;
}
