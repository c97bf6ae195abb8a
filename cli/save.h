/* save: what the verbs about results share: the runs that they read, and the files they write. */
#pragma once
#include "cli/cli.h"
#include "report/results.h"
#include "report/table.h"

/* Which results a verb is about. */
struct request {
    const char *experiment, *tier, *from; /* from: the folder of runs, or NULL */
};
/* The options with which a verb says which results it is about. */
#define REQUEST_OPTIONS                                                                            \
    {"tier", "TIER", "quick", "the tier that was run: smoke, quick, standard, night or full"},     \
    {                                                                                              \
        "from", "DIR", NULL,                                                                       \
            "read the runs in DIR/EXPERIMENT (default: results/runs); results/expected has those " \
            "that come with the code"                                                              \
    }
/* What they and the operand say. */
struct request request_of(const struct arguments *a);
int request_open(const struct request *q, struct results *r, struct err *e);
/* The folder of runs: what --from names, or results/runs if that is NULL. */
const char *runs_folder(const char *from);
/* The folder of their figures: results/figures of results/runs, FROM/figures of another. */
const char *figures_folder(const char *from, char path[PATH_LENGTH], struct err *e);
/* A form in which a verb prints what it has worked out, and the ending of the file with it. */
struct format {
    const char *name, *ending;
    void (*print)(const void *what, FILE *f);
};
/* The one of this name, which is among them. */
const struct format *format_find(const struct format *all, const char *name);
/* Save all n of them, as `save` does. */
int save_formats(const struct format *all, size_t n, const void *what, const struct results *r,
                 struct err *e);
/* Write the text, which this closes, as results/tables/<experiment>-<tier><ending> in one step. */
int save(struct text *t, const struct results *r, const char *ending, struct err *e);
