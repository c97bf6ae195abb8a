/* code: the source files that determine the results of this build, each with the SHA-256 of its
 * tokens, so that comments and layout do not count.  scripts/code_parts.c makes the list. */
#pragma once
#include "core/hash.h"

/* A file and its part: "core", "gossip", "train", "network" or "toy", which runs share, or the
 * symbol of a plug-in, as in its registry. */
struct code_part {
    const char *part, *file, *sha256;
};
extern const struct code_part code_parts[];
extern const size_t n_code_part;
/* The comment at the head of a plug-in's file: its equations, its source, and where it departs from
 * the source.  NULL: there is no such plug-in. */
struct code_head {
    const char *symbol, *file, *text;
};
const struct code_head *code_head(const char *symbol);
/* SHA-256 over the files of a part. */
void code_digest(const char *part, char sha256[HASH_TEXT]);
