/* report: tables from result files.  Reads what runs have written, and nothing else: it knows no
 * network, no method, no data set, and no number of its tables is without a manifest.
 *
 * results: the runs of an experiment's tier, grouped into cells. */
#ifndef REPORT_RESULTS_H
#define REPORT_RESULTS_H
#include "core/core.h"
#include <cJSON.h>

/* What a table shows and a claim compares, by its key in a manifest's results.  Accuracies are in
 * percent, and higher is better; losses have no unit, and lower is better. */
struct metric {
    const char *key, *name; /* name: for people */
    int is_loss;
};
enum { N_METRIC = 6, N_ACCURACY = 3, MAX_AXIS = 4 };
extern const struct metric metrics[N_METRIC]; /* the accuracies first */
/* The number of the metric; -1 if there is none of that key, which may be NULL. */
int metric_find(const char *key);

/* One run.  manifest is NULL if it is missing or has not ended. */
struct result {
    const cJSON *index; /* its entry: dir, seed, axis values */
    cJSON *manifest;
    int diverged, cell;
};

struct results {
    cJSON *index;
    const char *experiment, *tier, *title;
    int n_axis, n_run, n_cell, n_metric;
    int metric[N_METRIC]; /* what its tables show: the experiment's "metric", else the accuracies */
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
/* Whether the run is of a toy problem, not of a network on data; one that has ended. */
int results_is_toy(const struct results *r, int run);
/* A figure of a run: "last", "last5_mean" or "best" of a metric; NAN if it has none, as losses have
 * only their last. */
double results_value(const struct results *r, int run, int metric, const char *which);

/* What a cell's seeds say; diverged runs are counted and left out of the mean. */
struct summary {
    double mean, std; /* NAN if there is none; sample standard deviation, NAN for one seed */
    int n, n_diverged, n_missing;
};
struct summary results_summary(const struct results *r, int cell, int metric, const char *which);
#endif
