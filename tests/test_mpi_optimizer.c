/* mpi_optimizer: every method on every graph that it may run on gives the same bits on any number
 * of ranks as in a serial computation, and counts the bytes that it sends.  Also run with
 * mpirun. */
#include "tests/rounds.h"
#include "train/optimizer.h"
#include "train/stability.h"
#include <stdlib.h>

struct moment {
    const struct trial *p;
    struct optimizer o;
    int round;
};

static void set_gradient(void *context, int i)
{
    struct moment *m = context;
    struct worker *w = &m->o.w.at[i];
    for (int k = 0; k < D; k++)
        w->vec[G][k] = (real)gradient(m->p, m->round, w->id, k, (double)w->vec[X][k]);
}

/* All parameters after all rounds at the root; the bytes sent. */
static double run(const char *name, const struct trial *p, real *x)
{
    struct moment m = {.p = p};
    struct err e;
    struct optimizer_request q = {.algorithm = name,
                                  .topology = p->topology,
                                  .weight_decay = p->hyper.weight_decay,
                                  .lazy = p->lazy,
                                  .n = p->n,
                                  .seed = 1,
                                  .faults = p->faults,
                                  .local_steps = p->local_steps};
    hyper_values(&p->hyper, find(name), q.parameter);
    assert_int_equal(optimizer_open(&m.o, &q, D, &e), 0);
    optimizer_allocate(&m.o);
    for (int i = 0; i < m.o.w.count; i++)
        for (int k = 0; k < D; k++)
            m.o.w.at[i].vec[X][k] = (real)start_of(k);
    for (m.round = 0; m.round < steps(p); m.round++) {
        int t = m.round;
        optimizer_step(&m.o, (struct tick){t, rate(p, t), rate(p, t ? t - 1 : 0)}, set_gradient,
                       &m);
    }
    for (int i = 0; i < p->n; i++)
        gossip_fetch(m.o.gossip, i, m.o.w.slab[X], m.o.w.stride, D, x + i * D);
    double sent = m.o.bytes_sent;
    optimizer_close(&m.o);
    return sent;
}

/* The result of all ranks, so that none continues alone. */
static void check_nobody(int wrong, const char *what, const char *where)
{
    if (gossip_any(wrong))
        fail_msg("%s%s%s", what, where ? " on " : "", where ? where : "");
}

/* 8, or the least number of workers that the graph takes. */
static int n_workers(const char *graph)
{
    struct err e;
    int n = 1;
    if (topology_check(&(struct topology_spec){graph, 8}, &e) == 0)
        return 8;
    while (n < MAX_N && topology_check(&(struct topology_spec){graph, n}, &e) < 0)
        n++;
    return n;
}

static struct config config_of(const char *algorithm, const char *graph, int n,
                               const struct faults *f)
{
    struct config c;
    config_default(&c);
    snprintf(c.algorithm, sizeof(c.algorithm), "%s", algorithm);
    snprintf(c.topology, sizeof(c.topology), "%s", graph);
    c.workers = n, c.faults = *f;
    return c;
}

/* With these faults, or with stragglers alone if the method does not define the others. */
static void compare(struct faults f, int local_steps)
{
    for (size_t a = 0; a < n_algorithm; a++)
        for (size_t g = 0; g < n_topology; g++) {
            const struct topology *family = topology_registry[g].item;
            const char *name = algorithm_registry[a].name,
                       *graph = family->example ? family->example : topology_registry[g].name;
            struct trial p = {.n = n_workers(graph),
                              .local_steps = local_steps,
                              .topology = graph,
                              .hyper = usual};
            real x[MAX_N * D], want[MAX_N * D];
            p.hyper.weight_decay = 0;            /* the optimizer adds it in another order */
            if (strncmp(graph, "file:", 5) == 0) /* a graph like any other once it is read */
                continue;
            struct err e;
            assert_int_equal(topology_check(&(struct topology_spec){graph, p.n}, &e), 0);
            struct config c = config_of(name, graph, p.n, &f);
            p.faults = f;
            if (config_check(&c, &e) < 0)
                p.faults.message_loss = p.faults.absence = 0;
            if (algorithm_find(name, &e)->relayed && stability_check(&c, &e) < 0)
                continue; /* messages that run in circles grow without limit, or edges change */
            run(name, &p, x);
            rounds_run(algorithm_registry[a].item, &p, want);
            int differs = memcmp(x, want, (size_t)p.n * D * sizeof(real)) != 0;
            check_nobody(gossip_is_root() && differs, name, graph);
        }
}

static void ranks_change_no_bit(void **state)
{
    (void)state;
    compare((struct faults){.message_loss = 0}, 1);
}

static void nor_do_they_with_faults(void **state)
{
    (void)state;
    compare(
        (struct faults){
            .message_loss = 0.2, .straggle = 0.2, .absence = 0.2, .absence_rounds = 7, .seed = 3},
        1);
}

