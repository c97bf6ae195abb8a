#include "sweep/seeds.h"
#include "core/file.h"
#include "gossip/gossip.h"
#include "sweep/experiment.h"
#include <cJSON.h>
#include <ctype.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SEEDS_MAX = 1000 };
struct seeds {
    long at[SEEDS_MAX];
    int n;
};
const char seeds_index[] = "seeds";

/* The number at *at, which is moved past it; -1: there is none, or it is too large for a seed. */
static long read_seed(const char **at)
{
    char *end;
    if (!isdigit((unsigned char)**at))
        return -1;
    double v = strtod(*at, &end);
    for (const char *p = *at; p < end; p++)
        if (!isdigit((unsigned char)*p))
            return -1;
    *at = end;
    return v <= 999999999999999.0 ? (long)v : -1;
}

static int add(struct seeds *s, long seed)
{
    for (int i = 0; i < s->n; i++)
        if (s->at[i] == seed)
            return -1;
    if (s->n == SEEDS_MAX)
        return -1;
    s->at[s->n++] = seed;
    return 0;
}

static int read_seeds(struct seeds *s, const char *text, struct err *e)
{
    const char *at = text;
    int bad;
    s->n = 0;
    do {
        long first = read_seed(&at), last = first;
        if (*at == '-')
            at++, last = read_seed(&at);
        bad = first < 0 || last < first || last - first >= SEEDS_MAX;
        for (long seed = first; seed <= last && !bad; seed++)
            bad = add(s, seed) < 0;
    } while (!bad && *at++ == ',');
    return bad || at[-1] ? err_usage(e,
                                     "seeds is '%.60s', but must be up to %d different whole "
                                     "numbers, as 1-5 or 1,2,7",
                                     text, SEEDS_MAX)
                         : 0;
}

/* The metrics of a toy problem have to be named: by default tables show accuracies. */
static cJSON *reported(const struct config *c, const char *name)
{
    cJSON *o = cJSON_CreateObject();
    cJSON_AddStringToObject(o, "title", name);
    if (config_problem(c))
        cJSON_AddStringToObject(o, "metric", "test_loss_mean");
    return o;
}

/* Write DIR/seeds.json; the experiment has the folder's name. */
static int write_index(const struct seeds *s, const struct config *c, const char *dir,
                       struct err *e)
{
    char path[PATH_LENGTH];
    if (path_copy(path, sizeof(path), dir, e) < 0)
        return -1;
    const char *name = basename(path);
    struct experiment x = {.n_cell = s->n, .json = reported(c, name)};
    snprintf(x.name, sizeof(x.name), "%.*s", EXPERIMENT_NAME - 1, name);
    snprintf(x.index, sizeof(x.index), "%s", seeds_index);
    x.cell = xcalloc((size_t)s->n, sizeof(*x.cell));
    for (int i = 0; i < s->n; i++) {
        x.cell[i].c.seed = s->at[i];
        snprintf(x.cell[i].dir, sizeof(x.cell[i].dir), "s%ld", s->at[i]);
    }
    int status = dir_make(dir, e) < 0 ? -1 : experiment_write_index(&x, dir, e);
    free(x.cell);
    cJSON_Delete(x.json);
    return status;
}

/* The configuration with the i-th seed, and its folder. */
static int place_of(const struct seeds *s, int i, struct config *c, const char *dir,
                    struct run_place *place, struct err *e)
{
    char path[PATH_LENGTH];
    c->seed = s->at[i];
    return path_print(path, e, "%s/s%ld", dir, c->seed) < 0
               ? -1
               : path_copy(place->dir, sizeof(place->dir), path, e);
}

/* Check that no folder holds something that a run would destroy, before the index is replaced. */
static int check_room(const struct seeds *s, const struct config *c, const char *dir, struct err *e)
{
    struct config one = *c;
    struct run_place place;
    char hash[HASH_TEXT];
    for (int i = 0; i < s->n; i++)
        if (place_of(s, i, &one, dir, &place, e) < 0 || config_hash(&one, hash, e) < 0 ||
            identity_has_room(place.dir, hash, e) < 0)
            return -1;
    return 0;
}

int seeds_run(const char *seeds, const struct config *c, const char *file, const char *dir,
              enum run_start start, int replace, struct err *e)
{
    struct seeds s;
    struct config one = *c;
    int ready = read_seeds(&s, seeds, e), all = RUN_FINISHED;
    if (ready == 0 && gossip_is_root() && !replace)
        ready = check_room(&s, c, dir, e);
    if (ready == 0 && gossip_is_root())
        ready = write_index(&s, c, dir, e);
    if (gossip_agree(ready, e) < 0)
        return -1;
    for (int i = 0; i < s.n; i++) {
        struct run_place place = {.dir = ""};
        int status = place_of(&s, i, &one, dir, &place, e) < 0
                         ? -1
                         : single_run(&one, file, &place, start, replace, e);
        if (status < 0 || status == RUN_INTERRUPTED)
            return status;
        all = status == RUN_DIVERGED ? status : all;
    }
    return all;
}
