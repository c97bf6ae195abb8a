/* kernels: the arithmetic of the ops on plain arrays; knows no node and no net, allocates nothing.
 * A set of kernels is a table of functions with one fixed order of summation: its results depend
 * on the operands alone.  The plain set is the reference that every faster set is tested against;
 * sets differ from each other by rounding only.
 *
 * Images are (n, h, w, c) and "pixels" are n h w rows of c channels.  `add`: add to the output
 * instead of overwriting it. */
#ifndef NN_KERNELS_KERNELS_H
#define NN_KERNELS_KERNELS_H
#include "core/core.h"
#include "core/real.h"
#include <stddef.h>
#include <stdint.h>

/* A convolution: images (h, w, c) to (out_h, out_w, o), weights (k, k, c, o).  coarse: for speed,
 * the rounding error of its outputs may be a few times that of the direct sum.  Used only where no
 * derivative is taken at the output, so no gradient depends on the sign of a rounded value. */
struct conv {
    int h, w, c, out_h, out_w, o, k, stride, pad, coarse;
};

/* With stride 1, backward by data is this convolution of the output's gradient, with the taps of
 * the weights reversed and their channels transposed. */
static inline struct conv conv_turned(const struct conv *s)
{
    return (struct conv){.h = s->out_h,
                         .w = s->out_w,
                         .c = s->o,
                         .out_h = s->h,
                         .out_w = s->w,
                         .o = s->c,
                         .k = s->k,
                         .stride = 1,
                         .pad = s->k - 1 - s->pad,
                         .coarse = 1};
}

/* A convolution over time: texts of l places with e numbers each, c maps, weights (c, k, e).  A
 * window is k neighbouring places, and contiguous in memory. */
struct text_conv {
    int l, e, c, k;
};
static inline int text_n_window(const struct text_conv *s)
{
    return s->l - s->k + 1;
}

struct kernels {
    const char *name;

    /* Work space, in numbers, that is enough for each of the three below. */
    size_t (*conv_work)(const struct conv *s);
    void (*conv_forward)(const struct conv *s, int n, const real *x, const real *w,
                         const real *bias, real *y, real *work); /* bias NULL: none */
    void (*conv_backward_weights)(const struct conv *s, int n, const real *x, const real *dy,
                                  real *dw, real *work);
    void (*conv_backward_data)(const struct conv *s, int n, const real *dy, const real *w, real *dx,
                               int add, real *work);

    /* Sums per channel over the pixels.
     *   moments:       sum x and sum x^2
     *   dots:          sum dy and sum dy x
     *   column_sums:   sum dy
     * Unless gate is NULL, dots first sets dy to 0 where gate is not above 0: ReLU's backward pass.
     */
    void (*moments)(size_t n_pixel, int c, const real *x, double *sum, double *square);
    void (*dots)(size_t n_pixel, int c, const real *gate, real *dy, const real *x, double *sum,
                 double *dot);
    void (*column_sums)(size_t n_pixel, int c, const real *dy, real *sum);
    /* From here to swish_backward, y may be x and dx may be dy.  Factors are per channel.
     *   scale_shift:   y = x scale + shift, plus residual unless NULL, then max(y, 0) if relu
     *   combine:       dx = dy a + x b + d */
    void (*scale_shift)(size_t n_pixel, int c, const real *x, const real *scale, const real *shift,
                        const real *residual, int relu, real *y);
    void (*combine)(size_t n_pixel, int c, const real *dy, const real *x, const real *a,
                    const real *b, const real *d, int add, real *dx);
    /* With s = sigmoid(x), which is kept, and v = x s:
     *   swish_forward:    y = v scale + shift
     *   swish_dots:       sum dy and sum dy v
     *   swish_backward:   dx = dy a v'(x) + x b + d */
    void (*swish_forward)(size_t n_pixel, int c, const real *x, const real *scale,
                          const real *shift, real *sigmoid, real *y);
    void (*swish_dots)(size_t n_pixel, int c, const real *dy, const real *x, const real *sigmoid,
                       double *sum, double *dot);
    void (*swish_backward)(size_t n_pixel, int c, const real *dy, const real *x,
                           const real *sigmoid, const real *a, const real *b, const real *d,
                           int add, real *dx);

    void (*relu_forward)(size_t n, real *y);                  /* in place */
    void (*relu_backward)(size_t n, const real *y, real *dy); /* in place: 0 where y is 0 */
    void (*add)(size_t n, const real *a, const real *b, real *y);
    void (*copy)(size_t n, const real *from, int add, real *to);
    /* 2 x 2, stride 2: (n, h, w, c) to (n, h/2, w/2, c) */
    void (*max_pool_forward)(int n, int h, int w, int c, const real *x, real *y);
    void (*max_pool_backward)(int n, int h, int w, int c, const real *x, const real *dy, real *dx);
    /* The vector at place i of text t is row row[t, i] of x (n_row, e).  Texts share rows, and what
     * a row contributes to the sums is computed once.  y (n, c): for every text and map, max(0,
     * bias + the largest sum of a window). at (n, c): the number of that window (the first among
     * equals), stored as a real.  NaN counts as the largest. */
    size_t (*text_work)(const struct text_conv *s, int n_row);
    void (*text_forward)(const struct text_conv *s, int n, int n_row, const real *x,
                         const int32_t *row, const real *w, const real *bias, real *y, real *at,
                         real *work);
    /* dy (n, c), after ReLU's backward pass; only the windows of the maxima have a gradient. */
    void (*text_backward)(const struct text_conv *s, int n, const real *x, const real *w,
                          const real *at, const real *dy, real *dw, real *dx, int add);
    /* (n, area, c) to (n, c) */
    void (*mean_forward)(int n, int area, int c, const real *x, real *y);
    void (*mean_backward)(int n, int area, int c, const real *dy, real *dx);
    /* Returns the sum over n examples of the cross-entropy of softmax(logits (n, c)) and the label.
     * n_right: how many examples have their largest logit (the first among equals) at the label.
     * d_logits, unless NULL: the gradient of this sum divided by n_mean. */
    double (*cross_entropy)(int n, int c, const real *logits, const int32_t *y, int n_mean,
                            real *d_logits, int *n_right);
};

extern const struct kernels kernels_plain, kernels_avx2, kernels_avx512;
/* All sets of this build, the fastest first; plain is the last, and the only one for double. */
extern const struct kernels *const kernel_sets[];
extern const size_t n_kernel_set;
/* Whether this processor has the instructions that the set uses. */
int kernels_supported(const struct kernels *k);

/* The set in use: plain until kernels_start, which chooses the set named by the environment
 * variable GOSSIPBENCH_KERNELS or, if it is not set, the fastest that the processor supports. */
extern const struct kernels *kernels;
int kernels_start(struct err *e);
#endif
