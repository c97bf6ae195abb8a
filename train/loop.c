/* loop: the training loop of one run. */
#include "core/interrupt.h"
#include "train/checkpoint.h"
#include "train/evaluate.h"
#include "train/manifest.h"
#include "train/model_save.h"
#include "train/progress.h"
#include "train/record.h"
#include "train/run.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A run whose loss has grown by this factor has diverged (docs/results.md). */
static const double too_much = 1000;

/* The stochastic gradient of a local worker. */
static void gradient(void *context, int i)
{
    struct run *r = context;
    double loss = r->task.kind->gradient(&r->task, &r->o.w.at[i], i, (int)r->step);
    r->loss[i] += loss;
    r->lost = r->lost || !isfinite(loss);
}

static double lr_at(const struct run *r, long step)
{
    return schedule_lr(&r->schedule, step < 0 ? 0 : step, r->task.steps_per_epoch);
}

/* Evaluate, write a row and start the sums of the next one.  Returns 1 if done, 0 if an
 * interruption prevented it, -1 on failure. */
static int make_row(struct run *r, struct err *e)
{
    struct row row;
    double begin = seconds_now();
    row_clear(&row);
    row.epoch = (double)r->step / (double)r->task.steps_per_epoch;
    row.step = (double)r->step;
    row.lr = lr_at(r, r->step - 1);
    row.bytes_sent = r->o.bytes_sent;
    evaluate(r, &row);
    r->seconds.evaluate += seconds_now() - begin;
    if (gossip_any(interrupted()))
        return 0;
    r->lost = r->lost || row.train_loss > too_much * fmax(r->loss_start, 1);
    memset(r->loss, 0, (size_t)r->o.w.count * sizeof(*r->loss));
    r->n_loss = 0;
    if (gossip_is_root())
        progress_row(r, &row);
    return gossip_agree(r->record ? record_row(r, &row, e) : 0, e) < 0 ? -1 : 1;
}

/* Whether the current round ends an interval of every_epochs epochs, rounded to whole rounds; 0:
 * never. */
static int due(const struct run *r, double every_epochs)
{
    long every = lround(every_epochs * (double)r->task.steps_per_epoch);
    return every_epochs > 0 && r->step % (every ? every : 1) == 0;
}

/* Whether a row is due: every eval_every epochs, and after each of the last eval_last epochs. */
static int row_is_due(const struct run *r)
{
    long left = r->n_step - r->step, epoch = r->task.steps_per_epoch;
    return left == 0 || due(r, r->c.eval_every) ||
           (left % epoch == 0 && left / epoch < r->c.eval_last);
}

/* Whether a checkpoint is due.  That is so every checkpoint_every epochs, unless checkpoints have
 * taken more than half of the time so far; and at the end of an epoch if the last checkpoint is at
 * least checkpoint_minutes old. */
static int checkpoint_is_due(const struct run *r)
{
    double all = seconds_now() - r->seconds.start, apart = 60 * r->c.checkpoint_minutes;
    int at_epoch = due(r, (double)r->c.checkpoint_every), at_time = apart > 0 && due(r, 1);
    if (!at_epoch && !at_time)
        return 0;
    int affordable = at_epoch && r->seconds.checkpoint <= all / 2;
    int late = at_time && seconds_now() - r->seconds.last_checkpoint >= apart;
    return gossip_any(gossip_is_root() && (affordable || late));
}

/* Write a row and a checkpoint if they are due after this round.  Returns RUN_STARTED if the run
 * goes on, else how it ends; -1 on failure. */
static int end_round(struct run *r, struct err *e)
{
    int last = r->step == r->n_step;
    if (gossip_any(r->lost) || row_is_due(r)) {
        int made = make_row(r, e);
        if (made < 0)
            return -1;
        if (made && gossip_any(r->lost))
            return RUN_DIVERGED;
        if (made && last)
            return RUN_FINISHED;
    }
    int stop = gossip_any(interrupted());
    if ((stop || checkpoint_is_due(r)) && checkpoint_write(r, e) < 0)
        return -1;
    return stop ? RUN_INTERRUPTED : RUN_STARTED;
}

/* Do rounds until the run finishes, diverges, is interrupted or fails.  A resumed run first makes
 * the row whose evaluation was interrupted, if there is one. */
static int train(struct run *r, struct err *e)
{
    for (int i = 0; i < r->o.w.count; i++)
        r->lost = r->lost || !isfinite(r->loss[i]);
    int status = r->n_loss > 0          ? end_round(r, e)
                 : r->step == r->n_step ? RUN_FINISHED /* no epochs, or resumed at the end */
                                        : RUN_STARTED;
    while (status == RUN_STARTED) {
        struct tick k = {(int)r->step, lr_at(r, r->step), lr_at(r, r->step - 1)};
        optimizer_step(&r->o, k, gradient, r);
        r->step++, r->n_loss++;
        if (r->step == 1)
            r->loss_start = evaluate_loss(r);
        status = end_round(r, e);
        if (gossip_is_root() && status == RUN_STARTED)
            progress_step(r);
    }
    return status;
}

/* SHA-256 of all workers' parameters in worker order, at the root. */
static void hash_parameters(struct run *r, char text[HASH_TEXT])
{
    real *row = xcalloc(r->o.w.d, sizeof(real));
    struct hash *h = hash_begin();
    for (int i = 0; i < r->o.w.n; i++) {
        gossip_fetch(r->o.gossip, i, r->o.w.slab[X], r->o.w.stride, r->o.w.d, row);
        hash_add(h, row, r->o.w.d * sizeof(real));
    }
    hash_end(h, text);
    free(row);
}

int run_train(struct run *r, struct err *e)
{
    char parameters[HASH_TEXT];
    interrupt_catch();
    r->seconds.last_checkpoint = seconds_now();
    r->seconds.start = r->seconds.last_checkpoint - r->seconds.before;
    if (gossip_is_root())
        progress_start(r);
    int status = train(r, e);
    hash_parameters(r, parameters);
    if (status == RUN_FINISHED && r->c.save_model && model_save(r, parameters, e) < 0)
        status = -1;
    int written = 0;
    if (r->record) {
        enum run_status s = status < 0 ? RUN_FAILED : (enum run_status)status;
        struct err ignored;
        written = manifest_write(r, s, parameters, status < 0 ? &ignored : e);
        if (written == 0 && (s == RUN_FINISHED || s == RUN_DIVERGED))
            checkpoint_remove(r->place.dir);
    }
    return status < 0 || gossip_agree(written, e) < 0 ? -1 : status;
}
