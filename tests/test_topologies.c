/* topologies: the contract of every registered graph, equality with the executable specification
 * (tests/golden/topologies.txt), spectra that are known in closed form, and refusals. */
#include "topologies/spectrum.h"
#include "topologies/topologies.h"
#include "topologies/weights.h"

#include "tests/check.h"
#include <stdlib.h>

#define PETERSEN "tests/golden/petersen.txt"
enum { MAX_N = 80, SEED = 7 };
static const double PI = 3.14159265358979323846;
static double W[MAX_N * MAX_N];

static struct spectrum spectrum_at(const char *name, int n, int step, int lazy)
{
    struct spectrum s;
    topology_fill(&(struct topology_spec){name, n, lazy, SEED}, W, step);
    spectrum_of(&s, W, n);
    return s;
}

/* Rows and columns sum to 1; for a push graph, only the columns. */
static void check_stochastic(int n, int push)
{
    for (int i = 0; i < n; i++) {
        double row = 0, column = 0;
        for (int j = 0; j < n; j++) {
            assert_true(W[i * n + j] >= 0);
            row += W[i * n + j], column += W[j * n + i];
        }
        if (!push)
            check_close(row, 1, 1e-14 * n);
        check_close(column, 1, 1e-14 * n);
    }
}

/* Whether every worker's value reaches every other when all edges in linked are used (Warshall). */
static int is_connected(char *linked, int n)
{
    for (int k = 0; k < n; k++)
        for (int i = 0; i < n; i++)
            for (int j = 0; linked[i * n + k] && j < n; j++)
                linked[i * n + j] |= linked[k * n + j];
    for (int i = 0; i < n * n; i++)
        if (!linked[i])
            return 0;
    return 1;
}

static void check_contract(const char *name, int n, int connected)
{
    static char linked[MAX_N * MAX_N];
    static double again[MAX_N * MAX_N];
    struct err e;
    int push = topology_find(name, &e)->push;
    int period = topology_period(&(struct topology_spec){name, n}),
        steps = period ? period : SPECTRUM_ROUNDS;
    size_t size = sizeof(*W) * (size_t)(n * n);
    memset(linked, 0, sizeof(linked));
    assert_true(period >= 0);
    for (int step = 0; step < steps; step++) {
        topology_fill(&(struct topology_spec){name, n, 0, SEED}, again, step);
        memset(W, 0xff, size); /* NaN: fill must not depend on what was there */
        topology_fill(&(struct topology_spec){name, n, 0, SEED}, W, step);
        assert_memory_equal(W, again, size);
        if (period) {
            topology_fill(&(struct topology_spec){name, n, 0, SEED}, again, step + 5 * period);
            assert_memory_equal(W, again, size);
        }
        check_stochastic(n, push);
        for (int i = 0; i < n * n; i++)
            linked[i] |= W[i] > 0;
    }
    for (int i = 0; i < n; i++)
        linked[i * n + i] = 1;
    assert_int_equal(is_connected(linked, n), connected);
}

/* The files of the exceptions explain them. */
static int is_one_graph(const char *name, int n)
{
    return !((n > 1 && !strcmp(name, "disconnected")) ||
             (n == 4 && !strcmp(name, "bipartite-one-peer")));
}

/* Call for every n that the graph of this name allows; there must be some. */
static void check_name(const char *name)
{
    int fits = 0;
    for (int n = 1; n <= MAX_N; n++) {
        struct err e = {0};
        check_at(name, n);
        if (topology_check(&(struct topology_spec){name, n}, &e)) {
            assert_true(e.usage);
            check_says(e, name);
            continue;
        }
        fits++;
        check_contract(name, n, is_one_graph(name, n));
    }
    assert_true(fits > 0);
    check_at(NULL, 0);
}

static void every_topology_keeps_the_contract(void **state)
{
    (void)state;
    for (size_t k = 0; k < n_topology; k++) {
        const struct topology *t = topology_registry[k].item;
        const char *name = topology_registry[k].name;
        size_t fixed = strcspn(name, "[<");
        char plain[64];
        snprintf(plain, sizeof(plain), "%.*s", (int)fixed, name);
        assert_true(strlen(t->about) > 0 && strlen(t->about) <= 100);
        if (name[fixed] != '<')
            check_name(plain);
        if (t->example)
            check_name(t->example);
    }
    check_name("base-3");
    check_name("base-5");
    check_name("random-regular-6");
    check_name("equistatic-1");
    check_name("erdos-renyi-1");
    check_name("file:" PETERSEN);
}

