/* judgement: the outcome of comparing the runs of an experiment's tier with one of its claims, with
 * a number published in a paper, or with what this code gave before. */
#pragma once
#include "report/results.h"

enum kind { PUBLISHED, EXPECTED, CLAIM, N_KIND };
enum verdict {
    PASS,
    SAME, /* equal to all digits printed */
    OUTSIDE,
    NOT_COMPARABLE,
    REPRODUCED,
    INCONCLUSIVE,
    NOT_REPRODUCED,
    NOT_RUN,
    N_VERDICT
};
extern const char *const kind_name[N_KIND], *const verdict_name[N_VERDICT];

struct judgement {
    enum kind kind;
    enum verdict verdict;
    int metric;                      /* -1: unknown */
    int worse;                       /* OUTSIDE, on the wrong side */
    const char *which;               /* of which_key */
    char axis[AXIS_MAX][AXIS_VALUE]; /* the cell's axis values, if known */
    struct summary ours;             /* of a claim: the gain over pairs of seeds */
    struct sample theirs;            /* of a claim: its margin */
    double p, adjusted;              /* of a claim: of the t-test; by Holm over the claims */
    const char *source;              /* of a claim: who makes it, or ""; owned by the index */
    int better, than;                /* the two cells of a claim about two cells; else -1 */
    const char *as_published;        /* whether a paper's own numbers differ (published.h); or "" */
    char *what, *why;                /* for people, of any length; never NULL */
};
struct judgements {
    struct judgement *list;
    int n;
};

/* Add an empty judgement, NOT_RUN; the list may move. */
struct judgement *judgement_add(struct judgements *j, enum kind kind);
void judgements_free(struct judgements *j);
/* The number of judgements of this kind and verdict; N_VERDICT: with any verdict. */
int judgements_count(const struct judgements *j, enum kind kind, enum verdict verdict);
/* Append to a text that free() can release. */
void append(char **text, const char *fmt, ...) PRINTF(2, 3);
/* Add a reason, preceded by "; " unless it is the first. */
void judgement_because(struct judgement *g, const char *fmt, ...) PRINTF(2, 3);
/* Fill in the axis values of the cell, and its summary by the judgement's metric and kind. */
void judgement_of_cell(struct judgement *g, const struct results *r, int cell);
/* Set the verdict to PASS if ours and theirs differ by no more than the band at this level, else to
 * OUTSIDE. */
void judgement_by_band(struct judgement *g, double level);
