/* norm: batch norm, group norm and EvoNorm-S0 with every set of kernels: outputs and gradients
 * against their definitions, running statistics, and which numbers are normalised together. */
#include "tests/stage.h"

static struct stage s;

enum kind { TRACKED, UNTRACKED, GROUP2, GROUPS, EVONORM };

static int norm_add(enum kind kind)
{
    int c = s.net.node[s.in].out.c;
    if (kind == EVONORM)
        return nn_evonorm(&s.net, s.in, "norm");
    if (kind == GROUP2 || kind == GROUPS)
        return nn_group_norm(&s.net, s.in, "norm", kind == GROUP2 ? 2 : c);
    return nn_batch_norm(&s.net, s.in, "norm", kind == TRACKED);
}

static void check_norm(enum kind kind, int n, int h, int w, int c)
{
    /* alone, and followed by an addition and a ReLU, which are merged into it */
    for (int behind = 0; behind < (kind == EVONORM ? 1 : 4); behind++) {
        stage_begin(&s, n, h, w, c);
        int id = norm_add(kind), y = id;
        y = behind & 1 ? nn_add(&s.net, s.in2, y) : y;
        y = behind & 2 ? nn_relu(&s.net, y) : y;
        assert_int_equal(y, id);
        stage_ready(&s, id);
        stage_check(&s, 1);
        stage_end(&s);
    }
}

static void check_sizes(void)
{
    static const int batch[][4] = {{2, 2, 2, 1}, {3, 5, 7, 3}, {2, 3, 3, 16}, {3, 5, 3, 17}};
    for (size_t i = 0; i < LENGTH(batch); i++) {
        const int *b = batch[i];
        check_norm(TRACKED, b[0], b[1], b[2], b[3]);
        check_norm(UNTRACKED, b[0], b[1], b[2], b[3]);
        check_norm(GROUPS, b[0], b[1], b[2], b[3]);
        check_norm(EVONORM, b[0], b[1], b[2], b[3]);
    }
    check_norm(UNTRACKED, 1, 4, 4, 3);
    check_norm(GROUP2, 3, 5, 7, 2);
    check_norm(GROUP2, 2, 3, 3, 16);
    check_norm(GROUP2, 1, 4, 2, 34);
    check_norm(EVONORM, 2, 3, 3, 32); /* as many groups as channels */
    check_norm(EVONORM, 2, 3, 3, 64); /* 32 groups of two channels */
    check_norm(EVONORM, 1, 2, 1, 160);
}

static void outputs_and_gradients(void **state)
{
    (void)state;
    with_every_set(check_sizes);
}

/* running <- 0.9 running + 0.1 batch, means first, with the unbiased variance. */
static void check_running(void)
{
    enum { N = 3, H = 5, W = 3, C = 7 };
    double mean[C], var[C], start[2 * C];
    stage_begin(&s, N, H, W, C);
    stage_ready(&s, norm_add(TRACKED));
    assert_int_equal(s.net.n_stat, 2 * C);
    assert_int_equal(s.net.n_stat_part, 2);
    assert_string_equal(s.net.stat[0].name, "norm.running_mean");
    assert_string_equal(s.net.stat[1].name, "norm.running_var");
    assert_int_equal(s.net.stat[1].offset, C);
    for (int c = 0; c < 2 * C; c++)
        start[c] = (double)s.stat[c];
    naive_moments(0, N, H * W, C, s.x, 1, mean, var);
    for (int round = 1; round <= 3; round++) {
        stage_forward(&s);
        stage_backward(&s);
        double left = pow(0.9, round);
        for (int c = 0; c < C; c++) {
            check_close(s.stat[c], left * start[c] + (1 - left) * mean[c], ROUNDING);
            check_close(s.stat[C + c], left * start[C + c] + (1 - left) * var[c], ROUNDING);
        }
    }
    stage_end(&s);
}