static void read_matrix(FILE *f, double *want, int n)
{
    memset(want, 0, sizeof(*want) * (size_t)(n * n));
    for (int i = 0; i < n; i++) {
        int count = 0;
        assert_int_equal(fscanf(f, "%d", &count), 1);
        for (int j; count > 0; count--) {
            assert_int_equal(fscanf(f, "%d", &j), 1);
            assert_in_range(j, 0, n - 1);
            assert_int_equal(fscanf(f, "%lf", &want[i * n + j]), 1);
        }
    }
}

static void matrices_equal_the_specification(void **state)
{
    (void)state;
    static double want[MAX_N * MAX_N];
    char name[64], line[256];
    int n, steps, exact, cases = 0, c;
    FILE *f = fopen("tests/golden/topologies.txt", "r");
    if (!f)
        fail_msg("tests/golden/topologies.txt is missing; run the tests from the project's root");
    while ((c = fgetc(f)) == '#')
        assert_non_null(fgets(line, sizeof(line), f));
    ungetc(c, f);
    for (; fscanf(f, " case %63s %d %d %d", name, &n, &steps, &exact) == 4; cases++) {
        struct spectrum_rounds r;
        assert_in_range(n, 1, MAX_N);
        for (int step = 0; step < steps; step++) {
            double gap;
            assert_int_equal(fscanf(f, "%lf", &gap), 1);
            read_matrix(f, want, n);
            check_close(spectrum_at(name, n, step, 0).gap, gap, 1e-12);
            for (int i = 0; i < n * n; i++)
                check_close(W[i], want[i], 1e-15);
        }
        spectrum_rounds(&r, &(struct topology_spec){name, n, 0, SEED});
        /* the specification counts rounds until 1e-12: 20 or more mean that it only shrinks */
        assert_int_equal(r.exact, exact < 20 ? exact : 0);
    }
    assert_true(feof(f));
    assert_int_equal(cases, 46);
    fclose(f);
}

/* lambda_k = 1/3 + 2/3 cos(2 pi k / n) */
static void ring_has_its_closed_form(void **state)
{
    (void)state;
    for (int n = 3; n <= MAX_N; n++) {
        struct spectrum s = spectrum_at("ring", n, 0, 0);
        double smallest = 1, second = 0;
        for (int k = 1; k < n; k++) {
            double value = 1.0 / 3 + 2.0 / 3 * cos(2 * PI * k / n);
            smallest = fmin(smallest, value), second = fmax(second, fabs(value));
        }
        assert_true(s.symmetric);
        check_close(s.largest, 1, 1e-12);
        check_close(s.smallest, smallest, 1e-12);
        check_close(s.second, second, 1e-12);
        check_close(s.gap, 1 - second, 1e-12);
        check_close(s.row_error, 0, 1e-14);
        check_close(s.column_error, 0, 1e-14);
        assert_int_equal(s.max_degree, 2);
        assert_int_equal(s.edges, 2 * n);
        assert_int_equal(spectrum_d2(&s), n % 2 ? D2_STABLE : D2_ON_BORDER);
        assert_int_equal(spectrum_d2(&s) == D2_STABLE, n % 2);
    }
}

static void complete_and_disconnected_are_the_ends_of_the_scale(void **state)
{
    (void)state;
    struct spectrum all = spectrum_at("complete", 16, 0, 0);
    struct spectrum none = spectrum_at("disconnected", 16, 0, 0);
    check_close(all.gap, 1, 1e-12);
    check_close(all.smallest, 0, 1e-12);
    check_close(none.gap, 0, 1e-12);
    check_close(none.smallest, 1, 1e-12);
    assert_int_equal(all.edges, 16 * 15);
    assert_int_equal(none.edges, 0);
    assert_true(spectrum_d2(&all) == D2_STABLE);
}

static void one_peer_exponential_averages_exactly(void **state)
{
    (void)state;
    struct spectrum_rounds r;
    for (int log_n = 1, n = 2; n <= MAX_N; log_n++, n *= 2) {
        spectrum_rounds(&r, &(struct topology_spec){"one-peer-exponential", n, 0, SEED});
        assert_int_equal(r.period, log_n);
        assert_int_equal(r.exact, log_n);
        check_close(r.norm, 0, 1e-14);
    }
    spectrum_rounds(&r, &(struct topology_spec){"one-peer-exponential", 12, 0, SEED});
    assert_int_equal(r.period, 4);
    assert_int_equal(r.exact, 0);
    /* n = 12: |prod_j cos(2^j x)| = |sin(16 x) / (16 sin x)|, largest at x = pi / 12 */
    check_close(r.norm, sin(PI / 3) / (16 * sin(PI / 12)), 1e-12);
    struct spectrum s = spectrum_at("one-peer-exponential", 16, 0, 0);
    assert_false(s.symmetric);
    assert_int_equal(s.max_degree, 1);
    assert_int_equal(s.edges, 16);
    check_close(s.second, cos(PI / 16), 1e-12); /* |1 + e^(2 pi i/16)| / 2 */
    assert_int_equal(spectrum_d2(&s), D2_UNKNOWN);
    assert_false(spectrum_d2(&s) == D2_STABLE);
}