/* With gossip every third step, and faults. */
static void nor_with_local_steps(void **state)
{
    (void)state;
    compare(
        (struct faults){
            .message_loss = 0.2, .straggle = 0.2, .absence = 0.2, .absence_rounds = 7, .seed = 3},
        3);
}

/* Local SGD (Stich, ICLR 2019), by its definition, with weight decay: H steps alone, then the mean
 * of all. */
static void on_the_complete_graph_they_are_local_sgd(void **state)
{
    (void)state;
    enum { N = 8, H = 5 };
    struct trial p = {.n = N, .topology = "complete", .hyper = usual, .local_steps = H};
    real x[N * D];
    double want[N][D], decay = p.hyper.weight_decay = 0.1;
    for (int i = 0; i < N; i++)
        for (int k = 0; k < D; k++)
            want[i][k] = (double)(real)start_of(k);
    for (int t = 0; t < ROUNDS; t++)
        for (int k = 0; k < D; k++) {
            double sum = 0;
            for (int i = 0; i < N; i++)
                sum += want[i][k] -=
                    rate(&p, t) * (gradient(&p, t, i, k, want[i][k]) + decay * want[i][k]);
            for (int i = 0; i < N && (t + 1) % H == 0; i++)
                want[i][k] = sum / N;
        }
    double sent = run("dsgd", &p, x);
    int wrong = sent != ROUNDS / H * N * (N - 1) * D * 4; /* from all to all */
    for (int i = 0; i < N * D && gossip_is_root(); i++)
        wrong |= !(fabs((double)x[i] - want[i / D][i % D]) <= TOL);
    check_nobody(wrong, "dsgd", p.topology);
}

/* With constant gradients, H steps at a rate equal one step at H times the rate, for methods whose
 * state does not change between two rounds of gossip. */
static void constant_gradients_make_one_step_of_them(void **state)
{
    (void)state;
    static const char *const names[] = {
        "dsgd",         "qg-dsgdm", "qg-dsgdm-n", "choco-sgd-top1", "choco-sgd-sign",
        "choco-sgd-q8", "relaysgd", "sgp",        "sgp-qg"};
    for (size_t a = 0; a < LENGTH(names); a++)
        for (int every = 1; every <= 2; every++) {
            const char *graph = suited(find(names[a]), "ring");
            struct trial one = {.n = 8, .topology = graph, .lr = 0.06, .n_step = 10};
            one.uncoupled = one.quiet = 1;
            hyper_set(&one.hyper, "gamma", 0.4);
            hyper_set(&one.hyper, "every", every);
            struct trial three = one;
            three.lr = 0.02, three.n_step = 30, three.local_steps = 3;
            real x[8 * D], want[8 * D];
            double sent = run(names[a], &one, want);
            int wrong = run(names[a], &three, x) != sent;
            for (int i = 0; i < 8 * D && gossip_is_root(); i++)
                wrong |= !(fabs((double)(x[i] - want[i])) <= TOL);
            check_nobody(wrong, names[a], graph);
        }
}

/* Methods whose state is only right if gossip follows every step are refused. */
static void some_methods_take_none(void **state)
{
    (void)state;
    static const char *const names[] = {"sgd",
                                        "sgdm",
                                        "sgdm-n",
                                        "d2",
                                        "d2-plus",
                                        "d2-dsgdm-n",
                                        "exact-diffusion",
                                        "qg-dadam",
                                        "qg-dadam-stable",
                                        "edm",
                                        "gut",
                                        "qg-gutm"};
    size_t n_refused = 0;
    for (size_t a = 0; a < n_algorithm; a++)
        n_refused += find(algorithm_registry[a].name)->every_step != NULL;
    check_nobody(n_refused != LENGTH(names), "the list of methods is not complete", NULL);
    for (size_t a = 0; a < LENGTH(names); a++)
        for (int steps = 1; steps <= 2; steps++) {
            struct config c = config_of(names[a], "complete", 8, &(struct faults){0});
            struct err e = {0};
            c.local_steps = steps;
            int refused = stability_check(&c, &e) < 0;
            check_nobody(refused != (steps == 2), names[a], NULL);
            check_nobody(refused && !strstr(e.text, " takes no local_steps, because "), names[a],
                         NULL);
        }
}

/* A gradient with the norm 5 times its size. */
static double gradient_size;
static void set_three_and_four(void *context, int i)
{
    struct moment *m = context;
    real *g = m->o.w.at[i].vec[G];
    memset(g, 0, D * sizeof(*g));
    g[0] = (real)(3 * gradient_size), g[1] = (real)(-4 * gradient_size);
}

