#include "core/build.h"
#include "version.h" /* written by the Makefile */

const struct build build = {.version = "0.1.0",
                            .commit = GIT_COMMIT,
                            .code = CODE_SHA256,
                            .variant = VARIANT,
                            .compiler = COMPILER,
                            .flags = COMPILER_FLAGS};
