/* train: where data, networks, methods, graphs and ranks meet: one run, from its configuration to
 * its result files.  Nothing here does arithmetic of a layer, a method or a graph.
 *
 * config: a run's configuration, as in the contract.  One table of keys serves the files, the
 * command line, the checks, the help and the hash. */
#ifndef TRAIN_CONFIG_H
#define TRAIN_CONFIG_H
#include "algorithms/algorithms.h"
#include "core/hash.h"
#include "problems/problems.h"

enum { CONFIG_TEXT = 256, CONFIG_MAX_MILESTONE = 8 };
enum { SCOPE_MEAN = 1, SCOPE_WORST = 2, SCOPE_AVERAGE = 4 };

struct config {
    char dataset[CONFIG_TEXT], data_dir[CONFIG_TEXT], model[CONFIG_TEXT], topology[CONFIG_TEXT];
    char algorithm[CONFIG_TEXT], partition[CONFIG_TEXT], partition_file[CONFIG_TEXT];
    long train_limit, test_limit, holdout, workers, seed, epochs, batch_size;
    long checkpoint_every, every, tau, dim, classes, vocabulary, text_length;
    int lazy, augment, allow_unstable;
    double alpha, momentum, mu, lr, lr_start, warmup_epochs, lr_decay, weight_decay;
    double slow_beta, slow_lr, beta1, beta2, eps, gamma, eval_every, difficulty;
    double heterogeneity, noise, conditioning;
    double milestone[CONFIG_MAX_MILESTONE]; /* as fractions of the epochs, ascending */
    int n_milestone;
    unsigned eval_scopes; /* SCOPE set */
};

void config_default(struct config *c);
/* Set a key from text: numbers, true/false, lists as [a, b].  Unknown keys and values out of range
 * are refused with a sentence. */
int config_set(struct config *c, const char *key, const char *value, struct err *e);
/* Whether the key takes a word, not a number, a flag or a list; false if there is no such key. */
int config_is_text(const char *key);
/* The toy problem that `dataset` names; NULL if it is data. */
const struct problem *config_problem(const struct config *c);
/* Check what no key can check alone: that names exist, and that values go together. */
int config_check(const struct config *c, struct err *e);

/* The keys in order; NULL after the last. */
const char *config_key(int i);
const char *config_help(int i);
/* A key's value as JSON text in buf; returns buf. */
const char *config_value(const struct config *c, int i, char *buf, size_t size);
/* Whether the key decides results of this configuration: paths do not, nor does alpha when nothing
 * is drawn with it, nor a hyper-parameter that the method does not read, nor a network to a toy
 * problem, nor what is for texts when the data are images, nor what is for generated data. */
int config_counts(const struct config *c, int i);
/* SHA-256 of all that decides results; partition files and files of edges by their content. */
int config_hash(const struct config *c, char text[HASH_TEXT], struct err *e);
struct hyper config_hyper(const struct config *c);
#endif
