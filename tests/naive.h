/* naive: the layers written again, directly from their definitions, in double and without regard to
 * speed.  Of nn/ only the description of a network is used.  Gradients are central differences, so
 * that no derivative is written twice. */
#ifndef TESTS_NAIVE_H
#define TESTS_NAIVE_H
#include "nn/kernels/kernels.h"
#include "nn/nn.h"
#include "tests/formula.h"

/* Run body once with every set of kernels that this processor can run. */
static inline void with_every_set(void (*body)(void))
{
    const struct kernels *chosen = kernels;
    for (size_t i = 0; i < n_kernel_set; i++) {
        if (!kernels_supported(kernel_sets[i]))
            continue;
        kernels = kernel_sets[i];
        body();
    }
    kernels = chosen;
}

/* Tolerances for rounding: if got and want are sums of the same terms, and if want is a central
 * difference. */
static const double ROUNDING = sizeof(real) == 8 ? 1e-12 : 2e-5;
static const double DIFFERENCE = sizeof(real) == 8 ? 1e-7 : 1e-4;

/* y (n, out_h, out_w, o) from x (n, h, w, c), w (k, k, c, o), bias (o) or NULL.  Unless dy is NULL,
 * also the gradients of sum(dy y), summed term by term. */
static inline void naive_conv(const struct conv *s, int n, const double *x, const double *w,
                              const double *bias, double *y, const double *dy, double *dx,
                              double *dw, double *dbias)
{
    int at = 0;
    for (int e = 0; e < n; e++)
        for (int r = 0; r < s->out_h; r++)
            for (int q = 0; q < s->out_w; q++)
                for (int o = 0; o < s->o; o++, at++) {
                    double sum = bias ? bias[o] : 0;
                    if (dy && dbias)
                        dbias[o] += dy[at];
                    for (int i = 0; i < s->k; i++)
                        for (int j = 0; j < s->k; j++) {
                            int row = r * s->stride + i - s->pad, col = q * s->stride + j - s->pad;
                            if (row < 0 || row >= s->h || col < 0 || col >= s->w)
                                continue;
                            for (int c = 0; c < s->c; c++) {
                                int ix = ((e * s->h + row) * s->w + col) * s->c + c;
                                int iw = ((i * s->k + j) * s->c + c) * s->o + o;
                                sum += x[ix] * w[iw];
                                if (dy)
                                    dx[ix] += dy[at] * w[iw], dw[iw] += dy[at] * x[ix];
                            }
                        }
                    if (y)
                        y[at] = sum;
                }
}

/* The number of the set to which channel c of example e belongs. */
static inline int naive_set(int groups, int n_c, int e, int c)
{
    return groups ? e * groups + c / (n_c / groups) : c;
}

/* Mean and variance of each set of x (n, area, c); groups 0: batch norm. */
static inline void naive_moments(int groups, int n, int area, int n_c, const double *x,
                                 int unbiased, double *mean, double *var)
{
    int n_set = groups ? n * groups : n_c, m = n * area * n_c / n_set;
    memset(mean, 0, sizeof(*mean) * (size_t)n_set), memset(var, 0, sizeof(*var) * (size_t)n_set);
    for (int i = 0; i < n * area * n_c; i++)
        mean[naive_set(groups, n_c, i / n_c / area, i % n_c)] += x[i] / m;
    for (int i = 0; i < n * area * n_c; i++) {
        int set = naive_set(groups, n_c, i / n_c / area, i % n_c);
        var[set] += (x[i] - mean[set]) * (x[i] - mean[set]) / (unbiased ? m - 1 : m);
    }
}

/* Batch norm (groups 0), group norm, or EvoNorm-S0; running (2 c) are means and variances to use
 * instead of the batch's, or NULL. */
static inline void naive_norm(int groups, int evonorm, int n, int area, int n_c, const double *x,
                              const double *param, const double *running, double *y)
{
    double *mean = xcalloc((size_t)(n * n_c), sizeof(double)),
           *var = xcalloc((size_t)(n * n_c), sizeof(double));
    naive_moments(groups, n, area, n_c, x, evonorm, mean, var);
    if (running)
        memcpy(mean, running, sizeof(double) * (size_t)n_c),
            memcpy(var, running + n_c, sizeof(double) * (size_t)n_c);
    for (int i = 0; i < n * area * n_c; i++) {
        int c = i % n_c, set = naive_set(groups, n_c, i / n_c / area, c);
        double top = evonorm ? x[i] / (1 + exp(-x[i])) : x[i] - mean[set];
        y[i] = top / sqrt(var[set] + 1e-5) * param[c] + param[n_c + c];
    }
    free(mean), free(var);
}

/* The largest sum of a window and bias, or 0; windows of s->k places. */
static inline void naive_text_conv(const struct text_conv *s, int n, const double *x,
                                   const double *w, const double *bias, double *y)
{
    for (int i = 0; i < n; i++)
        for (int o = 0; o < s->c; o++) {
            double most = -INFINITY;
            for (int t = 0; t + s->k <= s->l; t++) {
                double sum = bias[o];
                for (int j = 0; j < s->k; j++)
                    for (int q = 0; q < s->e; q++)
                        sum += x[(i * s->l + t + j) * s->e + q] * w[(o * s->k + j) * s->e + q];
                most = fmax(most, sum);
            }
            y[i * s->c + o] = fmax(most, 0);
        }
}

