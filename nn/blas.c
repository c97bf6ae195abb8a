#define _GNU_SOURCE /* MAP_ANONYMOUS */
#include "nn/blas.h"
#include "core/random.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>

const char *blas_describe(void)
{
    static char text[128];
    snprintf(text, sizeof(text), "%s core %s", openblas_get_config(), openblas_get_corename());
    return text;
}

/* The largest error of one product, divided by what rounding allows: correct if below 1. */
static double product_error(int ta, int tb, int m, int n, int k)
{
    struct random r;
    random_init(&r, 1, RANDOM_TEST, 0, 0);
    real *a = xcalloc((size_t)(m * k), sizeof(real)), *b = xcalloc((size_t)(k * n), sizeof(real)),
         *c = xcalloc((size_t)(m * n), sizeof(real));
    for (int i = 0; i < m * k; i++)
        a[i] = (real)(random_uniform(&r) - 0.5);
    for (int i = 0; i < k * n; i++)
        b[i] = (real)(random_uniform(&r) - 0.5);
    gemm(ta, tb, m, n, k, a, ta ? m : k, b, tb ? k : n, 0, c, n);
    double worst = 0, allowed = 1e-6 * (k + 8);
    for (int i = 0; i < m; i++)
        for (int j = 0; j < n; j++) {
            double sum = 0;
            for (int p = 0; p < k; p++)
                sum += (double)(ta ? a[p * m + i] : a[i * k + p]) *
                       (double)(tb ? b[j * k + p] : b[p * n + j]);
            double error = fabs(sum - (double)c[i * n + j]) / allowed;
            if (!(error <= worst)) /* NaN too */
                worst = error;
        }
    free(a), free(b), free(c);
    return worst;
}

/* OpenBLAS allocates a buffer at its first product, and retries for ever if that fails. */
static int has_room(void)
{
    enum { BUFFER = 128 << 20 };
    void *room = mmap(NULL, BUFFER, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return room != MAP_FAILED && munmap(room, BUFFER) == 0;
}

int blas_start(struct err *e)
{
    if (!has_room())
        return err_set(e, "OpenBLAS needs 128 MiB of address space, more than this process may "
                          "have; raise the limit (ulimit -v)");
    openblas_set_num_threads(1); /* in case it is a build with threads */
    static const int size[][3] = {{33, 16, 144}, {130, 70, 90}, {64, 64, 576}, {5, 10, 257}};
    for (size_t i = 0; i < LENGTH(size); i++)
        for (int t = 0; t < 3; t++)
            if (!(product_error(t == 1, t == 2, size[i][0], size[i][1], size[i][2]) < 1))
                return err_set(e,
                               "BLAS is wrong on this processor: a %d x %d x %d product differs "
                               "from the plain one (%s); set OPENBLAS_CORETYPE=Haswell, or install "
                               "a newer OpenBLAS",
                               size[i][0], size[i][1], size[i][2], blas_describe());
    return 0;
}
