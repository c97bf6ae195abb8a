/* sweep: makes the runs of an experiment that are not finished yet, in several processes at once,
 * each run in one of them.  An interrupted run is resumed; a run of the same configuration and code
 * that another experiment has finished is copied; a run that fails does not stop the others. */
#ifndef SWEEP_SWEEP_H
#define SWEEP_SWEEP_H
#include "sweep/experiment.h"
#include "train/run.h"

struct sweep {
    const struct experiment *x;
    char runs[RUN_PATH / 2], dir[RUN_PATH / 2]; /* results/runs; the experiment's part of it */
    const char *chosen;                         /* (n_cell) whether to make it; NULL: all */
    int n_process;
};
enum { SWEEP_DONE, SWEEP_FAILED, SWEEP_INTERRUPTED };

/* Set runs and dir; -1 with a sentence if they are too long. */
int sweep_set_folder(struct sweep *s, const char *runs, struct err *e);
/* Where a run's files are. */
void sweep_place(const struct sweep *s, int i, char dir[RUN_PATH]);
int sweep_is_chosen(const struct sweep *s, int i);
/* How the run stands (train/identity.h). */
enum run_state sweep_state(const struct sweep *s, int i, char why[WHY_TEXT]);
int sweep_is_done(const struct sweep *s, int i);
/* Make what is missing, in n_process processes of this machine; or, if a launcher started this one
 * as a rank of several, in as many as there are ranks (all ranks).  Prints a line as runs end, and
 * at the end what failed. */
int sweep_all(struct sweep *s, struct err *e);
/* Processors that this process may use. */
int sweep_n_core(void);

/* For the files of sweep/: copy a finished run of the same configuration and code from another
 * experiment, if there is one; 1 if it did, 0 if there is none, -1 with a sentence. */
int sweep_adopt(const struct sweep *s, int i, struct err *e);
#endif
