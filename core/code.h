/* code: the source files that results of this build are made of, by their SHA-256 as sequences of
 * tokens: a comment or a changed layout makes no difference.  scripts/code_parts.c makes the list. */
#ifndef CORE_CODE_H
#define CORE_CODE_H
#include "core/hash.h"

/* A file, and what it is part of: "core", "gossip", "train", "network" or "toy", which runs share;
 * or the symbol of a plug-in, as in its registry. */
struct code_part {
    const char *part, *file, *sha256;
};
extern const struct code_part code_parts[];
extern const size_t n_code_part;
/* SHA-256 over the files of a part. */
void code_digest(const char *part, char sha256[HASH_TEXT]);
#endif
