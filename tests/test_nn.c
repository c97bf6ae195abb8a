/* nn: nodes and whole small networks with every set of kernels: outputs and gradients against
 * their definitions, shared inputs, evaluation, and what must not matter. */
#include "tests/stage.h"
#include <limits.h>

static struct stage s;

static void check_nodes(void)
{
    static const int batch[][4] = {{1, 2, 2, 1}, {3, 4, 6, 3}, {2, 8, 2, 17}, {5, 2, 2, 33}};
    for (size_t i = 0; i < LENGTH(batch); i++)
        for (int op = 0; op < 4; op++) {
            const int *b = batch[i];
            stage_begin(&s, b[0], b[1], b[2], b[3]);
            if (op == 0)
                stage_ready(&s, nn_linear(&s.net, s.in, "linear", 10));
            else if (op == 1)
                stage_ready(&s, nn_linear(&s.net, s.in, "linear", 1));
            else
                stage_ready(&s, op == 2 ? nn_max_pool(&s.net, s.in) : nn_mean(&s.net, s.in));
            stage_check(&s, op < 2); /* pooling has no adding form */
            stage_end(&s);
        }
}

static void linear_pooling_and_mean(void **state)
{
    (void)state;
    with_every_set(check_nodes);
}

/* One window, fewer and more windows than fill registers, and a multiple of those. */
static void check_text_nodes(void)
{
    static const int text[][5] = {/* n, l, e, c, k */
                                  {1, 2, 1, 1, 2},
                                  {2, 9, 3, 17, 4},
                                  {3, 12, 5, 33, 3},
                                  {2, 18, 2, 8, 1}};
    for (size_t i = 0; i < LENGTH(text); i++) {
        const int *v = text[i];
        stage_begin(&s, v[0], v[1], 1, v[2]);
        stage_ready(&s, nn_text_conv(&s.net, s.in, "text", v[3], v[4]));
        stage_check(&s, 1);
        stage_end(&s);
        stage_begin(&s, v[0], v[1], 3, v[2]);
        stage_ready(&s, nn_concat(&s.net, 2, (int[]){s.in, s.in2}));
        stage_check(&s, 1);
        stage_end(&s);
    }
}

static void text_convolution_and_concatenation(void **state)
{
    (void)state;
    with_every_set(check_text_nodes);
}

/* With q = 0.3: exactly what the stream says is dropped, also backward; the rest is scaled up. */
static void check_dropout(void)
{
    struct random noise, again;
    size_t n_dropped = 0;
    stage_begin(&s, 4, 10, 10, 5);
    stage_ready(&s, nn_dropout(&s.net, s.in, 30));
    for (uint32_t step = 0; step < 2; step++) {
        random_init(&noise, 1, RANDOM_TEST, 0, step);
        again = noise;
        s.pass.noise = &noise;
        const real *y = stage_forward(&s), *dx = stage_backward(&s);
        for (size_t i = 0; i < s.n_y; i++) {
            int dropped = random_u32(&again) < 0.3 * 4294967296.0;
            real factor = dropped ? 0 : (real)(1 / 0.7);
            check_close(y[i], (double)factor * s.x[i], ROUNDING);
            check_close(dx[i], (double)factor * formula_unit(4, (uint32_t)i), ROUNDING);
            n_dropped += dropped;
        }
    }
    check_close((double)n_dropped / (double)s.n_y, 0.6, 0.1);
    for (int eval = 0; eval < 2; eval++) { /* without dropout, and in evaluation with any */

        random_init(&noise, 1, RANDOM_TEST, 0, 0);
        again = noise;
        s.pass.noise = eval ? &noise : NULL, s.pass.mode = eval ? PASS_EVAL : PASS_TRAIN;
        s.net.node[s.id].eval = s.net.node[s.id].act, s.net.node[s.in].eval = s.net.node[s.in].act;
        const real *y = stage_forward(&s);
        for (size_t i = 0; i < s.n_y; i++)
            assert_true(y[i] == (real)s.x[i]);
        assert_memory_equal(&noise, &again, sizeof(noise));
    }
    stage_end(&s);
}

static void dropout_follows_its_stream(void **state)
{
    (void)state;
    with_every_set(check_dropout);
}

