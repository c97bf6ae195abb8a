/* save: where the verbs about results read runs, and write tables and figures. */
#ifndef CLI_SAVE_H
#define CLI_SAVE_H
#include "report/results.h"
#include "report/table.h"

/* The folder of runs: what --from names, or results/runs if that is NULL. */
const char *runs_folder(const char *from);
/* The folder of their figures: results/figures of results/runs, FROM/figures of another. */
const char *figures_folder(const char *from, char path[PATH_LENGTH], struct err *e);
/* Write the text, which this closes, as results/tables/<experiment>-<tier><ending> in one step. */
int save(struct text *t, const struct results *r, const char *ending, struct err *e);
#endif
