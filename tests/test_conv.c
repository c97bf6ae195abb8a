/* conv: convolutions of every set of kernels against the definition: outputs, gradients of the
 * weights, the bias and the data; sizes that fit no register and no block. */
#include "tests/naive.h"

static size_t n_x, n_y, n_w;

static void check_forward(const struct conv *s, int n, int bias, const real *x, const real *w,
                          const real *b, real *work)
{
    double *dx = doubles_of(x, n_x), *dw = doubles_of(w, n_w), *db = doubles_of(b, (size_t)s->o);
    double *want = xcalloc(n_y, sizeof(*want));
    real *y = guarded(n_y);
    naive_conv(s, n, dx, dw, bias ? db : NULL, want, NULL, NULL, NULL, NULL);
    kernels->conv_forward(s, n, x, w, bias ? b : NULL, y, work);
    check_array(y, want, n_y, ROUNDING);
    guarded_free(y, n_y);
    free(dx), free(dw), free(db), free(want);
}

static void check_backward(const struct conv *s, int n, const real *x, const real *w, real *work)
{
    real *dy = guarded_units(n_y, 4), *dw = guarded(n_w), *db = guarded((size_t)s->o);
    real *dx = guarded(n_x), *added = guarded_units(n_x, 5);
    double *ex = doubles_of(x, n_x), *ew = doubles_of(w, n_w), *ey = doubles_of(dy, n_y);
    double *want_x = xcalloc(n_x, sizeof(double)), *want_w = xcalloc(n_w, sizeof(double));
    double *want_b = xcalloc((size_t)s->o, sizeof(double));
    naive_conv(s, n, ex, ew, NULL, NULL, ey, want_x, want_w, want_b);
    kernels->conv_backward_weights(s, n, x, dy, dw, work);
    kernels->column_sums((size_t)(n * s->out_h * s->out_w), s->o, dy, db);
    kernels->conv_backward_data(s, n, dy, w, dx, 0, work);
    kernels->conv_backward_data(s, n, dy, w, added, 1, work);
    check_array(dw, want_w, n_w, ROUNDING);
    check_array(db, want_b, (size_t)s->o, ROUNDING);
    check_array(dx, want_x, n_x, ROUNDING);
    for (size_t i = 0; i < n_x; i++)
        want_x[i] += (double)(real)formula_unit(5, (uint32_t)i);
    check_array(added, want_x, n_x, ROUNDING);
    guarded_free(dy, n_y), guarded_free(dw, n_w), guarded_free(db, (size_t)s->o);
    guarded_free(dx, n_x), guarded_free(added, n_x);
    free(ex), free(ew), free(ey), free(want_x), free(want_w), free(want_b);
}

static void check_conv(int h, int w, int c, int o, int k, int stride, int n)
{
    int pad = k / 2;
    struct conv s = {.h = h,
                     .w = w,
                     .c = c,
                     .out_h = (h + 2 * pad - k) / stride + 1,
                     .out_w = (w + 2 * pad - k) / stride + 1,
                     .o = o,
                     .k = k,
                     .stride = stride,
                     .pad = pad};
    n_x = (size_t)(n * h * w * c), n_y = (size_t)(n * s.out_h * s.out_w * o);
    n_w = (size_t)(k * k * c * o);
    size_t n_work = kernels->conv_work(&s);
    real *x = guarded_units(n_x, 1), *weights = guarded_units(n_w, 2);
    real *bias = guarded_units((size_t)o, 3);
    real *work = xcalloc(n_work + GUARD, sizeof(real)); /* aligned, as an arena's is */
    for (size_t i = 0; i < n_work + GUARD; i++)
        work[i] = i < n_work ? (real)NAN : guard_value;
    check_forward(&s, n, 0, x, weights, bias, work);
    check_forward(&s, n, 1, x, weights, bias, work);
    s.coarse = 1;
    check_forward(&s, n, 1, x, weights, bias, work);
    check_backward(&s, n, x, weights, work);
    for (int i = 0; i < GUARD; i++)
        assert_true(work[n_work + (size_t)i] == guard_value);
    guarded_free(x, n_x), guarded_free(weights, n_w), guarded_free(bias, (size_t)o);
    free(work);
}

static void check_sizes(void)
{
    static const int image[][2] = {{1, 1}, {2, 2}, {5, 7}, {6, 4}, {8, 8}};
    static const int channels[][2] = {{1, 1}, {3, 16}, {16, 17}, {17, 3}, {16, 16}, {33, 24}};
    for (size_t i = 0; i < LENGTH(image); i++)
        for (size_t c = 0; c < LENGTH(channels); c++)
            for (int k = 1; k <= 3; k += 2)
                for (int stride = 1; stride <= 2; stride++)
                    for (int n = 1; n <= 3; n += 2)
                        check_conv(image[i][0], image[i][1], channels[c][0], channels[c][1], k,
                                   stride, n);
    /* more than a chunk of tiles, with so many weights that they are transformed in blocks */
    check_conv(12, 12, 144, 128, 3, 1, 4);
    check_conv(23, 23, 96, 80, 3, 1, 4);
}

static void any_size_stride_and_channel_count(void **state)
{
    (void)state;
    with_every_set(check_sizes);
}

/* More output pixels than the kernels gather at a time, a number of examples that does not divide
 * them, and images of which one is more than that. */
static void check_long(void)
{
    check_conv(16, 16, 3, 5, 3, 1, 5);
    check_conv(16, 16, 3, 5, 3, 2, 23);
    check_conv(9, 11, 4, 16, 1, 2, 40);
    check_conv(34, 33, 3, 16, 3, 1, 2);
    check_conv(65, 34, 2, 3, 3, 2, 2);
    check_conv(32, 32, 16, 16, 3, 1, 1);
    check_conv(4, 4, 64, 64, 3, 1, 2);
    check_conv(16, 16, 16, 48, 3, 2, 3);
    check_conv(16, 16, 48, 16, 3, 2, 3);
    check_conv(16, 16, 16, 32, 1, 2, 3);
    check_conv(8, 16, 32, 16, 3, 1, 5);
    /* few channels in planes, with rows that are one and several groups of pixels */
    check_conv(32, 32, 3, 8, 3, 1, 3);
    check_conv(5, 16, 1, 24, 3, 1, 2);
    check_conv(3, 48, 7, 8, 3, 1, 2);
    /* images that are not worth a transform, more of them than are processed at a time */
    check_conv(2, 2, 24, 40, 3, 1, 130);
    check_conv(1, 2, 8, 8, 3, 1, 3);
}

static void batches_longer_than_a_block(void **state)
{
    (void)state;
    with_every_set(check_long);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_size_stride_and_channel_count),
        cmocka_unit_test(batches_longer_than_a_block),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
