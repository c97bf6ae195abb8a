/* levels: the runs of an experiment sorted by the values of some of its axes: the lines of a
 * figure, its panels, the places on an axis. */
#pragma once
#include "report/results.h"

enum { LEVEL_TEXT = AXIS_MAX * (AXIS_VALUE + 32) };
struct levels {
    int n;
    char (
        *label)[LEVEL_TEXT]; /* (n) in as shown, in the order of the runs: "ring", "α 0.1, ring" */
    int *of;                 /* (n_run) the level of each run */
    int *first;              /* (n) the first run of each level */
};
/* axes: a bit for each axis that counts.  Without any, there is one level, "", which all runs
 * have. */
void levels_open(struct levels *l, const struct results *r, unsigned axes);
void levels_close(struct levels *l);
/* The axis value of a run as a number; NAN if it is not a number. */
double levels_number(const struct results *r, int run, int axis);
/* Whether the axis values of all runs are numbers. */
int levels_are_numbers(const struct results *r, int axis);
/* The cell whose runs have level i of a, level k of b and, unless c is NULL, level j of c; -1 if
 * there is none. */
int levels_cell(const struct results *r, const struct levels *a, int i, const struct levels *b,
                int k, const struct levels *c, int j);
