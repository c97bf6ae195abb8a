/* run: sets up everything that a run needs, and releases it. */
#include "train/run.h"
#include "core/file.h"
#include "core/memory.h"
#include "nn/kernels/kernels.h"
#include "nn/nn.h"
#include "train/agreement.h"
#include "train/checkpoint.h"
#include "train/evaluate.h"
#include "train/record.h"
#include "train/stability.h"
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *run_status_name(enum run_status s)
{
    static const char *const names[] = {"started", "finished", "diverged", "interrupted", "failed"};
    return names[s];
}

void run_file(const struct run *r, const char *name, char path[RUN_FILE])
{
    CHECK(snprintf(path, RUN_FILE, "%s/%s", r->place.dir, name) < RUN_FILE);
}

/* Allocate the workers and their task, and set their starting points. */
static void open_workers(struct run *r)
{
    optimizer_allocate(&r->o);
    r->task.kind->start(&r->task, &r->o.w);
    r->loss = xcalloc((size_t)r->o.w.count, sizeof(double));
    if (r->task.drawable)
        r->path = xcalloc((size_t)r->o.w.n * r->o.w.d, sizeof(double));
}

/* Limit the number of steps: they are an int in struct tick, and random streams have 2^32 steps. */
static int count_steps(struct run *r, struct err *e)
{
    r->n_step = r->task.steps_per_epoch * r->c.epochs;
    if (r->n_step <= INT_MAX)
        return 0;
    return err_usage(e,
                     "%ld epochs of %ld steps are more than %d steps: take fewer epochs or a "
                     "larger batch_size",
                     r->c.epochs, r->task.steps_per_epoch, INT_MAX);
}

/* Estimate the memory that the run will need in addition to libraries and data, and refuse to start
 * if this machine does not have it, rather than be killed half-way. */
static int foresee_memory(struct run *r, struct err *e)
{
    double mib = 1 << 20, more = optimizer_memory(&r->o) +
                                 r->task.kind->memory(&r->task, gossip_count(r->o.gossip));
    double all = more * gossip_n_rank_here(), have = memory_available();
    r->memory = memory_taken() + more;
    if (have > 0 && all > have)
        return err_set(
            e,
            "the run needs %.0f MiB more on this machine, which allows it %.0f MiB: take fewer "
            "workers, a smaller model or batch, or more machines",
            all / mib, have / mib);
    return 0;
}

/* The root goes first, so that ranks that share its folder find the files' SHA-256 in its cache. */
static int identify(struct run *r, struct err *e)
{
    for (int root = 1; root >= 0; root--) {
        int mine = gossip_is_root() == root;
        if (gossip_agree(mine ? identity_of(&r->identity, &r->c, kernels->name, e) : 0, e) < 0)
            return -1;
    }
    return agree_on_identity(r, e);
}

static int open_all(struct run *r, enum run_start start, struct err *e)
{
    const struct config *c = &r->c;
    int status = nn_start(e);
    if (status == 0)
        status = config_check(c, e);
    if (status == 0)
        status = task_check(c, e);
    if (status == 0)
        status = stability_check(c, e);
    if (status == 0)
        status = config_hash(c, r->hash, e);
    if (status == 0 && gossip_is_root())
        status = dir_make(r->place.dir, e); /* fail before the work, not after it */
    if (gossip_agree(status, e) < 0 || agree_on_settings(r, e) < 0)
        return -1;
    if (gossip_agree(schedule_open(&r->schedule, c, e), e) < 0 ||
        gossip_agree(task_open(&r->task, c, e), e) < 0 || identify(r, e) < 0)
        return -1;
    struct optimizer_request q = config_optimizer(c);
    if (optimizer_open(&r->o, &q, r->task.d, e) < 0)
        return -1;
    if (gossip_agree(foresee_memory(r, e), e) < 0)
        return -1;
    open_workers(r);
    if (count_steps(r, e) < 0)
        return -1;
    evaluate_path(r);
    if (gossip_is_root())
        r->record = record_new(r);
    if (start != START_ANEW && checkpoint_read(r, start, e) < 0)
        return -1;
    r->step_first = r->step;
    return gossip_agree(gossip_is_root() ? record_open(r, e) : 0, e);
}

int run_open(struct run *r, const struct config *c, const struct run_place *place,
             enum run_start start, struct err *e)
{
    memset(r, 0, sizeof(*r));
    r->c = *c, r->place = *place;
    if (open_all(r, start, e) == 0)
        return 0;
    run_close(r);
    return -1;
}

void run_close(struct run *r)
{
    record_close(r->record);
    cJSON_Delete(r->before);
    optimizer_close(&r->o);
    task_close(&r->task);
    schedule_close(&r->schedule);
    free(r->loss), free(r->path);
    memset(r, 0, sizeof(*r));
}
