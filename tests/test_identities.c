/* test_identities: identities of single methods: which of them coincide, what they conserve, and where
 * they converge. */
#include "tests/rounds.h"

/* y of gradient tracking has the mean of the gradients, whatever the graph and the compressor. */
static void tracked_gradients_keep_their_mean(void **state)
{
    (void)state;
    static const char *const names[] = {"gt",        "gt-dsgdm-n", "gt-atc", "gt-atc-dsgdm-n",
                                        "beer-top1", "beer-sign",  "beer-q8"};
    static const char *const graphs[] = {"ring", "one-peer-exponential", "disconnected"};
    for (size_t a = 0; a < LENGTH(names) * LENGTH(graphs); a++) {
        const struct algorithm *method = find(names[a / LENGTH(graphs)]);
        struct trial p = {.n = 8, .topology = graphs[a % LENGTH(graphs)], .hyper = usual};
        struct workers w;
        rounds_begin(&p, &w, method, S0 + method->n_state);
        for (int t = 0; t < ROUNDS; t++) {
            double g[D] = {0}, y[D] = {0};
            for (int i = 0; i < 8 * D; i++)
                g[i % D] += gradient(&p, t, i / D, i % D, (double)w.at[i / D].vec[X][i % D]);
            round_run(method, &p, &w, t);
            for (int i = 0; i < 8 * D; i++)
                y[i % D] += (double)w.at[i / D].vec[S0][i % D];
            for (int k = 0; k < D; k++)
                check_close(y[k], g[k], sizeof(real) == 8 ? 1e-12 : 2e-4);
        }
        workers_release(&w);
    }
}

static void corrections_of_momentum_tracking_sum_to_zero(void **state)
{
    (void)state;
    static const char *const graphs[] = {"ring", "one-peer-exponential", "disconnected"};
    for (size_t g = 0; g < LENGTH(graphs); g++) {
        const struct algorithm *method = find("momentum-tracking");
        struct trial p = {.n = 8, .topology = graphs[g], .hyper = usual};
        struct workers w;
        double largest = 0;
        rounds_begin(&p, &w, method, S0 + method->n_state);
        for (int t = 0; t < ROUNDS; t++) {
            double sum[D] = {0};
            round_run(method, &p, &w, t);
            for (int i = 0; i < 8 * D; i++) {
                double c = (double)w.at[i / D].vec[S1][i % D];
                sum[i % D] += c, largest = fmax(largest, fabs(c));
            }
            for (int k = 0; k < D; k++)
                check_close(sum[k], 0, sizeof(real) == 8 ? 1e-12 : 1e-3);
        }
        assert_true(largest > 1);
        workers_release(&w);
    }
}

/* What damsgrad mixes has the mean of the workers' own second moments, whatever the graph. */
static void mixed_second_moments_keep_their_mean(void **state)
{
    (void)state;
    static const char *const graphs[] = {"ring", "one-peer-exponential", "disconnected"};
    for (size_t g = 0; g < LENGTH(graphs); g++) {
        const struct algorithm *method = find("damsgrad");
        struct trial p = {.n = 8, .topology = graphs[g], .hyper = usual};
        struct workers w;
        rounds_begin(&p, &w, method, S0 + method->n_state);
        for (int t = 0; t < ROUNDS; t++) {
            double own[D] = {0}, mixed[D] = {0};
            round_run(method, &p, &w, t);
            for (int i = 0; i < 8 * D; i++) {
                own[i % D] += (double)w.at[i / D].vec[S2][i % D];
                mixed[i % D] += (double)w.at[i / D].vec[S3][i % D];
            }
            for (int k = 0; k < D; k++)
                check_close(mixed[k], own[k], TOL * own[k]);
        }
        workers_release(&w);
    }
}

/* With one number per vector, every compressor sends all of it.  Models and first gradients are the
 * same for all workers, since BEER does not mix its first y. */
