/* keys: the kinds of plug-ins, and the table behind struct config, gathered from their registries.
 * It serves train/config*.c, and help and tests, which go through all kinds and keys. */
#ifndef TRAIN_KEYS_H
#define TRAIN_KEYS_H
#include "train/config.h"

/* A kind of plug-in.  about, parameters: offsets of these fields in an item of this kind. */
struct plugin_kind {
    const char *name; /* the key that names one; toy problems are also named by "dataset" */
    const struct registry *all;
    const size_t *n;
    size_t about, parameters;
    size_t at; /* offset in struct config of the name of the one in use */
    /* Whether a configuration uses one; NULL: always. */
    int (*is_used)(const struct config *c);
};
#define PLUGIN_NO_LIST ((size_t)-1) /* as networks, whose parameters are in their names */
enum {
    PLUGIN_ALGORITHM,
    PLUGIN_TOPOLOGY,
    PLUGIN_MODEL,
    PLUGIN_DATASET,
    PLUGIN_PARTITION,
    PLUGIN_PROBLEM,
    N_PLUGIN_KIND
};
extern const struct plugin_kind plugin_kinds[N_PLUGIN_KIND];
/* One line about an item; "" if it has none. */
const char *plugin_about(const struct plugin_kind *k, const void *item);
/* Its parameters; NULL: none. */
const struct parameter *plugin_parameters(const struct plugin_kind *k, const void *item);

enum key_type { TEXT_KEY, WHOLE_KEY, NUMBER_KEY, FLAG_KEY, FRACTIONS_KEY, SCOPES_KEY };
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
    const struct plugin_kind *kind;
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
