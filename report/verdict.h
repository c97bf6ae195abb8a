/* verdict: all judgements on an experiment's tier, and the one line that sums them up. */
#pragma once
#include "report/judgement.h"
#include "report/table.h"
#include "report/write.h"

/* The overall outcomes, the worst first. */
enum outcome {
    OUTCOME_FAIL,         /* a claim is contradicted; with a gate: a cell is worse than expected */
    OUTCOME_INCOMPLETE,   /* runs or pairs are missing; with a gate: nothing can be compared */
    OUTCOME_INCONCLUSIVE, /* no claim is contradicted, at least one is undecided */
    OUTCOME_NO_CLAIMS,    /* there is nothing to judge */
    OUTCOME_PASS,         /* every claim is reproduced; with a gate: no cell is worse */
    N_OUTCOME
};
extern const char *const outcome_name[N_OUTCOME];

/* Where to find the numbers to compare with; NULL: do not compare. */
struct reference {
    const char *published; /* a CSV file, read if the experiment names one of its tables */
    const char *expected;  /* results/expected, or another folder of that form */
    int any_version;       /* whether expected numbers of another Major.Minor version count */
};
/* The numbers that come with this project, of this version. */
struct reference reference_of_root(void);
/* Make all judgements.  The caller frees j, even after -1, which means that a file or the index is
 * at fault.  A tuning experiment is only compared with expected results. */
int verdict_make(struct judgements *j, const struct results *r, const struct reference *with,
                 struct err *e);
/* Print an item per judgement, and a single one for all cells that are as expected to the last
 * digit. */
void verdict_write(const struct judgements *j, const struct reference *with,
                   const struct form *form, FILE *f);
/* The same in Markdown, followed by the line VERDICT=... */
void verdict_markdown(const struct judgements *j, const struct reference *with,
                      const struct results *r, enum outcome outcome, FILE *f);
/* Write the two as results/tables/<experiment>-<tier>-verdict.md and .csv, and say so. */
int verdict_save(const struct judgements *j, const struct reference *with, const struct results *r,
                 enum outcome outcome, struct err *e);
/* A row per judgement; table_free() it. */
void verdict_table(struct table *t, const struct judgements *j, const struct results *r);

/* gate: ask whether the code has become worse, not whether the claims hold. */
enum outcome verdict_outcome(const struct judgements *j, const struct results *r, int gate);
/* The exit code: 3 for FAIL, 1 for INCOMPLETE, else 0. */
int outcome_code(enum outcome outcome);
/* The line VERDICT=... */
void verdict_line(const struct judgements *j, const struct results *r, enum outcome outcome,
                  FILE *f);
