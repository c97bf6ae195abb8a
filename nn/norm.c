/* norm: batch normalisation (Ioffe and Szegedy 2015), group normalisation (Wu and He 2018) and
 * EvoNorm-S0 (Liu et al. 2020), over channels-last images.
 *   batch, group:  y = (x - mean) / sqrt(var + eps) * weight + bias, biased variance
 *   EvoNorm-S0:    y = x sigmoid(x) / sqrt(var + eps) * weight + bias, unbiased variance
 * The statistics are taken over a set: for batch norm one channel over the batch, else a group of
 * channels of one example.  Each norm is computed in three steps:
 *   sums per channel over a block of pixels (all examples for batch norm, else one example);
 *   sums of these over the channels of a set;
 *   a second pass over the pixels with one factor per channel.
 * In evaluation, tracked batch norm uses running statistics (momentum 0.1, unbiased variance);
 * untracked batch norm uses the batch's own, as in the EvoNorm networks of the QGM paper's code.
 * A ReLU, or an addition and then a ReLU, that directly follows batch or group norm is done in the
 * second pass (nn_relu, nn_add); each saves a pass over memory. */
#include "nn/kernels/kernels.h"
#include "nn/nn.h"
#include <math.h>
#include <string.h>

enum { MAX_CHANNEL = 4096 };
static const double EPS = 1e-5, MOMENTUM = 0.1;

static void init(const struct node *nd, real *param, struct random *r)
{
    for (int c = 0; c < nd->out.c; c++)
        param[c] = 1, param[nd->out.c + c] = 0;
}

/* How a batch is divided: blocks of pixels, each with n_set sets of n_chan channels. */
struct cut {
    int n_block, n_set, n_chan, c;
    size_t n_pixel;
    double m; /* numbers in a set */
};

static struct cut cut_of(const struct node *nd, const struct pass *p)
{
    int c = nd->out.c, whole = nd->groups == 0;
    size_t area = (size_t)nd->out.h * (size_t)nd->out.w;
    struct cut k = {.n_block = whole ? 1 : p->n,
                    .n_set = whole ? c : nd->groups,
                    .n_chan = whole ? 1 : c / nd->groups,
                    .c = c,
                    .n_pixel = whole ? area * (size_t)p->n : area};
    k.m = (double)k.n_pixel * k.n_chan;
    return k;
}

/* Mean and centred sum of squares of a set from its channels' sums. */
static void set_moments(const struct cut *k, int set, const double *sum, const double *square,
                        double *mean, double *centred)
{
    double s = 0, q = 0;
    for (int c = set * k->n_chan; c < (set + 1) * k->n_chan; c++)
        s += sum[c], q += square[c];
    *mean = s / k->m;
    *centred = fmax(q - s * *mean, 0);
}

static void track(const struct node *nd, real *stat, const struct cut *k, int c, double mean,
                  double centred)
{
    real *running_mean = stat + nd->stat, *running_var = running_mean + k->c;
    double var = centred / fmax(k->m - 1, 1);
    running_mean[c] = (real)((1 - MOMENTUM) * (double)running_mean[c] + MOMENTUM * mean);
    running_var[c] = (real)((1 - MOMENTUM) * (double)running_var[c] + MOMENTUM * var);
}

/* Scale and shift for evaluation with running statistics. */
static void eval_factors(const struct node *nd, const struct pass *p, real *scale, real *shift)
{
    int n_c = nd->out.c;
    const real *weight = p->param + nd->param, *bias = weight + n_c;
    const real *mean = p->stat + nd->stat, *var = mean + n_c;
    for (int c = 0; c < n_c; c++) {
        double f = (double)weight[c] / sqrt((double)var[c] + EPS);
        scale[c] = (real)f, shift[c] = (real)((double)bias[c] - (double)mean[c] * f);
    }
}

