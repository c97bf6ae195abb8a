/* command: the command line: what verbs accept, the grammar, the help and the completion, all made
 * from one description of each verb.  No verb is here, and nothing here prints an error or decides
 * an exit code. */
#pragma once
#include "sweep/experiment.h"
#include <stdio.h>

/* What a verb accepts and does; the help, the man page, the completion and the parser are all made
 * from this.  A word in capitals, such as EXPERIMENT, GRAPH or DIR, is the name of a value; instead
 * of a name it can be the list of values, "a|b|c". command/values.c knows the values that a name
 * stands for. */
struct option {
    const char *name;  /* without dashes; an option of one letter has one dash.  If "out" or "plot"
                            takes a value, that is a file which the verb writes and must not read */
    const char *takes; /* the name of its value; NULL: it is a flag */
    const char *initial; /* the default; NULL: none, or one that help explains */
    const char *help;    /* half a sentence; line ends and stops are added */
    enum { OPTIONAL, REQUIRED, REPEATED } how;
};
struct arguments;
struct verb {
    const char *name;            /* one word or two: "data get" */
    const char *about;           /* one line, for lists */
    const char *operand;         /* the names of its operands: "EXPERIMENT", "[KIND [NAME]]" */
    const struct option *option; /* up to an entry without a name; NULL: none */
    const char *settings; /* the name for the configuration keys that it accepts; NULL: none */
    const char *help;     /* paragraphs; lines are filled, and "\n" begins a new one */
    const char *example;  /* a command without "gossipbench", and after "\n" what it does */
    enum { NO_MPI, MPI, MPI_RANKS } mpi; /* MPI_RANKS: only as a rank of several */
    int (*main)(const struct arguments *a, struct err *e); /* an exit code; -1 with a sentence */
};

/* --- given by cli/: the list of the verbs, and what speaks to the user ---------------------------- */

/* The i-th verb; NULL after the last. */
const struct verb *verbs_at(int i);
/* The i-th option that verbs accept in addition to their own; NULL after the last. */
const struct option *option_of_all(const struct verb *v, int i);
/* Print a warning, once on all ranks together. */
void warn(const char *fmt, ...) PRINTF(1, 2);
extern const char root_help[], exit_help[]; /* paragraphs of help */

/* --- the rest is here ----------------------------------------------------------------------------- */

/* The verb that the words, up to a NULL, begin with; NULL with a sentence if there is none. */
const struct verb *verbs_find(char **word, struct err *e);
/* Whether there are verbs of two words with this as the first. */
int verbs_are_of(const char *first);
/* Print the help of a verb; NULL: of the program, or only its verbs whose first word is `only`. */
void help_print(FILE *f, const struct verb *v, const char *only);
int help_is_asked(const char *word);
/* Print the manual page of the program. */
void manual_print(void);
/* Print a text, starting at column `at`. "\n" ends a line; lines are filled and indented, and one
 * that continues on the next line ends with `broken`. */
void fill(FILE *f, int at, int indent, const char *text, const char *broken);
/* An option's help with its default, in buf; returns buf. */
const char *option_words(char *buf, size_t size, const struct option *o);
/* "gossipbench VERB OPERAND [OPTION]...", in buf; returns buf. */
const char *verb_usage(char *buf, size_t size, const struct verb *v);
/* The verb's own option of this name; NULL: there is none. */
const struct option *verb_option(const struct verb *v, const char *name);
/* Print what can stand in place of the last word of a command line, whose words end with a NULL: a
 * line "WORD<tab>HELP" for each possibility.  Returns 0. */
int complete(char **word);

enum { MAX_SETTING = 64, MAX_GIVEN = 32, MAX_OPERAND = 2, SETTING_KEY = 64 };
/* What a command line says: operands, options, and settings of configuration keys, given as
 * --set KEY=VALUE or --key VALUE. */
struct arguments {
    const struct verb *verb;
    const char *operand[MAX_OPERAND];
    int n_operand, n_given, n_set;
    struct given {
        const struct option *option;
        const char *value;
    } given[MAX_GIVEN];
    struct setting set[MAX_SETTING];
    char text[MAX_SETTING][SETTING_KEY]; /* keys, with underscores */
};
/* Parse the words after the verb, which end with a NULL.  Refuses what the verb does not accept,
 * and a line that lacks what it requires. */
int arguments_parse(struct arguments *a, const struct verb *v, char **word, struct err *e);
/* Under a launcher: -1 with a sentence at all ranks if status, the result of arguments_parse, is
 * negative at any rank, or if the verb or its options (operands and settings aside) differ between
 * ranks.  Otherwise returns status.  Collective. */
int arguments_agree(int status, const struct arguments *a, struct err *e);
/* The value of an option of the verb: the one that was given, else the default, else NULL.  A flag
 * that was given has its name as value. */
const char *arguments_value(const struct arguments *a, const char *option);
/* All values of a repeated option, at most MAX_GIVEN; returns how many. */
int arguments_values(const struct arguments *a, const char *option, const char *value[MAX_GIVEN]);
/* The words that can stand for what help calls `what`, such as GRAPH or "a|b"; empty if there is no
 * list of them.  Free the words and the list. */
struct values {
    char **at;
    int n;
};
struct values values_of(const char *what);
/* The words that can be the value of a configuration key, or can name something of a kind such as
 * "experiment". */
struct values values_of_key(const char *key);
void values_free(struct values *v);
/* Add the most similar name to the sentence which says that this experiment does not exist; returns
 * -1. */
int values_hint(const char *experiment, struct err *e);
/* -1 with a sentence, which lists the values, if an operand or option is missing. */
int values_check(const struct arguments *a, struct err *e);
/* Copy a key's name, the first n letters of text, with underscores for dashes; returns key. */
char *setting_key(char key[SETTING_KEY], const char *text, size_t n);
/* Whether the option --name is a setting: "set", or a key with dashes or underscores. */
int setting_is(const char *name);
/* Add the setting that "--name value" is. */
int setting_add(struct arguments *a, const char *name, const char *value, struct err *e);
/* Whether the command line sets the key. */
int settings_have(const struct arguments *a, const char *key);
/* Set all keys that the command line sets. */
int settings_apply(const struct arguments *a, struct config *c, struct err *e);
/* Warn of each setting of the command line that none of n configurations reads.  The first is at c,
 * and each is `stride` bytes after the one before. */
void settings_warn(const struct arguments *a, const struct config *c, int n, size_t stride);
/* Set c to the default configuration, then apply the file unless it is NULL, then the settings. */
int arguments_config(const struct arguments *a, const char *file, struct config *c, struct err *e);
/* The text as a whole number from min >= 0 to max; -1 if it is not one. */
long arguments_whole(const char *text, long min, long max);
