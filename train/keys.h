/* keys: the table behind struct config, gathered from the registries.  It serves train/config.c,
 * and help and tests, which go through all keys. */
#ifndef TRAIN_KEYS_H
#define TRAIN_KEYS_H
#include "train/config.h"

enum key_type { TEXT_KEY, WHOLE_KEY, NUMBER_KEY, FLAG_KEY, FRACTIONS_KEY, SCOPES_KEY };
struct family;
struct key {
    const char *name;
    enum key_type type;
    size_t at;           /* offset in struct config: char[], long, double, int */
    double min, max;     /* for a text: of its length in characters */
    const char *initial; /* as text for config_set; plug-ins' parameters have it in `parameter` */
    /* Whether it affects results in this configuration; NULL: always. */
    int (*counts)(const struct config *c);
    const char *help;
    const struct parameter
        *parameter; /* a plug-in's, stored as double or char[]; NULL: a key of every run */
    const struct family *family; /* the kind of plug-in */
};

/* All *n keys, in the order in which they are shown and hashed. */
const struct key *keys_all(size_t *n);
/* The key of this name, or NULL. */
const struct key *keys_find(const char *name);
/* Whether a plug-in that c uses has this parameter. */
int keys_is_chosen(const struct config *c, const struct key *k);
/* Whether a run of c ignores the key: it affects neither the results nor how they are computed. */
int keys_is_ignored(const struct config *c, const struct key *k);
/* The symbol of the i-th plug-in that c uses, as in core/code.h; NULL after the last. */
const char *keys_symbol(const struct config *c, int i);
#endif
