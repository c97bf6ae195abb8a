/* experiment: an experiment file, which describes many runs.
 *
 *   base       a configuration
 *   axes       {key: [values]}: the grid, in order.  An axis called "variant" sets nothing by
 *              itself: its values are names for `settings` to refer to
 *   settings   rows {"when": {axis: value}, "set": {key: value}}: keys to set in matching cells,
 *              such as a tuned learning rate.  Later rows override earlier ones; a list of values
 *              matches any of them
 *   skip       rows {axis: value}: cells that are left out
 *   seeds      every cell is run with each of them
 *   tiers      {name: {...}} override any of these; a tier's base is added to the file's base
 *   tune       how learning rates are chosen: {"seeds", "holdout", "grid": [{"when": {axis: value},
 *              "lr": [rates]}], "set": {key: value}}.  Each cell tries the rates of the first row
 *              that matches, and further ones as long as the best rate is the first or the last.
 *              `set` may shorten the schedule: the warm-up keeps its epochs, and milestones their
 *              fractions
 *   rates_file the file written by a tuning, from which cells take their learning rates
 *              (sweep/rates.h)
 *
 * Other keys are passed on to reports: `title`, `metric`, `scope`, `claims`, `published`,
 * `protocol`, `rates`, `note`. */
#ifndef SWEEP_EXPERIMENT_H
#define SWEEP_EXPERIMENT_H
#include "core/axis.h"
#include "core/path.h"
#include "train/config.h"

enum { CELL_NAME = 160, EXPERIMENT_NAME = 64 };
/* One run of the grid.  name: the cell's name, without the seed; value: its axis values as
 * texts. */
struct cell {
    struct config c;
    char name[CELL_NAME], value[AXIS_MAX][AXIS_VALUE];
    char dir[CELL_NAME + 32]; /* below results/runs/<experiment>/ : <name>-s<seed>-<hash8> */
    const void *rate;         /* the row of the rates file that gives its rate; NULL: none */
    double lr_times;          /* its rate is that of the row times this; 0: exactly the row's */
    int is_unrated;           /* the rates file has no row for it, so it cannot be run */
    int is_added;             /* the rate is not of the file's grid: tune/add.h */
};

struct experiment {
    char name[EXPERIMENT_NAME], tier[32],
        index[40];          /* index: the tier, with "-tune" if rates are tuned */
    char path[PATH_LENGTH]; /* of the file */
    int tune;               /* rates are tuned: the last axis is lr */
    int is_changed;         /* settings on the command line change the results of the file's runs */
    char axis[AXIS_MAX][32];
    int n_axis, n_cell;
    struct cell *cell;
    void *json;  /* the file, for its other keys */
    void *rates; /* the file of learning rates that it names; NULL: none */
};

struct setting {
    const char *key, *value;
};
/* Whether this can be the name of an experiment or a tier, hence of a file and of folders: letters,
 * digits, - and _, fewer than EXPERIMENT_NAME, not beginning as an option. */
int experiment_is_name(const char *name);
/* Which form of an experiment to open. tune: the runs that choose learning rates instead of those
 * of the table; set: settings on the command line, which override those of the file but may not set
 * what the experiment varies. */
struct experiment_request {
    const char *tier;
    int tune;
    const struct setting *set;
    int n_set;
};
/* Read experiments/NAME.json, or a path that ends in .json.  The whole file is checked, in all its
 * tiers: every cell, and what reports will read. */
int experiment_open(struct experiment *x, const char *name, const struct experiment_request *q,
                    struct err *e);
void experiment_close(struct experiment *x);
/* Check the whole file of an experiment, if it exists; a path that ends in .json must exist.
 * `named` receives the experiment's name. */
int experiment_check(const char *name, char named[EXPERIMENT_NAME], struct err *e);
/* Whether an axis or a configuration key of the cell has this value, given as text; -1 with a
 * sentence if there is no such key. */
int cell_has(const struct experiment *x, const struct cell *cell, const char *key,
             const char *value, struct err *e);
/* The index from which a report finds and labels the cells' runs, as a JSON object that the caller
 * deletes; and a function that writes it to DIR/<index>.json. */
void *experiment_index(const struct experiment *x);
int experiment_write_index(const struct experiment *x, const char *dir, struct err *e);
#endif
