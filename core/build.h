/* build: how and from what this program was built, for manifests and `info`. */
#pragma once
#include "core/core.h"

struct build {
    const char *version, *commit; /* commit: of git, with "-dirty" if files were changed */
    const char *variant, *compiler, *flags;
};
extern const struct build build;

/* Whether this processor has the instruction set that the program was built for; if not, e says so.
 */
int build_fits_processor(struct err *e);
