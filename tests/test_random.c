/* random: streams: known answers, independence, moments. */
#include "core/core.h"
#include "core/random.h"

#include "tests/check.h"

static struct random stream(uint64_t seed, enum random_purpose purpose, uint32_t worker,
                            uint32_t step)
{
    struct random r;
    random_init(&r, seed, purpose, worker, step);
    return r;
}

/* Random123's kat_vectors, philox4x32 10 rounds. */
static void philox_gives_the_known_answers(void **state)
{
    (void)state;
    static const struct {
        uint32_t counter[4], key[2], want[4];
    } kat[] = {
        {{0}, {0}, {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
        {{~0u, ~0u, ~0u, ~0u}, {~0u, ~0u}, {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
        {{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
         {0xa4093822, 0x299f31d0},
         {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}},
    };
    for (size_t k = 0; k < LENGTH(kat); k++) {
        struct random r = stream(0, RANDOM_TEST, 0, 0);
        memcpy(r.counter, kat[k].counter, sizeof(r.counter));
        memcpy(r.key, kat[k].key, sizeof(r.key));
        for (int i = 0; i < 4; i++)
            assert_int_equal(random_u32(&r), kat[k].want[i]);
    }
    struct random zero = stream(0, (enum random_purpose)0, 0, 0);
    for (int i = 0; i < 4; i++)
        assert_int_equal(random_u32(&zero), kat[0].want[i]);
}

static void streams_differ_by_each_part_of_their_name(void **state)
{
    (void)state;
    struct random r[] = {
        stream(5, RANDOM_TEST, 3, 2), stream(6, RANDOM_TEST, 3, 2),
        stream(5, RANDOM_INIT, 3, 2), stream(5, RANDOM_TEST, 4, 2),
        stream(5, RANDOM_TEST, 3, 3), stream(5 + (UINT64_C(1) << 32), RANDOM_TEST, 3, 2),
        stream(5, RANDOM_TEST, 2, 3),
    };
    uint32_t word[LENGTH(r)][100];
    for (size_t i = 0; i < LENGTH(r); i++)
        for (int k = 0; k < 100; k++)
            word[i][k] = random_u32(&r[i]);
    for (size_t i = 0; i < LENGTH(r); i++)
        for (size_t j = 0; j < i; j++)
            for (int k = 0; k < 100; k++)
                assert_int_not_equal(word[i][k], word[j][k]);
    struct random same = stream(5, RANDOM_TEST, 3, 2);
    for (int k = 0; k < 100; k++)
        assert_int_equal(random_u32(&same), word[0][k]);
}

static void random_below_is_in_bounds_and_unbiased(void **state)
{
    (void)state;
    enum { DRAWS = 30000 };
    struct random r = stream(1, RANDOM_TEST, 0, 0);
    int seen[3] = {0}, low = 0;
    for (int i = 0; i < DRAWS; i++) {
        assert_int_equal(random_below(&r, 1), 0);
        uint32_t x = random_below(&r, 3), y = random_below(&r, 3u << 30);
        assert_true(x < 3 && y < 3u << 30);
        seen[x]++;
        low += y < 1u << 30; /* one in three; one in two if 2^32 were folded by % */
    }
    for (int i = 0; i < 3; i++) /* standard deviation 82 */
        check_close(seen[i], DRAWS / 3, 400);
    check_close(low, DRAWS / 3, 400);
}

struct moments {
    double mean, variance, skewness, kurtosis;
};

/* A second stream gives the same values, so that nothing need be stored. */
static struct moments moments_of(double (*draw)(struct random *r), int n)
{
    struct moments m = {0};
    struct random r = stream(2, RANDOM_TEST, 0, 0), again = r;
    for (int i = 0; i < n; i++)
        m.mean += draw(&r) / n;
    for (int i = 0; i < n; i++) {
        double x = draw(&again) - m.mean;
        m.variance += x * x / n, m.skewness += x * x * x / n, m.kurtosis += x * x * x * x / n;
    }
    m.skewness /= pow(m.variance, 1.5), m.kurtosis /= m.variance * m.variance;
    return m;
}

static void uniform_and_normal_have_their_moments(void **state)
{
    (void)state;
    struct moments u = moments_of(random_uniform, 100000), z = moments_of(random_normal, 100000);
    check_close(u.mean, 0.5, 0.005);
    check_close(u.variance, 1.0 / 12, 0.002);
    check_close(u.kurtosis, 1.8, 0.03);
    check_close(z.mean, 0, 0.015);
    check_close(z.variance, 1, 0.02);
    check_close(z.skewness, 0, 0.04);
    check_close(z.kurtosis, 3, 0.1);
    struct random r = stream(3, RANDOM_TEST, 0, 0);
    for (int i = 0; i < 100000; i++) {
        double x = random_uniform(&r);
        assert_true(x > 0 && x < 1);
    }
}

static double shape;
static double log_gamma_draw(struct random *r)
{
    return random_log_gamma(r, shape);
}
static double gamma_draw(struct random *r)
{
    return exp(random_log_gamma(r, shape));
}

/* E log G = digamma(shape), Var log G = trigamma(shape), E G = Var G = shape. */
static void gamma_has_its_moments_at_every_shape(void **state)
{
    (void)state;
    static const struct {
        double shape, digamma, trigamma;
    } known[] = {
        {0.01, -100.56088545786867, 10001.621213528313},
        {0.1, -10.423754940411076, 101.43329915079276},
        {0.5, -1.9635100260214235, 4.934802200544679},
        {1, -0.5772156649015329, 1.6449340668482264},
        {10, 2.251752589066721, 0.10516633568168575},
    };
    for (size_t k = 0; k < LENGTH(known); k++) {
        shape = known[k].shape;
        struct moments m = moments_of(log_gamma_draw, 100000);
        check_close(m.mean, known[k].digamma, 0.015 * sqrt(known[k].trigamma));
        check_close(m.variance, known[k].trigamma, 0.05 * known[k].trigamma);
        if (shape >= 0.5) {
            m = moments_of(gamma_draw, 100000);
            check_close(m.mean, shape, 0.015 * sqrt(shape));
            check_close(m.variance, shape, 0.06 * shape);
        }
    }
}

/* Why the logarithm: at shape 0.001 most variables are 0 as doubles, their logarithms are fine. */
static void log_gamma_does_not_underflow(void **state)
{
    (void)state;
    struct random r = stream(4, RANDOM_TEST, 0, 0);
    int underflows = 0;
    for (int i = 0; i < 1000; i++) {
        double x = random_log_gamma(&r, 0.001);
        assert_true(isfinite(x));
        underflows += exp(x) == 0;
    }
    assert_in_range(underflows, 300, 900);
}

static void shuffle_gives_every_order_equally_often(void **state)
{
    (void)state;
    struct random r = stream(5, RANDOM_TEST, 0, 0);
    int seen[27] = {0};
    for (int i = 0; i < 12000; i++) {
        int32_t list[3] = {0, 1, 2};
        random_shuffle(&r, list, 3);
        assert_int_equal((1 << list[0]) + (1 << list[1]) + (1 << list[2]), 7);
        seen[list[0] * 9 + list[1] * 3 + list[2]]++;
    }
    static const int orders[] = {5, 7, 11, 15, 19, 21}; /* 012 021 102 120 201 210 in base 3 */
    for (size_t k = 0; k < LENGTH(orders); k++)         /* standard deviation 41 */
        check_close(seen[orders[k]], 2000, 200);
    random_shuffle(&r, NULL, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(philox_gives_the_known_answers),
        cmocka_unit_test(streams_differ_by_each_part_of_their_name),
        cmocka_unit_test(random_below_is_in_bounds_and_unbiased),
        cmocka_unit_test(uniform_and_normal_have_their_moments),
        cmocka_unit_test(gamma_has_its_moments_at_every_shape),
        cmocka_unit_test(log_gamma_does_not_underflow),
        cmocka_unit_test(shuffle_gives_every_order_equally_often),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
