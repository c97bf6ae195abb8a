/* build: what this program was built from and how; for manifests and `info`. */
#ifndef CORE_BUILD_H
#define CORE_BUILD_H
#include "core/core.h"

struct build {
    const char *version, *commit; /* of the project; of git, "-dirty" if files were changed */
    const char *variant, *compiler, *flags;
};
extern const struct build build;

/* Whether this processor has the instruction set that it was built for; with a sentence if not. */
int build_fits_processor(struct err *e);
#endif
