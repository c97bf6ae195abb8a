/* loop: the experiment. */
#include "train/checkpoint.h"
#include "train/evaluate.h"
#include "train/progress.h"
#include "train/record.h"
#include "train/run.h"
#include "train/schedule.h"
#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

static volatile sig_atomic_t interrupted;

static void on_signal(int number)
{
    (void)number;
    interrupted = 1;
}

/* The stochastic gradient of a local worker at its own x, weight decay added; its batch's loss. */
static double gradient(struct run *r, int i)
{
    struct worker *w = &r->w.at[i];
    real *x = w->vec[X], *g = w->vec[G], decay = (real)r->c.weight_decay;
    real *stat = r->stat + (size_t)i * r->net.n_stat;
    int n = sampler_batch(&r->sampler, w->id, (int)r->step, net_input(&r->arena), r->y);
    double loss = net_train(&r->net, &r->arena, x, stat, n, net_input(&r->arena), r->y, g);
    for (size_t k = 0; k < w->d; k++)
        g[k] += decay * x[k];
    return loss;
}

/* Values that all workers send in a round: along the graph's edges, and all to all if averaged. */
static double values_sent(const struct run *r, const struct mixing *m)
{
    double n = r->w.n, d = (double)r->w.d;
    return d * ((double)mixing_edges(m) * __builtin_popcount(r->algorithm->mixed) +
                n * (n - 1) * __builtin_popcount(r->algorithm->averaged));
}

/* One round of all workers; whether every local loss is a number. */
static int train_step(struct run *r)
{
    const struct algorithm *a = r->algorithm;
    const struct mixing *mixing = graph_at(&r->graph, r->step);
    struct tick k = {.step = (int)r->step,
                     .lr = schedule_lr(&r->c, r->step, r->steps_per_epoch),
                     .lr_prev = schedule_lr(&r->c, r->step ? r->step - 1 : 0, r->steps_per_epoch)};
    double begin = seconds_now();
    int finite = 1;
    for (int i = 0; i < r->w.count; i++) {
        double loss = gradient(r, i);
        r->loss[i] += loss;
        finite = finite && isfinite(loss);
        if (a->before_mix)
            a->before_mix(&r->w.at[i], &r->hyper, k);
    }
    double computed = seconds_now();
    gossip_mix(r->gossip, mixing, &r->w, a->mixed);
    gossip_average(r->gossip, &r->w, a->averaged);
    for (int i = 0; i < r->w.count && a->after_mix; i++)
        a->after_mix(&r->w.at[i], &r->hyper, k);
    r->seconds.compute += computed - begin, r->seconds.mix += seconds_now() - computed;
    r->bytes_sent += 4 * values_sent(r, mixing);
    r->step++, r->n_loss++;
    return finite;
}

/* Evaluate, write a row, start the sums of the next one. */
static int make_row(struct run *r, struct err *e)
{
    struct row row = {.epoch = (double)r->step / (double)r->steps_per_epoch,
                      .step = r->step,
                      .lr = schedule_lr(&r->c, r->step - 1, r->steps_per_epoch),
                      .bytes_sent = r->bytes_sent};
    double begin = seconds_now();
    evaluate(r, &row);
    r->seconds.evaluate += seconds_now() - begin;
    memset(r->loss, 0, (size_t)r->w.count * sizeof(*r->loss));
    r->n_loss = 0;
    if (gossip_is_root())
        progress_row(r, &row);
    return gossip_agree(r->record ? record_row(r->record, r, &row, e) : 0, e);
}

static int due(const struct run *r, long every_epochs)
{
    return every_epochs && r->step % (every_epochs * r->steps_per_epoch) == 0;
}

/* The experiment, on one screen: rounds, rows and checkpoints until it ends one way or another. */
static int train(struct run *r, struct err *e)
{
    while (r->step < r->n_step) {
        int finite = train_step(r), last = r->step == r->n_step;
        if (gossip_any(!finite))
            return make_row(r, e) < 0 ? -1 : RUN_DIVERGED;
        if ((last || due(r, r->c.eval_every)) && make_row(r, e) < 0)
            return -1;
        int stop = gossip_any(interrupted) && !last;
        if ((stop || (due(r, r->c.checkpoint_every) && !last)) && checkpoint_write(r, e) < 0)
            return -1;
        if (stop)
            return RUN_INTERRUPTED;
        if (gossip_is_root())
            progress_step(r);
    }
    return RUN_FINISHED;
}

/* SHA-256 of all workers' parameters in worker order; at the root. */
static void hash_parameters(struct run *r, char text[HASH_TEXT])
{
    real *row = xcalloc(r->w.d, sizeof(real));
    struct hash *h = hash_begin();
    for (int i = 0; i < r->w.n; i++) {
        gossip_fetch(r->gossip, i, r->w.slab[X], r->w.stride, r->w.d, row);
        hash_add(h, row, r->w.d * sizeof(real));
    }
    hash_end(h, text);
    free(row);
}

int run_train(struct run *r, struct err *e)
{
    struct sigaction catch = {.sa_handler = on_signal}, old_int, old_term;
    char parameters[HASH_TEXT];
    interrupted = 0;
    sigaction(SIGINT, &catch, &old_int), sigaction(SIGTERM, &catch, &old_term);
    r->seconds.start = seconds_now();
    if (gossip_is_root())
        progress_start(r);
    int status = train(r, e);
    hash_parameters(r, parameters);
    sigaction(SIGINT, &old_int, NULL), sigaction(SIGTERM, &old_term, NULL);
    int written = 0;
    if (r->record) {
        enum run_status s = status < 0 ? RUN_FAILED : (enum run_status)status;
        struct err ignored;
        written = record_finish(r->record, r, s, parameters, status < 0 ? &ignored : e);
        if (s == RUN_FINISHED || s == RUN_DIVERGED)
            checkpoint_remove(r);
    }
    return status < 0 || gossip_agree(written, e) < 0 ? -1 : status;
}