/* keep holds, per block, the sets' means and inverse standard deviations. */
static void forward(const struct node *nd, struct pass *p)
{
    struct cut k = cut_of(nd, p);
    const real *weight = p->param + nd->param, *bias = weight + k.c;
    real scale[MAX_CHANNEL], shift[MAX_CHANNEL];
    double sum[MAX_CHANNEL], square[MAX_CHANNEL];
    for (int b = 0; b < k.n_block; b++) {
        size_t at = (size_t)b * k.n_pixel * (size_t)k.c;
        const real *x = out_of(p, nd->in[0]) + at;
        if (p->mode == PASS_EVAL && nd->tracked) {
            eval_factors(nd, p, scale, shift);
        } else {
            real *keep = keep_of(p, nd) + (size_t)b * 2 * (size_t)k.n_set;
            kernels->moments(k.n_pixel, k.c, x, sum, square);
            for (int s = 0; s < k.n_set; s++) {
                double mean, centred;
                set_moments(&k, s, sum, square, &mean, &centred);
                double inverse = 1 / sqrt(centred / k.m + EPS);
                keep[2 * s] = (real)mean, keep[2 * s + 1] = (real)inverse;
                for (int c = s * k.n_chan; c < (s + 1) * k.n_chan; c++) {
                    double f = (double)weight[c] * inverse;
                    scale[c] = (real)f, shift[c] = (real)((double)bias[c] - mean * f);
                }
                if (p->mode == PASS_TRAIN && nd->tracked)
                    track(nd, p->stat, &k, s, mean, centred);
            }
        }
        kernels->scale_shift(k.n_pixel, k.c, x, scale, shift,
                             nd->n_in == 2 ? out_of(p, nd->in[1]) + at : NULL, nd->relu,
                             out_of(p, nd->id) + at);
    }
}

/* With xh = (x - mean) r and u = weight dy:  dx = r (u - mean(u) - xh mean(u xh)) = a dy + b x + d,
 * means over the set. */
static void backward(const struct node *nd, struct pass *p)
{
    struct cut k = cut_of(nd, p);
    const real *weight = p->param + nd->param;
    real *d_weight = p->grad + nd->param, *d_bias = d_weight + k.c;
    real fa[MAX_CHANNEL], fb[MAX_CHANNEL], fd[MAX_CHANNEL];
    double sum[MAX_CHANNEL], dot[MAX_CHANNEL], sum_w[MAX_CHANNEL] = {0}, sum_b[MAX_CHANNEL] = {0};
    for (int b = 0; b < k.n_block; b++) {
        size_t at = (size_t)b * k.n_pixel * (size_t)k.c;
        const real *x = out_of(p, nd->in[0]) + at, *y = out_of(p, nd->id) + at;
        const real *keep = keep_of(p, nd) + (size_t)b * 2 * (size_t)k.n_set;
        real *dy = d_out_of(p, nd->id) + at;
        kernels->dots(k.n_pixel, k.c, nd->relu ? y : NULL, dy, x, sum, dot);
        if (nd->n_in == 2 && dy != d_out_of(p, nd->in[1]) + at)
            kernels->copy(k.n_pixel * (size_t)k.c, dy, nd->adds[1], d_out_of(p, nd->in[1]) + at);
        for (int s = 0; s < k.n_set; s++) {
            double mean = (double)keep[2 * s], r = (double)keep[2 * s + 1], mu = 0, mux = 0;
            for (int c = s * k.n_chan; c < (s + 1) * k.n_chan; c++) {
                double dyx = (dot[c] - mean * sum[c]) * r; /* sum of dy xh */
                sum_w[c] += dyx, sum_b[c] += sum[c];
                mu += (double)weight[c] * sum[c] / k.m, mux += (double)weight[c] * dyx / k.m;
            }
            for (int c = s * k.n_chan; c < (s + 1) * k.n_chan; c++) {
                fa[c] = (real)(r * (double)weight[c]), fb[c] = (real)(-r * r * mux);
                fd[c] = (real)(r * (r * mean * mux - mu));
            }
        }
        kernels->combine(k.n_pixel, k.c, dy, x, fa, fb, fd, nd->adds[0],
                         d_out_of(p, nd->in[0]) + at);
    }
    for (int c = 0; c < k.c; c++)
        d_weight[c] = (real)sum_w[c], d_bias[c] = (real)sum_b[c];
}

static const struct op norm = {
    .name = "norm", .init = init, .forward = forward, .backward = backward, .in_place = 1};

int nn_norm_is_last(const struct net *t, int id)
{
    return id == t->n_node - 1 && t->node[id].op == &norm && !t->node[id].relu;
}

/* keep holds the sigmoids of x, then per example the groups' means and inverse deviations. */
static void evonorm_forward(const struct node *nd, struct pass *p)
{
    struct cut k = cut_of(nd, p);
    const real *weight = p->param + nd->param, *bias = weight + k.c;
    size_t size = k.n_pixel * (size_t)k.c;
    real scale[MAX_CHANNEL], *moments = keep_of(p, nd) + (size_t)p->n * size;
    double sum[MAX_CHANNEL], square[MAX_CHANNEL];
    for (int b = 0; b < k.n_block; b++) {
        const real *x = out_of(p, nd->in[0]) + (size_t)b * size;
        real *keep = moments + (size_t)b * 2 * (size_t)k.n_set;
        kernels->moments(k.n_pixel, k.c, x, sum, square);
        for (int s = 0; s < k.n_set; s++) {
            double mean, centred;
            set_moments(&k, s, sum, square, &mean, &centred);
            double inverse = 1 / sqrt(centred / (k.m - 1) + EPS);
            keep[2 * s] = (real)mean, keep[2 * s + 1] = (real)inverse;
            for (int c = s * k.n_chan; c < (s + 1) * k.n_chan; c++)
                scale[c] = (real)((double)weight[c] * inverse);
        }
        kernels->swish_forward(k.n_pixel, k.c, x, scale, bias, keep_of(p, nd) + (size_t)b * size,
                               out_of(p, nd->id) + (size_t)b * size);
    }
}

