/* test_problems: toy problems: values, gradients and optima against each other, and what is drawn
 * for them. */
#include "problems/problems.h"
#include "tests/formula.h"

enum { N = 6, DIM = 7 };
/* The settings of a problem, which ignores those that it has no parameter for. */
struct request {
    double dim, heterogeneity, conditioning, noise;
    int n;
    uint64_t seed;
};
static const struct request usual = {
    .dim = DIM, .heterogeneity = 1.5, .conditioning = 20, .noise = 0.3, .n = N, .seed = 3};
static const double TOL = sizeof(real) == 8 ? 1e-12 : 1e-5;

/* The values in the order of the problem's list; kept while sixteen are open. */
static void open(struct toy *t, const struct problem *p, const struct request *q)
{
    static union value kept[16][MAX_PARAMETER]; /* toys that are open at a time */
    static int next;
    union value *value = kept[next++ % 16];
    const struct {
        const char *name;
        double value;
    } all[] = {{"dim", q->dim},
               {"heterogeneity", q->heterogeneity},
               {"conditioning", q->conditioning},
               {"noise", q->noise}};
    for (size_t i = 0; i < LENGTH(all); i++) {
        int k = parameter_find(p->parameter, all[i].name);
        if (k >= 0)
            value[k].number = all[i].value;
    }
    toy_open(t, p, value, q->n, q->seed);
}

static struct toy drawn(const char *name, const struct request *q, int first, int count)
{
    struct toy t;
    const struct problem *p = problem_find(name);
    assert_non_null(p);
    open(&t, p, q);
    toy_draw(&t, first, count);
    return t;
}

/* A point that a real holds exactly. */
static void point(real *x, size_t d, uint32_t stream)
{
    for (size_t k = 0; k < d; k++)
        x[k] = (real)(float)formula_unit(stream, (uint32_t)k);
}

static struct request quiet(void)
{
    struct request q = usual;
    q.noise = 0;
    return q;
}

/* The gradient agrees with central differences of the value; that of consensus is defined as 0. */
static void gradients_are_of_the_values(void **state)
{
    (void)state;
    static const char *const names[] = {"quadratic", "rosenbrock"};
    struct request q = quiet();
    for (size_t c = 0; c < LENGTH(names); c++) {
        struct toy t = drawn(names[c], &q, 0, N);
        for (int i = 0; i < N; i++) {
            real x[DIM], g[DIM], other[DIM];
            point(x, t.d, (uint32_t)i + 1);
            toy_gradient(&t, i, 0, x, g);
            for (size_t k = 0; k < t.d; k++) {
                real at = x[k], up = at + (real)0x1p-9, down = at - (real)0x1p-9;
                x[k] = up;
                double high = toy_gradient(&t, i, 0, x, other);
                x[k] = down;
                double low = toy_gradient(&t, i, 0, x, other);
                x[k] = at;
                double slope = (high - low) / ((double)up - (double)down);
                check_close((double)g[k], slope,
                            1e-2); /* third derivatives of 2,400 times 2^-18/6 */
                if (c == 0)
                    check_close((double)g[k], slope, 1e3 * TOL);
            }
        }
        toy_close(&t);
    }
}

/* The mean of the workers' functions is the excess error: the optimum is in the stated place, and
 * the heterogeneity is zeta at every x. */
static void the_mean_of_quadratics_is_as_promised(void **state)
{
    (void)state;
    struct request q = quiet();
    struct toy t = drawn("quadratic", &q, 0, N);
    for (uint32_t stream = 1; stream < 4; stream++) {
        real x[DIM], g[DIM];
        double value = 0, mean[DIM] = {0}, square = 0;
        point(x, DIM, stream);
        for (int i = 0; i < N; i++) {
            value += toy_gradient(&t, i, 0, x, g) / N;
            for (int k = 0; k < DIM; k++)
                mean[k] += (double)g[k] / N;
        }
        check_close(value, t.problem->excess(&t, x), 1e-12);
        for (int i = 0; i < N; i++) {
            toy_gradient(&t, i, 0, x, g);
            for (int k = 0; k < DIM; k++)
                square += ((double)g[k] - mean[k]) * ((double)g[k] - mean[k]) / N;
        }
        check_close(square, 1.5 * 1.5, 10 * TOL);
        for (int k = 0; k < DIM; k++) { /* the curvature: from 1 down to 1/20, in equal ratios */
            real y[DIM], h[DIM];
            double moved = 0;
            memcpy(y, x, sizeof(x));
            y[k] += 1;
            for (int i = 0; i < N; i++) {
                toy_gradient(&t, i, 0, y, h);
                moved += (double)h[k] / N;
            }
            check_close(moved - mean[k], pow(20, -k / 6.0), 10 * TOL);
        }
    }
    toy_close(&t);
}

static void one_worker_has_no_heterogeneity(void **state)
{
    (void)state;
    struct request q = quiet();
    q.n = 1, q.dim = 1;
    struct toy t = drawn("quadratic", &q, 0, 1);
    real x[1] = {0.5}, g[1];
    check_close(toy_gradient(&t, 0, 0, x, g), t.problem->excess(&t, x), 1e-12);
    check_close((double)g[0] * (double)g[0] / 2, t.problem->excess(&t, x), 10 * TOL); /* h = 1 */
    toy_close(&t);
}

