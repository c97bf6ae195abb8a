/* graphs: what is known of single families: spectra in closed form, exact averaging, what is drawn.
 */
#include "topologies/spectrum.h"
#include "topologies/topologies.h"

#include "tests/check.h"

enum { MAX_N = 80, SEED = 7 };
static const double PI = 3.14159265358979323846;
static double W[MAX_N * MAX_N];

static struct spectrum spectrum_at(const char *name, int n, int step)
{
    struct spectrum s;
    topology_fill(name, W, n, step, SEED, 0);
    spectrum_of(&s, W, n);
    return s;
}

/* The spectrum of a symmetric matrix with these eigenvalues; the first is 1. */
static void check_eigenvalues(const char *name, int n, const double *value)
{
    struct spectrum s = spectrum_at(name, n, 0);
    double smallest = 1, second = 0;
    check_close(value[0], 1, 1e-15);
    for (int k = 1; k < n; k++)
        smallest = fmin(smallest, value[k]), second = fmax(second, fabs(value[k]));
    assert_true(s.symmetric);
    check_close(s.largest, 1, 1e-9);
    check_close(s.smallest, smallest, 1e-9);
    check_close(s.second, second, 1e-9);
}

static void chains_and_stars_have_their_closed_forms(void **state)
{
    (void)state;
    double value[MAX_N];
    for (int n = 3; n <= MAX_N; n++) {
        for (int k = 0; k < n; k++)
            value[k] = 1.0 / 3 + 2.0 / 3 * cos(PI * k / n);
        check_eigenvalues("chain", n, value);
        for (int k = 1; k < n; k++)
            value[k] = k == 1 ? 0 : 1 - 1.0 / n;
        check_eigenvalues("star", n, value);
    }
}

static void tori_have_their_closed_form(void **state)
{
    (void)state;
    const int sides[][2] = {{3, 3}, {3, 4}, {4, 4}, {4, 5}, {5, 7},
                            {6, 6}, {6, 7}, {8, 8}, {7, 11}};
    double value[MAX_N];
    for (size_t i = 0; i < LENGTH(sides); i++) {
        int r = sides[i][0], c = sides[i][1];
        for (int p = 0; p < r; p++)
            for (int q = 0; q < c; q++)
                value[p * c + q] = (1 + 2 * cos(2 * PI * p / r) + 2 * cos(2 * PI * q / c)) / 5;
        check_eigenvalues("torus", r * c, value);
    }
}

static void hypercubes_have_their_closed_form(void **state)
{
    (void)state;
    double value[MAX_N];
    for (int L = 0; L <= 6; L++) {
        int n = 1 << L;
        for (int i = 0; i < n; i++)
            value[i] = 1 - 2.0 * __builtin_popcount((unsigned)i) / (L + 1);
        check_eigenvalues("hypercube", n, value);
        struct spectrum s = spectrum_at("hypercube", n, 0);
        assert_int_equal(spectrum_d2(&s), n < 4 ? D2_STABLE : n == 4 ? D2_ON_BORDER : D2_UNSTABLE);
    }
}

/* A circulant matrix is normal: its singular values are |eigenvalues|. */
static void exponential_graphs_have_their_closed_form(void **state)
{
    (void)state;
    for (int n = 2; n <= MAX_N; n++) {
        int L = 1;
        while (1 << L < n)
            L++;
        double second = 0;
        for (int k = 1; k < n; k++) {
            double re = 1, im = 0;
            for (int j = 0; j < L; j++)
                re += cos(2 * PI * k * (1 << j) / n), im += sin(2 * PI * k * (1 << j) / n);
            second = fmax(second, hypot(re, im) / (L + 1));
        }
        struct spectrum s = spectrum_at("exponential", n, 0);
        check_close(s.second, second, 1e-9);
        assert_int_equal(s.max_degree, L);
        if (n % 2 == 0)
            check_close(s.gap, 2.0 / (L + 1), 1e-9);
    }
}

/* Who averages with worker 0, over many steps: everyone equally often, within 5 deviations. */
static void check_uniform(const char *name, int n, int degree)
{
    enum { STEPS = 2000 };
    double count[MAX_N] = {0}, p = (double)degree / (n - 1);
    for (int step = 0; step < STEPS; step++) {
        topology_fill(name, W, n, step, SEED, 0);
        for (int j = 1; j < n; j++)
            count[j] += W[j] > 0;
    }
    for (int j = 1; j < n; j++)
        check_close(count[j], STEPS * p, 5 * sqrt(STEPS * p * (1 - p)));
}

static void random_graphs_are_new_at_each_step_and_seed(void **state)
{
    (void)state;
    static const char *const names[] = {"random-ring", "random-matching"};
    static double other[MAX_N * MAX_N];
    for (size_t i = 0; i < LENGTH(names); i++) {
        size_t size = sizeof(*W) * 16 * 16;
        topology_fill(names[i], W, 16, 3, SEED, 0);
        topology_fill(names[i], other, 16, 4, SEED, 0);
        assert_memory_not_equal(W, other, size);
        topology_fill(names[i], other, 16, 3, SEED + 1, 0);
        assert_memory_not_equal(W, other, size);
    }
}

static void random_rings_are_rings(void **state)
{
    (void)state;
    for (int n = 1; n <= 17; n++)
        for (int step = 0; step < 3; step++) {
            struct spectrum ring = spectrum_at("ring", n, 0);
            struct spectrum s = spectrum_at("random-ring", n, step);
            check_close(s.smallest, ring.smallest, 1e-12);
            check_close(s.second, ring.second, 1e-12);
            assert_int_equal(s.max_degree, ring.max_degree);
            assert_int_equal(s.edges, ring.edges);
        }
    check_uniform("random-ring", 9, 2);
}

static void random_matchings_are_pairs(void **state)
{
    (void)state;
    for (int step = 0; step < 20; step++) {
        struct spectrum s = spectrum_at("random-matching", 10, step);
        assert_true(s.symmetric);
        assert_int_equal(s.max_degree, 1);
        assert_int_equal(s.edges, 10);
        check_close(s.smallest, 0, 1e-12);
    }
    check_uniform("random-matching", 8, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(chains_and_stars_have_their_closed_forms),
        cmocka_unit_test(tori_have_their_closed_form),
        cmocka_unit_test(hypercubes_have_their_closed_form),
        cmocka_unit_test(exponential_graphs_have_their_closed_form),
        cmocka_unit_test(random_graphs_are_new_at_each_step_and_seed),
        cmocka_unit_test(random_rings_are_rings),
        cmocka_unit_test(random_matchings_are_pairs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
