#include "sweep/single.h"
#include "core/file.h"
#include "core/json.h"
#include "core/message.h"
#include "sweep/claim.h"
#include "train/checkpoint.h"
#include "train/model_save.h"
#include "train/record.h"
#include <stdio.h>
#include <string.h>

/* Claim the folder for this run, and refuse it if it holds something that the run would destroy.
 * Root only. */
static int claim_folder(struct claim *claim, const char *dir, const char *hash,
                        enum run_start start, int replace, struct err *e)
{
    int mine = claim_take(claim, dir, e);
    if (mine == 0)
        return err_set(e,
                       "%s: another process is writing a run into this folder: wait for it, or "
                       "take another folder",
                       dir);
    if (mine < 0)
        return -1;
    if (replace)
        return 0;
    int status = identity_has_room(dir, hash, e);
    if (status == 0 && start == START_ANEW && checkpoint_is_in(dir))
        status = err_set(e,
                         "%s: holds a checkpoint of this run: --resume continues from it, "
                         "--replace starts anew",
                         dir);
    if (status < 0)
        claim_drop(claim, !claim->tried_by[0]); /* a sweep's note stays */
    return status;
}

/* If the file is the manifest of a run of the same configuration, say what has changed since that
 * run: only if nothing has does this run give the same numbers. */
static void tell_changes(const char *file, const struct run *r)
{
    char why[WHY_TEXT];
    struct err ignored;
    cJSON *o = json_read(file, 1, &ignored);
    if (!strcmp(json_field(o, "config_sha256"), r->hash) && identity_changes(o, &r->c, why) > 0)
        printf("%s: results may differ from this manifest's, because something has changed: %s\n",
               file, why);
    cJSON_Delete(o);
}

/* Train the run in its folder, which is ours; returns its status, or -1 with a sentence.  file:
 * what holds the configuration; NULL: no file. */
static int train_there(const struct config *c, const char *file, const struct run_place *place,
                       enum run_start start, struct err *e)
{
    struct run r;
    if (run_open(&r, c, place, start, e) < 0)
        return -1;
    if (gossip_is_root() && file)
        tell_changes(file, &r);
    int status = run_train(&r, e);
    if (gossip_is_root() && status >= 0) {
        FILE *f = message_begin();
        fprintf(f, "%s: %s\n", r.place.dir, run_status_name((enum run_status)status));
        message_end();
    }
    run_close(&r);
    return status;
}

/* Whether this run has ended in the folder; *status gets its status.  Collective. */
static int is_done(const struct config *c, const char *hash, const char *dir, int *status)
{
    char ended[WHY_TEXT] = "", model[RUN_FILE];
    if (!gossip_any(gossip_is_root() && identity_state(dir, c, hash, ended) == RUN_DONE))
        return 0;
    if (gossip_is_root()) {
        claim_tidy(dir);
        snprintf(model, sizeof(model), "%s/%s", dir, model_name);
        printf("%s: this run has %s; it is not run again\n", dir, ended);
        if (c->save_model && !file_exists(model))
            printf("%s: it kept no %s: --replace makes it again\n", dir, model_name);
    }
    *status = gossip_any(!strcmp(ended, "diverged")) ? RUN_DIVERGED : RUN_FINISHED;
    return 1;
}

/* The files in the folder that the run removes and writes must not be those that it reads. */
static void keep_inputs(const char *dir)
{
    char path[RUN_FILE];
    for (int i = 0; i < N_RUN_FILE - 1; i++) { /* all but the manifest, which may be its file */
        snprintf(path, sizeof(path), "%s/%s", dir, run_files[i]);
        file_will_write(path);
    }
}

int single_run(const struct config *c, const char *file, const struct run_place *place,
               enum run_start start, int replace, struct err *e)
{
    struct claim claim;
    char hash[HASH_TEXT];
    int status = config_hash(c, hash, e);
    if (gossip_agree(status, e) < 0)
        return -1;
    if (!replace && is_done(c, hash, place->dir, &status))
        return status;
    keep_inputs(place->dir);
    if (gossip_is_root())
        status = claim_folder(&claim, place->dir, hash, start, replace, e);
    if (gossip_agree(status, e) < 0)
        return -1;
    status = train_there(c, file, place, start, e);
    if (gossip_is_root())
        claim_drop(&claim, 1);
    return status;
}

int single_place(struct run_place *place, const char *out, const struct config *c, int seeds,
                 struct err *e)
{
    char dir[PATH_LENGTH], graph[65], seed[32] = "seeds", hash[HASH_TEXT];
    if (config_hash(c, hash, e) < 0)
        return -1;
    if (!seeds)
        snprintf(seed, sizeof(seed), "s%ld", c->seed);
    snprintf(graph, sizeof(graph), "%.64s", c->topology);
    for (char *p = graph; *p; p++) /* the path of a graph's file is no folder here */
        *p = *p == '/' ? '-' : *p;
    if (!out && path_print(dir, e, "%s/%.64s_%s-%s-%.8s", path_in_root("results/runs/single"),
                           c->algorithm, graph, seed, hash) < 0)
        return -1;
    return path_copy(place->dir, sizeof(place->dir), out ? out : dir, e);
}
