/* kernels: every set's sums per channel and passes with a factor per channel, the inner loops of
 * the norms, against their definitions. */
#include "tests/sizes.h"

static double sigmoid_of(double x)
{
    return 1 / (1 + exp(-x));
}

/* Sums per channel of what the kernels are to add up: mode 0: x, x^2; 1: dy, dy x; 2: dy, dy v. */
static void check_sums(size_t n_pixel, int c, real *dy, const real *x, const real *sigmoid,
                       int mode)
{
    size_t n_c = (size_t)c, n = n_pixel * n_c;
    double *first = xcalloc(n_c, sizeof(double)), *second = xcalloc(n_c, sizeof(double));
    double *want1 = xcalloc(n_c, sizeof(double)), *want2 = xcalloc(n_c, sizeof(double));
    for (size_t i = 0; i < n; i++) {
        double g = mode ? (double)dy[i] : (double)x[i];
        want1[i % n_c] += g;
        want2[i % n_c] += g * (double)x[i] * (mode == 2 ? sigmoid_of((double)x[i]) : 1);
    }
    for (int k = 0; k < c; k++)
        first[k] = second[k] = NAN;
    if (mode == 0)
        kernels->moments(n_pixel, c, x, first, second);
    else if (mode == 1)
        kernels->dots(n_pixel, c, NULL, dy, x, first, second);
    else
        kernels->swish_dots(n_pixel, c, dy, x, sigmoid, first, second);
    for (int k = 0; k < c; k++) {
        check_close(first[k], want1[k], ROUNDING * (double)(n_pixel + 1));
        check_close(second[k], want2[k], ROUNDING * (double)(n_pixel + 1));
    }
    free(first), free(second), free(want1), free(want2);
}

static void sums_at(size_t n_pixel, int c)
{
    size_t n = n_pixel * (size_t)c;
    real *x = guarded_units(n, 1), *dy = guarded_units(n, 2), *sigmoid = guarded(n);
    for (size_t i = 0; i < n; i++)
        sigmoid[i] = (real)sigmoid_of((double)x[i]);
    for (int mode = 0; mode < 3; mode++)
        check_sums(n_pixel, c, dy, x, sigmoid, mode);
    real *sum = guarded((size_t)c);
    double *want = xcalloc((size_t)c, sizeof(double));
    for (size_t i = 0; i < n; i++)
        want[i % (size_t)c] += (double)dy[i];
    kernels->column_sums(n_pixel, c, dy, sum);
    check_array(sum, want, (size_t)c, ROUNDING);
    guarded_free(x, n), guarded_free(dy, n), guarded_free(sigmoid, n);
    guarded_free(sum, (size_t)c), free(want);
}

/* dy is set to 0 where the gate is not above 0, then summed: as if relu_backward ran first. */
static void gate_at(size_t n_pixel, int c)
{
    size_t n_c = (size_t)c, n = n_pixel * n_c;
    real *x = guarded_units(n, 1), *dy = guarded_units(n, 2), *gate = guarded_units(n, 3);
    double *sum[2], *dot[2];
    for (int k = 0; k < 2; k++)
        sum[k] = xcalloc(n_c, sizeof(double)), dot[k] = xcalloc(n_c, sizeof(double));
    for (size_t i = 0; i < n; i += 3)
        gate[i] = i % 2 ? 0 : (real)-0.0;
    kernels->dots(n_pixel, c, gate, dy, x, sum[0], dot[0]);
    for (size_t i = 0; i < n; i++)
        assert_true(dy[i] == (gate[i] > 0 ? (real)formula_unit(2, (uint32_t)i) : 0));
    kernels->dots(n_pixel, c, NULL, dy, x, sum[1], dot[1]);
    assert_memory_equal(sum[0], sum[1], n_c * sizeof(double));
    assert_memory_equal(dot[0], dot[1], n_c * sizeof(double));
    for (int k = 0; k < 2; k++)
        free(sum[k]), free(dot[k]);
    guarded_free(x, n), guarded_free(dy, n), guarded_free(gate, n);
}

static void a_gate_is_the_backward_pass_of_relu(void **state)
{
    (void)state;
    with_every_size(gate_at);
}

static void sums_per_channel(void **state)
{
    (void)state;
    with_every_size(sums_at);
}

/* Numbers near 100 whose variance is 1: it must not drown in the square of the mean.  What float
 * sums of a stretch of pixels lose grows with that square: near 1000 it would be five percent. */
static void far_from_zero(void)
{
    enum { PIXELS = 4096, C = 5 };
    real *x = guarded_units(PIXELS * C, 1);
    double sum[C], square[C], tol = sizeof(real) == 8 ? 1e-9 : 2e-3;
    for (size_t i = 0; i < PIXELS * C; i++)
        x[i] += 100;
    kernels->moments(PIXELS, C, x, sum, square);
    for (int k = 0; k < C; k++) {
        double mean = 0, var = 0;
        for (int i = 0; i < PIXELS; i++)
            mean += (double)x[i * C + k] / PIXELS;
        for (int i = 0; i < PIXELS; i++)
            var += ((double)x[i * C + k] - mean) * ((double)x[i * C + k] - mean) / PIXELS;
        double got = sum[k] / PIXELS;
        check_close(got, mean, 1e-5);
        check_close(square[k] / PIXELS - got * got, var, tol * var);
    }
    guarded_free(x, PIXELS * C);
}

