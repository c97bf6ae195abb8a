/* parameters of a net: PyTorch's names, shapes and order, and how they start. */
#include "nn/nn.h"
#include "tests/formula.h"

static struct net net;

/* PyTorch's (o, i, h, w), spelled out: weight [o][i][r][q] multiplies input channel i at row r. */
static void parameters_travel_to_pytorch_and_back(void **state)
{
    (void)state;
    enum { O = 5, I = 3, K = 3, SIZE = O * I * K * K };
    net_begin(&net, (struct shape){4, 4, I});
    nn_linear(&net, nn_mean(&net, nn_conv(&net, 0, "features.0", O, K, 1, 1)), "classifier", 2);
    net_finish(&net);
    static const char *const names[] = {"features.0.weight", "features.0.bias", "classifier.weight",
                                        "classifier.bias"};
    static const size_t sizes[] = {SIZE, O, 2 * O, 2};
    assert_int_equal(net.n_param_part, 4);
    size_t offset = 0;
    for (int i = 0; i < 4; offset += sizes[i++]) {
        const struct param *p = &net.param[i];
        assert_string_equal(p->name, names[i]);
        assert_int_equal(p->offset, offset);
        assert_int_equal(p->n, sizes[i]);
        real *ours = guarded_units(p->n, 1), *theirs = guarded(p->n), *back = guarded(p->n);
        param_export(p, ours, theirs);
        param_import(p, theirs, back);
        assert_memory_equal(ours, back, p->n * sizeof(real));
        assert_int_equal(memcmp(ours, theirs, p->n * sizeof(real)) == 0, i > 0);
        for (int o = 0; i == 0 && o < O; o++)
            for (int c = 0; c < I; c++)
                for (int r = 0; r < K; r++)
                    for (int q = 0; q < K; q++)
                        assert_true(theirs[((o * I + c) * K + r) * K + q] ==
                                    ours[((r * K + q) * I + c) * O + o]);
        guarded_free(ours, p->n), guarded_free(theirs, p->n), guarded_free(back, p->n);
    }
    assert_int_equal(offset, net.n_param);
    const size_t dim[] = {O, I, K, K};
    assert_int_equal(net.param[0].n_dim, 4);
    assert_memory_equal(net.param[0].dim, dim, sizeof(dim));
    assert_true(net.param[2].n_dim == 2 && net.param[2].dim[0] == 2 && net.param[2].dim[1] == O);
    /* one 1 at [o][i][r][q] = [2][1][0][2]: output 2 at (1, 1) is input 1 at (0, 2) */
    real theirs[SIZE] = {0}, param[SIZE + O + 2 * O + 2] = {0}, x[4 * 4 * I];
    theirs[((2 * I + 1) * K + 0) * K + 2] = 1;
    param_import(&net.param[0], theirs, param);
    for (int i = 0; i < 4 * 4 * I; i++)
        x[i] = (real)i;
    struct arena a;
    int right;
    const int32_t y = 0;
    arena_init(&a, &net, 1);
    net_evaluate(&net, &a, param, NULL, 1, x, &y, &right);
    assert_true(a.act[net.node[1].act + (1 * 4 + 1) * O + 2] == x[(0 * 4 + 2) * I + 1]);
    arena_release(&a);
}

/* PyTorch's (o, i, k): weight [o][i][j] multiplies number i of a window's place j. */
static void text_parameters_travel_to_pytorch_and_back(void **state)
{
    (void)state;
    enum { V = 7, E = 3, O = 5, K = 4, SIZE = O * E * K };
    net_begin(&net, (struct shape){6, 1, 1});
    int x = nn_text_conv(&net, nn_embedding(&net, 0, "embedding", V, E), "convs.0", O, K);
    nn_linear(&net, x, "classifier", 2);
    net_finish(&net);
    assert_string_equal(net.param[0].name, "embedding.weight");
    assert_true(net.param[0].n_dim == 2 && net.param[0].dim[0] == V && net.param[0].dim[1] == E);
    const struct param *p = &net.param[1];
    assert_string_equal(p->name, "convs.0.weight");
    assert_true(p->n_dim == 3 && p->dim[0] == O && p->dim[1] == E && p->dim[2] == K);
    assert_int_equal(p->n, SIZE);
    real *ours = guarded_units(SIZE, 1), *theirs = guarded(SIZE), *back = guarded(SIZE);
    param_export(p, ours, theirs);
    param_import(p, theirs, back);
    assert_memory_equal(ours, back, SIZE * sizeof(real));
    for (int o = 0; o < O; o++)
        for (int i = 0; i < E; i++)
            for (int j = 0; j < K; j++)
                assert_true(theirs[(o * E + i) * K + j] == ours[(o * K + j) * E + i]);
    guarded_free(ours, SIZE), guarded_free(theirs, SIZE), guarded_free(back, SIZE);
}

