/* avx2: the fast kernels with vectors of 8 floats; built for these instructions by the Makefile. */
#if defined(__x86_64__) && !defined(REAL_DOUBLE)
#define LANES 8
#define REST  kernels_plain
#include "nn/kernels/passes.h"
#include "nn/kernels/vector_conv.h"
#include "nn/kernels/vector_norm.h"
#include "nn/kernels/vector_text.h"

const struct kernels kernels_avx2 = KERNEL_TABLE("avx2");
#endif