static void running_statistics_follow_the_batch(void **state)
{
    (void)state;
    with_every_set(check_running);
}

/* Evaluation: tracked batch norm on its running statistics, all others as in training. */
static void check_evaluation(void)
{
    enum { N = 3, H = 3, W = 5, C = 16 };
    for (int kind = TRACKED; kind <= EVONORM; kind++) {
        stage_begin(&s, N, H, W, C);
        stage_ready(&s, norm_add((enum kind)kind));
        size_t n_stat = s.net.n_stat;
        assert_int_equal(n_stat, kind == TRACKED ? 2 * C : 0);
        double *want = xcalloc(s.n_y, sizeof(double)), *stat = doubles_of(s.stat, n_stat);
        double *param = doubles_of(s.param, s.net.n_param);
        naive_node(&s.net, &s.net.node[s.id], N, param, stat, (const double *[NN_MAX_IN]){s.x},
                   want);
        s.pass.mode = PASS_EVAL, s.pass.grad = NULL;
        check_array(stage_forward(&s), want, s.n_y, ROUNDING);
        for (size_t i = 0; i < n_stat; i++)
            check_close(s.stat[i], stat[i], 0);
        free(want), free(stat), free(param);
        stage_end(&s);
    }
}

static void evaluation_mode(void **state)
{
    (void)state;
    with_every_set(check_evaluation);
}

/* Group norm and EvoNorm look at one example alone: a batch's outputs are its examples' outputs,
 * bit for bit; batch norm's are not. */
static void check_alone(void)
{
    enum { N = 3, H = 3, W = 3, C = 6, SIZE = H * W * C };
    for (int kind = UNTRACKED; kind <= EVONORM; kind++) {
        real batch[N * SIZE];
        stage_begin(&s, N, H, W, C);
        stage_ready(&s, norm_add((enum kind)kind));
        memcpy(batch, stage_forward(&s), sizeof(batch));
        stage_end(&s);
        stage_begin(&s, 1, H, W, C);
        stage_ready(&s, norm_add((enum kind)kind));
        for (int i = 0; i < SIZE; i++)
            out_of(&s.pass, s.in)[i] = (real)formula_unit(1, (uint32_t)(2 * SIZE + i));
        int same = memcmp(stage_forward(&s), batch + 2 * SIZE, SIZE * sizeof(real)) == 0;
        assert_int_equal(same, kind != UNTRACKED);
        stage_end(&s);
    }
}

static void groups_do_not_see_other_examples(void **state)
{
    (void)state;
    with_every_set(check_alone);
}

/* A constant channel has variance 0: eps keeps the output finite, and equal to the bias. */
static void check_constant(void)
{
    static const enum kind kinds[] = {TRACKED, UNTRACKED, GROUPS};
    for (size_t k = 0; k < LENGTH(kinds); k++) {
        stage_begin(&s, 2, 4, 4, 3);
        stage_ready(&s, norm_add(kinds[k]));
        for (size_t i = 0; i < s.n_x; i++)
            out_of(&s.pass, s.in)[i] = (real)(1 + (int)(i % 3));
        const real *bias = s.param + s.net.node[s.id].param + 3, *y = stage_forward(&s);
        for (size_t i = 0; i < s.n_y; i++)
            check_close(y[i], (double)bias[i % 3], 1e-3); /* 3 / sqrt(eps) rounding errors of x */
        const real *dx = stage_backward(&s);
        for (size_t i = 0; i < s.n_x; i++)
            assert_true(isfinite((double)dx[i]));
        stage_end(&s);
    }
}

static void constant_channels_stay_finite(void **state)
{
    (void)state;
    with_every_set(check_constant);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(outputs_and_gradients),
        cmocka_unit_test(running_statistics_follow_the_batch),
        cmocka_unit_test(evaluation_mode),
        cmocka_unit_test(groups_do_not_see_other_examples),
        cmocka_unit_test(constant_channels_stay_finite),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