/* An addition's gradient goes to both inputs; ReLU works in its input's place. */
static void check_add_and_relu(void)
{
    stage_begin(&s, 3, 3, 5, 7);
    stage_ready(&s, nn_add(&s.net, s.in, s.in2));
    const real *y = stage_forward(&s), *b = out_of(&s.pass, s.in2), *d = stage_backward(&s);
    const real *dy = d_out_of(&s.pass, s.id), *d2 = d_out_of(&s.pass, s.in2);
    for (size_t i = 0; i < s.n_y; i++)
        assert_true(y[i] == (real)s.x[i] + b[i] && d[i] == dy[i] && d2[i] == dy[i]);
    s.net.node[s.id].adds[1] = 1;
    stage_backward(&s);
    for (size_t i = 0; i < s.n_y; i++)
        assert_true(d[i] == dy[i] && d2[i] == dy[i] + dy[i]);
    stage_end(&s);
    stage_begin(&s, 3, 3, 5, 7);
    size_t room = s.net.n_act;
    stage_ready(&s, nn_relu(&s.net, s.in2));
    assert_int_equal(s.net.n_act, room);
    assert_ptr_equal(out_of(&s.pass, s.id), out_of(&s.pass, s.in2));
    real *x = out_of(&s.pass, s.in2);
    x[0] = (real)NAN, x[1] = 0;
    stage_forward(&s), stage_backward(&s);
    assert_true(isnan((double)x[0]));
    for (size_t i = 1; i < s.n_y; i++) {
        real before = i == 1 ? 0 : (real)formula_unit(2, (uint32_t)i);
        real slope = d_out_of(&s.pass, s.in2)[i], want = (real)formula_unit(4, (uint32_t)i);
        assert_true(x[i] == (before > 0 ? before : 0) && slope == (before > 0 ? want : 0));
    }
    stage_end(&s);
}

static void addition_and_relu_in_place(void **state)
{
    (void)state;
    with_every_set(check_add_and_relu);
}

/* Small networks whose nodes share inputs in every way that models do, and some that they do not.
 */
static int rectify(struct net *t, int x, const char *name, int kind)
{
    if (kind == 3)
        return nn_evonorm(t, x, name);
    return nn_relu(t, kind == 2 ? nn_group_norm(t, x, name, 2) : nn_batch_norm(t, x, name, kind));
}

static void residual(struct net *t, int kind) /* 0, 1: batch norm, 2: group norm, 3: EvoNorm */
{
    net_begin(t, (struct shape){5, 7, 3});
    int x = rectify(t, nn_conv(t, 0, "a", 4, 3, 1, 0), "an", kind);
    int y = rectify(t, nn_conv(t, x, "b", 4, 3, 1, 1), "bn", kind);
    x = nn_relu(t, nn_add(t, nn_conv(t, y, "c", 4, 3, 1, 0), x));
    y = rectify(t, nn_conv(t, x, "d", 6, 3, 2, 0), "dn", kind);
    y = nn_batch_norm(t, nn_conv(t, y, "e", 6, 3, 1, 0), "en", kind == 1);
    x = nn_batch_norm(t, nn_conv(t, x, "f", 6, 1, 2, 0), "fn", kind == 1);
    x = nn_relu(t, nn_add(t, y, x));
    nn_linear(t, nn_mean(t, x), "classifier", 5);
    net_finish(t);
}

static void plain(struct net *t)
{
    net_begin(t, (struct shape){8, 12, 1});
    int x = nn_relu(t, nn_conv(t, 0, "a", 3, 3, 2, 1));
    x = nn_max_pool(t, nn_relu(t, nn_conv(t, x, "b", 5, 3, 1, 1)));
    nn_linear(t, nn_conv(t, x, "c", 4, 1, 1, 1), "classifier", 3); /* h, w, c flattened */
    net_finish(t);
}

/* One output with four readers of three kinds, read again after its first reader's reader. */
static void tangle(struct net *t)
{
    net_begin(t, (struct shape){3, 4, 2});
    int x = nn_group_norm(t, nn_conv(t, 0, "a", 4, 1, 1, 1), "an", 2);
    int y = nn_add(t, nn_conv(t, x, "b", 4, 3, 1, 0), x);
    int z = nn_add(t, x, nn_evonorm(t, nn_conv(t, y, "c", 4, 3, 1, 0), "cn"));
    z = nn_add(t, y, nn_batch_norm(t, z, "zn", 0));
    x = nn_add(t, x, nn_group_norm(t, x, "yn", 2)); /* a norm and its own input */
    nn_linear(t, nn_mean(t, nn_add(t, z, nn_group_norm(t, x, "xn", 2))), "classifier", 3);
    net_finish(t);
}

