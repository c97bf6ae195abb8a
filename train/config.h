/* train: where data, networks, methods, graphs and ranks meet: one run, from its configuration to
 * its result files.  Nothing here does arithmetic of a layer, a method or a graph.
 *
 * config: a run's configuration, as in the contract.  One table of keys (train/keys.c) serves the
 * files, the command line, the checks, the help and the hash.  It has the keys that every run has
 * and the parameters that the registered plug-ins list. */
#ifndef TRAIN_CONFIG_H
#define TRAIN_CONFIG_H
#include "core/hash.h"
#include "problems/problems.h"
#include "train/optimizer.h"

enum { CONFIG_TEXT = 256, CONFIG_MAX_MILESTONE = 8 };
enum { CONFIG_PARAMETERS = 128, CONFIG_FILES = 8 }; /* of all plug-ins together */
enum { SCOPE_MEAN = 1, SCOPE_WORST = 2, SCOPE_AVERAGE = 4 };

struct config {
    char dataset[CONFIG_TEXT], data_dir[CONFIG_TEXT], model[CONFIG_TEXT], topology[CONFIG_TEXT];
    char algorithm[CONFIG_TEXT], partition[CONFIG_TEXT];
    long train_limit, test_limit, holdout, workers, seed, epochs, batch_size, checkpoint_every;
    long classes;
    int lazy, augment, allow_unstable;
    double lr, lr_start, warmup_epochs, lr_decay, weight_decay, eval_every;
    double milestone[CONFIG_MAX_MILESTONE]; /* as fractions of the epochs, ascending */
    int n_milestone;
    unsigned eval_scopes; /* SCOPE set */
    /* What the plug-ins' parameters are set to; read them by config_values. */
    double parameter[CONFIG_PARAMETERS];
    char file[CONFIG_FILES][CONFIG_TEXT];
};

void config_default(struct config *c);
/* Set a key from text: numbers, true/false, lists as [a, b].  Unknown keys and values out of range
 * are refused with a sentence. */
int config_set(struct config *c, const char *key, const char *value, struct err *e);
/* Whether the key takes a word, not a number, a flag or a list; false if there is no such key. */
int config_is_text(const char *key);
/* The toy problem that `dataset` names; NULL if it is a data set. */
const struct problem *config_problem(const struct config *c);
/* Check what no key can check alone: that names exist, and that values go together. */
int config_check(const struct config *c, struct err *e);

/* The values of a plug-in's parameters, in the order of its list.  Texts stay those of c. */
void config_values(const struct config *c, const struct parameter *list,
                   union value value[MAX_PARAMETER]);
/* The number that a plug-in's parameter is set to, by its key, whether it is read or not. */
double config_number(const struct config *c, const char *key);
/* ", alpha 0.1": the numbers of the parameters in the list, in buf; returns buf. */
const char *config_words(const struct config *c, const struct parameter *list, char *buf,
                         size_t size);
/* The graph that c asks for; value is the room for its parameters. */
struct topology_spec config_topology(const struct config *c, union value value[MAX_PARAMETER]);
/* The method, graph and number of workers that c asks for; d is left to the caller. */
struct optimizer_request config_optimizer(const struct config *c);

/* The keys in order; NULL after the last. */
const char *config_key(int i);
const char *config_help(int i);
/* A key's value as JSON text in buf; returns buf. */
const char *config_value(const struct config *c, int i, char *buf, size_t size);
/* Whether the key affects the results of this configuration: the parameters of plug-ins that the
 * run does not use do not, nor do paths. */
int config_counts(const struct config *c, int i);
/* SHA-256 of all that affects results; files that a key names count by their content. */
int config_hash(const struct config *c, char text[HASH_TEXT], struct err *e);
#endif
