/* keys: the table behind struct config, gathered from the registries; for train/config.c, and for
 * help and tests that go through all of it. */
#ifndef TRAIN_KEYS_H
#define TRAIN_KEYS_H
#include "train/config.h"

enum key_type { TEXT_KEY, WHOLE_KEY, NUMBER_KEY, FLAG_KEY, FRACTIONS_KEY, SCOPES_KEY };
struct family;
struct key {
    const char *name;
    enum key_type type;
    size_t at; /* offset in struct config: char[], long, double, int */
    double min, max;
    const char *initial; /* a text for config_set; of a parameter, see `parameter` */
    /* Whether it affects results in this configuration; NULL: always. */
    int (*counts)(const struct config *c);
    const char *help;
    const struct parameter *parameter; /* a plug-in's, at a double or a char[]; NULL: everyone's */
    const struct family *family;       /* the kind of plug-in */
};

/* All keys in the order in which they are shown and hashed; *n of them. */
const struct key *keys_all(size_t *n);
/* NULL if there is none of that name. */
const struct key *keys_find(const char *name);
/* The parameters of the i-th plug-in that has some, and its name; NULL after the last. */
const struct parameter *keys_plugin(int i, const char **name);
/* Whether the plug-in that c chooses has the parameter. */
int keys_is_chosen(const struct config *c, const struct key *k);
#endif
