/* kernels: every set's activations, pooling and loss against their definitions.  Convolutions are
 * in test_conv.c, what the norms are made of in test_channels.c; here is also who gets chosen. */
#include "tests/sizes.h"

static void elementwise_at(size_t n_pixel, int c)
{
    size_t n = n_pixel * (size_t)c;
    real *a = guarded_units(n, 1), *b = guarded_units(n, 2), *y = guarded(n);
    a[0] = 0;
    kernels->add(n, a, b, y);
    for (size_t i = 0; i < n; i++)
        assert_true(y[i] == a[i] + b[i]);
    kernels->copy(n, b, 0, y);
    for (size_t i = 0; i < n; i++)
        assert_true(y[i] == b[i]);
    kernels->copy(n, a, 1, y);
    for (size_t i = 0; i < n; i++)
        assert_true(y[i] == b[i] + a[i]);
    kernels->copy(n, a, 0, y);
    kernels->relu_forward(n, y);
    for (size_t i = 0; i < n; i++)
        assert_true(y[i] == (a[i] > 0 ? a[i] : 0));
    kernels->relu_backward(n, y, b);
    for (size_t i = 0; i < n; i++)
        assert_true(b[i] == (a[i] > 0 ? (real)formula_unit(2, (uint32_t)i) : 0));
    guarded_free(a, n), guarded_free(b, n), guarded_free(y, n);
}

static void additions_copies_and_relu_are_exact(void **state)
{
    (void)state;
    with_every_size(elementwise_at);
}

/* NaN must not be hidden: a run that diverges must show it. */
static void nan_at(size_t n_pixel, int c)
{
    size_t n = n_pixel * (size_t)c;
    real *y = guarded_units(n, 1);
    for (size_t i = 0; i < n; i += 3)
        y[i] = (real)NAN;
    kernels->relu_forward(n, y);
    for (size_t i = 0; i < n; i++)
        assert_true(i % 3 == 0 ? isnan((double)y[i]) : y[i] >= 0);
    guarded_free(y, n);
}

static void nan_passes_through_relu(void **state)
{
    (void)state;
    with_every_size(nan_at);
}

static void check_pool(int n, int h, int w, int c)
{
    size_t n_x = (size_t)(n * h * w * c), n_y = n_x / 4;
    real *x = guarded(n_x), *y = guarded(n_y), *dy = guarded_units(n_y, 2), *dx = guarded(n_x);
    real *want = guarded(n_x);
    for (size_t i = 0; i < n_x; i++) /* -1, 0 or 1: most windows have equals */
        x[i] = (real)(int)(2 * formula(1, (uint32_t)i)), want[i] = 0;
    kernels->max_pool_forward(n, h, w, c, x, y);
    kernels->max_pool_backward(n, h, w, c, x, dy, dx);
    for (int e = 0; e < n; e++)
        for (int r = 0; r < h / 2; r++)
            for (int q = 0; q < w / 2; q++)
                for (int k = 0; k < c; k++) {
                    int out = ((e * (h / 2) + r) * (w / 2) + q) * c + k, best = -1;
                    for (int i = 0; i < 4; i++) { /* reading order: the first of equals stays */
                        int at = ((e * h + 2 * r + i / 2) * w + 2 * q + i % 2) * c + k;
                        best = best < 0 || x[at] > x[best] ? at : best;
                    }
                    assert_true(y[out] == x[best]);
                    want[best] = dy[out];
                }
    for (size_t i = 0; i < n_x; i++)
        assert_true(dx[i] == want[i]);
    guarded_free(x, n_x), guarded_free(y, n_y), guarded_free(dy, n_y);
    guarded_free(dx, n_x), guarded_free(want, n_x);
}

static void pool_sizes(void)
{
    for (size_t k = 0; k < LENGTH(channels); k++) {
        check_pool(1, 2, 2, channels[k]);
        check_pool(3, 4, 6, channels[k]);
        check_pool(2, 8, 8, channels[k]);
    }
}

static void pooling_prefers_the_first_of_equals(void **state)
{
    (void)state;
    with_every_set(pool_sizes);
}

static void mean_at(size_t n_pixel, int c)
{
    enum { N = 3 };
    size_t n_c = (size_t)c, n_x = N * n_pixel * n_c, n_y = N * n_c;
    real *x = guarded_units(n_x, 1), *y = guarded(n_y), *dy = guarded_units(n_y, 2);
    double *want = xcalloc(n_y, sizeof(double)), *want_x = xcalloc(n_x, sizeof(double));
    for (size_t i = 0; i < n_x; i++) {
        size_t out = i / (n_pixel * n_c) * n_c + i % n_c;
        want[out] += (double)x[i] / (double)n_pixel;
        want_x[i] = (double)dy[out] / (double)n_pixel;
    }
    kernels->mean_forward(N, (int)n_pixel, c, x, y);
    check_array(y, want, n_y, ROUNDING);
    kernels->mean_backward(N, (int)n_pixel, c, dy, x);
    check_array(x, want_x, n_x, ROUNDING / (double)n_pixel);
    guarded_free(x, n_x), guarded_free(y, n_y), guarded_free(dy, n_y);
    free(want), free(want_x);
}

