/* save: what the verbs about results share: which runs they read, and what they say of figures. */
#pragma once
#include "cli/cli.h"
#include "report/plot.h"
#include "report/saved.h"

/* The options with which a verb says which results it is about. */
#define REQUEST_OPTIONS                                                                            \
    {"tier", "TIER", "quick", "the tier that was run: smoke, quick, standard, night or full"},     \
    {                                                                                              \
        "from", "DIR", NULL,                                                                       \
            "read the runs in DIR/EXPERIMENT (default: results/runs); results/expected has those " \
            "that come with the code"                                                              \
    }
/* The results that they and the operand name. */
int request_open(const struct arguments *a, struct results *r, struct err *e);
/* The exit code of what needs all runs: 1 if some are missing; closes them. */
int request_close(struct results *r, int status);
