/* experiment: an experiment file, which spans many runs.
 *
 * `base` is a configuration; `axes` lists values for each key: the grid, in order.  An axis that is
 * called "variant" sets nothing by itself: its values are names for what settings do.  `settings`
 * are rows {"when": {axis: value}, "set": {key: value}}: what goes with a cell, such as its tuned
 * learning rate; later rows win; a list of values there means any of them.  `skip` lists {axis:
 * value} rows: cells that are left out. `seeds` are run in every cell.  `tiers` override any of
 * these; a tier's own base is put on top of the file's.  `tune` is how learning rates were chosen:
 * {"seed", "holdout", "grid": [{"when": {axis: value}, "lr": [rates]}], "set": {key: value}}: for
 * each cell the rates of the first row that applies.  What is for reports is passed on to them:
 * `title`, `metric`, `scope`, `claims`, `published`, `protocol`, `rates`, `note`. */
#ifndef SWEEP_EXPERIMENT_H
#define SWEEP_EXPERIMENT_H
#include "core/axis.h"
#include "train/config.h"

enum { CELL_NAME = 160 };
/* One run of the grid.  name is the cell's, without the seed; axis values are texts. */
struct cell {
    struct config c;
    char name[CELL_NAME], value[AXIS_MAX][AXIS_VALUE];
    char dir[CELL_NAME + 32]; /* below results/runs/<experiment>/ : <name>-s<seed>-<hash8> */
};

struct experiment {
    char name[64], tier[32], index[40]; /* index: the tier, with "-tune" where rates are tried */
    int tune;                           /* rates are tried: the last axis is lr */
    char axis[AXIS_MAX][32];
    int n_axis, n_cell;
    struct cell *cell;
    void *json; /* the file, for what others read from it */
};

struct setting {
    const char *key, *value;
};
/* What is asked of an experiment: its tier; the runs that choose rates instead of those of its
 * table; settings on top, of the command line. */
struct experiment_request {
    const char *tier;
    int tune;
    const struct setting *set;
    int n_set;
};
/* Read experiments/NAME.json, or a path that ends in .json.  Every cell is checked before the first
 * one runs. */
int experiment_open(struct experiment *x, const char *name, const struct experiment_request *q,
                    struct err *e);
void experiment_close(struct experiment *x);
/* Whether the cell has the value, as text, of an axis or of a key of its configuration; -1 with a
 * sentence if there is no such key. */
int cell_has(const struct experiment *x, const struct cell *cell, const char *key,
             const char *value, struct err *e);
/* Write DIR/<index>.json: what a report needs to find and label the cells' runs. */
int experiment_write_index(const struct experiment *x, const char *dir, struct err *e);
#endif