static void mean_over_pixels(void **state)
{
    (void)state;
    with_every_size(mean_at);
}

/* Sums of products of whole numbers, so that sets agree to the bit and many windows are equal. */
static void text_at(const struct text_conv *s, int n)
{
    size_t n_x = (size_t)(n * s->l * s->e), n_w = (size_t)(s->c * s->k * s->e);
    size_t n_y = (size_t)(n * s->c), n_work = kernels->text_work(s, n * s->l);
    real *x = guarded(n_x), *w = guarded(n_w), *bias = guarded((size_t)s->c), *y = guarded(n_y);
    real *at = guarded(n_y), *work = guarded(n_work);
    for (size_t i = 0; i < n_x; i++)
        x[i] = (real)(int)(2 * formula(1, (uint32_t)i));
    for (size_t i = 0; i < n_w; i++)
        w[i] = (real)(int)(3 * formula(2, (uint32_t)i));
    for (int o = 0; o < s->c; o++)
        bias[o] = (real)(o % 5 - 3);
    int32_t *row = xcalloc((size_t)(n * s->l), sizeof(*row));
    for (int k = 0; k < n * s->l;
         k++) /* some places share a row, but not the last and the next text's first */
        row[k] = k % 3 == 1 && k > 1 && k < n * s->l - 1 && k % s->l != 0 ? k - 1 : k;
    kernels->text_forward(s, n, n * s->l, x, row, w, bias, y, at, work);
    for (int i = 0; i < n; i++)
        for (int o = 0; o < s->c; o++) {
            int first = 0;
            double most = -INFINITY;
            for (int t = 0; t < text_n_window(s); t++) {
                double sum = 0;
                for (int j = 0; j < s->k * s->e; j++)
                    sum += (double)x[row[i * s->l + t + j / s->e] * s->e + j % s->e] *
                           (double)w[o * s->k * s->e + j];
                first = sum > most ? t : first;
                most = fmax(most, sum);
            }
            assert_true((double)y[i * s->c + o] == fmax(most + (double)bias[o], 0));
            assert_true(at[i * s->c + o] == first);
        }
    x[n_x - 1] = (real)NAN; /* in the last window, and in no other text */
    kernels->text_forward(s, n, n * s->l, x, row, w, bias, y, at, work);
    for (int i = 0; i < n * s->c; i++)
        assert_int_equal(isnan((double)y[i]), i / s->c == n - 1);
    x[n_x - 1] = 0, x[(n - 1) * s->l * s->e] = (real)NAN; /* in the first, before larger sums */
    kernels->text_forward(s, n, n * s->l, x, row, w, bias, y, at, work);
    for (int i = 0; i < n * s->c; i++)
        assert_int_equal(isnan((double)y[i]), i / s->c == n - 1);
    guarded_free(x, n_x), guarded_free(w, n_w), guarded_free(bias, (size_t)s->c);
    guarded_free(y, n_y), guarded_free(at, n_y), guarded_free(work, n_work);
    free(row);
}

static void check_text(void)
{
    static const int lengths[] = {5, 6, 8, 9, 13, 20, 21, 64}, widths[] = {1, 7, 16, 17, 33};
    for (size_t i = 0; i < LENGTH(lengths); i++)
        for (size_t k = 0; k < LENGTH(channels); k++)
            for (size_t q = 0; q < LENGTH(widths); q++)
                for (int places = 1; places <= 5; places += 2)
                    text_at(&(struct text_conv){lengths[i], widths[q], channels[k], places}, 2);
}

static void the_first_largest_window_is_found_and_nan_shows(void **state)
{
    (void)state;
    with_every_set(check_text);
}

/* One example's loss, of n. */
struct loss {
    int n, c;
    double *logits;
    const int32_t *y;
};
static double one_loss(void *context)
{
    struct loss *l = context;
    return naive_cross_entropy(1, l->c, l->logits, l->y) / l->n;
}