static void moments_far_from_zero(void **state)
{
    (void)state;
    with_every_set(far_from_zero);
}

/* y = x a + b, plus a residual, and the positive part of it; NaN must show even so. */
static void check_scale_shift(size_t n_pixel, int c, const real *x, const real *a, const real *b)
{
    size_t n = n_pixel * (size_t)c, n_c = (size_t)c;
    real *residual = guarded_units(n, 6), *y = guarded(n);
    double *want = xcalloc(n, sizeof(double));
    for (int with = 0; with < 2; with++)
        for (int relu = 0; relu < 2; relu++) {
            for (size_t i = 0; i < n; i++) {
                want[i] = (double)x[i] * (double)a[i % n_c] + (double)b[i % n_c];
                want[i] += with ? (double)residual[i] : 0;
                want[i] = relu ? fmax(want[i], 0) : want[i];
                y[i] = (real)NAN;
            }
            kernels->scale_shift(n_pixel, c, x, a, b, with ? residual : NULL, relu, y);
            check_array(y, want, n, ROUNDING);
        }
    for (size_t i = 0; i < n; i += 3)
        residual[i] = (real)NAN;
    kernels->scale_shift(n_pixel, c, x, a, b, residual, 1, y);
    for (size_t i = 0; i < n; i++)
        assert_int_equal(isnan((double)y[i]) != 0, i % 3 == 0);
    guarded_free(residual, n), guarded_free(y, n), free(want);
}

static void factors_at(size_t n_pixel, int c)
{
    size_t n = n_pixel * (size_t)c, n_c = (size_t)c;
    real *x = guarded_units(n, 1), *dy = guarded_units(n, 2), *y = guarded(n);
    real *a = guarded_units(n_c, 3), *b = guarded_units(n_c, 4), *d = guarded_units(n_c, 5);
    double *want = xcalloc(n, sizeof(double));
    check_scale_shift(n_pixel, c, x, a, b);
    for (int add = 0; add < 2; add++) {
        for (size_t i = 0; i < n; i++) {
            size_t k = i % n_c;
            want[i] = (double)dy[i] * (double)a[k] + (double)x[i] * (double)b[k] + (double)d[k] +
                      (add ? 0.5 : 0);
            y[i] = add ? (real)0.5 : (real)NAN;
        }
        kernels->combine(n_pixel, c, dy, x, a, b, d, add, y);
        check_array(y, want, n, ROUNDING);
    }
    guarded_free(x, n), guarded_free(dy, n), guarded_free(y, n);
    guarded_free(a, n_c), guarded_free(b, n_c), guarded_free(d, n_c), free(want);
}

static void factors_per_channel(void **state)
{
    (void)state;
    with_every_size(factors_at);
}

static void swish_at(size_t n_pixel, int c)
{
    static const real extreme[] = {-10000, -89, -20, 0, (real)1e-6, 20, 89, 10000};
    size_t n = n_pixel * (size_t)c, n_c = (size_t)c;
    real *x = guarded_units(n, 1), *dy = guarded_units(n, 2), *y = guarded(n);
    real *a = guarded_units(n_c, 3), *b = guarded_units(n_c, 4), *d = guarded_units(n_c, 5);
    real *sigmoid = guarded(n);
    for (size_t i = 0; i < n; i += 5)
        x[i] = extreme[i / 5 % LENGTH(extreme)];
    kernels->swish_forward(n_pixel, c, x, a, b, sigmoid, y);
    for (size_t i = 0; i < n; i++) {
        double v = (double)x[i], s = sigmoid_of(v), want = v * s * (double)a[i % n_c];
        check_close(sigmoid[i], s, ROUNDING);
        check_close(y[i], want + (double)b[i % n_c], ROUNDING * (1 + fabs(want)));
    }
    for (int add = 0; add < 2; add++) {
        for (size_t i = 0; i < n; i++)
            y[i] = add ? (real)0.5 : (real)NAN;
        kernels->swish_backward(n_pixel, c, dy, x, sigmoid, a, b, d, add, y);
        for (size_t i = 0; i < n; i++) {
            double v = (double)x[i], s = sigmoid_of(v), xb = v * (double)b[i % n_c];
            double slope = s + (fabs(v) < 700 ? v * s * s * exp(-v) : 0); /* s' = s^2 e^-x */
            double want = (double)dy[i] * (double)a[i % n_c] * slope + xb;
            check_close(y[i], want + (double)d[i % n_c] + (add ? 0.5 : 0),
                        ROUNDING * (1 + fabs(xb)));
        }
    }
    guarded_free(x, n), guarded_free(dy, n), guarded_free(y, n), guarded_free(sigmoid, n);
    guarded_free(a, n_c), guarded_free(b, n_c), guarded_free(d, n_c);
}

static void swish_with_extreme_values(void **state)
{
    (void)state;
    with_every_size(swish_at);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sums_per_channel),
        cmocka_unit_test(a_gate_is_the_backward_pass_of_relu),
        cmocka_unit_test(moments_far_from_zero),
        cmocka_unit_test(factors_per_channel),
        cmocka_unit_test(swish_with_extreme_values),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