static void beer_with_exact_messages_is_gradient_tracking(void **state)
{
    (void)state;
    static const char *const names[] = {"gt", "beer-top1", "beer-sign", "beer-q8"};
    enum { N = 8 };
    real x[LENGTH(names)][N];
    for (size_t a = 0; a < LENGTH(names); a++) {
        struct trial p = {.n = N, .topology = "ring", .hyper = usual};
        struct workers w;
        hyper_set(&p.hyper, "gamma", 1);
        workers_init(&w, N, 0, N, 1, 0, S0 + find(names[a])->n_state);
        for (int i = 0; i < N; i++)
            w.at[i].vec[X][0] = (real)start_of(0);
        for (int t = 0; t < ROUNDS; t++) {
            p.source = t == 0 ? FIRST : OWN;
            round_run(find(names[a]), &p, &w, t);
        }
        for (int i = 0; i < N; i++) {
            x[a][i] = w.at[i].vec[X][0];
            check_close(x[a][i], (double)x[0][i], TOL);
        }
        workers_release(&w);
    }
}

/* Two methods, each with its settings, take the same path. */
static void check_same_path(const char *one, const struct trial *p, const char *other,
                            const struct trial *q)
{
    real a[8 * D], b[8 * D];
    rounds_run(find(one), p, a);
    rounds_run(find(other), q, b);
    for (int i = 0; i < p->n * D; i++)
        if (!(fabs((double)(a[i] - b[i])) <= TOL))
            fail_msg("%s ends at %.15g, %s at %.15g", one, (double)a[i], other, (double)b[i]);
}

static void relatives_coincide_where_they_should(void **state)
{
    (void)state;
    struct trial p = {.n = 8, .topology = "ring", .hyper = usual, .lr = 0.05};
    struct trial lazy = p, plain = p, dropping = p;
    lazy.lazy = 1, hyper_set(&plain.hyper, "momentum", 0), dropping.lr = 0;
    check_same_path("d2", &lazy, "d2-plus", &lazy);
    check_same_path("exact-diffusion", &p, "d2", &lazy);
    check_same_path("d2-dsgdm-n", &plain, "d2", &p);
    plain = dropping, hyper_set(&plain.hyper, "momentum", 0);
    check_same_path("d2-dsgdm-n", &plain, "exact-diffusion", (plain.lazy = 1, &dropping));
    check_same_path("gt-dsgdm-n", &plain, "gt", &plain);
    check_same_path("gt-atc-dsgdm-n", &plain, "gt-atc", &plain);
    p.topology = "exponential"; /* its rows sum to 1, so there is no bias */
    check_same_path("sgp", &p, "dsgd", &p);
    check_same_path("sgp-qg", &p, "qg-dsgdm-n", &p);
    plain.topology = "chain";
    check_same_path("relaysgd-dsgdm-n", &plain, "relaysgd", &plain);
    hyper_set(&dropping.hyper, "tau", 1), hyper_set(&dropping.hyper, "slow_beta", 0);
    check_same_path("gossip-pga", &dropping, "sgd", &dropping);
    check_same_path("slowmo", &dropping, "sgdm-n", &dropping);
}

static void global_update_tracking_has_relatives(void **state)
{
    (void)state;
    struct trial p = {.n = 8, .topology = "ring", .hyper = usual}, half = p;
    hyper_set(&p.hyper, "momentum", 0);
    check_same_path("edm", &p, "exact-diffusion", &p);
    hyper_set(&p.hyper, "gut_mu", 0);
    check_same_path("gut", &p, "dsgd", &p);
    hyper_set(&half.hyper, "gut_mu", 0.5), hyper_set(&p.hyper, "gutm_mu", 0.5);
    check_same_path("qg-gutm", &p, "gut", &half);
    p.lazy = 1, hyper_set(&p.hyper, "gut_mu", 1);
    check_same_path("gut", &p, "d2-plus", &p);
    struct trial chain = {.n = 2, .topology = "chain", .hyper = usual}, complete = chain;
    complete.topology = "complete"; /* two workers, whose messages are never late */
    check_same_path("relay-adam", &chain, "dadam", &complete);
}

