/* cli: the program: one file per verb, each a thin layer over the folders that do the work.  The
 * only place that prints errors and decides exit codes. */
#pragma once
#include "command/command.h"

enum exit_code {
    EXIT_DONE = 0,
    EXIT_FAILED = 1,
    EXIT_USAGE = 2,
    EXIT_VERDICT = 3,
    EXIT_DIVERGED = 4,
    EXIT_RESUMABLE = 75
};

#define VERB(symbol) extern const struct verb verb_##symbol;
#include "cli/list.h"
#undef VERB

/* Print the sentence, once on all ranks together, and return the exit code that belongs to it. */
int fail(const struct err *e);
/* Print no sentences from now on: another rank speaks for all. */
void be_silent(void);
/* Do what the command line asks for, alone or with the other ranks; returns an exit code. */
int start(int argc, char **argv);
/* The same once it is known that this process is to do it. */
int answer(int argc, char **argv);
/* Run a verb, whose name is followed by these words up to a NULL; returns an exit code. */
int run_verb(const struct verb *v, char **word);

/* Take "--root DIR" out of the command line, wherever it stands, and set the root that it or the
 * environment names; -1 with a sentence if it is not a folder. */
int take_root(int *argc, char **argv, struct err *e);
