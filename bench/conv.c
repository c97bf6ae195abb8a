/* conv: the passes of every convolution that ResNet-20 and VGG-11-w16 have, alone, on random
 * operands, with the kernel set in use: forward in training and in evaluation, backward by weights
 * and by data.
 *
 * flops are those of direct convolution, 2 n out_h out_w o k k c for every pass, so a fast
 * algorithm (Winograd's) may exceed the peak.  bytes count each operand read once and the result
 * written once, which is the minimum; where caches hold them, the triad may be exceeded.
 * GOSSIPBENCH_KERNELS=plain compares the plain set with itself. */
#include "bench/compare.h"
#include "bench/groups.h"
#include "core/random.h"
#include "models/models.h"
#include "nn/kernels/kernels.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BATCH = 32, N_MAX = 32 };
static const char *const models[] = {"resnet20-bn", "vgg11-w16"};

/* Operands are uniform on (-1, 1), so a sum of L products has the size sqrt(L) / 3, and two sets
 * may differ by TOLERANCE sqrt(L).  Rounding takes up to a fifteenth of it; the rest is for fast
 * algorithms. */
static const double TOLERANCE = 1e-4;

enum array { X, W, Y, N_ARRAY }; /* x (n, h, w, c), w (k, k, c, o), y (n, out_h, out_w, o) */

struct operands {
    struct conv s;
    size_t n[N_ARRAY];
    real *v[N_ARRAY], *work;
};

/* A pass computes one of the arrays (`made`, into out) from the two others. */
struct pass_kind {
    const char *name;
    enum array made;
    void (*run)(const struct kernels *k, const struct operands *o, real *out);
};

static void forward(const struct kernels *k, const struct operands *o, real *out)
{
    k->conv_forward(&o->s, BATCH, o->v[X], o->v[W], NULL, out, o->work);
}
static void evaluation(const struct kernels *k, const struct operands *o, real *out)
{
    struct conv s = o->s;
    s.coarse = 1;
    k->conv_forward(&s, BATCH, o->v[X], o->v[W], NULL, out, o->work);
}
static void weights(const struct kernels *k, const struct operands *o, real *out)
{
    k->conv_backward_weights(&o->s, BATCH, o->v[X], o->v[Y], out, o->work);
}
static void data(const struct kernels *k, const struct operands *o, real *out)
{
    k->conv_backward_data(&o->s, BATCH, o->v[Y], o->v[W], out, 0, o->work);
}
static const struct pass_kind passes[] = {{"forward", Y, forward},
                                          {"evaluation", Y, evaluation},
                                          {"weights", W, weights},
                                          {"data", X, data}};

struct task {
    struct conv s;
    const struct pass_kind *pass;
};

static void operands_open(struct operands *o, const struct conv *s)
{
    size_t work = kernels->conv_work(s), work_plain = kernels_plain.conv_work(s);
    struct random r;
    random_init(&r, 1, RANDOM_TEST, 0, 0);
    o->s = *s;
    o->n[X] = (size_t)(BATCH * s->h * s->w * s->c);
    o->n[W] = (size_t)(s->k * s->k * s->c * s->o);
    o->n[Y] = (size_t)(BATCH * s->out_h * s->out_w * s->o);
    o->work = xcalloc(work > work_plain ? work : work_plain, sizeof(real));
    for (int a = 0; a < N_ARRAY; a++) {
        o->v[a] = xcalloc(o->n[a], sizeof(real));
        for (size_t i = 0; i < o->n[a]; i++)
            o->v[a][i] = (real)(2 * random_uniform(&r) - 1);
    }
}

static void operands_close(struct operands *o)
{
    free(o->v[X]), free(o->v[W]), free(o->v[Y]), free(o->work);
}

/* The number of products of the whole pass: k k c for each output. */
static double n_product(const struct operands *o)
{
    return (double)o->n[Y] * o->s.k * o->s.k * o->s.c;
}

/* Compare the kernels in use with the plain ones. */
static void check(struct bench *b, const void *context)
{
    const struct task *t = context;
    struct operands o;
    operands_open(&o, &t->s);
    size_t n = o.n[t->pass->made];
    double length = n_product(&o) / (double)n; /* of a sum; at the image's border it is shorter */
    real *got = xcalloc(n, sizeof(real)), *want = xcalloc(n, sizeof(real));
    t->pass->run(kernels, &o, got);
    t->pass->run(&kernels_plain, &o, want);
    compare(b, t->pass->name, n, got, want, TOLERANCE * sqrt(length));
    free(got), free(want);
    operands_close(&o);
}

static void run(struct bench *b, const void *context)
{
    const struct task *t = context;
    struct operands o;
    operands_open(&o, &t->s);
    real *out = xcalloc(o.n[t->pass->made], sizeof(real));
    while (bench_next(b))
        t->pass->run(kernels, &o, out);
    bench_flops(b, 2 * n_product(&o));
    bench_bytes(b, (double)((o.n[X] + o.n[W] + o.n[Y]) * sizeof(real)));
    free(out);
    operands_close(&o);
}

static void add(const struct conv *s, int is_first)
{
    static struct task tasks[N_MAX * LENGTH(passes)];
    static size_t n_task;
    char name[96];
    for (size_t i = 0; i < n_task; i++)
        if (memcmp(&tasks[i].s, s, sizeof(*s)) == 0)
            return;
    for (size_t p = 0; p < LENGTH(passes) - (is_first ? 1 : 0); p++) {
        CHECK(n_task < LENGTH(tasks));
        tasks[n_task] = (struct task){*s, &passes[p]};
        snprintf(name, sizeof(name), "conv/%s/%dx%d-%d-k%d-s%d/batch:%d", passes[p].name, s->c,
                 s->h, s->o, s->k, s->stride, BATCH);
        bench_add(name, check, run, &tasks[n_task++]);
    }
}

void add_convs(void)
{
    for (size_t m = 0; m < LENGTH(models); m++) {
        struct net net;
        struct err e;
        if (model_build(&net, models[m], (struct shape){32, 32, 3}, 10, &e) < 0)
            die("%s", e.text);
        for (int i = 0; i < net.n_node; i++) {
            const struct node *nd = &net.node[i];
            struct shape in = net.node[nd->in[0]].out, out = nd->out;
            if (strcmp(nd->op->name, "conv") == 0)
                add(&(struct conv){in.h, in.w, in.c, out.h, out.w, out.c, nd->k, nd->stride,
                                   nd->pad, 0},
                    nd->in[0] == 0); /* the image's gradient is not needed */
        }
    }
}
