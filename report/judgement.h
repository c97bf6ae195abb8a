/* judgement: what the runs of an experiment's tier say about one of its claims, about a number that
 * a paper has published, or about what this code gave before. */
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
    char axis[AXIS_MAX][AXIS_VALUE]; /* the cell's values, as far as they are known */
    struct summary ours;             /* of a claim: the gain over pairs of seeds */
    struct sample theirs;            /* of a claim: its margin */
    double p, adjusted;              /* of a claim: of the t-test; by Holm over the claims */
    const char *source;              /* of a claim: who says so; "" if nobody; of the index */
    int better, than;                /* of a claim about two cells: which; else -1 */
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
/* How many are of the kind and came to the verdict; N_VERDICT: to any. */
int judgements_count(const struct judgements *j, enum kind kind, enum verdict verdict);
/* Append to a text that free() can release. */
void append(char **text, const char *fmt, ...) PRINTF(2, 3);
/* Add a reason, after "; " if it is not the first. */
void judgement_because(struct judgement *g, const char *fmt, ...) PRINTF(2, 3);
/* Fill in the axis values of the cell, and its summary by the judgement's metric and kind. */
void judgement_of_cell(struct judgement *g, const struct results *r, int cell);
/* PASS or OUTSIDE: whether ours and theirs differ by no more than the band at this level. */
void judgement_by_band(struct judgement *g, double level);
