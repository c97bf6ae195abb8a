#include "core/build.h"
#include "version.h" /* written by the Makefile */

const struct build build = {.version = "0.2.0",
                            .commit = GIT_COMMIT,
                            .variant = VARIANT,
                            .compiler = COMPILER,
                            .flags = COMPILER_FLAGS};

int build_fits_processor(struct err *e)
{
#ifdef __AVX2__
    if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("fma")) {
        err_set(e, "was built for processors with AVX2; build it here with make MARCH=");
        return 0;
    }
#endif
    return 1;
}
