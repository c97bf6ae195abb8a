/* test_interval: quantiles of Student's t, bands and tests of means. */
#include "core/core.h"
#include "report/interval.h"
#include "tests/check.h"

/* Two-sided 95 % quantiles from printed tables of Student's t; of 2.5 degrees of freedom, from
 * numerical integration of the density. */
static void quantiles_of_student(void **state)
{
    (void)state;
    static const struct {
        double df, level, t;
    } known[] = {{1, 0.95, 12.706205},   {2, 0.95, 4.302653},    {2.5, 0.95, 3.574655},
                 {4, 0.95, 2.776445},    {30, 0.95, 2.042272},   {1000, 0.95, 1.962339},
                 {4, 0.99, 4.604095},    {1, 0.999, 636.619249}, {30, 0.998, 3.385185},
                 {10000, 0.95, 1.960201}};
    for (size_t i = 0; i < LENGTH(known); i++) {
        check_close(student_quantile(known[i].level, known[i].df), known[i].t, 2e-6);
        check_close(student_tail(known[i].t, known[i].df), 1 - known[i].level, 1e-7);
    }
    check_close(student_tail(0, 3), 1, 1e-12);
    check_close(student_tail(1, 1), 0.5, 1e-12); /* Cauchy's quartile */
}

/* t(0.975; 2) = 4.303, t(0.975; 1) = 12.706; the deviation of 1, 2, 3 is 1. */
static void bands_of_means(void **state)
{
    (void)state;
    struct sample a = sample_of((double[]){1, 2, 3}, 3), b;
    check_close(a.mean, 2, 1e-12);
    check_close(mean_band(a, 0.95), 4.302653 / sqrt(3), 1e-6);
    b = sample_of((double[]){0, 2}, 2);
    check_close(mean_band(b, 0.95), 12.706205, 1e-5);
    /* Welch: variances of the means 1/3 and 1, df = (4/3)^2 / (1/18 + 1) = 1.68421 */
    check_close(difference_band(a, b, 0.95), student_quantile(0.95, 1.684211) * sqrt(4.0 / 3),
                1e-5);
    check_close(difference_band(a, a, 0.95), 2.776445 * sqrt(2.0 / 3), 1e-6);
    b.std = NAN; /* then a's alone */
    check_close(difference_band(a, b, 0.95), mean_band(a, 0.95), 0);
    b = sample_of((double[]){5}, 1);
    assert_true(isnan(b.std) && isinf(mean_band(b, 0.95)));
    check_close(difference_band(a, b, 0.95), mean_band(a, 0.95), 0);
    assert_true(isinf(difference_band(b, a, 0.95)));
    b = sample_of(NULL, 0);
    assert_true(isnan(b.mean) && isinf(mean_band(b, 0.95)));
    a.std = b.std = 0, b.n = 3;
    check_close(difference_band(a, b, 0.95), 0, 0);
}

/* The mean 2 of 1, 2, 3 is 2 sqrt(3) of its errors above 0: p = 0.0741799 with 2 degrees of
 * freedom, by the closed form 1 - t / sqrt(2 + t^2). */
static void tests_of_means(void **state)
{
    (void)state;
    struct sample a = sample_of((double[]){1, 2, 3}, 3);
    check_close(mean_p(a, 0), 1 - sqrt(12.0 / 14), 1e-9);
    check_close(mean_p(a, 4), 1 - sqrt(12.0 / 14), 1e-9);
    check_close(mean_p(a, 2), 1, 1e-12);
    /* with 4 seeds t = 4 and p = 0.0280 of 3 degrees of freedom, with 5 t = 4.472 and p = 0.0111 */
    assert_int_equal(seeds_for(a, 0, 0.0742, 100), 3);
    assert_int_equal(seeds_for(a, 0, 0.0741, 100), 4);
    assert_int_equal(seeds_for(a, 0, 0.0281, 100), 4);
    assert_int_equal(seeds_for(a, 0, 0.0279, 100), 5);
    assert_int_equal(seeds_for(a, 0, 0.0279, 5), 5);
    assert_int_equal(seeds_for(a, 0, 0.0279, 4), 0);
    assert_int_equal(seeds_for(a, 2, 0.05, 100), 0);
    a.std = 0; /* all seeds the same */
    check_close(mean_p(a, 0), 0, 0);
    check_close(mean_p(a, 2), 1, 0);
    check_close(mean_p(sample_of((double[]){5}, 1), 0), 1, 0);
}

/* As R's p.adjust(p, "holm") gives. */
static void tests_made_together(void **state)
{
    (void)state;
    static const struct {
        double p[4], adjusted[4];
    } known[] = {{{0.01, 0.04, 0.03, 0.005}, {0.03, 0.06, 0.06, 0.02}},
                 {{0.02, 0.02, 0.5, 0.9}, {0.08, 0.08, 1, 1}},
                 {{1, 0.012, 1, 0}, {1, 0.036, 1, 0}}};
    double adjusted[4];
    for (size_t i = 0; i < LENGTH(known); i++) {
        holm(known[i].p, 4, adjusted);
        for (int k = 0; k < 4; k++)
            check_close(adjusted[k], known[i].adjusted[k], 1e-12);
    }
    holm(known[0].p, 1, adjusted);
    check_close(adjusted[0], 0.01, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quantiles_of_student),
        cmocka_unit_test(bands_of_means),
        cmocka_unit_test(tests_of_means),
        cmocka_unit_test(tests_made_together),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