/* The method that each method equals with one worker. */
static void one_worker_has_a_centralized_method(void **state)
{
    (void)state;
    static const struct {
        const char *name, *central;
        double lr; /* of the central method, with 0.05 here; 0: the same, and it may drop */
    } cases[] = {{"gut", "sgd", 0},         {"beer-top1", "sgd", 0}, {"beer-sign", "sgd", 0},
                 {"beer-q8", "sgd", 0},     {"edm", "sgdm", 0.005},  {"exact-diffusion", "sgd", 0},
                 {"relay-adam", "dadam", 0}};
    for (size_t c = 0; c < LENGTH(cases); c++) {
        struct trial p = {.n = 1, .topology = "complete", .hyper = usual}, central = p;
        p.lr = cases[c].lr != 0 ? 0.05 : 0, central.lr = cases[c].lr;
        check_same_path(cases[c].name, &p, cases[c].central, &central);
    }
}

enum { LONG = 6000 };

/* Root mean square distance of the workers from the optimum of the mean, sum_i b_i / sum_i h_i,
 * after many rounds without noise at a constant rate. */
static double distance_from_optimum(const char *name, struct trial *p)
{
    const struct algorithm *a = find(name);
    struct workers w;
    double square = 0;
    p->quiet = 1;
    rounds_begin(p, &w, a, S0 + a->n_state);
    for (int t = 0; t < LONG; t++)
        round_run(a, p, &w, t);
    for (int k = 0; k < D; k++) {
        double g0 = 0, g1 = 0;
        for (int i = 0; i < p->n; i++)
            g0 += gradient(p, 0, i, k, 0), g1 += gradient(p, 0, i, k, 1);
        for (int i = 0; i < p->n; i++) {
            double e = (double)w.at[i].vec[X][k] - g0 / (g0 - g1);
            square += e * e;
        }
    }
    workers_release(&w);
    return sqrt(square / p->n);
}

/* In float it is less exact: rounding of x accumulates in the sum over the workers of D^2's
 * corrections, which nothing pulls back to zero. */
static void corrected_methods_reach_the_optimum(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        int lazy, reaches;
    } cases[] = {{"gt", 0, 1},
                 {"gt-dsgdm-n", 0, 1},
                 {"gt-atc", 0, 1},
                 {"gt-atc-dsgdm-n", 0, 1},
                 {"d2", 1, 1},
                 {"d2-plus", 1, 1},
                 {"d2-dsgdm-n", 1, 1},
                 {"exact-diffusion", 0, 1},
                 {"momentum-tracking", 0, 1},
                 {"relaysgd", 0, 1},
                 {"relaysgd-dsgdm-n", 0, 1},
                 {"sgdm-n", 0, 1},
                 {"edm", 0, 1},
                 {"beer-top1", 0, 1},
                 {"beer-sign", 0, 1},
                 {"beer-q8", 0, 1},
                 {"gut", 0, 0},
                 {"qg-gutm", 0, 0},
                 {"damsgrad", 0, 0},
                 {"relay-adam", 0, 0},
                 {"dsgd", 0, 0},
                 {"dsgdm-n", 0, 0},
                 {"qg-dsgdm-n", 0, 0},
                 {"decentlam", 0, 0},
                 {"gossip-pga", 0, 0},
                 {"sgp", 0, 0},
                 {"sgp-qg", 0, 0}};
    double near = sizeof(real) == 8 ? 1e-8 : 3e-2;
    for (size_t c = 0; c < LENGTH(cases); c++) {
        const char *graph = suited(find(cases[c].name), "ring");
        struct trial p = {
            .n = 8, .topology = graph, .hyper = usual, .lr = 0.02, .lazy = cases[c].lazy};
        double e = distance_from_optimum(cases[c].name, &p);
        print_message("%-20s %.3e\n", cases[c].name, e);
        if (!(cases[c].reaches ? e < near : e > 1e-3 && e < 10))
            fail_msg("%s ends %g away from the optimum", cases[c].name, e);
    }
}

