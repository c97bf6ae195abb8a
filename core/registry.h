/* registry: turns a list file, with a line REGISTER("name", symbol) for each item, into a table in
 * which names are looked up. */
#pragma once
#include "core/core.h"

/* REGISTER(...) SHOWN("name") in a list file: the name that is shown, as papers write it, if it
 * differs from the name that is typed; only draw/names.c reads it.  For a name with a placeholder,
 * it is the part before the placeholder. */
#define SHOWN(name)

struct registry {
    const char *name; /* may have placeholders: "base-<k+1>", "erdos-renyi[-<p>]" */
    const void *item;
    const char *symbol; /* the item's symbol, as in core/code.h */
};
/* The entry with this name, or whose pattern the name matches up to its parameter; NULL if there is
 * no such entry. */
const struct registry *registry_match(const struct registry *all, size_t n, const char *name);
/* The item called name; NULL with a sentence that suggests the most similar name and lists all. */
const void *registry_find(const struct registry *all, size_t n, const char *what, const char *name,
                          struct err *e);
/* How many letters must be inserted, deleted, changed or swapped with a neighbour to turn a into b.
 */
int name_distance(const char *a, const char *b);
/* Write " (did you mean 'x'?)" into buf if one of the n known names is similar, else ""; returns
 * buf.  Of a name with a placeholder, such as "base-<k+1>", only the part before it is compared. */
const char *name_suggest(char *buf, size_t size, const char *name, const char *const *known,
                         size_t n);
