/* mpi_optimizer: every method on every graph that it may run on takes the same bits on any number
 * of ranks as in a serial computation, and counts the bytes that it sends.  Run it with mpirun,
 * too. */
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
                                  .faults = p->faults};
    hyper_values(&p->hyper, find(name), q.parameter);
    assert_int_equal(optimizer_open(&m.o, &q, D, &e), 0);
    optimizer_allocate(&m.o);
    for (int i = 0; i < m.o.w.count; i++)
        for (int k = 0; k < D; k++)
            m.o.w.at[i].vec[X][k] = (real)start_of(k);
    for (m.round = 0; m.round < ROUNDS; m.round++) {
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

/* What all ranks saw, so that none goes on alone. */
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
static void compare(struct faults f)
{
    for (size_t a = 0; a < n_algorithm; a++)
        for (size_t g = 0; g < n_topology; g++) {
            const struct topology *family = topology_registry[g].item;
            const char *name = algorithm_registry[a].name,
                       *graph = family->example ? family->example : topology_registry[g].name;
            struct trial p = {.n = n_workers(graph), .topology = graph, .hyper = usual};
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
                continue; /* messages that run in circles grow beyond all bounds, or edges change */
            run(name, &p, x);
            rounds_run(algorithm_registry[a].item, &p, want);
            int differs = memcmp(x, want, (size_t)p.n * D * sizeof(real)) != 0;
            check_nobody(gossip_is_root() && differs, name, graph);
        }
}

static void ranks_change_no_bit(void **state)
{
    (void)state;
    compare((struct faults){.message_loss = 0});
}

static void nor_do_they_with_faults(void **state)
{
    (void)state;
    compare((struct faults){
        .message_loss = 0.2, .straggle = 0.2, .absence = 0.2, .absence_rounds = 7, .seed = 3});
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
                 {"choco-sgd-q8", 30 * 16 * 3 * 4}};
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
        cmocka_unit_test(bytes_are_those_of_the_workers_present),
        cmocka_unit_test(bytes_are_those_of_the_rounds),
    };
    int n_failed = cmocka_run_group_tests(tests, NULL, NULL);
    printf("# at %d ranks\n", gossip_n_rank());
    gossip_finish();
    return n_failed > 0;
}