/* A table read by three kinds of windows, one of them the whole text, and a mean. */
static void textual(struct net *t)
{
    net_begin(t, (struct shape){9, 1, 1});
    int x = nn_embedding(t, 0, "embedding", 7, 5);
    int y[] = {nn_text_conv(t, x, "a", 3, 2), nn_text_conv(t, x, "b", 2, 9)};
    y[0] = nn_concat(t, 2, y);
    y[1] = nn_text_conv(t, x, "c", 4, 4);
    x = nn_concat(t, 3, (int[]){y[1], y[0], nn_mean(t, x)});
    nn_linear(t, nn_dropout(t, x, 50), "classifier", 5);
    net_finish(t);
}

enum { N_NET = 7, N = 3 };
static struct net net;

static void build(int which)
{
    if (which < 4)
        residual(&net, which);
    else if (which == 4)
        plain(&net);
    else if (which == 5)
        tangle(&net);
    else
        textual(&net);
}

/* The network's input for N examples. */
static real *input_of(const struct net *t)
{
    size_t n = N * shape_size(t->node[0].out);
    real *x = guarded_units(n, 2);
    for (size_t i = 0; t->n_token && i < n; i++)
        x[i] = (real)floor((formula(2, (uint32_t)i) + 1) / 2 * t->n_token);
    return x;
}

struct whole {
    double *param, *x;
    int32_t y[N];
};
static double whole_loss(void *context)
{
    struct whole *w = context;
    return naive_loss(&net, N, w->param, NULL, w->x, w->y, NULL);
}

/* Central differences, once for all sets of kernels. */
static const double *gradient_of(int which, struct whole *w)
{
    static double known[N_NET][2000];
    assert_true(net.n_param <= LENGTH(known[0]));
    if (known[which][0] == 0)
        naive_gradient(whole_loss, w, w->param, net.n_param, known[which]);
    return known[which];
}

static void check_networks(void)
{
    for (int which = 0; which < N_NET; which++) {
        build(which);
        size_t n_x = N * shape_size(net.node[0].out), n_logit = (size_t)(N * net_n_class(&net));
        real *param = guarded_units(net.n_param, 1), *grad = guarded(net.n_param);
        real *stat = guarded_units(net.n_stat, 5), *x = input_of(&net);
        struct whole w = {doubles_of(param, net.n_param), doubles_of(x, n_x), {2, 0, 1}};
        double logits[N * 5];
        struct arena a;
        arena_init(&a, &net, N + 1);
        double loss = naive_loss(&net, N, w.param, NULL, w.x, w.y, logits);
        check_close(net_train(&net, &a, param, stat, N, x, w.y, NULL, grad), loss, 10 * ROUNDING);
        check_array(net_logits(&a), logits, n_logit, 10 * ROUNDING);
        check_array(grad, gradient_of(which, &w), net.n_param, DIFFERENCE);

        int right, want_right = 0; /* evaluation, on variances that are positive */
        for (size_t i = 0; i < net.n_stat; i++)
            stat[i] = (real)fabs((double)stat[i]);
        double *running = doubles_of(stat, net.n_stat);
        loss = naive_loss(&net, N, w.param, running, w.x, w.y, logits);
        check_close(net_evaluate(&net, &a, param, stat, N, x, w.y, &right), N * loss,
                    50 * ROUNDING * (1 + loss));
        for (int i = 0; i < N; i++) {
            int n_c = net_n_class(&net), best = 0;
            for (int k = 0; k < n_c; k++)
                best = logits[i * n_c + k] > logits[i * n_c + best] ? k : best;
            want_right += best == w.y[i];
        }
        assert_int_equal(right, want_right);
        guarded_free(param, net.n_param), guarded_free(grad, net.n_param);
        guarded_free(stat, net.n_stat), guarded_free(x, n_x);
        free(w.param), free(w.x), free(running);
        arena_release(&a);
    }
}

