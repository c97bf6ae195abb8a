/* verdict: all judgements on an experiment's tier, and the one line that they come to. */
#pragma once
#include "report/judgement.h"
#include "report/table.h"
#include "report/write.h"

/* What all of it comes to, the worst first. */
enum outcome {
    OUTCOME_FAIL,         /* a claim is contradicted; with a gate: a cell is worse than expected */
    OUTCOME_INCOMPLETE,   /* runs or pairs are missing; with a gate: nothing can be compared */
    OUTCOME_INCONCLUSIVE, /* no claim is contradicted, at least one is undecided */
    OUTCOME_NO_CLAIMS,    /* there is nothing to judge */
    OUTCOME_PASS,         /* every claim is reproduced; with a gate: no cell is worse */
    N_OUTCOME
};
extern const char *const outcome_name[N_OUTCOME];

/* Where the numbers to compare with are; NULL: not compared. */
struct reference {
    const char *published; /* a CSV file: read if the experiment names a table of it */
    const char *expected;  /* results/expected, or another folder of that form */
    int any_version;       /* whether expected numbers of another Major.Minor version count */
};
/* Those of this project, of this version. */
struct reference reference_of_root(void);
/* Judge all there is to judge; the caller frees j, also after -1, which means that a file or the
 * index is at fault.  A tuning experiment is only compared with what is expected. */
int verdict_make(struct judgements *j, const struct results *r, const struct reference *with,
                 struct err *e);
/* An item per judgement, and one for all cells that are as expected to the last digit. */
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

/* gate: whether the question is if the code has become worse, not if the claims hold. */
enum outcome verdict_outcome(const struct judgements *j, const struct results *r, int gate);
/* The exit code: 3 of FAIL, 1 of INCOMPLETE, else 0. */
int outcome_code(enum outcome outcome);
/* The line VERDICT=... */
void verdict_line(const struct judgements *j, const struct results *r, enum outcome outcome,
                  FILE *f);
