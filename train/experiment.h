/* experiment: JSON in: a run's configuration file, and an experiment file that spans many runs.
 *
 * An experiment is a base configuration, `axes` (a list of values for each key: the grid, in
 * order), `settings` (rows {"when": {axis: value}, "set": {key: value}}: what goes with a cell,
 * such as its tuned learning rate), `seeds`, and `tiers` that override any of these. */
#ifndef TRAIN_EXPERIMENT_H
#define TRAIN_EXPERIMENT_H
#include "train/config.h"

/* Set c's keys from a JSON object in a file. */
int config_read(struct config *c, const char *path, struct err *e);

enum { CELL_NAME = 160, AXIS_MAX = 4 };
/* One run of the grid.  name is the cell's, without the seed; axis values are texts. */
struct cell {
    struct config c;
    char name[CELL_NAME], value[AXIS_MAX][64];
    char dir[CELL_NAME + 32]; /* below results/runs/<experiment>/ : <name>-s<seed>-<hash8> */
};

struct experiment {
    char name[64], tier[32];
    char axis[AXIS_MAX][32];
    int n_axis, n_cell;
    struct cell *cell;
    void *json; /* the file, for what others read from it */
};

struct setting {
    const char *key, *value;
};
/* Read experiments/NAME.json (or a path that ends in .json), resolve a tier and apply the settings
 * of the command line on top.  Every cell is checked before the first one runs. */
int experiment_open(struct experiment *x, const char *name, const char *tier,
                    const struct setting *set, int n_set, struct err *e);
void experiment_close(struct experiment *x);
/* Write DIR/<tier>.json: what a report needs to find and label the cells' runs. */
int experiment_write_index(const struct experiment *x, const char *dir, struct err *e);
#endif