static void gradients_of_networks_with_shared_inputs(void **state)
{
    (void)state;
    with_every_set(check_networks);
}

/* The workers of a rank share one arena: what was there before, and its size, change no bit. */
static void check_memory(void)
{
    for (int which = 0; which < N_NET; which++) {
        build(which);
        size_t n_x = N * shape_size(net.node[0].out);
        real *param = guarded_units(net.n_param, 1), *x = input_of(&net);
        real *grad[2] = {guarded(net.n_param), guarded(net.n_param)}, *stat = guarded(net.n_stat);
        const int32_t y[N] = {2, 0, 1};
        double loss[2];
        for (int k = 0; k < 2; k++) {
            struct arena a;
            int n_max = k ? N + 4 : N, right;
            arena_init(&a, &net, n_max);
            for (size_t i = 0; i < net.n_stat; i++)
                stat[i] = 1;
            for (size_t i = 0; k && i < (size_t)n_max * net.n_act; i++)
                a.act[i] = (real)NAN;
            for (size_t i = 0; k && i < (size_t)n_max * net.n_d_act; i++)
                a.d_act[i] = (real)NAN;
            for (size_t i = 0; k && i < (size_t)n_max * net.n_keep; i++)
                a.keep[i] = (real)NAN;
            for (size_t i = 0; k && i < net.n_work; i++)
                a.work[i] = (real)NAN;
            if (k) {
                memcpy(net_input(&a), x, n_x * sizeof(real)); /* spares the copy */
                loss[k] = net_train(&net, &a, param, stat, N, net_input(&a), y, NULL, grad[k]);
            } else {
                net_evaluate(&net, &a, param, stat, N - 1, x, y, &right);
                loss[k] = net_train(&net, &a, param, stat, N, x, y, NULL, grad[k]);
            }
            arena_release(&a);
        }
        assert_memory_equal(&loss[0], &loss[1], sizeof(loss[0]));
        assert_memory_equal(grad[0], grad[1], net.n_param * sizeof(real));
        guarded_free(param, net.n_param), guarded_free(x, n_x), guarded_free(stat, net.n_stat);
        guarded_free(grad[0], net.n_param), guarded_free(grad[1], net.n_param);
    }
}

static void what_was_in_the_arena_does_not_matter(void **state)
{
    (void)state;
    with_every_set(check_memory);
}

/* Passes over a part of the batch give the same logits to the bit and the same gradient up to
 * rounding. */
static void check_passes(void)
{
    for (int which = 0; which < N_NET; which++) {
        build(which);
        size_t n_logit = (size_t)(N * net_n_class(&net));
        real *param = guarded_units(net.n_param, 1), *x = input_of(&net);
        real *grad[2] = {guarded(net.n_param), guarded(net.n_param)}, logits[N * 5];
        const int32_t y[N] = {2, 0, 1};
        if (net.coupled)
            assert_int_equal(net.n_pass, INT_MAX);
        for (int k = 0; k < 2 && !net.coupled; k++) {
            struct arena a;
            net.n_pass = k ? 2 : N;
            arena_init(&a, &net, N);
            net_train(&net, &a, param, NULL, N, x, y, NULL, grad[k]);
            if (k)
                assert_memory_equal(net_logits(&a), logits, n_logit * sizeof(real));
            memcpy(logits, net_logits(&a), n_logit * sizeof(real));
            arena_release(&a);
        }
        for (size_t i = 0; i < net.n_param && !net.coupled; i++)
            check_close(grad[1][i], (double)grad[0][i], 10 * ROUNDING);
        guarded_free(param, net.n_param), guarded_free(x, N * shape_size(net.node[0].out));
        guarded_free(grad[0], net.n_param), guarded_free(grad[1], net.n_param);
    }
}

static void a_batch_may_run_in_several_passes(void **state)
{
    (void)state;
    with_every_set(check_passes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(linear_pooling_and_mean),
        cmocka_unit_test(text_convolution_and_concatenation),
        cmocka_unit_test(dropout_follows_its_stream),
        cmocka_unit_test(addition_and_relu_in_place),
        cmocka_unit_test(gradients_of_networks_with_shared_inputs),
        cmocka_unit_test(what_was_in_the_arena_does_not_matter),
        cmocka_unit_test(a_batch_may_run_in_several_passes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