static void loss_at(size_t n_example, int c)
{
    int n = (int)n_example, n_right, want_right = 0;
    size_t size = n_example * (size_t)c;
    real *logits = guarded_units(size, 1), *d_logits = guarded(size);
    int32_t *y = xcalloc(n_example, sizeof(*y));
    for (int i = 0; i < n; i++) {
        int best = 0;
        for (int k = 0; k < c; k++) {
            logits[i * c + k] = (real)(int)(4 * formula(1, (uint32_t)(i * c + k))); /* equals */
            best = logits[i * c + k] > logits[i * c + best] ? k : best;
        }
        y[i] = i % 2 ? best : i % c;
        want_right += y[i] == best;
    }
    double *exact = doubles_of(logits, size), *want = xcalloc(size, sizeof(double));
    double total = naive_cross_entropy(n, c, exact, y);
    for (int i = 0; i < n; i++) {
        struct loss l = {n, c, exact + i * c, y + i};
        naive_gradient(one_loss, &l, l.logits, (size_t)c, want + i * c);
    }
    check_close(kernels->cross_entropy(n, c, logits, y, n, d_logits, &n_right), total,
                ROUNDING * (1 + total));
    assert_int_equal(n_right, want_right);
    for (size_t i = 0; i < size; i++)
        check_close(d_logits[i], want[i], sizeof(real) == 8 ? 1e-9 : 1e-6);
    n_right = -1;
    check_close(kernels->cross_entropy(n, c, logits, y, n, NULL, &n_right), total,
                ROUNDING * (1 + total));
    assert_int_equal(n_right, want_right);
    guarded_free(logits, size), guarded_free(d_logits, size);
    free(y), free(exact), free(want);
}

static void cross_entropy_and_its_gradient(void **state)
{
    (void)state;
    with_every_size(loss_at);
}

static void huge_logits(void)
{
    real logits[] = {(real)1e30, (real)-1e30, 0, (real)-1e4, (real)1e4, (real)9999}, d_logits[6];
    const int32_t y[] = {1, 1};
    int n_right;
    double loss = kernels->cross_entropy(2, 3, logits, y, 2, d_logits, &n_right);
    check_close(loss, 2e30, 1e-6 * 2e30);
    assert_int_equal(n_right, 1);
    static const double want[] = {0.5, -0.5, 0, 0, -0.13447071068499755, 0.13447071068499755};
    for (int i = 0; i < 6; i++)
        check_close(d_logits[i], want[i], ROUNDING);
    logits[3] = (real)NAN;
    assert_true(isnan(kernels->cross_entropy(2, 3, logits, y, 2, d_logits, &n_right)));
    logits[3] = 0, logits[4] = (real)NAN;
    assert_true(isnan(kernels->cross_entropy(2, 3, logits, y, 2, d_logits, &n_right)));
}

static void huge_logits_stay_finite_and_nan_shows(void **state)
{
    (void)state;
    with_every_set(huge_logits);
}

static void sets_are_chosen_by_name(void **state)
{
    (void)state;
    const struct kernels *before = kernels;
    struct err e = {0};
    assert_ptr_equal(kernel_sets[n_kernel_set - 1], &kernels_plain);
    assert_true(kernels_supported(&kernels_plain));
    for (size_t i = 0; i < n_kernel_set; i++) {
        setenv("GOSSIPBENCH_KERNELS", kernel_sets[i]->name, 1);
        kernels = NULL;
        if (kernels_supported(kernel_sets[i])) {
            assert_int_equal(kernels_start(&e), 0);
            assert_ptr_equal(kernels, kernel_sets[i]);
        } else {
            assert_int_equal(kernels_start(&e), -1);
        }
    }
    setenv("GOSSIPBENCH_KERNELS", "abacus", 1);
    assert_int_equal(kernels_start(&e), -1);
    check_says(e, "GOSSIPBENCH_KERNELS is 'abacus'");
    check_says(e, " plain");
    assert_true(e.usage);
    for (int set = 0; set < 2; set++) { /* the fastest there is */
        setenv("GOSSIPBENCH_KERNELS", "", 1);
        if (set)
            unsetenv("GOSSIPBENCH_KERNELS");
        assert_int_equal(kernels_start(&e), 0);
        for (size_t i = 0; kernel_sets[i] != kernels; i++)
            assert_false(kernels_supported(kernel_sets[i]));
    }
    kernels = before;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(additions_copies_and_relu_are_exact),
        cmocka_unit_test(nan_passes_through_relu),
        cmocka_unit_test(pooling_prefers_the_first_of_equals),
        cmocka_unit_test(the_first_largest_window_is_found_and_nan_shows),
        cmocka_unit_test(mean_over_pixels),
        cmocka_unit_test(cross_entropy_and_its_gradient),
        cmocka_unit_test(huge_logits_stay_finite_and_nan_shows),
        cmocka_unit_test(sets_are_chosen_by_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