/* With v = x sigmoid(x) and u = weight dy, and r the inverse deviation:
 *   dx = u r v'(x) - (x - mean) r^3 sum(u v) / (m - 1), the sum over the group. */
static void evonorm_backward(const struct node *nd, struct pass *p)
{
    struct cut k = cut_of(nd, p);
    const real *weight = p->param + nd->param;
    real *d_weight = p->grad + nd->param, *d_bias = d_weight + k.c;
    size_t size = k.n_pixel * (size_t)k.c;
    const real *moments = keep_of(p, nd) + (size_t)p->n * size;
    real fa[MAX_CHANNEL], fb[MAX_CHANNEL], fd[MAX_CHANNEL];
    double sum[MAX_CHANNEL], dot[MAX_CHANNEL], sum_w[MAX_CHANNEL] = {0}, sum_b[MAX_CHANNEL] = {0};
    for (int b = 0; b < k.n_block; b++) {
        size_t at = (size_t)b * size;
        const real *x = out_of(p, nd->in[0]) + at, *dy = d_out_of(p, nd->id) + at;
        const real *sigmoid = keep_of(p, nd) + at,
                   *keep = moments + (size_t)b * 2 * (size_t)k.n_set;
        kernels->swish_dots(k.n_pixel, k.c, dy, x, sigmoid, sum, dot);
        for (int s = 0; s < k.n_set; s++) {
            double mean = (double)keep[2 * s], r = (double)keep[2 * s + 1], uv = 0;
            for (int c = s * k.n_chan; c < (s + 1) * k.n_chan; c++) {
                sum_w[c] += dot[c] * r, sum_b[c] += sum[c];
                uv += (double)weight[c] * dot[c];
            }
            double f = r * r * r * uv / (k.m - 1);
            for (int c = s * k.n_chan; c < (s + 1) * k.n_chan; c++)
                fa[c] = (real)((double)weight[c] * r), fb[c] = (real)-f, fd[c] = (real)(mean * f);
        }
        kernels->swish_backward(k.n_pixel, k.c, dy, x, sigmoid, fa, fb, fd, nd->adds[0],
                                d_out_of(p, nd->in[0]) + at);
    }
    for (int c = 0; c < k.c; c++)
        d_weight[c] = (real)sum_w[c], d_bias[c] = (real)sum_b[c];
}

static const struct op evonorm = {.name = "evonorm",
                                  .init = init,
                                  .forward = evonorm_forward,
                                  .backward = evonorm_backward,
                                  .in_place = 1};

static struct node *norm_node(struct net *t, const struct op *op, int in, const char *name,
                              int groups)
{
    struct shape s = t->node[in].out;
    size_t n_c = (size_t)s.c;
    CHECK(s.c <= MAX_CHANNEL && (groups == 0 || s.c % groups == 0));
    struct node *nd = nn_node(t, op, 1, &in, s);
    nd->groups = groups;
    nd->param = nn_param(t, name, "weight", 1, &n_c);
    nn_param(t, name, "bias", 1, &n_c);
    return nd;
}

int nn_batch_norm(struct net *t, int in, const char *name, int tracked)
{
    struct node *nd = norm_node(t, &norm, in, name, 0);
    t->coupled = 1;
    size_t n_c = (size_t)nd->out.c;
    nd->tracked = tracked;
    nd->keep = nn_keep(t, 2 * n_c);
    if (tracked) {
        nd->stat = nn_stat(t, name, "running_mean", n_c);
        nn_stat(t, name, "running_var", n_c);
    }
    return nd->id;
}

int nn_group_norm(struct net *t, int in, const char *name, int groups)
{
    struct node *nd = norm_node(t, &norm, in, name, groups);
    nd->keep = nn_keep(t, 2 * (size_t)groups);
    return nd->id;
}

int nn_evonorm(struct net *t, int in, const char *name)
{
    int c = t->node[in].out.c, groups = c < 32 ? c : 32;
    struct node *nd = norm_node(t, &evonorm, in, name, groups);
    nd->keep = nn_keep(t, shape_size(nd->out) + 2 * (size_t)groups);
    return nd->id;
}
