/* run: building everything that a run needs, and taking it down. */
#include "train/run.h"
#include "core/file.h"
#include "nn/blas.h"
#include "train/checkpoint.h"
#include "train/evaluate.h"
#include "train/record.h"
#include <stdlib.h>
#include <string.h>

const char *run_status_name(enum run_status s)
{
    static const char *const names[] = {"started", "finished", "diverged", "interrupted", "failed"};
    return names[s];
}

/* Data and what hangs on it; every rank reads the files for itself. */
static int open_data(struct run *r, struct err *e)
{
    const struct config *c = &r->c;
    struct dataset_request q = {.name = c->dataset,
                                .dir = c->data_dir,
                                .train_limit = (int)c->train_limit,
                                .test_limit = (int)c->test_limit,
                                .seed = (uint64_t)c->seed};
    struct partition_request p = {.kind = c->partition,
                                  .file = c->partition_file,
                                  .alpha = c->alpha,
                                  .n_worker = (int)c->workers,
                                  .seed = (uint64_t)c->seed};
    if (dataset_open(&r->data, &q, e) < 0 ||
        (c->holdout && dataset_hold_out(&r->data, (int)c->holdout, (uint64_t)c->seed, e) < 0))
        return -1;
    return partition_open(&r->part, &p, r->data.train.y, r->data.train.n, r->data.n_class, e);
}

/* Workers, all with the same initial parameters. */
static void open_workers(struct run *r)
{
    const struct config *c = &r->c;
    struct random random;
    int batch = (int)c->batch_size > EVAL_BATCH ? (int)c->batch_size : EVAL_BATCH;
    workers_init(&r->w, (int)c->workers, gossip_first(r->gossip), gossip_count(r->gossip),
                 r->net.n_param, S0 + r->algorithm->n_state);
    arena_init(&r->arena, &r->net, batch);
    sampler_open(&r->sampler, &r->data, &r->part, (int)c->batch_size, c->augment, (uint64_t)c->seed,
                 r->w.first, r->w.count);
    r->stat = xcalloc((size_t)r->w.count * r->net.n_stat + 1, sizeof(real));
    r->loss = xcalloc((size_t)r->w.count, sizeof(double));
    r->y = xcalloc((size_t)batch, sizeof(*r->y));
    random_init(&random, (uint64_t)c->seed, RANDOM_INIT, 0, 0);
    net_init(&r->net, r->w.at[0].vec[X], r->stat, &random);
    for (int i = 1; i < r->w.count; i++) {
        memcpy(r->w.at[i].vec[X], r->w.at[0].vec[X], r->net.n_param * sizeof(real));
        memcpy(r->stat + (size_t)i * r->net.n_stat, r->stat, r->net.n_stat * sizeof(real));
    }
    r->steps_per_epoch = sampler_steps(&r->sampler);
    r->n_step = r->steps_per_epoch * c->epochs;
}

static int open_all(struct run *r, int resume, struct err *e)
{
    const struct config *c = &r->c;
    int status = blas_start(e);
    if (status == 0)
        status = config_check(c, e);
    if (status == 0)
        status = config_hash(c, r->hash, e);
    if (status == 0 && gossip_is_root())
        status = dir_make(r->place.dir, e); /* before the work, not after it */
    if (gossip_agree(status, e) < 0)
        return -1;
    if (gossip_agree(open_data(r, e), e) < 0)
        return -1;
    struct shape image = {r->data.h, r->data.w, r->data.c};
    status = model_build(&r->net, c->model, image, r->data.n_class, e);
    if (gossip_agree(status, e) < 0)
        return -1;
    if (!(r->gossip = gossip_open((int)c->workers, r->net.n_param, e)))
        return -1;
    r->algorithm = algorithm_find(c->algorithm, e);
    r->hyper = config_hyper(c);
    graph_open(&r->graph, r->gossip, topology_find(c->topology, e), (int)c->workers, c->lazy,
               (uint64_t)c->seed);
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
    graph_close(&r->graph);
    gossip_close(r->gossip);
    workers_release(&r->w);
    arena_release(&r->arena);
    free(r->stat), free(r->loss), free(r->y);
    partition_close(&r->part);
    dataset_close(&r->data);
    memset(r, 0, sizeof(*r));
}

double run_memory(const struct run *r)
{
    int batch = (int)r->c.batch_size > EVAL_BATCH ? (int)r->c.batch_size : EVAL_BATCH;
    double image = (double)dataset_image_size(&r->data) + sizeof(int32_t);
    double vectors = S0 + r->algorithm->n_state + (r->algorithm->mixed ? 1 : 0);
    return (double)(r->data.train.n + r->data.test.n) * image +
           (double)arena_bytes(&r->net, batch) +
           r->w.count * (vectors * (double)r->w.stride + (double)r->net.n_stat) * sizeof(real);
}
