/* avx512: the fast kernels with vectors of 16 floats; built for these instructions by the Makefile.
 */
#if defined(__x86_64__) && !defined(REAL_DOUBLE)
#define LANES 16
#define REST  kernels_avx2
#include "nn/kernels/passes.h"
#include "nn/kernels/vector_conv.h"
#include "nn/kernels/vector_norm.h"
#include "nn/kernels/vector_text.h"

const struct kernels kernels_avx512 = KERNEL_TABLE("avx512");
#endif
