/* read: the state of runs from their files. */
#include "core/file.h"
#include "core/json.h"
#include "core/text.h"
#include "report/folder.h"
#include "report/levels.h"
#include "report/results.h"
#include "report/sheet.h"
#include "sweep/claim.h"
#include "train/progress.h"
#include "watch/watch.h"
#include <dirent.h>
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static void read_values(struct watched_run *w, const char *dir)
{
    char path[PATH_LENGTH];
    struct sheet s;
    struct err e;
    if (path_print(path, &e, "%s/metrics.csv", dir) < 0 || !file_exists(path) ||
        sheet_open(&s, path, &e) < 0)
        return;
    w->value = xcalloc((size_t)s.n_row + 1, sizeof(*w->value));
    for (int row = 0; row < s.n_row; row++) {
        double v = sheet_number(&s, row, columns[w->metric].key);
        if (isfinite(v))
            w->value[w->n++] = v;
        w->epoch = sheet_number(&s, row, columns[COLUMN_epoch].key);
    }
    sheet_close(&s);
}

/* How far the run is, and the seconds that it still needs if it goes on at its present speed. */
static void read_progress(struct watched_run *w, const char *dir)
{
    double done, seconds;
    w->left = NAN;
    if (progress_read(dir, &done, &seconds) < 0)
        return;
    w->epoch = done * w->epochs;
    w->left = done > 0 ? seconds * (1 - done) / done : NAN;
}

static enum watched_state state_of(const char *dir, cJSON *manifest, char why[CLAIM_TEXT])
{
    char tried_by[SWEEP_ID], path[PATH_LENGTH];
    struct err e;
    if (claim_is_held(dir))
        return WATCHED_RUNNING;
    claim_read(dir, tried_by, why);
    if (*why || !strcmp(json_field(manifest, "status"), "failed"))
        return WATCHED_FAILED;
    int is_left = path_print(path, &e, "%s/checkpoint", dir) == 0 && file_exists(path);
    return is_left || !strcmp(json_field(manifest, "status"), "interrupted") ? WATCHED_INTERRUPTED
                                                                             : WATCHED_OPEN;
}

static char *name_of_run(const struct results *r, int run, const char *cell)
{
    struct text name;
    fprintf(text_open(&name), "%s%sseed %.0f", cell, *cell ? ", " : "", results_seed(r, run));
    return text_close(&name);
}

/* A run that has not ended, of this cell. */
static void read_run(struct watched_tier *t, const struct results *r, int run, const char *cell)
{
    char dir[PATH_LENGTH], path[PATH_LENGTH], why[CLAIM_TEXT] = "";
    struct err e;
    if (results_path(r, run, ".", dir, &e) < 0 || path_print(path, &e, "%s/manifest.json", dir) < 0)
        return;
    dir[strlen(dir) - 2] = '\0';
    cJSON *manifest = file_exists(path) ? json_read(path, 0, &e) : NULL;
    struct watched_run w = {.state = state_of(dir, manifest, why), .metric = t->metric};
    t->n_state[w.state]++;
    if (w.state != WATCHED_OPEN) {
        w.name = name_of_run(r, run, cell), w.why = xstrdup(why);
        w.epochs = cJSON_GetNumberValue(
            cJSON_GetObjectItem(cJSON_GetObjectItem(manifest, "config"), "epochs"));
        read_values(&w, dir);
        read_progress(&w, dir);
        t->run = xgrow(t->run, t->n_shown, sizeof(*t->run));
        t->run[t->n_shown++] = w;
    }
    cJSON_Delete(manifest);
}

/* Seconds until all runs are done: what the runs under way still need, and the time of the others,
 * if as many run at a time as now and each takes the mean time of those that are done or under
 * way. */
static double tier_left(const struct watched_tier *t, double done_seconds)
{
    double left = 0, one = 0;
    int n = t->n_state[WATCHED_DONE], n_running = t->n_state[WATCHED_RUNNING];
    one = done_seconds;
    for (int i = 0; i < t->n_shown; i++) {
        const struct watched_run *w = &t->run[i];
        if (w->state != WATCHED_RUNNING || !(w->left >= 0))
            continue;
        left += w->left;
        if (w->epochs > w->epoch)
            one += w->left * w->epochs / (w->epochs - w->epoch), n++;
    }
    int n_open = t->n_state[WATCHED_OPEN] + t->n_state[WATCHED_INTERRUPTED];
    return n && n_running ? (left + n_open * one / n) / n_running : NAN;
}

static void read_tier(struct watched *w, const char *runs, const char *experiment, const char *tier)
{
    struct results r;
    struct err e;
    double seconds = 0;
    if (results_open(&r, runs, experiment, tier, &e) < 0)
        return;
    if (r.n_run == 0) { /* a file of another kind */
        results_close(&r);
        return;
    }
    struct watched_tier t = {.n_run = r.n_run, .metric = r.scope, .best = NAN};
    struct text name;
    struct levels cells;
    fprintf(text_open(&name), "%s %s", experiment, tier);
    t.name = text_close(&name);
    levels_open(&cells, &r, ~0u);
    for (int i = 0; i < r.n_run; i++) {
        if (!r.run[i].manifest) {
            read_run(&t, &r, i, cells.label[cells.of[i]]);
            continue;
        }
        double v = results_value(&r, i, r.scope, "last");
        t.n_state[WATCHED_DONE]++;
        if (!r.run[i].diverged && isfinite(v) && (isnan(t.best) || is_better(r.scope, v, t.best)))
            t.best = v;
        seconds += cJSON_GetNumberValue(
            cJSON_GetObjectItem(cJSON_GetObjectItem(r.run[i].manifest, "seconds"), "wall"));
    }
    t.left = tier_left(&t, seconds);
    levels_close(&cells);
    results_close(&r);
    w->tier = xgrow(w->tier, w->n, sizeof(*w->tier));
    w->tier[w->n++] = t;
}

static int rank_of(const struct watched_tier *t)
{
    return t->n_state[WATCHED_RUNNING] ? 0 : t->n_state[WATCHED_DONE] < t->n_run ? 1 : 2;
}

static int by_rank(const void *a, const void *b)
{
    const struct watched_tier *x = a, *y = b;
    return rank_of(x) != rank_of(y) ? rank_of(x) - rank_of(y) : strcmp(x->name, y->name);
}

int watch_read(struct watched *w, const char *runs, struct err *e)
{
    DIR *dir = opendir(runs);
    *w = (struct watched){.n = 0};
    if (!dir && errno == ENOENT)
        return 0;
    if (!dir)
        return err_set(e, "%s: is no folder that can be read", runs);
    for (struct dirent *d; (d = readdir(dir));) {
        char path[PATH_LENGTH];
        struct folder f;
        if (d->d_name[0] == '.' || path_print(path, e, "%s/%s", runs, d->d_name) < 0)
            continue;
        folder_open(&f, path, ".json");
        for (int i = 0; i < f.n; i++) {
            f.name[i][strlen(f.name[i]) - strlen(".json")] = '\0';
            read_tier(w, runs, d->d_name, f.name[i]);
        }
        folder_close(&f);
    }
    closedir(dir);
    if (w->n)
        qsort(w->tier, (size_t)w->n, sizeof(*w->tier), by_rank);
    return 0;
}

void watch_free(struct watched *w)
{
    for (int i = 0; i < w->n; i++) {
        struct watched_tier *t = &w->tier[i];
        for (int k = 0; k < t->n_shown; k++)
            free(t->run[k].name), free(t->run[k].why), free(t->run[k].value);
        free(t->name), free(t->run);
    }
    free(w->tier);
}
