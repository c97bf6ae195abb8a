/* live: the live line of a sweep, drawn by the process that waits for those that make the runs: a
 * bar, how many runs are done and under way, the time left, and the best accuracy so far. */
#pragma once
#include "sweep/sweep.h"

struct live {
    const struct sweep *s;
    char *done; /* (n_cell) */
    int n, n_done, best_run;
    double best;        /* accuracy in percent; NAN: no finished run has one */
    double begin, next; /* seconds */
    double work;        /* what there was to do at the beginning (sweep/order.h) */
};
/* Without a terminal, nothing is read or drawn. */
void live_begin(struct live *l, const struct sweep *s);
/* Redraw the line, at most twice a second and using at most a twentieth of the time. */
void live_draw(struct live *l);
void live_end(struct live *l);
