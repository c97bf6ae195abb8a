/* watch: shows what the runs in a folder are doing, as lines of text, from the files that runs and
 * sweeps write.  It changes no file and starts nothing. */
#pragma once
#include "core/path.h"
#include <stdio.h>

enum watched_state {
    WATCHED_RUNNING,
    WATCHED_FAILED,
    WATCHED_INTERRUPTED,
    WATCHED_OPEN,
    WATCHED_DONE
};
/* A run that is under way, or has failed or been interrupted. */
struct watched_run {
    char *name, *why; /* "α 0.1, DSGDm-N, seed 1"; why it failed */
    enum watched_state state;
    double epoch, epochs; /* how far it is (0: unknown); of the whole run */
    double left;          /* seconds; NAN if unknown */
    int metric, n;        /* what the table is about, and its values so far (n) */
    double *value;
};
/* A tier of an experiment. */
struct watched_tier {
    char *name; /* "table1 quick" */
    int n_run, n_state[WATCHED_DONE + 1];
    double left; /* seconds until all its runs are done; NAN if unknown or nothing runs */
    double best; /* the best last value among finished runs; NAN if there are none */
    int metric, n_shown;
    struct watched_run *run; /* (n_shown) all that are not open or done */
};
struct watched {
    int n;
    struct watched_tier *tier; /* (n) those under way first */
};

/* Read the folder of all experiments' runs, such as results/runs; empty if there is none yet.  -1
 * with a sentence if it cannot be read.  A file that is just being written, and cannot be read,
 * counts as missing. */
int watch_read(struct watched *w, const char *runs, struct err *e);
void watch_free(struct watched *w);
/* Write the lines of a screen of this size; runs that do not fit are counted in a last line. */
void watch_draw(const struct watched *w, int width, int height, FILE *f);