/* gut converges to the same point as dsgd at the rate (1 - mu) lr. */
static void global_update_tracking_rests_as_at_a_lower_rate(void **state)
{
    (void)state;
    static const double beta = 0.9, mus[] = {0.5, 0.9}, small[] = {0.02, 0.06};
    for (size_t k = 0; k < LENGTH(mus); k++) {
        struct trial p = {.n = 8, .topology = "ring", .hyper = usual, .lr = 0.04}, low = p;
        hyper_set(&p.hyper, "gut_mu", mus[k]), hyper_set(&p.hyper, "gutm_mu", small[k]);
        low.lr = 0.04 * (1 - mus[k]);
        double e = distance_from_optimum("dsgd", &low);
        check_close(distance_from_optimum("gut", &p), e, TOL);
        low.lr = 0.04 * (1 - small[k]) / (1 + small[k] * beta);
        e = distance_from_optimum("dsgd", &low);
        check_close(distance_from_optimum("qg-gutm", &p), e, TOL);
    }
}

static void quasi_global_momentum_ends_nearer_than_local(void **state)
{
    (void)state;
    static const double rates[] = {0.01, 0.02, 0.05};
    for (size_t r = 0; r < LENGTH(rates); r++) {
        struct trial p = {.n = 8, .topology = "ring", .hyper = usual, .lr = rates[r]};
        double global = distance_from_optimum("qg-dsgdm-n", &p);
        double local = distance_from_optimum("dsgdm-n", &p);
        print_message("lr %g: qg %g, local %g\n", rates[r], global, local);
        assert_true(global < 0.9 * local);
    }
}

/* Without a graph dsgd is SGD, with heavy-ball (Polyak 1964) or Nesterov momentum: here as the
 * textbooks have it, x+ = x - lr g + beta (x - x_prev) at a constant rate. */
static void dsgd_without_a_graph_is_sgd(void **state)
{
    (void)state;
    static const char *const names[] = {"dsgd", "dsgdm", "dsgdm-n"};
    for (int a = 0; a < 3; a++) {
        struct trial p = {.n = 3, .topology = "disconnected", .hyper = usual};
        struct workers w;
        double x[3][D], y[3][D]; /* y: the point before the last momentum */
        rounds_begin(&p, &w, find(names[a]), S0 + find(names[a])->n_state);
        for (int i = 0; i < 3 * D; i++)
            x[i / D][i % D] = y[i / D][i % D] = start_of(i % D);
        for (int t = 0; t < 17; t++) { /* the rate is constant so far */
            for (int i = 0; i < 3; i++)
                for (int k = 0; k < D; k++) {
                    double g = gradient(&p, t, i, k, x[i][k]), old = x[i][k];
                    double down = old - rate(&p, t) * g;
                    if (a == 0)
                        x[i][k] = down;
                    else if (a == 1)
                        x[i][k] = down + 0.9 * (old - y[i][k]), y[i][k] = old;
                    else
                        x[i][k] = down + 0.9 * (down - y[i][k]), y[i][k] = down;
                }
            round_run(find(names[a]), &p, &w, t);
            for (int i = 0; i < 3 * D; i++)
                check_close(w.at[i / D].vec[X][i % D], x[i / D][i % D], TOL);
        }
        workers_release(&w);
    }
}

/* One worker: x' = x - lr u, so that (x - x') / lr = u, with u = c g + q m where c = 1, q = beta
 * (heavy ball) or c = 1 + beta, q = beta^2 (Nesterov), and m' = mu m + (1 - mu) u.  With
 *   b = mu + (1 - mu) q,   v = (1 - beta) m
 * this is v' = b v + (1 - b) g, because (1 - mu) c (1 - beta) = (1 - mu)(1 - q) = 1 - b; and u is
 *   u = [(1 - nu) g + nu v'] / (1 - beta),   nu = q / b:
 * in g because (1 - q) - q (1 - b) / b = 1 - q / b, as c (1 - beta) = 1 - q.  That is
 * quasi-hyperbolic momentum (Ma and Yarats 2019) with decay b, discount nu and rate
 * lr / (1 - beta). */
