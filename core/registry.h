/* registry: a list file (REGISTER("name", symbol) a line) becomes a table to look names up in. */
#ifndef CORE_REGISTRY_H
#define CORE_REGISTRY_H
#include "core/core.h"

struct registry {
    const char *name; /* may have places for parameters: "base-<k+1>", "erdos-renyi[-<p>]" */
    const void *item;
    const char *symbol; /* of the item, as in core/code.h */
};
/* The entry whose name is this, or whose pattern begins like it; NULL if there is none. */
const struct registry *registry_match(const struct registry *all, size_t n, const char *name);
/* The item called name; NULL with a sentence that names the nearest and the known ones. */
const void *registry_find(const struct registry *all, size_t n, const char *what, const char *name,
                          struct err *e);
/* How many letters to insert, delete, change or swap with a neighbour to make b of a. */
int name_distance(const char *a, const char *b);
/* " (did you mean 'x'?)" in buf when one of the n names is near, else ""; of a name with a place
 * for a parameter, as in "base-<k+1>", what stands before it counts. */
const char *name_suggest(char *buf, size_t size, const char *name, const char *const *known,
                         size_t n);
#endif
