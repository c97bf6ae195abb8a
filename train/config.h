/* train: combines data, networks, methods, graphs and ranks into one run, from its configuration to
 * its result files.  The arithmetic of layers, methods and graphs is elsewhere.
 *
 * config: a run's configuration.  One table of keys (train/keys.c) serves the files, the command
 * line, the checks, the help and the hash.  It holds the keys that every run has and the parameters
 * that the registered plug-ins list. */
#ifndef TRAIN_CONFIG_H
#define TRAIN_CONFIG_H
#include "core/hash.h"
#include "core/path.h"
#include "problems/problems.h"
#include "train/optimizer.h"

enum { CONFIG_TEXT = 256, CONFIG_MAX_MILESTONE = 8 };
enum { CONFIG_VALUE = 6 * PATH_LENGTH }; /* room for any value as JSON text, with escapes */
enum { CONFIG_PARAMETERS = 128, CONFIG_FILES = 8 }; /* for all plug-ins together */
enum { SCOPE_MEAN = 1, SCOPE_WORST = 2, SCOPE_AVERAGE = 4, SCOPE_OWN = 8, N_SCOPE = 4 };
extern const char *const scope_names[N_SCOPE]; /* in the order of the bits */

struct config {
    char dataset[CONFIG_TEXT], model[CONFIG_TEXT], algorithm[CONFIG_TEXT], partition[CONFIG_TEXT];
    char data_dir[PATH_LENGTH];
    char topology[PATH_LENGTH], lr_schedule[PATH_LENGTH]; /* may be file:PATH */
    long train_limit, test_limit, holdout, workers, seed, epochs, batch_size, checkpoint_every;
    long classes, local_steps, eval_last;
    char init_from[PATH_LENGTH]; /* a file of parameters; "": drawn at random */
    int lazy, augment, drop_last, allow_unstable, save_model;
    int workers_given; /* else `workers` follows the graph */
    double lr, lr_start, lr_min, warmup_epochs, lr_decay, weight_decay, clip_norm, eval_every,
        checkpoint_minutes;
    double milestone[CONFIG_MAX_MILESTONE]; /* fractions of the epochs, ascending */
    int n_milestone;
    unsigned eval_scopes; /* SCOPE set */
    struct faults faults; /* without the seed */
    /* The values of the plug-ins' parameters; read them with config_values. */
    double parameter[CONFIG_PARAMETERS];
    char file[CONFIG_FILES][PATH_LENGTH];
};

void config_default(struct config *c);
/* Set a key from text: numbers, true/false, lists as [a, b].  Unknown keys and values out of range
 * are refused with a sentence.  A topology that exists for one number of workers only, such as a
 * file, sets `workers` unless that key is set as well. */
int config_set(struct config *c, const char *key, const char *value, struct err *e);
/* Whether the key takes a word, not a number, a flag or a list; false if there is no such key. */
int config_is_text(const char *key);
/* The toy problem that `dataset` names; NULL if it is a data set. */
const struct problem *config_problem(const struct config *c);
/* Check what cannot be checked key by key: that names exist, and that values fit together. */
int config_check(const struct config *c, struct err *e);

/* The values of a plug-in's parameters, in the order of its list.  Texts are not copied: they point
 * into c. */
void config_values(const struct config *c, const struct parameter *list,
                   union value value[MAX_PARAMETER]);
/* The value of a plug-in's numeric parameter, by its key, even if this run does not use it. */
double config_number(const struct config *c, const char *key);
/* Write the parameters of the list with their values into buf, as ", alpha 0.1"; returns buf. */
const char *config_words(const struct config *c, const struct parameter *list, char *buf,
                         size_t size);
/* The graph of c; `value` receives its parameters and must outlive it. */
struct topology_spec config_topology(const struct config *c, union value value[MAX_PARAMETER]);
/* The method, graph and number of workers of c. */
struct optimizer_request config_optimizer(const struct config *c);

/* How often a run evaluates if it runs to its end. */
double config_evaluations(const struct config *c);

/* The keys in order; NULL after the last. */
const char *config_key(int i);
const char *config_help(int i);
/* A key's value as JSON text in buf; returns buf. */
const char *config_value(const struct config *c, int i, char *buf, size_t size);
/* Whether the key affects the results of this configuration.  Paths do not affect them, and neither
 * do parameters of plug-ins that the run does not use. */
int config_counts(const struct config *c, int i);
/* The path of the file whose content counts as the key's value, such as a graph's; NULL if the key
 * names no file or does not affect the results of this configuration. */
const char *config_file(const struct config *c, int i);
/* SHA-256 of all keys that affect results; a key that names a file counts with the file's
 * content. */
int config_hash(const struct config *c, char text[HASH_TEXT], struct err *e);
#endif
