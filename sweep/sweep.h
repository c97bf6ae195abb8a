/* sweep: makes the runs of an experiment that are not finished yet, each in one of several
 * processes.  An interrupted run is resumed; a run of the same configuration and code that another
 * experiment has finished is copied; a run that fails does not stop the others. */
#pragma once
#include "sweep/experiment.h"
#include "train/run.h"

struct sweep {
    const struct experiment *x;
    char runs[RUN_PATH / 2], dir[RUN_PATH / 2]; /* results/runs; the experiment's folder in it */
    const char *const *filter;                  /* (n_filter) "KEY=VALUE" */
    int n_filter;
    char *chosen; /* (n_cell) whether to make it; NULL: all */
    int n_process;
    int may_shrink; /* n_process may become less if there is not the memory for all (sweep/fit.h) */
};
enum { SWEEP_DONE, SWEEP_FAILED, SWEEP_INTERRUPTED };

/* Set runs and dir; -1 with a sentence if they are too long. */
int sweep_set_folder(struct sweep *s, const char *runs, struct err *e);
/* The folder of a run's files. */
void sweep_place(const struct sweep *s, int i, char dir[RUN_PATH]);
int sweep_is_chosen(const struct sweep *s, int i);
/* The state of the run (train/identity.h). */
enum run_state sweep_state(const struct sweep *s, int i, char why[WHY_TEXT]);
int sweep_is_done(const struct sweep *s, int i);
/* The part of the run that is still to be made: 0 if it is done, 1 if it has not begun. */
double sweep_left(const struct sweep *s, int i);
/* Write the index from which reports find the runs, and make the missing runs in n_process
 * processes on this machine or, if a launcher started this process as a rank, in the launcher's
 * ranks (collective).  Prints a line when runs end, or keeps a live line on a terminal, and at the
 * end names the runs that failed.  SWEEP_INTERRUPTED and -1 come with a sentence. */
int sweep_all(struct sweep *s, struct err *e);

/* For the files of sweep/: copy a finished run with the same configuration and code from another
 * experiment.  1 if a run was copied, 0 if there is no such run, -1 with a sentence. */
int sweep_adopt(const struct sweep *s, int i, struct err *e);
