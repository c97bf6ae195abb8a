/* train_step: a worker's training step (forward, loss, backward and x -= lr g) and evaluation, in
 * batches of 32, of every model, batch and length of text in the quick and standard tiers of
 * experiments/ and in scripts/peers, on random samples; items are samples.
 *
 * flops are net.flops, the multiply-adds of convolutions and linear layers, for evaluation, and
 * three times this number for a training step: forward, by weights, by data.  The first layer
 * counts in full, although its gradient by data is not computed (at most a fiftieth); norms are not
 * counted.  A fast convolution may need fewer flops.  A convolution with a maximum over time does:
 * its backward pass visits only the windows of the maxima. */
#include "bench/compare.h"
#include "bench/groups.h"
#include "bench/workload.h"
#include "nn/kernels/kernels.h"

enum { EVAL_BATCH = 32 };

/* How far two kernel sets may differ, relative to the largest number: by rounding, and by a few
 * terms of a gradient where rounding changes the side of a ReLU or the position of a maximum. */
static const double TOLERANCE = 3e-3;

/* Both return the mean loss. */
static double step(struct training *s)
{
    double loss =
        net_train(&s->net, &s->arena, s->param, s->stat, s->batch, s->x, s->y, &s->random, s->grad);
    for (size_t k = 0; k < s->net.n_param; k++)
        s->param[k] -= (real)0.01 * s->grad[k];
    return loss;
}
static double evaluate(struct training *s)
{
    int right;
    return net_evaluate(&s->net, &s->arena, s->param, s->stat, s->batch, s->x, s->y, &right) /
           s->batch;
}

/* The results of a step, which also updates running statistics, and an evaluation, with one set of
 * kernels. */
struct outcome {
    struct training *s;
    real loss[2];
};
static struct outcome outcome_of(const struct kernels *set, const struct workload *w)
{
    const struct kernels *in_use = kernels;
    struct outcome o;
    kernels = set;
    o.s = training_open(w);
    o.loss[0] = (real)step(o.s);
    o.loss[1] = (real)evaluate(o.s);
    kernels = in_use;
    return o;
}

/* Compare the kernels in use with the plain ones. */
static void check(struct bench *b, const void *workload)
{
    struct outcome got = outcome_of(kernels, workload), want = outcome_of(&kernels_plain, workload);
    const struct net *net = &got.s->net;
    size_t n = net->n_param, n_logit = (size_t)(got.s->batch * net_n_class(net));
    const real *logits = net_logits(&want.s->arena);
    compare(b, "loss", 2, got.loss, want.loss, TOLERANCE * largest(2, want.loss));
    compare(b, "gradient", n, got.s->grad, want.s->grad, TOLERANCE * largest(n, want.s->grad));
    compare(b, "logits", n_logit, net_logits(&got.s->arena), logits,
            TOLERANCE * largest(n_logit, logits));
    training_close(got.s), training_close(want.s);
}

static void train_step(struct bench *b, const void *workload)
{
    struct training *s = training_open(workload);
    while (bench_next(b))
        step(s);
    bench_items(b, s->batch);
    bench_flops(b, 3 * s->batch * s->net.flops);
    training_close(s);
}

static void eval(struct bench *b, const void *workload)
{
    struct training *s = training_open(workload);
    step(s); /* sets the running statistics */
    while (bench_next(b))
        evaluate(s);
    bench_items(b, s->batch);
    bench_flops(b, s->batch * s->net.flops);
    training_close(s);
}

void add_train_steps(void)
{
    static struct workloads evaluated;
    const struct workloads *trained = workloads_all();
    for (int i = 0; i < trained->n; i++) {
        struct workload w = trained->at[i];
        w.batch = EVAL_BATCH;
        workloads_add(&evaluated, &w);
    }
    workloads_bench(trained, "train_step", check, train_step);
    workloads_bench(&evaluated, "eval", check, eval);
}