static void small_spectra_by_hand(void **state)
{
    (void)state;
    const double cycle[9] = {0, 1, 0, 0, 0, 1, 1, 0, 0}; /* 1, -1/2 +- i sqrt(3)/2 */
    const double swap[4] = {0.2, 0.8, 0.8, 0.2};         /* 1, -0.6 */
    const double uneven[4] = {0.5, 0.5, 0.25, 0.75};     /* columns 0.75, 1.25 */
    struct spectrum s;
    spectrum_of(&s, cycle, 3);
    check_close(s.largest, 1, 1e-12);
    check_close(s.smallest, -0.5, 1e-12);
    check_close(s.second, 1, 1e-12);
    spectrum_of(&s, swap, 2);
    check_close(s.smallest, -0.6, 1e-12);
    check_close(s.second, 0.6, 1e-12);
    assert_int_equal(spectrum_d2(&s), D2_UNSTABLE);
    spectrum_of(&s, uneven, 2);
    check_close(s.row_error, 0, 1e-15);
    check_close(s.column_error, 0.25, 1e-15);
}

static void every_graph_is_stable_for_d2_when_lazy(void **state)
{
    (void)state;
    static double plain[MAX_N * MAX_N];
    struct spectrum before = spectrum_at("davis-southern-women", 32, 0, 0);
    memcpy(plain, W, sizeof(plain));
    assert_int_equal(spectrum_d2(&before), D2_UNSTABLE);
    assert_non_null(strstr(spectrum_d2_words(&before), "below -1/3"));
    struct spectrum after = spectrum_at("davis-southern-women", 32, 0, 1);
    for (int i = 0; i < 32; i++)
        for (int j = 0; j < 32; j++)
            check_close(W[i * 32 + j], ((i == j) + plain[i * 32 + j]) / 2, 0);
    check_stochastic(32, 0);
    check_close(after.smallest, (1 + before.smallest) / 2, 1e-12);
    assert_true(spectrum_d2(&after) == D2_STABLE);
    struct spectrum ring = spectrum_at("ring", 16, 0, 1);
    check_close(ring.smallest, 1.0 / 3, 1e-12);
    assert_true(spectrum_d2(&ring) == D2_STABLE);
}

static void metropolis_of_a_path(void **state)
{
    (void)state;
    double path[9] = {0, 1, 0, 1, 0, 1, 0, 1, 0};
    const double want[9] = {2, 1, 0, 1, 1, 1, 0, 1, 2};
    topology_metropolis(path, 3);
    for (int i = 0; i < 9; i++)
        check_close(path[i], want[i] / 3, 1e-15);
}

/* P (n, n) becomes W P, all of it. */
static void multiply(double *P, int n)
{
    static double old[MAX_N * MAX_N];
    memcpy(old, P, sizeof(*P) * (size_t)(n * n));
    for (int i = 0; i < n; i++)
        for (int k = 0; k < n; k++) {
            double sum = 0;
            for (int j = 0; j < n; j++)
                sum += W[i * n + j] * old[j * n + k];
            P[i * n + k] = sum;
        }
}

static void graphs_that_never_repeat_are_followed_for_64_rounds(void **state)
{
    (void)state;
    static double P[MAX_N * MAX_N];
    struct spectrum_rounds r;
    struct spectrum s;
    int n = 16;
    for (int i = 0; i < n; i++)
        P[i * n + i] = 1;
    for (int step = 0; step < 64; step++) {
        topology_fill(&(struct topology_spec){"random-ring", n, 0, SEED}, W, step);
        multiply(P, n);
    }
    spectrum_of(&s, P, n);
    spectrum_rounds(&r, &(struct topology_spec){"random-ring", n, 0, SEED});
    assert_int_equal(r.period, 0);
    assert_int_equal(r.exact, 0);
    check_close(r.norm, s.second, 1e-15);
    memset(P, 0, sizeof(P));
    for (int i = 0; i < n; i++)
        P[i * n + i] = 1;
    for (int step = 0; step < 64; step++) {
        topology_fill(&(struct topology_spec){"random-matching", n, 1, SEED}, W, step);
        multiply(P, n);
    }
    spectrum_of(&s, P, n);
    spectrum_rounds(&r, &(struct topology_spec){"random-matching", n, 1, SEED});
    assert_in_range(s.second * 1e12, 1, 1e9);
    check_close(r.norm, s.second, 1e-15);
}