static void check_moments(const real *v, size_t n, double variance, double kurtosis, double bound)
{
    double mean = 0, square = 0, fourth = 0, largest = 0;
    for (size_t i = 0; i < n; i++)
        mean += (double)v[i] / (double)n, largest = fmax(largest, fabs((double)v[i]));
    for (size_t i = 0; i < n; i++) {
        double e = (double)v[i] - mean;
        square += e * e / (double)n, fourth += e * e * e * e / (double)n;
    }
    double noise = 5 / sqrt((double)n); /* five standard deviations */
    check_close(mean, 0, noise * sqrt(variance));
    check_close(square, variance, noise * sqrt(kurtosis - 1) * variance);
    if (n > 1000)
        check_close(fourth / square / square, kurtosis, 0.4);
    assert_true(largest <= bound);
}

/* Convolutions are N(0, 2 / (taps c_out)), embeddings N(0, 1), biases and linear layers uniform
 * within +-1/sqrt(fan_in). */
static void check_distributions(void)
{
    real *param = guarded(net.n_param), *again = guarded(net.n_param), *stat = guarded(net.n_stat);
    struct random r;
    random_init(&r, 1, RANDOM_INIT, 0, 0);
    net_init(&net, param, stat, &r);
    random_init(&r, 1, RANDOM_INIT, 0, 0);
    net_init(&net, again, stat, &r);
    assert_memory_equal(param, again, net.n_param * sizeof(real));
    random_init(&r, 2, RANDOM_INIT, 0, 0);
    net_init(&net, again, stat, &r);
    assert_memory_not_equal(param, again, sizeof(real));
    for (int i = 0; i < net.n_param_part; i++) {
        const struct param *p = &net.param[i];
        const real *v = param + p->offset;
        const char *part = strrchr(p->name, '.') + 1;
        int linear = strstr(p->name, "classifier") != NULL, bias = strcmp(part, "bias") == 0;
        if (p->name[1] == 'n') { /* a norm */
            for (size_t k = 0; k < p->n; k++)
                assert_true(v[k] == (bias ? 0 : 1));
        } else if (bias || linear) {
            const struct param *weight = bias ? p - 1 : p;
            double fan_in = (double)(weight->n / weight->dim[0]);
            check_moments(v, p->n, 1 / fan_in / 3, 1.8, 1 / sqrt(fan_in));
        } else {
            double fan_out = (double)(p->n / p->dim[1]);
            double variance = strcmp(p->name, "embedding.weight") == 0 ? 1 : 2 / fan_out;
            check_moments(v, p->n, variance, 3, 6 * sqrt(variance));
        }
        for (int k = 0; k < i; k++) /* no two layers start alike */
            if (p->name[1] != 'n' && net.param[k].name[1] != 'n')
                assert_true(v[0] != param[net.param[k].offset]);
    }
    for (size_t i = 0; i < net.n_stat; i++)
        assert_true(stat[i] == (i < 50 ? 0 : 1));
    guarded_free(param, net.n_param), guarded_free(again, net.n_param);
    guarded_free(stat, net.n_stat);
}

static void initial_parameters_have_their_distributions(void **state)
{
    (void)state;
    net_begin(&net, (struct shape){4, 4, 10});
    int x = nn_batch_norm(&net, nn_conv(&net, 0, "a", 50, 3, 1, 1), "an", 1);
    x = nn_evonorm(&net, nn_conv(&net, x, "b", 96, 1, 1, 0), "bn");
    x = nn_group_norm(&net, nn_conv(&net, x, "c", 96, 3, 2, 1), "cn", 2);
    nn_linear(&net, nn_mean(&net, x), "classifier", 30);
    net_finish(&net);
    assert_int_equal(net.n_stat, 100);
    check_distributions();
    net_begin(&net, (struct shape){9, 1, 1});
    x = nn_text_conv(&net, nn_embedding(&net, 0, "embedding", 300, 20), "a", 40, 3);
    nn_linear(&net, x, "classifier", 30);
    net_finish(&net);
    check_distributions();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parameters_travel_to_pytorch_and_back),
        cmocka_unit_test(text_parameters_travel_to_pytorch_and_back),
        cmocka_unit_test(initial_parameters_have_their_distributions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
