/* report: tables from result files.  Reads what runs have written, and nothing else: it knows no
 * network, no method, no data set, and no number of its tables is without a manifest.
 *
 * results: the runs of an experiment's tier, grouped into cells. */
#ifndef REPORT_RESULTS_H
#define REPORT_RESULTS_H
#include "core/core.h"
#include <cJSON.h>

enum { N_SCOPE = 3, MAX_AXIS = 4 };
extern const char *const scope_key[N_SCOPE];  /* acc_mean_pct ... as in manifests */
extern const char *const scope_name[N_SCOPE]; /* for people */

/* One run.  manifest is NULL if it is missing or has not ended. */
struct result {
    const cJSON *index; /* its entry: dir, seed, axis values */
    cJSON *manifest;
    int diverged, cell;
};

struct results {
    cJSON *index;
    const char *experiment, *tier, *title;
    int n_axis, n_run, n_cell;
    const char *axis[MAX_AXIS];
    struct result *run;
    int *first; /* (n_cell) its first run */
};

/* Read RUNS/<experiment>/<tier>.json, which sweep writes, and the manifests that it names. */
int results_open(struct results *r, const char *runs, const char *experiment, const char *tier,
                 struct err *e);
void results_close(struct results *r);
/* The value of an axis at a run, as text. */
const char *results_axis(const struct results *r, int run, int axis);
/* A key of a run's configuration as text in buf; "" if it has none. */
const char *results_config(const struct results *r, int run, const char *key, char *buf,
                           size_t size);
/* A figure of a run: "last", "last5_mean" or "best" of a scope, in percent; NAN if it has none. */
double results_value(const struct results *r, int run, int scope, const char *which);

/* What a cell's seeds say; diverged runs are counted and left out of the mean. */
struct summary {
    double mean, std; /* NAN if there is none; sample standard deviation, NAN for one seed */
    int n, n_diverged, n_missing;
};
struct summary results_summary(const struct results *r, int cell, int scope, const char *which);
#endif
