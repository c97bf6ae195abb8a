/* cli: the program: one file per verb, each a thin layer over the folders that do the work.  The
 * only place that prints errors and decides exit codes. */
#pragma once
#include "sweep/experiment.h"
#include <stdio.h>

enum exit_code {
    EXIT_DONE = 0,
    EXIT_FAILED = 1,
    EXIT_USAGE = 2,
    EXIT_VERDICT = 3,
    EXIT_DIVERGED = 4,
    EXIT_RESUMABLE = 75
};

struct verb {
    const char *name, *about, *help;
    enum { NO_MPI, MPI, MPI_RANKS } mpi; /* MPI_RANKS: only as a rank of several */
    int (*main)(int argc, char **argv);  /* argv[0] is the verb; returns an exit code */
};
extern const struct verb verb_run, verb_sweep, verb_table, verb_compare, verb_info, verb_topology,
    verb_partition, verb_grad, verb_quadratic, verb_data, verb_plot, verb_report;

/* Print the help of the program, with all verbs. */
void verbs_print(FILE *f);
/* The verb of this name; NULL with a sentence if there is none. */
const struct verb *verbs_find(const char *name, struct err *e);

/* Print the sentence, once on all ranks together, and return the exit code that belongs to it. */
int fail(const struct err *e);

/* Take "--root DIR" out of the command line, wherever it stands, and set the root that it or the
 * environment names; -1 with a sentence if it is not a folder. */
int take_root(int *argc, char **argv, struct err *e);
extern const char root_help[]; /* lines for --help */

enum { MAX_SETTING = 64, MAX_WORD = 16, SETTING_KEY = 64 };
/* The values of an option that may be given several times. */
struct words {
    const char *at[MAX_WORD];
    int n;
};
/* An option of a verb: "--name VALUE" stores VALUE in *value or adds it to *list, or, if both are
 * NULL, "--name" sets *flag. */
struct option {
    const char *name;
    const char **value;
    int *flag;
    struct words *list;
};
/* What a command line says: at most one operand, and settings of configuration keys, given as
 * --set KEY=VALUE or --key VALUE. */
struct arguments {
    const char *operand;
    struct setting set[MAX_SETTING];
    int n_set;
    char text[MAX_SETTING][SETTING_KEY]; /* keys, with underscores */
};
/* operand: what the verb calls its operand (NULL: it takes none); settings: whether it takes
 * configuration keys. */
int arguments_parse(struct arguments *a, int argc, char **argv, const struct option *option,
                    int n_option, const char *operand, int settings, struct err *e);
/* Under a launcher: -1 with a sentence at all ranks if status, that of arguments_parse, is negative at
 * any rank, or if the verb or its options (not its operand and settings) are not the same at all of
 * them; all ranks.  Otherwise returns status. */
int arguments_agree(int status, const char *verb, const struct option *option, int n_option,
                    struct err *e);
/* Whether the option --name is a setting: "set", or a key with dashes or underscores. */
int setting_is(const char *name);
/* Add the setting that "--name value" is. */
int setting_add(struct arguments *a, const char *name, const char *value, struct err *e);
/* The default configuration, then the operand's file if there is one, then the settings. */
int arguments_config(const struct arguments *a, struct config *c, struct err *e);
/* The whole number from min >= 0 to max that the text is; -1: it is none. */
long arguments_whole(const char *text, long min, long max);