static void the_optimum_has_no_excess(void **state)
{
    (void)state;
    struct toy t = drawn("rosenbrock", &usual, 0, N);
    real best[2] = {1, 1}, start[2];
    check_close(t.problem->excess(&t, best), 0, 0);
    toy_start(&t, 4, start);
    check_close((double)start[0], -1.2, 1e-7), check_close((double)start[1], 1, 0);
    check_close(t.problem->excess(&t, start), 24.2, 1e-4); /* 100 0.44^2 + 2.2^2 */
    toy_close(&t);
    t = drawn("quadratic", &usual, 0, N);
    real x[DIM];
    point(x, DIM, 1), toy_start(&t, 2, x);
    for (int k = 0; k < DIM; k++)
        check_close((double)x[k], 0, 0);
    assert_true(t.problem->excess(&t, x) > 0.1);
    toy_close(&t);
}

static void consensus_is_about_the_mean_of_the_starts(void **state)
{
    (void)state;
    struct toy t = drawn("consensus", &usual, 2, 3);
    real x[N][DIM], g[DIM], mean[DIM];
    double sum[DIM] = {0}, square = 0;
    for (int i = 0; i < N; i++) {
        toy_start(&t, i, x[i]);
        for (int k = 0; k < DIM; k++)
            sum[k] += (double)x[i][k], square += (double)x[i][k] * (double)x[i][k];
        assert_true(i == 0 || memcmp(x[i], x[0], sizeof(x[0])) != 0);
    }
    assert_true(square > 20 && square < 80); /* chi-square of 42 degrees */
    for (int k = 0; k < DIM; k++)
        mean[k] = (real)(sum[k] / N);
    check_close(t.problem->excess(&t, mean), 0, 1e-12);
    mean[3] += 2;
    check_close(t.problem->excess(&t, mean), 2, 10 * TOL);
    double value = toy_gradient(&t, 0, 9, mean, g);
    check_close(value, 2, 10 * TOL);
    for (int k = 0; k < DIM; k++) /* no noise, either */
        check_close((double)g[k], 0, 0);
    toy_close(&t);
}

/* Every rank draws the same functions for the workers that it hosts. */
static void hosting_changes_nothing(void **state)
{
    (void)state;
    for (size_t p = 0; p < n_problem; p++) {
        struct toy all = drawn(problem_registry[p].name, &usual, 0, N);
        for (int first = 0; first < N; first++) {
            struct toy part = drawn(problem_registry[p].name, &usual, first, N - first > 1 ? 2 : 1);
            for (int i = 0; i < part.count; i++) {
                real x[DIM], y[DIM], g[DIM], h[DIM];
                toy_start(&all, first + i, x), toy_start(&part, first + i, y);
                assert_memory_equal(x, y, all.d * sizeof(*x));
                double a = toy_gradient(&all, first + i, 5, x, g);
                check_close(toy_gradient(&part, i, 5, x, h), a, 0);
                assert_memory_equal(g, h, all.d * sizeof(*g));
                check_close(part.problem->excess(&part, x), all.problem->excess(&all, x), 0);
            }
            toy_close(&part);
        }
        toy_close(&all);
    }
}

/* Noise has mean 0 and the given deviation, and differs between workers, steps and seeds. */
static void noise_is_as_asked(void **state)
{
    (void)state;
    enum { STEPS = 2000 };
    struct request q = quiet(), reseeded = usual;
    reseeded.seed = 4;
    struct toy loud = drawn("quadratic", &usual, 0, N), still = drawn("quadratic", &q, 0, N);
    struct toy rosen = drawn("rosenbrock", &usual, 0, N),
               other = drawn("rosenbrock", &reseeded, 0, N);
    real x[DIM], g[DIM], h[DIM];
    double sum = 0, square = 0, product = 0, last[DIM] = {0};
    point(x, DIM, 1);
    toy_gradient(&still, 1, 0, x, h);
    for (int s = 0; s < STEPS; s++) {
        check_close(toy_gradient(&loud, 1, s, x, g), toy_gradient(&still, 1, s, x, h), 0);
        for (int k = 0; k < DIM; k++) {
            double e = (double)g[k] - (double)h[k];
            sum += e, square += e * e, product += e * last[k], last[k] = e;
        }
    }
    double n = STEPS * DIM;
    check_close(sum / n, 0, 5 * 0.3 / sqrt(n));
    check_close(square / n, 0.09, 5 * 0.09 * sqrt(2 / n));
    check_close(product / n, 0, 5 * 0.09 / sqrt(n));
    toy_gradient(&rosen, 1, 5, x, g), toy_gradient(&rosen, 2, 5, x, h);
    assert_memory_not_equal(g, h, 2 * sizeof(*g));
    toy_gradient(&rosen, 1, 5, x, h);
    assert_memory_equal(g, h, 2 * sizeof(*g));
    toy_gradient(&other, 1, 5, x, h);
    assert_memory_not_equal(g, h, 2 * sizeof(*g));
    toy_close(&loud), toy_close(&still), toy_close(&rosen), toy_close(&other);
}

static void names_are_known(void **state)
{
    (void)state;
    assert_null(problem_find("cifar10"));
    for (size_t p = 0; p < n_problem; p++) {
        const struct problem *problem = problem_find(problem_registry[p].name);
        assert_ptr_equal(problem, problem_registry[p].item);
        assert_true(parameter_find(problem->parameter, "dim") >= 0 ? problem->dim == 0
                                                                   : problem->dim > 0);
        struct toy t;
        open(&t, problem, &usual);
        check_close(toy_memory(&t, 3), (problem->n_shared + 3 * problem->n_own) * 8.0 * (double)t.d,
                    0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gradients_are_of_the_values),
        cmocka_unit_test(the_mean_of_quadratics_is_as_promised),
        cmocka_unit_test(one_worker_has_no_heterogeneity),
        cmocka_unit_test(the_optimum_has_no_excess),
        cmocka_unit_test(consensus_is_about_the_mean_of_the_starts),
        cmocka_unit_test(hosting_changes_nothing),
        cmocka_unit_test(noise_is_as_asked),
        cmocka_unit_test(names_are_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