static void qg_with_one_worker_is_quasi_hyperbolic_momentum(void **state)
{
    (void)state;
    static const double factors[][2] = {{0.9, 0.9}, {0.5, 0.9}, {0.8, 0.3}}; /* beta, mu */
    for (size_t f = 0; f < LENGTH(factors); f++)
        for (int nesterov = 0; nesterov < 2; nesterov++) {
            double beta = factors[f][0], mu = factors[f][1], x[D], v[D] = {0};
            double q = nesterov ? beta * beta : beta, b = mu + (1 - mu) * q, nu = q / b;
            struct trial p = {.n = 1, .topology = "complete", .hyper = usual};
            struct workers w;
            hyper_set(&p.hyper, "momentum", beta), hyper_set(&p.hyper, "mu", mu);
            rounds_begin(&p, &w, find("qg-dsgdm"), S0 + 2);
            for (int k = 0; k < D; k++)
                x[k] = start_of(k);
            for (int t = 0; t < ROUNDS; t++) {
                for (int k = 0; k < D; k++) {
                    double g = gradient(&p, t, 0, k, x[k]);
                    v[k] = b * v[k] + (1 - b) * g;
                    x[k] -= rate(&p, t) / (1 - beta) * ((1 - nu) * g + nu * v[k]);
                }
                round_run(find(nesterov ? "qg-dsgdm-n" : "qg-dsgdm"), &p, &w, t);
                for (int k = 0; k < D; k++)
                    check_close(w.at[0].vec[X][k], x[k], TOL);
            }
            workers_release(&w);
        }
}

/* choco-sgd-top1 sends 50 of 5,000 numbers: the last ten, and of the ones only the first 40; a
 * negative zero is not large. */
static void the_first_among_equals_are_sent(void **state)
{
    (void)state;
    enum { SIZE = 5000, LARGE = 10 };
    struct err e;
    const struct algorithm *method = algorithm_find("choco-sgd-top1", &e);
    struct workers w;
    workers_init(&w, 1, 0, 1, SIZE, 0, S0 + method->n_state);
    real *x = w.at[0].vec[X], *sent = w.at[0].vec[G];
    for (int i = 0; i < SIZE; i++)
        x[i] = (real)(i % 4 ? 0.0 : i % 8 ? 1 : -1);
    for (int i = 0; i < LARGE; i++)
        x[i] = (real)-0.0, x[SIZE - 1 - i] = 2;
    method->before_mix(&w.at[0], NULL, (struct tick){.lr = 0});
    for (int i = 0, n = 0; i < SIZE; i++) {
        int is_sent = i >= SIZE - LARGE || (i >= LARGE && i % 4 == 0 && n++ < 50 - LARGE);
        assert_true(sent[i] == (is_sent ? x[i] : 0));
    }
    workers_release(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tracked_gradients_keep_their_mean),
        cmocka_unit_test(corrections_of_momentum_tracking_sum_to_zero),
        cmocka_unit_test(mixed_second_moments_keep_their_mean),
        cmocka_unit_test(beer_with_exact_messages_is_gradient_tracking),
        cmocka_unit_test(relatives_coincide_where_they_should),
        cmocka_unit_test(global_update_tracking_has_relatives),
        cmocka_unit_test(one_worker_has_a_centralized_method),
        cmocka_unit_test(corrected_methods_reach_the_optimum),
        cmocka_unit_test(global_update_tracking_rests_as_at_a_lower_rate),
        cmocka_unit_test(quasi_global_momentum_ends_nearer_than_local),
        cmocka_unit_test(dsgd_without_a_graph_is_sgd),
        cmocka_unit_test(qg_with_one_worker_is_quasi_hyperbolic_momentum),
        cmocka_unit_test(the_first_among_equals_are_sent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
