/* verdict: all judgements on an experiment's tier, and the one line that they come to. */
#ifndef REPORT_VERDICT_H
#define REPORT_VERDICT_H
#include "report/judgement.h"

/* Where the numbers to compare with are. */
struct reference {
    const char *published; /* a CSV file: read if the experiment names a table of it */
    const char *expected;  /* a CSV file: read if it is there */
};
/* Judge all there is to judge; the caller frees j, also after -1, which a file or the index is at
 * fault for.  A tuning experiment is only compared with what is expected. */
int verdict_make(struct judgements *j, const struct results *r, const struct reference *with,
                 struct err *e);
/* A line per judgement, and one for all cells that are as expected to the last digit: as text, or
 * as a list in Markdown. */
void verdict_write(const struct judgements *j, const struct reference *with, int markdown, FILE *f);
/* Tidy: a row per judgement. */
void verdict_write_csv(const struct judgements *j, const struct results *r, FILE *f);
/* The line VERDICT=...: FAIL if a claim is not reproduced or, with a gate, which asks whether the
 * code has become worse and not whether the paper was right, if a cell is worse than expected;
 * INCOMPLETE if runs or the pairs of a claim are missing, or a gate has nothing to compare; else
 * PASS.  Returns the exit code 3, 1 or 0. */
int verdict_end(const struct judgements *j, const struct results *r, int gate, FILE *f);
#endif