static inline double naive_cross_entropy(int n, int n_c, const double *logits, const int32_t *y)
{
    double total = 0;
    for (int i = 0; i < n; i++, logits += n_c) {
        double top = logits[0], sum = 0;
        for (int c = 0; c < n_c; c++)
            top = fmax(top, logits[c]);
        for (int c = 0; c < n_c; c++)
            sum += exp(logits[c] - top);
        total += log(sum) + top - logits[y[i]];
    }
    return total;
}

/* One node of a network that drops nothing; in and out are whole batches. */
static inline void naive_node(const struct net *t, const struct node *nd, int n,
                              const double *param, const double *stat,
                              const double *const in[NN_MAX_IN], double *out)
{
    struct shape s = t->node[nd->in[0]].out, o = nd->out;
    const double *p = param + nd->param, *a = in[0], *b = in[1];
    int area = s.h * s.w, n_in = area * s.c, size = n * o.h * o.w * o.c;
    const char *op = nd->op->name;
    if (strcmp(op, "conv") == 0) {
        struct conv c = {s.h, s.w, s.c, o.h, o.w, o.c, nd->k, nd->stride, nd->pad, 0};
        naive_conv(&c, n, a, p, nd->bias ? p + nd->k * nd->k * s.c * o.c : NULL, out, NULL, NULL,
                   NULL, NULL);
    } else if (strcmp(op, "norm") == 0 || strcmp(op, "evonorm") == 0) {
        naive_norm(nd->groups, op[0] == 'e', n, area, s.c, a, p,
                   stat && nd->tracked ? stat + nd->stat : NULL, out);
        for (int i = 0; i < size; i++) { /* nn_add and nn_relu may be merged into it */
            out[i] += nd->n_in == 2 ? b[i] : 0;
            out[i] = nd->relu ? fmax(out[i], 0) : out[i];
        }
    } else if (strcmp(op, "linear") == 0) {
        struct conv c = {1, 1, n_in, 1, 1, 1, 1, 1, 0, 0}; /* one output at a time */
        double y;
        for (int i = 0; i < size; i++) {
            naive_conv(&c, 1, a + i / o.c * n_in, p + i % o.c * n_in, p + n_in * o.c + i % o.c, &y,
                       NULL, NULL, NULL, NULL);
            out[i] = y;
        }
    } else if (strcmp(op, "text_conv") == 0) {
        struct text_conv c = {s.h, s.c, o.c, nd->k};
        naive_text_conv(&c, n, a, p, p + o.c * nd->k * s.c, out);
    } else if (strcmp(op, "embedding") == 0) {
        for (int i = 0; i < size; i++)
            out[i] = p[(int)a[i / o.c] * o.c + i % o.c];
    } else if (strcmp(op, "concat") == 0) {
        for (int i = 0, c = 0; i < nd->n_in; c += t->node[nd->in[i++]].out.c)
            for (int k = 0, n_c = t->node[nd->in[i]].out.c; k < size / o.c * n_c; k++)
                out[k / n_c * o.c + c + k % n_c] = in[i][k];
    } else {
        for (int i = 0; i < size; i++) {
            int c = i % o.c, q = i / o.c % o.w, r = i / o.c / o.w % o.h, e = i / o.c / o.w / o.h;
            const double *v = a + ((e * s.h + 2 * r) * s.w + 2 * q) * s.c + c;
            if (strcmp(op, "relu") == 0)
                out[i] = fmax(a[i], 0);
            else if (strcmp(op, "dropout") == 0)
                out[i] = a[i];
            else if (strcmp(op, "add") == 0)
                out[i] = a[i] + b[i];
            else if (strcmp(op, "max_pool") == 0)
                out[i] = fmax(fmax(v[0], v[s.c]), fmax(v[s.w * s.c], v[(s.w + 1) * s.c]));
            else if (strcmp(op, "mean") == 0)
                for (int k = out[i] = 0; k < area; k++)
                    out[i] += a[(e * area + k) * s.c + c] / area;
            else
                fail_msg("tests/naive.h does not know the op '%s'", op);
        }
    }
}

/* Mean cross-entropy of the network on x (n, h, w, c), y (n), with gradient-free doubles; stat
 * NULL: training mode, else evaluation on these running statistics.  logits (n, n_class) or NULL.
 */
static inline double naive_loss(const struct net *t, int n, const double *param, const double *stat,
                                const double *x, const int32_t *y, double *logits)
{
    double *out[NN_MAX_NODE] = {NULL};
    const struct node *last = &t->node[t->n_node - 1];
    for (int i = 0; i < t->n_node; i++) {
        const struct node *nd = &t->node[i];
        size_t size = (size_t)n * shape_size(nd->out);
        out[i] = xcalloc(size, sizeof(double));
        if (i == 0)
            memcpy(out[0], x, size * sizeof(double));
        else
            naive_node(t, nd, n, param, stat,
                       (const double *[]){out[nd->in[0]], out[nd->in[1]], out[nd->in[2]]}, out[i]);
    }
    double loss = naive_cross_entropy(n, last->out.c, out[last->id], y) / n;
    if (logits)
        memcpy(logits, out[last->id], sizeof(double) * (size_t)(n * last->out.c));
    for (int i = 0; i < t->n_node; i++)
        free(out[i]);
    return loss;
}

/* The gradient of f(context) with respect to v (n), by central differences. */
static inline void naive_gradient(double (*f)(void *context), void *context, double *v, size_t n,
                                  double *gradient)
{
    const double h = 1e-5;
    for (size_t i = 0; i < n; i++) {
        double at = v[i];
        v[i] = at + h;
        double up = f(context);
        v[i] = at - h;
        gradient[i] = (up - f(context)) / (2 * h);
        v[i] = at;
    }
}
#endif
