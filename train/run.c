/* run: building everything that a run needs, and taking it down. */
#include "train/run.h"
#include "core/file.h"
#include "core/memory.h"
#include "train/checkpoint.h"
#include "train/evaluate.h"
#include "train/progress.h"
#include "train/record.h"
#include <stdlib.h>
#include <string.h>

const char *run_status_name(enum run_status s)
{
    static const char *const names[] = {"started", "finished", "diverged", "interrupted", "failed"};
    return names[s];
}

static int load_data(const struct config *c, double memory,
                     void (*tell)(const struct dataset *, double), struct dataset *data,
                     struct partition *part, struct err *e)
{
    struct dataset_request q = {.name = c->dataset,
                                .dir = c->data_dir,
                                .train_limit = (int)c->train_limit,
                                .test_limit = (int)c->test_limit,
                                .seed = (uint64_t)c->seed,
                                .classes = (int)c->classes,
                                .memory = memory,
                                .tell = tell};
    struct partition_request p = {.kind = c->partition,
                                  .file = c->partition_file,
                                  .alpha = c->alpha,
                                  .n_worker = (int)c->workers,
                                  .seed = (uint64_t)c->seed};
    if (dataset_open(data, &q, e) < 0)
        return -1;
    if ((c->holdout == 0 || dataset_hold_out(data, (int)c->holdout, q.seed, e) == 0) &&
        partition_open(part, &p, data->train.y, data->train.n, data->n_class, e) == 0)
        return 0;
    dataset_close(data);
    return -1;
}

int run_data(const struct config *c, struct dataset *data, struct partition *part, struct err *e)
{
    return load_data(c, 0, NULL, data, part, e);
}

static int batch_max(const struct config *c)
{
    return (int)c->batch_size > EVAL_BATCH ? (int)c->batch_size : EVAL_BATCH;
}

/* Workers, all with the same initial parameters. */
static void open_workers(struct run *r)
{
    const struct config *c = &r->c;
    struct random random;
    int batch = batch_max(c);
    arena_init(&r->arena, &r->net, batch);
    sampler_open(&r->sampler, &r->data, &r->part, (int)c->batch_size, c->augment, (uint64_t)c->seed,
                 r->o.w.first, r->o.w.count);
    r->stat = xcalloc((size_t)r->o.w.count * r->net.n_stat + 1, sizeof(real));
    r->loss = xcalloc((size_t)r->o.w.count, sizeof(double));
    r->y = xcalloc((size_t)batch, sizeof(*r->y));
    random_init(&random, (uint64_t)c->seed, RANDOM_INIT, 0, 0);
    net_init(&r->net, r->o.w.at[0].vec[X], r->stat, &random);
    for (int i = 1; i < r->o.w.count; i++) {
        memcpy(r->o.w.at[i].vec[X], r->o.w.at[0].vec[X], r->net.n_param * sizeof(real));
        memcpy(r->stat + (size_t)i * r->net.n_stat, r->stat, r->net.n_stat * sizeof(real));
    }
    r->steps_per_epoch = sampler_steps(&r->sampler);
    r->n_step = r->steps_per_epoch * c->epochs;
}

/* Foresee the memory that the run takes beyond what is taken by now, libraries and data, and refuse
 * what this machine does not have: better than being killed half-way. */
static int foresee_memory(struct run *r, struct err *e)
{
    double count = gossip_count(r->o.gossip), mib = 1 << 20;
    double more =
        optimizer_memory(&r->o) + (double)arena_bytes(&r->net, batch_max(&r->c)) +
        count * ((double)r->net.n_stat * sizeof(real) + (double)r->part.n_each * sizeof(int32_t)) +
        2 * (double)r->net.n_param * sizeof(real); /* while evaluating */
    double all = more * gossip_n_rank_here(), have = memory_available();
    r->memory = memory_taken() + more;
    if (have > 0 && all > have)
        return err_set(
            e,
            "the run needs %.0f MiB more on this machine, which has %.0f MiB: take fewer "
            "workers, a smaller model or batch, or more machines",
            all / mib, have / mib);
    return 0;
}

static int open_all(struct run *r, int resume, struct err *e)
{
    const struct config *c = &r->c;
    int status = nn_start(e);
    if (status == 0)
        status = config_check(c, e);
    if (status == 0)
        status = config_stable(c, e);
    if (status == 0)
        status = config_hash(c, r->hash, e);
    if (status == 0 && gossip_is_root())
        status = dir_make(r->place.dir, e); /* before the work, not after it */
    if (gossip_agree(status, e) < 0)
        return -1;
    double memory = memory_available(); /* before a rank here takes some */
    memory /= gossip_n_rank_here();
    status = load_data(c, memory, gossip_is_root() ? progress_data : NULL, &r->data, &r->part, e);
    if (gossip_agree(status, e) < 0)
        return -1;
    struct shape image = {r->data.h, r->data.w, r->data.c};
    status = model_build(&r->net, c->model, image, r->data.n_class, e);
    if (gossip_agree(status, e) < 0)
        return -1;
    if (optimizer_open(&r->o, c->algorithm, config_hyper(c), c->topology, c->lazy, (int)c->workers,
                       r->net.n_param, (uint64_t)c->seed, e) < 0)
        return -1;
    if (gossip_agree(foresee_memory(r, e), e) < 0)
        return -1;
    optimizer_allocate(&r->o);
    open_workers(r);
    int none = resume ? checkpoint_read(r, e) : 1;
    if (none < 0)
        return -1;
    r->step_first = r->step;
    if (gossip_is_root())
        r->record = record_open(r, none ? -1 : r->step, e);
    return gossip_agree(gossip_is_root() && !r->record ? -1 : 0, e);
}

int run_open(struct run *r, const struct config *c, const struct run_place *place, int resume,
             struct err *e)
{
    memset(r, 0, sizeof(*r));
    r->c = *c, r->place = *place;
    if (open_all(r, resume, e) == 0)
        return 0;
    run_close(r);
    return -1;
}

void run_close(struct run *r)
{
    record_close(r->record);
    sampler_close(&r->sampler);
    optimizer_close(&r->o);
    arena_release(&r->arena);
    free(r->stat), free(r->loss), free(r->y);
    partition_close(&r->part);
    dataset_close(&r->data);
    memset(r, 0, sizeof(*r));
}
