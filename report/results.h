/* report: tables from result files.  It reads only what runs have written, knows no network, method
 * or data set, and takes every number in its tables from a manifest.
 *
 * results: the runs of an experiment's tier, grouped into cells. */
#ifndef REPORT_RESULTS_H
#define REPORT_RESULTS_H
#include "core/axis.h"
#include "core/path.h"
#include "report/metric.h"
#include <cJSON.h>

/* One run.  manifest is NULL if the run is missing or has not ended. */
struct result {
    const cJSON *index; /* its entry: dir, seed, axis values */
    cJSON *manifest;
    int diverged, cell;
};

struct results {
    cJSON *index;
    char *runs, *folder;                   /* the folder of all experiments; of this one */
    const char *experiment, *tier, *title; /* lines; "" if the index has none */
    const char *rates, *note;              /* where learning rates come from; further remarks */
    int n_axis, n_run, n_cell, n_metric, n_ended, n_diverged;
    int metric[N_COLUMN]; /* what its tables show: the experiment's "metric", else the accuracies */
    int scope; /* which of them the table is about: the experiment's "scope", else the first */
    const char *axis[AXIS_MAX];
    struct result *run;
    int *first; /* (n_cell) its first run */
};

/* Read RUNS/<experiment>/<tier>.json, which sweep writes, and the manifests that it names. */
int results_open(struct results *r, const char *runs, const char *experiment, const char *tier,
                 struct err *e);
/* The same from an index, which r then owns, even on failure; sentences call it `path`. */
int results_of(struct results *r, const char *runs, const char *experiment, cJSON *index,
               const char *path, struct err *e);
void results_close(struct results *r);
/* The path of a run's file. */
int results_path(const struct results *r, int run, const char *name, char path[PATH_LENGTH],
                 struct err *e);
/* Whether the key is an axis, or "seed". */
int results_is_axis(const struct results *r, const char *key);
/* The cell's first run that has ended, to read its settings from; for cell -1, the first of all
 * runs; -1 if none has ended. */
int results_ended(const struct results *r, int cell);
/* A setting of a cell: from a run that has ended, else from its axis; "" if neither has it. */
const char *results_setting(const struct results *r, int cell, const char *key);
/* A text of a run's manifest; "" if it has none. */
const char *results_manifest(const struct results *r, int run, const char *key);
/* The text that all runs of a cell that have ended share; "several" if they differ. */
const char *results_shared(const struct results *r, int cell, const char *key);
/* The value of an axis at a run, as text. */
const char *results_axis(const struct results *r, int run, int axis);
double results_seed(const struct results *r, int run);
/* A key of a run's configuration as text; "" if it has none, or run is -1. */
const char *results_config(const struct results *r, int run, const char *key);
/* The data set of the runs that have ended; "none" if none has. */
const char *results_data(const struct results *r);
/* Whether the configuration key differs between runs that have ended and have it. */
int results_differs(const struct results *r, const char *key);
/* Whether the experiment tries learning rates; then it has the axis "lr". */
int results_is_tuning(const struct results *r);
/* Whether the run, which must have ended, is of a toy problem and not of a network on data. */
int results_is_toy(const struct results *r, int run);
/* Whether two versions have the same Major.Minor, so that their results are comparable
 * (CONTRIBUTING.md). */
int same_minor(const char *version, const char *other);
/* A number in a manifest: the value of a metric that is one of which_key.  NAN if the manifest does
 * not have it: metrics other than accuracies have their last value only. */
double manifest_value(const cJSON *manifest, int metric, const char *which);
/* The same of a run. */
double results_value(const struct results *r, int run, int metric, const char *which);

/* Summary over a cell's seeds; diverged runs are counted but left out of the mean. */
struct summary {
    struct sample v;
    int n_diverged, n_missing;
};
struct summary results_summary(const struct results *r, int cell, int metric, const char *which);
#endif
