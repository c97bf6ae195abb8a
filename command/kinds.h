/* kinds: the kinds of plug-ins, and the line about each plug-in. */
#pragma once
#include "core/parameter.h"
#include "core/registry.h"

struct kind {
    const char *name; /* the key that names one; toy problems are also named by "dataset" */
    const struct registry *all;
    const size_t *n;
    size_t about, parameters; /* offsets of these fields in an item of this kind, or NONE */
};
enum { NONE = -1 };
extern const struct kind kinds[];
extern const size_t n_kind;

/* One line about an item; "" if it has none. */
const char *kind_about(const struct kind *k, const void *item);
const struct parameter *kind_parameters(const struct kind *k, const void *item);
