/* graphs: properties of single families: spectra in closed form, exact averaging. */
#include "topologies/spectrum.h"
#include "topologies/topologies.h"

#include "tests/check.h"

enum { MAX_N = 80, SEED = 7 };
static const double PI = 3.14159265358979323846;
static double W[MAX_N * MAX_N];

static struct spectrum spectrum_at(const char *name, int n, int step)
{
    struct spectrum s;
    topology_fill(&(struct topology_spec){name, n, 0, SEED}, W, step);
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

/* Over many steps, all others average with worker 0 equally often, within 5 deviations. */
static void check_uniform(const char *name, int n, int degree)
{
    enum { STEPS = 2000 };
    double count[MAX_N] = {0}, p = (double)degree / (n - 1);
    for (int step = 0; step < STEPS; step++) {
        topology_fill(&(struct topology_spec){name, n, 0, SEED}, W, step);
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
        topology_fill(&(struct topology_spec){names[i], 16, 0, SEED}, W, 3);
        topology_fill(&(struct topology_spec){names[i], 16, 0, SEED}, other, 4);
        assert_memory_not_equal(W, other, size);
        topology_fill(&(struct topology_spec){names[i], 16, 0, SEED + 1}, other, 3);
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

/* All workers hold the mean after each period, whenever it begins, and not before. */
static void check_exact(const char *name, int n, int period, int degree)
{
    struct spectrum_rounds r;
    assert_int_equal(topology_period(&(struct topology_spec){name, n}), period);
    spectrum_rounds(&r, &(struct topology_spec){name, n, 0, SEED});
    assert_int_equal(r.exact, period);
    assert_in_range(r.heard, 1, period);
    check_close(r.norm, 0, 1e-13);
    for (int step = 0; step < period; step++)
        assert_true(spectrum_at(name, n, step).max_degree <= degree);
}

static void one_peer_exponential_averages_exactly(void **state)
{
    (void)state;
    for (int L = 1, n = 2; n <= MAX_N; L++, n *= 2)
        check_exact("one-peer-exponential", n, L, 1);
}

/* A graph whose disagreement only shrinks by a factor per round never averages exactly, however
 * small the rest becomes: 0.6^14 < 1/1000 <= 0.6^13 on a torus of 16. */
static void other_graphs_only_approach_the_mean(void **state)
{
    (void)state;
    struct spectrum_rounds r;
    spectrum_rounds(&r, &(struct topology_spec){"torus", 16});
    assert_int_equal(r.exact, 0);
    assert_int_equal(r.near, 14);
    spectrum_rounds(&r, &(struct topology_spec){"erdos-renyi-0.9", 40, 0, SEED});
    assert_int_equal(r.exact, 0);
    spectrum_rounds(&r, &(struct topology_spec){"disconnected", 3});
    assert_int_equal(r.near, 0);
}

/* The smallest number of rounds in which n workers can get their mean: ceil(log_b n). */
static int least_rounds(int n, int b)
{
    int rounds = 0;
    for (long reached = 1; reached < n; reached *= b)
        rounds++;
    return rounds > 1 ? rounds : 1;
}

static void base_graphs_average_any_number_exactly(void **state)
{
    (void)state;
    /* by hand: 5 = 4 + 1; 6 = 2 * 3 and 3 = 2 + 1; 7 = 4 + 2 + 1; 12 = 4 * 3; 23 = 18 + 3 + 2 */
    const int known[][3] = {{2, 4, 2}, {2, 5, 5}, {2, 6, 4},  {2, 7, 5},  {2, 12, 5}, {3, 5, 3},
                            {3, 6, 2}, {3, 8, 3}, {3, 23, 6}, {5, 36, 3}, {5, 7, 3},  {8, 8, 1}};
    char name[32];
    for (int b = 2; b <= 9; b++)
        for (int n = 1; n <= 2 * 40; n++) {
            snprintf(name, sizeof(name), "base-%d", b);
            int period = topology_period(&(struct topology_spec){name, n});
            assert_in_range(period, least_rounds(n, b), 2 * least_rounds(n, b) + 1);
            check_exact(name, n, period, b - 1);
            assert_true(spectrum_at(name, n, 0).symmetric);
        }
    for (size_t i = 0; i < LENGTH(known); i++) {
        snprintf(name, sizeof(name), "base-%d", known[i][0]);
        assert_int_equal(topology_period(&(struct topology_spec){name, known[i][1]}), known[i][2]);
    }
}

/* (1 + e^(-2 pi i / n)) / 2 */
static void directed_rings_have_their_closed_form(void **state)
{
    (void)state;
    for (int n = 2; n <= MAX_N; n++) {
        struct spectrum s = spectrum_at("directed-ring", n, 0);
        check_close(s.second, cos(PI / n), 1e-9);
        assert_int_equal(s.symmetric, n == 2);
        assert_int_equal(s.diameter, n - 1);
        assert_int_equal(s.max_degree, 1);
    }
}

static void trees_have_n_minus_1_edges(void **state)
{
    (void)state;
    static char has_children[2][MAX_N];
    for (int n = 2; n <= MAX_N; n++) {
        int depth = 0;
        for (int i = n - 1; i > 0; i = (i - 1) / 2)
            depth++;
        struct spectrum s = spectrum_at("binary-tree", n, 0);
        assert_int_equal(s.edges, 2 * (n - 1));
        assert_in_range(s.diameter, 2 * depth - 1, 2 * depth); /* connected, so a tree */
        assert_true(s.max_degree <= 3);
        memset(has_children, 0, sizeof(has_children));
        for (int tree = 0; tree < 2; tree++) {
            s = spectrum_at("double-binary-trees", n, tree);
            assert_int_equal(s.edges, 2 * (n - 1));
            assert_in_range(s.diameter, 2 * depth - 1, 2 * depth);
            for (int i = 0; i < n; i++) {
                int degree = 0, place = tree ? n - 1 - i : i;
                for (int j = 0; j < n; j++)
                    degree += i != j && W[i * n + j] > 0;
                has_children[tree][i] = degree > (place > 0);
            }
        }
        for (int i = 0; i < n; i++)
            assert_false(has_children[0][i] && has_children[1][i]);
    }
}

/* x = e_0 - e_1 before a step, and the expected square after it: (1 - 1/n) / 2 of the old one. */
static void equidyn_halves_the_disagreement(void **state)
{
    (void)state;
    enum { STEPS = 4000, N = 9 };
    double sum = 0;
    for (int step = 0; step < STEPS; step++) {
        topology_fill(&(struct topology_spec){"equidyn", N, 0, SEED}, W, step);
        for (int i = 0; i < N; i++) {
            double x = W[i * N] - W[i * N + 1];
            sum += x * x / 2 / STEPS;
        }
    }
    check_close(sum, (1 - 1.0 / N) / 2, 0.02);
    check_uniform("equidyn", N, 1);
}

static void equistatic_is_circulant(void **state)
{
    (void)state;
    char name[32];
    for (int m = 1; m <= 6; m++)
        for (int n = 2; n <= MAX_N; n += 3) {
            snprintf(name, sizeof(name), "equistatic-%d", m);
            struct spectrum s = spectrum_at(name, n, 0);
            assert_in_range(s.max_degree, 1, m);
            assert_true(s.diameter > 0);
            check_close(W[0], 1.0 / n, 1e-15);
            for (int i = 0; i < n; i++)
                for (int j = 0; j < n; j++)
                    check_close(W[i * n + j], W[(j - i + n) % n], 0);
        }
    for (int seed = 0; seed < 10; seed++) {
        struct spectrum s;
        topology_fill(&(struct topology_spec){"equistatic", 64, 0, (uint64_t)seed}, W, 0);
        spectrum_of(&s, W, 64);
        assert_true(s.gap > 0.05); /* a ring's: 0.003 */
    }
}

static void random_regular_graphs_are_regular(void **state)
{
    (void)state;
    char name[32];
    for (int d = 2; d <= 7; d++)
        for (int n = d + 1; n <= 40; n++) {
            snprintf(name, sizeof(name), "random-regular-%d", d);
            if (n * d % 2)
                continue;
            struct spectrum s = spectrum_at(name, n, 0);
            assert_true(s.symmetric && s.diameter > 0);
            assert_int_equal(s.edges, n * d);
            for (int i = 0; i < n * n; i++)
                assert_true(W[i] == 0 || fabs(W[i] - 1.0 / (d + 1)) < 1e-15);
        }
}

static void erdos_renyi_graphs_have_their_density(void **state)
{
    (void)state;
    double edges = 0, pairs = 200 * 40 * 39 / 2.0, p = 0.4;
    struct spectrum s;
    for (int seed = 0; seed < 200; seed++) {
        topology_fill(&(struct topology_spec){"erdos-renyi-0.4", 40, 0, (uint64_t)seed}, W, 0);
        spectrum_of(&s, W, 40);
        assert_true(s.symmetric && s.diameter > 0);
        edges += s.edges / 2.0;
    }
    check_close(edges, pairs * p, 5 * sqrt(pairs * p * (1 - p)));
    assert_int_equal(spectrum_at("erdos-renyi-1", 12, 0).edges, 12 * 11);
    topology_fill(&(struct topology_spec){"erdos-renyi", 40, 0, SEED}, W,
                  17); /* drawn once: no step matters */
    struct spectrum later;
    spectrum_of(&later, W, 40);
    s = spectrum_at("erdos-renyi", 40, 0);
    check_close(later.second, s.second, 0);
}

static void diameters_are_known(void **state)
{
    (void)state;
    for (int n = 3; n <= 40; n++) {
        assert_int_equal(spectrum_at("ring", n, 0).diameter, n / 2);
        assert_int_equal(spectrum_at("chain", n, 0).diameter, n - 1);
        assert_int_equal(spectrum_at("star", n, 0).diameter, 2);
        assert_int_equal(spectrum_at("complete", n, 0).diameter, 1);
        assert_int_equal(spectrum_at("disconnected", n, 0).diameter, -1);
    }
    assert_int_equal(spectrum_at("torus", 16, 0).diameter, 4);
    assert_int_equal(spectrum_at("hypercube", 64, 0).diameter, 6);
    assert_int_equal(spectrum_at("karate-club", 34, 0).diameter, 5);
    assert_int_equal(spectrum_at("florentine-families", 15, 0).diameter, 5);
    assert_int_equal(spectrum_at("les-miserables", 77, 0).diameter, 5);
}

/* |z| of the larger root of z^2 = w (2 z - 1) */
static double root_of_mode(double w)
{
    double square = w * w - w;
    return square < 0 ? sqrt(w) : fmax(fabs(w + sqrt(square)), fabs(w - sqrt(square)));
}

/* 400 rounds of x_{t+1} = W_t (2 x_t - x_{t-1}) from a vector of mean 0, per round. */
static double followed_growth(const char *name, int n)
{
    enum { ROUNDS = 400 };
    double x[MAX_N], last[MAX_N], next[MAX_N], log_size = 0;
    for (int i = 0; i < n; i++)
        x[i] = last[i] = i * i % 7 - 0.3 * i;
    for (int step = -1; step < ROUNDS; step++) {
        double mean = 0, size = 0;
        for (int i = 0; i < n; i++)
            mean += x[i] / n;
        for (int i = 0; i < n; i++)
            last[i] -= step < 0 ? mean : 0, x[i] -= mean, size += x[i] * x[i] + last[i] * last[i];
        size = sqrt(size);
        log_size += step < ROUNDS / 2 ? 0 : log(size);
        for (int i = 0; i < n; i++)
            x[i] /= size, last[i] /= size;
        topology_fill(&(struct topology_spec){name, n, 0, SEED}, W, step < 0 ? 0 : step);
        for (int i = 0; i < n && step >= 0; i++) {
            next[i] = 0;
            for (int j = 0; j < n; j++)
                next[i] += W[i * n + j] * (2 * x[j] - last[j]);
        }
        for (int i = 0; i < n && step >= 0; i++)
            last[i] = x[i], x[i] = next[i];
    }
    return exp(log_size / (ROUNDS / 2));
}

static void d2_grows_as_its_modes_do(void **state)
{
    (void)state;
    const double smallest = spectrum_at("davis-southern-women", 32, 0).smallest;
    check_close(spectrum_d2_growth(&(struct topology_spec){"davis-southern-women", 32, 0, SEED}),
                root_of_mode(smallest), 1e-9);
    check_close(spectrum_d2_growth(&(struct topology_spec){"hypercube", 16, 0, SEED}),
                root_of_mode(-0.6), 1e-9);
    check_close(spectrum_d2_growth(&(struct topology_spec){"ring", 16, 0, SEED}), 1, 0);
    check_close(spectrum_d2_growth(&(struct topology_spec){"chain", 9, 0, SEED}),
                root_of_mode(1.0 / 3 + 2.0 / 3 * cos(PI / 9)), 1e-9);
    check_close(spectrum_d2_growth(&(struct topology_spec){"disconnected", 4, 0, SEED}), 1, 0);
    check_close(spectrum_d2_growth(&(struct topology_spec){"complete", 4, 0, SEED}), 0, 1e-6);
    assert_true(isnan(spectrum_d2_growth(&(struct topology_spec){"random-ring", 4, 0, SEED})));
    assert_true(isnan(
        spectrum_d2_growth(&(struct topology_spec){"ring", SPECTRUM_MAX_GROWTH + 1, 0, SEED})));
    static const char *const moving[] = {"one-peer-exponential", "base-2", "double-binary-trees",
                                         "exponential", "directed-ring"};
    for (size_t i = 0; i < LENGTH(moving); i++) {
        double growth = spectrum_d2_growth(&(struct topology_spec){moving[i], 12, 0, SEED});
        check_close(followed_growth(moving[i], 12), growth, 0.02);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(chains_and_stars_have_their_closed_forms),
        cmocka_unit_test(tori_have_their_closed_form),
        cmocka_unit_test(hypercubes_have_their_closed_form),
        cmocka_unit_test(exponential_graphs_have_their_closed_form),
        cmocka_unit_test(directed_rings_have_their_closed_form),
        cmocka_unit_test(one_peer_exponential_averages_exactly),
        cmocka_unit_test(base_graphs_average_any_number_exactly),
        cmocka_unit_test(other_graphs_only_approach_the_mean),
        cmocka_unit_test(trees_have_n_minus_1_edges),
        cmocka_unit_test(diameters_are_known),
        cmocka_unit_test(d2_grows_as_its_modes_do),
        cmocka_unit_test(random_graphs_are_new_at_each_step_and_seed),
        cmocka_unit_test(random_rings_are_rings),
        cmocka_unit_test(random_matchings_are_pairs),
        cmocka_unit_test(equidyn_halves_the_disagreement),
        cmocka_unit_test(equistatic_is_circulant),
        cmocka_unit_test(random_regular_graphs_are_regular),
        cmocka_unit_test(erdos_renyi_graphs_have_their_density),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
