/* blas: the only file that uses cblas. */
#pragma once
#include "core/core.h"
#include "core/real.h"
#include <cblas.h>

/* c = op(a) op(b) + beta c, row major: c (m, n), op(a) (m, k), op(b) (k, n); ta and tb say that a
 * and b are stored transposed; ld* are the lengths of their rows in memory. */
static inline void gemm(int ta, int tb, int m, int n, int k, const real *a, int lda, const real *b,
                        int ldb, real beta, real *c, int ldc)
{
    enum CBLAS_TRANSPOSE ea = ta ? CblasTrans : CblasNoTrans, eb = tb ? CblasTrans : CblasNoTrans;
#ifdef REAL_DOUBLE
    cblas_dgemm(CblasRowMajor, ea, eb, m, n, k, 1, a, lda, b, ldb, beta, c, ldc);
#else
    cblas_sgemm(CblasRowMajor, ea, eb, m, n, k, 1, a, lda, b, ldb, beta, c, ldc);
#endif
}

/* Make BLAS run on one thread, and compare its products with plain ones: some builds compute wrong
 * products on processors newer than the build.  -1 and a sentence with the remedy if they differ,
 * or if BLAS could not allocate the memory for its first product. */
int blas_start(struct err *e);
/* Version and core of the library, for manifests. */
const char *blas_describe(void);