/* The same as torch's clip_grad_norm_. */
static void gradients_are_clipped(void **state)
{
    (void)state;
    static const struct {
        double size, norm, first, second;
    } cases[] = {{1, 0, 3, -4},
                 {1, 6, 3, -4},
                 {1, 5, 2.9999994, -3.9999992},
                 {1, 1, 0.59999988, -0.79999984},
                 {1e-6, 1e-6, 5e-7, -6.6666667e-7}};
    for (size_t c = 0; c < LENGTH(cases); c++) {
        struct moment m = {.round = 0};
        struct err e;
        double tolerance = 3e-7 * 5 * cases[c].size;
        struct optimizer_request q = {
            .algorithm = "dsgd", .topology = "ring", .n = 8, .clip_norm = cases[c].norm};
        assert_int_equal(optimizer_open(&m.o, &q, D, &e), 0);
        optimizer_allocate(&m.o);
        gradient_size = cases[c].size;
        optimizer_step(&m.o, (struct tick){0, 1, 1}, set_three_and_four, &m);
        const real *x = m.o.w.at[0].vec[X];
        check_nobody(!(fabs((double)x[0] + cases[c].first) <= tolerance) ||
                         !(fabs((double)x[1] + cases[c].second) <= tolerance),
                     "clip_norm", NULL);
        optimizer_close(&m.o);
    }
}

/* Lost messages are sent, those from or to a worker that is away are not. */
static void bytes_are_those_of_the_workers_present(void **state)
{
    (void)state;
    struct trial p = {.n = 8, .topology = "ring", .hyper = usual};
    real x[8 * D];
    double sent = 0;
    p.faults = (struct faults){.message_loss = 0.5, .absence = 0.3, .absence_rounds = 5, .seed = 1};
    for (int t = 0; t < ROUNDS; t++)
        for (int i = 0; i < 8; i++)
            if (!faults_is_away(&p.faults, i, t) && !faults_is_away(&p.faults, (i + 1) % 8, t))
                sent += 2 * D * 4; /* both ways */
    check_nobody(sent == 0 || sent == 30 * 16 * D * 4, "the seed sends none or all away", NULL);
    check_nobody(run("dsgd", &p, x) != sent, "dsgd", NULL);
    check_nobody(run("gt-atc", &p, x) != 2 * sent, "gt-atc", NULL);
    p.faults.absence = 0, p.topology = "chain";
    check_nobody(run("relaysgd", &p, x) != 30 * 14 * (D + 1) * 4, "relaysgd", NULL);
    check_nobody(run("relay-adam", &p, x) != 30 * 14 * (D + 1) * 4, "relay-adam", NULL);
}

static void bytes_are_those_of_the_rounds(void **state)
{
    (void)state;
    enum { MIX = 16 * D * 4, MEAN_OF_ALL = 8 * 7 * D * 4 }; /* a vector on a ring of 8 */
    static const struct {
        const char *name;
        double bytes;
    } cases[] = {{"dsgd", 30 * MIX},
                 {"sgd", 30 * MEAN_OF_ALL},
                 {"gt", 60 * MIX},
                 {"gt-atc", 60 * MIX},
                 {"slowmo", 22 * MIX + 8 * MEAN_OF_ALL},
                 {"gossip-pga", 23 * MIX + 7 * MEAN_OF_ALL},
                 {"momentum-tracking", 59 * MIX + MEAN_OF_ALL},
                 {"sgp", 30 * 16 * (D + 1) * 4},
                 {"choco-sgd-top1", 30 * 16 * 2 * 4},
                 {"choco-sgd-sign", 30 * 16 * 2 * 4},
                 {"choco-sgd-q8", 30 * 16 * 3 * 4},
                 {"gut", 30 * MIX},
                 {"qg-gutm", 30 * MIX},
                 {"edm", 30 * MIX},
                 {"damsgrad", 60 * MIX},
                 {"beer-top1", 60 * 16 * 2 * 4},
                 {"beer-sign", 60 * 16 * 2 * 4},
                 {"beer-q8", 60 * 16 * 3 * 4}};
    struct trial p = {.n = 8, .topology = "ring", .hyper = usual};
    real x[8 * D];
    for (size_t c = 0; c < LENGTH(cases); c++) {
        double sent = run(cases[c].name, &p, x);
        if (sent != cases[c].bytes)
            print_error("%s: %g bytes, expected %g\n", cases[c].name, sent, cases[c].bytes);
        check_nobody(sent != cases[c].bytes, cases[c].name, NULL);
    }
}

int main(int argc, char **argv)
{
    gossip_start(&argc, &argv);
    if (!gossip_is_root() && !freopen("/dev/null", "w", stdout))
        die("cannot be silent");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ranks_change_no_bit),
        cmocka_unit_test(nor_do_they_with_faults),
        cmocka_unit_test(nor_with_local_steps),
        cmocka_unit_test(on_the_complete_graph_they_are_local_sgd),
        cmocka_unit_test(constant_gradients_make_one_step_of_them),
        cmocka_unit_test(some_methods_take_none),
        cmocka_unit_test(gradients_are_clipped),
        cmocka_unit_test(bytes_are_those_of_the_workers_present),
        cmocka_unit_test(bytes_are_those_of_the_rounds),
    };
    int n_failed = cmocka_run_group_tests(tests, NULL, NULL);
    printf("# at %d ranks\n", gossip_n_rank());
    gossip_finish();
    return n_failed > 0;
}
