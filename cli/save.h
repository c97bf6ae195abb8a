/* save: what the verbs about results share: the runs that they read, and the files they write. */
#pragma once
#include "cli/cli.h"
#include "report/results.h"
#include "report/table.h"

/* Which results a verb is about. */
struct request {
    const char *experiment, *tier, *from; /* from: the folder of runs, or NULL */
};
/* Take "EXPERIMENT --tier TIER --from DIR" and n more options from the command line. */
int request_parse(struct request *q, int argc, char **argv, const struct option *more, int n,
                  struct err *e);
int request_open(const struct request *q, struct results *r, struct err *e);
/* The folder of runs: what --from names, or results/runs if that is NULL. */
const char *runs_folder(const char *from);
/* The folder of their figures: results/figures of results/runs, FROM/figures of another. */
const char *figures_folder(const char *from, char path[PATH_LENGTH], struct err *e);
/* Write the text, which this closes, as results/tables/<experiment>-<tier><ending> in one step. */
int save(struct text *t, const struct results *r, const char *ending, struct err *e);
