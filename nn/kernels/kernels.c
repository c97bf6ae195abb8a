#include "nn/kernels/kernels.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct kernels *const kernel_sets[] = {
#if defined(__x86_64__) && !defined(REAL_DOUBLE)
    &kernels_avx512,
    &kernels_avx2,
#endif
    &kernels_plain,
};
const size_t n_kernel_set = LENGTH(kernel_sets);
const struct kernels *kernels = &kernels_plain;

int kernels_supported(const struct kernels *k)
{
#if defined(__x86_64__) && !defined(REAL_DOUBLE)
    if (k == &kernels_avx512)
        return kernels_supported(&kernels_avx2) && __builtin_cpu_supports("avx512f") &&
               __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq") &&
               __builtin_cpu_supports("avx512bw");
    if (k == &kernels_avx2)
        return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
#endif
    return k == &kernels_plain;
}

int kernels_start(struct err *e)
{
    const char *wish = getenv("GOSSIPBENCH_KERNELS");
    char known[64] = "";
    for (size_t i = 0; i < n_kernel_set; i++) {
        if (!kernels_supported(kernel_sets[i]))
            continue;
        if (!wish || !*wish || !strcmp(wish, kernel_sets[i]->name)) {
            kernels = kernel_sets[i];
            return 0;
        }
        snprintf(known + strlen(known), sizeof(known) - strlen(known), " %s", kernel_sets[i]->name);
    }
    return err_usage(e, "GOSSIPBENCH_KERNELS is '%.30s', but this machine and build have:%s", wish,
                     known);
}