static void wrong_names_and_sizes_are_explained(void **state)
{
    (void)state;
    struct err e = {0};
    assert_null(topology_find("rign", &e));
    check_says(e, "unknown topology 'rign' (did you mean 'ring'?)");
    check_says(e, "one-peer-exponential");
    assert_true(e.usage);
    assert_int_equal(topology_check(&(struct topology_spec){"davis-southern-women", 16}, &e), -1);
    check_says(e, "topology 'davis-southern-women' does not fit 16 workers: it has exactly 32");
    assert_int_equal(topology_check(&(struct topology_spec){"davis-southern-women", 32}, &e), 0);
    assert_int_equal(topology_check(&(struct topology_spec){"hypercube", 12}, &e), -1);
    check_says(e, "does not fit 12 workers: n must be a power of two: 1, 2, 4, 8, 16, ...");
    assert_int_equal(topology_check(&(struct topology_spec){"random-matching", 7}, &e), -1);
    check_says(e, "does not fit 7 workers: n must be even");
    assert_int_equal(topology_check(&(struct topology_spec){"les-miserables", 76}, &e), -1);
    check_says(e, "it has exactly 77");
    assert_int_equal(topology_check(&(struct topology_spec){"hypercub", 8}, &e), -1);
    check_says(e, "unknown topology 'hypercub' (did you mean 'hypercube'?); known: ");
    check_says(e, "les-miserables, file:<path>");
    assert_int_equal(topology_check(&(struct topology_spec){"bas-3", 8}, &e), -1);
    check_says(e, "unknown topology 'bas-3' (did you mean 'base-<k+1>'?); known: ");
    assert_int_equal(topology_check(&(struct topology_spec){"base", 8}, &e), -1);
    check_says(e, "unknown topology 'base'");
    assert_int_equal(topology_check(&(struct topology_spec){"base-1", 8}, &e), -1);
    check_says(e, "topology 'base-1' does not fit 8 workers: k + 1 must be a whole number from 2");
    assert_int_equal(topology_check(&(struct topology_spec){"base-2x", 8}, &e), -1);
    assert_int_equal(topology_check(&(struct topology_spec){"base-", 8}, &e), -1);
    assert_int_equal(topology_check(&(struct topology_spec){"base-<k+1>", 8}, &e), -1);
    assert_int_equal(topology_check(&(struct topology_spec){"random-regular[-<d>]", 8}, &e), -1);
    assert_int_equal(topology_check(&(struct topology_spec){"random-regular4", 8}, &e), -1);
    check_says(e, "unknown topology 'random-regular4'");
    assert_int_equal(topology_check(&(struct topology_spec){"random-regular", 4}, &e), -1);
    check_says(e, "does not fit 4 workers: n must be at least 5");
    assert_int_equal(topology_check(&(struct topology_spec){"random-regular-3", 7}, &e), -1);
    check_says(e, "n must be at least 4, and even");
    assert_int_equal(topology_check(&(struct topology_spec){"erdos-renyi-0.1", 16}, &e), -1);
    check_says(e, "p must be a number from ln n / n = 0.1733 to 1");
    assert_int_equal(topology_check(&(struct topology_spec){"erdos-renyi-1.1", 16}, &e), -1);
    assert_int_equal(topology_check(&(struct topology_spec){"equistatic-0", 16}, &e), -1);
    check_says(e, "m must be a whole number from 1 to 1000");
    e.usage = 0;
    assert_int_equal(topology_check(&(struct topology_spec){"ring", 0}, &e), -1);
    check_says(e, "topology 'ring' needs at least 1 worker, not 0");
    assert_true(e.usage);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(every_topology_keeps_the_contract, check_tell),
        cmocka_unit_test(matrices_equal_the_specification),
        cmocka_unit_test(ring_has_its_closed_form),
        cmocka_unit_test(complete_and_disconnected_are_the_ends_of_the_scale),
        cmocka_unit_test(one_peer_exponential_averages_exactly),
        cmocka_unit_test(small_spectra_by_hand),
        cmocka_unit_test(every_graph_is_stable_for_d2_when_lazy),
        cmocka_unit_test(metropolis_of_a_path),
        cmocka_unit_test(graphs_that_never_repeat_are_followed_for_64_rounds),
        cmocka_unit_test(wrong_names_and_sizes_are_explained),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
