/* layers: the percentage of a forward and backward pass that each kind of layer takes, for the
 * workloads of train_step: "conv" forward and "conv_back" backward, for example.  "first" is the
 * convolution of the image, whose gradient is not needed.  What is merged into a layer counts
 * there, such as ReLU after a norm.  A batch may take several passes; one is measured, in which a
 * layer's time is the least of all iterations. */
#include "bench/groups.h"
#include "bench/workload.h"
#include "nn/kernels/kernels.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

struct times {
    double forward[NN_MAX_NODE], backward[NN_MAX_NODE], loss; /* seconds */
};

/* Keep the time since *begin if it is the least so far, and begin anew. */
static void lap(double *least, double *begin)
{
    double now = seconds_now();
    *least = fmin(*least, now - *begin);
    *begin = now;
}

static void run_pass(struct training *s, struct times *t)
{
    const struct net *net = &s->net;
    int last = net->n_node - 1, n_right, n_pass = (s->batch - 1) / net->n_pass + 1;
    struct pass p = net_pass(net, &s->arena, s->param);
    p.n = (s->batch - 1) / n_pass + 1, p.mode = PASS_TRAIN;
    p.grad = s->grad, p.stat = s->stat, p.noise = &s->random;
    memcpy(p.act, s->x, (size_t)p.n * shape_size(net->node[0].out) * sizeof(real));
    double begin = seconds_now();
    for (int i = 0; i <= last; i++) {
        net->node[i].op->forward(&net->node[i], &p);
        lap(&t->forward[i], &begin);
    }
    kernels->cross_entropy(p.n, net_n_class(net), out_of(&p, last), s->y, s->batch,
                           d_out_of(&p, last), &n_right);
    lap(&t->loss, &begin);
    for (int i = last; i > 0; i--) {
        net->node[i].op->backward(&net->node[i], &p);
        lap(&t->backward[i], &begin);
    }
}

static const char *kind_of(const struct node *nd)
{
    return nd->in[0] == 0 && !strcmp(nd->op->name, "conv") ? "first" : nd->op->name;
}

/* The seconds of all nodes of this kind; "": of all nodes. */
static double sum(const struct net *net, const double *node, const char *kind)
{
    double all = 0;
    for (int i = 1; i < net->n_node; i++)
        if (!*kind || !strcmp(kind_of(&net->node[i]), kind))
            all += node[i];
    return all;
}

static void show(struct bench *b, const struct net *net, const struct times *t)
{
    double all = sum(net, t->forward, "") + sum(net, t->backward, "") + t->loss;
    for (int i = 1; i < net->n_node; i++) {
        char back[64];
        const char *kind = kind_of(&net->node[i]);
        snprintf(back, sizeof(back), "%s_back", kind);
        bench_share(b, kind, sum(net, t->forward, kind), all);
        bench_share(b, back, sum(net, t->backward, kind), all);
    }
    bench_share(b, "loss", t->loss, all);
}

static void layers(struct bench *b, const void *workload)
{
    struct training *s = training_open(workload);
    struct times t = {.loss = INFINITY};
    for (int i = 0; i < NN_MAX_NODE; i++)
        t.forward[i] = t.backward[i] = INFINITY;
    while (bench_next(b))
        run_pass(s, &t);
    show(b, &s->net, &t);
    training_close(s);
}

void add_layers(void)
{
    workloads_bench(workloads_all(), "layers", NULL, layers);
}
