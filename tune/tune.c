#include "tune/tune.h"
#include "core/json.h"
#include "core/message.h"
#include "core/path.h"
#include "gossip/gossip.h"
#include "report/rates_file.h"
#include "sweep/choose.h"
#include "sweep/rates.h"
#include "tune/add.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static int open_tuning(const struct sweep *s, struct results *r, struct tuning *t, struct err *e)
{
    if (results_of(r, s->runs, s->x->name, experiment_index(s->x), s->x->index, e) < 0)
        return -1;
    tuning_open(t, r);
    return 0;
}

static void close_tuning(struct results *r, struct tuning *t)
{
    tuning_close(t), results_close(r);
}

/* The first cell of a row; the index and x list cells in the same order. */
static int cell_of(const struct sweep *s, const struct results *r, const struct tuning *t, int row)
{
    const char *dir = json_field(r->run[t->row.first[row]].index, "dir");
    int i = 0;
    while (strcmp(s->x->cell[i].dir, dir) != 0)
        i++;
    return i;
}

/* Add to x the rates that the finished runs call for.  Returns their number, 0 if every row has its
 * best rate between rates that were tried, has no further rates to try, or is not ready yet; -1
 * with a sentence on failure. */
static int extend(const struct sweep *s, struct experiment *x, struct err *e)
{
    struct results r;
    struct tuning t;
    int all = 0, more;
    do {
        if (open_tuning(s, &r, &t, e) < 0)
            return -1;
        more = 0;
        for (int row = 0; row < t.row.n && more >= 0; row++) {
            double next = tuning_next(&t, &r, row);
            int i = cell_of(s, &r, &t, row);
            int status = isnan(next) || !row_is_done(s, i) ? 0 : row_add_rate(x, i, next, e);
            more = status < 0 ? -1 : more + status;
        }
        close_tuning(&r, &t);
        all += more;
    } while (more > 0);
    return more < 0 ? -1 : all;
}

/* If the best rate of a row is not between rates that were tried, say where it is; done: all runs
 * of the row have ended. */
static void tell(const struct results *r, const struct tuning *t, int row, int done, FILE *f)
{
    struct choice c = tuning_choose(t, r, row);
    int edge = choice_edge(&c);
    const char *name = t->row.label[row];
    if (!done)
        fprintf(f, "%s: runs are missing or stale\n", name);
    else if (c.best < 0)
        fprintf(f, "%s: runs diverged at all rates, down to %s\n", name,
                tuning_rate(t, r, c.lowest));
    else if (edge)
        fprintf(f,
                "%s: the best rate, %s, is at the %s edge of what was tried, %d beyond the grid\n",
                name, tuning_rate(t, r, c.best), edge > 0 ? "upper" : "lower", MOST_ADDED);
}

/* Write the file of rates, and print the outcome of the tuning. */
static int end(const struct sweep *s, struct err *e)
{
    struct results r;
    struct tuning t;
    char path[PATH_LENGTH];
    int n_inside = 0;
    if (rates_path(s->x, path, e) < 0 || open_tuning(s, &r, &t, e) < 0)
        return -1;
    char *done = xcalloc((size_t)t.row.n + 1, 1);
    FILE *f = message_begin();
    for (int row = 0; row < t.row.n; row++) {
        struct choice c = tuning_choose(&t, &r, row);
        done[row] = (char)row_is_done(s, cell_of(s, &r, &t, row));
        n_inside += done[row] && c.best >= 0 && choice_edge(&c) == 0;
        tell(&r, &t, row, done[row], f);
    }
    int n = s->x->is_changed ? 0 : rates_file_write(&r, &t, done, path, e);
    fprintf(f,
            "%s %s: %d of %d rows have their best rate inside what was tried; %s is %swritten%s\n",
            s->x->name, s->x->index, n_inside, t.row.n, path, n > 0 ? "" : "not ",
            s->x->is_changed ? ", because settings of the command line change the runs" : "");
    message_end();
    free(done);
    close_tuning(&r, &t);
    return n < 0 ? -1 : 0;
}

int tune_open(struct sweep *s, struct experiment *x, struct err *e)
{
    s->x = x;
    return sweep_set_folder(s, path_in_root("results/runs"), e) < 0 ||
                   (x->tune && extend(s, x, e) < 0)
               ? -1
               : 0;
}

int tune_all(struct sweep *s, struct experiment *x, struct err *e)
{
    int status = SWEEP_DONE, more = 0;
    if (!x->tune)
        return sweep_all(s, e);
    do {
        status = sweep_all(s, e);
        if (status < 0 || status == SWEEP_INTERRUPTED)
            return status;
        more = sweep_agree(extend(s, x, e), s, e);
        if (more < 0 || sweep_choose(s, e) < 0)
            return -1;
    } while (status == SWEEP_DONE && more > 0);
    int is_first = !gossip_is_launched() || gossip_is_root();
    return is_first && end(s, e) < 0 ? -1 : status;
}
