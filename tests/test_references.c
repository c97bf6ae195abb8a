/* references: the methods that the executable specification does not know, against the equations of
 * their papers, written on (n, d) matrices of doubles with the whole history at hand: row i is
 * worker i.  X[t] are the parameters before round t, g[t] the gradients there, lr[t] its rate. */
#include "tests/rounds.h"

struct matrix {
    double v[MAX_N][D];
};

static struct {
    int n;
    const struct trial *p;
    const struct algorithm *method;
    double W[MAX_N * MAX_N], lr[ROUNDS]; /* W of this round */
    struct matrix X[ROUNDS + 1], g[ROUNDS], y[ROUNDS], m[ROUNDS], u[ROUNDS], psi[ROUNDS];
    struct matrix z[ROUNDS + 1]; /* zero before round 0; push-sum's biased parameters */
    double w[MAX_N];             /* push-sum's weights */
    int far[MAX_N][MAX_N];       /* edges between two workers; above MAX_N: no path */
} past;

/* A hyper-parameter of the method. */
static double given(const char *name)
{
    return hyper_get(&past.p->hyper, past.method, name);
}

/* a A + b B + c C */
static struct matrix sum(double a, struct matrix A, double b, struct matrix B, double c,
                         struct matrix C)
{
    for (int i = 0; i < past.n; i++)
        for (int k = 0; k < D; k++)
            A.v[i][k] = a * A.v[i][k] + b * B.v[i][k] + c * C.v[i][k];
    return A;
}

/* A + s B */
static struct matrix plus(struct matrix A, double s, struct matrix B)
{
    return sum(1, A, s, B, 0, A);
}

static struct matrix W_times(struct matrix A)
{
    struct matrix product = {{{0}}};
    for (int i = 0; i < past.n; i++)
        for (int j = 0; j < past.n; j++)
            for (int k = 0; k < D; k++)
                product.v[i][k] += past.W[i * past.n + j] * A.v[j][k];
    return product;
}

static struct matrix mean_of(struct matrix A)
{
    struct matrix mean = {{{0}}};
    for (int i = 0; i < past.n * past.n; i++)
        for (int k = 0; k < D; k++)
            mean.v[i / past.n][k] += A.v[i % past.n][k] / past.n;
    return mean;
}

/* Nesterov momentum of the directions a: m_t = beta m_{t-1} + a_t, u_t = a_t + beta m_t. */
static struct matrix nesterov(int t, struct matrix a)
{
    double beta = given("momentum");
    past.m[t] = t ? plus(a, beta, past.m[t - 1]) : a;
    return plus(a, beta, past.m[t]);
}

/* Gradient tracking, adapt then combine (Xu et al. 2015):
 *   y_t = W (y_{t-1} + g_t - g_{t-1}), y_0 = W g_0;   X_{t+1} = W (X_t - lr y_t) */
static void track(int t)
{
    struct matrix g = past.g[t];
    past.y[t] = W_times(t ? sum(1, past.y[t - 1], 1, g, -1, past.g[t - 1]) : g);
}

static struct matrix gt_atc(int t)
{
    track(t);
    return W_times(plus(past.X[t], -past.lr[t], past.y[t]));
}

static struct matrix gt_atc_dsgdm_n(int t)
{
    track(t);
    return W_times(plus(past.X[t], -past.lr[t], nesterov(t, past.y[t])));
}

/* Exact diffusion (Yuan et al. 2019, equations 10 to 12 with A = (I + W) / 2):
 *   psi_t = X_t - lr g_t;   phi_t = psi_t + X_t - psi_{t-1}, phi_0 = psi_0;   X_{t+1} = A phi_t */
static struct matrix exact_diffusion(int t)
{
    past.psi[t] = plus(past.X[t], -past.lr[t], past.g[t]);
    struct matrix phi = t ? sum(1, past.psi[t], 1, past.X[t], -1, past.psi[t - 1]) : past.psi[t];
    return sum(0.5, phi, 0.5, W_times(phi), 0, phi);
}

/* D^2 on Nesterov steps (Vogels et al. 2021), unrolled:
 *   X_{t+1} = W (2 X_t - X_{t-1} - lr_t u_t + lr_{t-1} u_{t-1}), X_1 = W (X_0 - lr u_0) */
static struct matrix d2_dsgdm_n(int t)
{
    struct matrix next = past.X[t];
    past.u[t] = nesterov(t, past.g[t]);
    if (t > 0)
        next = sum(2, next, -1, past.X[t - 1], past.lr[t - 1], past.u[t - 1]);
    return W_times(plus(next, -past.lr[t], past.u[t]));
}

/* Gossip-PGA (Chen et al. 2021, algorithm 1): an exact average if (t + 1) mod tau = 0, else W. */
static struct matrix gossip_pga(int t)
{
    struct matrix half = plus(past.X[t], -past.lr[t], past.g[t]);
    return (t + 1) % (int)given("tau") == 0 ? mean_of(half) : W_times(half);
}

/* CHOCO-SGD (Koloskova et al. 2019, algorithm 2):
 *   half = X_t - lr g_t;   z_{t+1} = z_t + C(half - z_t);   X_{t+1} = half + gamma (W - I) z_{t+1}
 */
static struct matrix choco(int t, void (*compress)(double *v))
{
    struct matrix half = plus(past.X[t], -past.lr[t], past.g[t]), q = plus(half, -1, past.z[t]);
    double gamma = given("gamma");
    for (int i = 0; i < past.n; i++)
        compress(q.v[i]);
    past.z[t + 1] = plus(past.z[t], 1, q);
    return sum(1, half, gamma, W_times(past.z[t + 1]), -gamma, past.z[t + 1]);
}

/* One coordinate of D <= 100. */
static void top(double *v)
{
    int largest = 0;
    for (int k = 1; k < D; k++)
        largest = fabs(v[k]) > fabs(v[largest]) ? k : largest;
    for (int k = 0; k < D; k++)
        v[k] = k == largest ? v[k] : 0;
}

static void sign(double *v)
{
    double norm = 0;
    for (int k = 0; k < D; k++)
        norm += fabs(v[k]);
    for (int k = 0; k < D; k++)
        v[k] = copysign(norm / D, v[k]);
}

static void bytes(double *v)
{
    double largest = 0;
    for (int k = 0; k < D; k++)
        largest = fmax(largest, fabs(v[k]));
    for (int k = 0; k < D; k++)
        v[k] = largest * round(127 * v[k] / largest) / 127;
}

static struct matrix choco_top(int t)
{
    return choco(t, top);
}

static struct matrix choco_sign(int t)
{
    return choco(t, sign);
}

static struct matrix choco_bytes(int t)
{
    return choco(t, bytes);
}

/* Push-sum with the directions u, which are taken at the de-biased X = Z / w:
 *   Z_{t+1} = W (Z_t - lr u_t);   w_{t+1} = W w_t;   X_{t+1} = Z_{t+1} / w_{t+1} by rows */
static struct matrix push_sum(int t, struct matrix u)
{
    double w[MAX_N] = {0};
    if (t == 0) {
        past.z[0] = past.X[0];
        for (int i = 0; i < past.n; i++)
            past.w[i] = 1;
    }
    struct matrix next = past.z[t + 1] = W_times(plus(past.z[t], -past.lr[t], u));
    for (int i = 0; i < past.n * past.n; i++)
        w[i / past.n] += past.W[i] * past.w[i % past.n];
    memcpy(past.w, w, sizeof(w));
    for (int i = 0; i < past.n * D; i++)
        next.v[i / D][i % D] /= w[i / D];
    return next;
}

/* Stochastic gradient push (Assran et al. 2019, Algorithm 1). */
static struct matrix sgp(int t)
{
    return push_sum(t, past.g[t]);
}

/* The same along quasi-global momentum's Nesterov direction (Lin et al. 2021, Algorithm 1):
 *   u_t = g_t + beta (beta m_t + g_t);   m_{t+1} = mu m_t + (1 - mu) (X_t - X_{t+1}) / lr, m_0 = 0
 */
static struct matrix sgp_qg(int t)
{
    double beta = given("momentum"), mu = given("mu"), lr = past.lr[t];
    struct matrix zero = {{{0}}}, m = t ? past.m[t - 1] : zero;
    struct matrix next = push_sum(t, sum(1 + beta, past.g[t], beta * beta, m, 0, m));
    past.m[t] = sum(mu, m, (1 - mu) / lr, past.X[t], -(1 - mu) / lr, next);
    return next;
}

/* Shortest paths: one relaxation step for each worker. */
static void measure_distances(void)
{
    int n = past.n;
    for (int i = 0; i < n * n; i++)
        past.far[i / n][i % n] = i / n == i % n ? 0 : past.W[i] != 0 ? 1 : MAX_N + 1;
    for (int k = 0; k < n; k++)
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
                if (past.far[i][k] + past.far[k][j] < past.far[i][j])
                    past.far[i][j] = past.far[i][k] + past.far[k][j];
}

/* Whether what j sent in the round `sent` reaches i on the tree's path, an edge a round. */
static int reaches(int j, int i, int sent)
{
    for (; sent >= 0 && j != i; sent++) {
        int next = 0;
        while (past.far[next][j] != 1 || past.far[next][i] >= past.far[j][i])
            next++;
        if (faults_is_lost(&past.p->faults, j, next, sent, MAIN_EXCHANGE))
            return 0;
        j = next;
    }
    return sent >= 0;
}

/* RelaySGD (Vogels et al. 2021), its messages unrolled: of worker j, at a distance of s edges,
 * worker i has the model after j's step s - 1 rounds ago (of its neighbours and itself, that of
 * this round).  It takes the mean of all models that have arrived.  If messages may be lost, its
 * own last model replaces each that is missing. */
static struct matrix relay_sum(int t, struct matrix half)
{
    struct matrix next = {{{0}}};
    past.y[t] = half;
    measure_distances();
    for (int i = 0; i < past.n; i++) {
        int n = 0;
        for (int j = 0; j < past.n; j++) {
            int late = past.far[i][j] > 1 ? past.far[i][j] - 1 : 0;
            int arrives = reaches(j, i, t - late), filled = faults_on_edges(&past.p->faults);
            for (int k = 0; k < D && (arrives || filled); k++)
                next.v[i][k] += arrives ? past.y[t - late].v[j][k] : past.X[t].v[i][k];
            n += arrives || filled;
        }
        for (int k = 0; k < D; k++)
            next.v[i][k] /= n;
    }
    return next;
}

static struct matrix relaysgd(int t)
{
    return relay_sum(t, plus(past.X[t], -past.lr[t], past.g[t]));
}

static struct matrix relaysgd_dsgdm_n(int t)
{
    return relay_sum(t, plus(past.X[t], -past.lr[t], nesterov(t, past.g[t])));
}

/* W of the gossip that ends step t, or I if none does. */
static void set_W(const struct trial *p, int t)
{
    int H = p->local_steps ? p->local_steps : 1;
    topology_fill(&(struct topology_spec){p->topology, p->n, p->lazy, 1}, past.W, t / H);
    for (int i = 0; i < p->n * p->n && t % H != H - 1; i++)
        past.W[i] = i % (p->n + 1) == 0;
}

/* Run the method and its reference side by side. */
static void follow(const char *name, const struct trial *p, struct matrix (*next)(int t))
{
    const struct algorithm *a = find(name);
    struct workers w;
    memset(&past, 0, sizeof(past));
    past.n = p->n, past.p = p, past.method = a;
    rounds_begin(p, &w, a, S0 + a->n_state);
    for (int i = 0; i < p->n * D; i++)
        past.X[0].v[i / D][i % D] = start_of(i % D);
    for (int t = 0; t < ROUNDS; t++) {
        set_W(p, t);
        past.lr[t] = rate(p, t);
        for (int i = 0; i < p->n * D; i++)
            past.g[t].v[i / D][i % D] =
                faults_is_late(&p->faults, i / D, t)
                    ? 0
                    : gradient(p, t, i / D, i % D, past.X[t].v[i / D][i % D]);
        past.X[t + 1] = next(t);
        round_run(a, p, &w, t);
        double largest = 0;
        for (int i = 0; i < p->n * D; i++)
            largest = fmax(largest, fabs(past.X[t + 1].v[i / D][i % D]));
        for (int i = 0; i < p->n * D; i++) {
            double got = (double)w.at[i / D].vec[X][i % D], want = past.X[t + 1].v[i / D][i % D];
            if (!(fabs(got - want) <= TOL * largest))
                fail_msg(
                    "%s on %s%s: after step %d worker %d has %.15g in coordinate %d, not %.15g",
                    name, p->topology, p->local_steps > 1 ? ", local steps" : "", t, i / D, got,
                    i % D, want);
        }
    }
    workers_release(&w);
}

static const struct reference {
    const char *name;
    struct matrix (*next)(int t);
    int gossips; /* it holds only if gossip follows every step: the method acts differently if not */
} references[] = {{"gt-atc", gt_atc},
                  {"gt-atc-dsgdm-n", gt_atc_dsgdm_n},
                  {"exact-diffusion", exact_diffusion},
                  {"d2-dsgdm-n", d2_dsgdm_n},
                  {"gossip-pga", gossip_pga},
                  {"choco-sgd-top1", choco_top, 1},
                  {"choco-sgd-sign", choco_sign, 1},
                  {"choco-sgd-q8", choco_bytes, 1},
                  {"sgp", sgp},
                  {"sgp-qg", sgp_qg, 1},
                  {"relaysgd", relaysgd, 1},
                  {"relaysgd-dsgdm-n", relaysgd_dsgdm_n, 1}};

static void paths_equal_the_papers_equations(void **state)
{
    (void)state;
    static const struct {
        const char *topology;
        int n, lazy, tree, push; /* push: its rows do not sum to 1 */
    } graphs[] = {{"ring", 8, 0, 0, 0},
                  {"ring", 8, 1, 0, 0},
                  {"complete", 8, 0, 0, 0},
                  {"one-peer-exponential", 8, 0, 0, 0},
                  {"davis-southern-women", 32, 0, 0, 0},
                  {"directed-erdos-renyi", 8, 0, 0, 1},
                  {"directed-erdos-renyi", 24, 1, 0, 1},
                  {"chain", 8, 0, 1, 0},
                  {"star", 8, 1, 1, 0},
                  {"binary-tree", 12, 0, 1, 0},
                  {"chain", 2, 0, 1, 0}};
    enum { USUAL, OTHER_VALUES, LOCAL_STEPS, N_WAY };
    for (size_t k = 0; k < LENGTH(references) * LENGTH(graphs) * N_WAY; k++) {
        const struct reference *r = &references[k / N_WAY % LENGTH(references)];
        size_t g = k / N_WAY / LENGTH(references), way = k % N_WAY;
        const struct algorithm *a = find(r->name);
        struct trial p = {.n = graphs[g].n,
                          .topology = graphs[g].topology,
                          .lazy = graphs[g].lazy,
                          .local_steps = way == LOCAL_STEPS ? 3 : 1,
                          .hyper = usual};
        if ((a->relayed && !graphs[g].tree) || (graphs[g].push && !a->weighted) ||
            (way == LOCAL_STEPS && (r->gossips || a->every_step)))
            continue;
        if (way == OTHER_VALUES)
            hyper_set(&p.hyper, "momentum", 0.7), hyper_set(&p.hyper, "tau", 3),
                hyper_set(&p.hyper, "gamma", 0.2);
        follow(r->name, &p, r->next);
    }
}

static void lost_models_are_replaced(void **state)
{
    (void)state;
    static const char *const graph[] = {"chain", "star", "binary-tree"};
    for (size_t g = 0; g < LENGTH(graph); g++) {
        struct trial p = {.n = 12,
                          .topology = graph[g],
                          .hyper = usual,
                          .faults = {.message_loss = 0.2, .straggle = 0.2, .seed = 5}};
        follow("relaysgd", &p, relaysgd);
        follow("relaysgd-dsgdm-n", &p, relaysgd_dsgdm_n);
    }
}

/* Every method is in the golden file of the executable specification or here. */
static void every_method_has_a_reference(void **state)
{
    (void)state;
    char line[256], name[64];
    int n_unknown = 0;
    FILE *f = fopen("tests/golden/algorithms.txt", "r");
    assert_non_null(f);
    while (fgets(line, sizeof(line), f)) {
        size_t r = 0;
        if (sscanf(line, "unknown %63s", name) != 1)
            continue;
        n_unknown++;
        while (r < LENGTH(references) && strcmp(references[r].name, name) != 0)
            r++;
        if (r == LENGTH(references))
            fail_msg("%s has neither a golden path nor a reference here", name);
    }
    fclose(f);
    assert_int_equal(n_unknown, LENGTH(references));
}

/* v becomes C(v), which is z after a first round of one worker at lr = 0. */
static void compress(const char *name, real *v, size_t d)
{
    struct workers w;
    struct tick first = {0};
    union value h[MAX_PARAMETER];
    const struct algorithm *a = find(name);
    hyper_values(&usual, a, h);
    workers_init(&w, 1, 0, 1, d, 0, S0 + a->n_state);
    memcpy(w.at[0].vec[X], v, d * sizeof(real));
    a->before_mix(&w.at[0], h, first);
    memcpy(v, w.at[0].vec[S0], d * sizeof(real));
    workers_release(&w);
}

static void the_largest_hundredth_is_kept(void **state)
{
    (void)state;
    static const size_t sizes[] = {1, 99, 100, 101, 1000, 12345};
    for (size_t s = 0; s < LENGTH(sizes); s++)
        for (int ties = 0; ties < 3; ties++) { /* none; many; all alike */
            size_t d = sizes[s], k = (d + 99) / 100, n_kept = 0;
            real *v = guarded_units(d, 7), *old = guarded(d), least = INFINITY;
            for (size_t i = 0; i < d; i++) {
                if (ties > 0)
                    v[i] = ties == 1 ? 2 + (real)round(3 * (double)v[i]) / 3 : i % 2 ? -1 : 1;
                old[i] = v[i];
            }
            compress("choco-sgd-top1", v, d);
            for (size_t i = 0; i < d; i++)
                if (v[i] != 0) {
                    assert_true(v[i] == old[i]);
                    n_kept++, least = (real)fmin((double)least, fabs((double)v[i]));
                }
            assert_int_equal(n_kept, k);
            for (size_t i = 0, open = 0; i < d; i++) {
                real size = (real)fabs((double)old[i]);
                assert_true(v[i] != 0 || size <= least);
                open |= v[i] == 0 && size == least;
                assert_false(open && v[i] != 0 && size == least); /* the first of equal ones */
            }
            assert_true(find("choco-sgd-top1")->size(d) == 2 * (double)k);
            guarded_free(v, d), guarded_free(old, d);
        }
}

static void a_byte_is_within_half_a_step_and_zero_stays(void **state)
{
    (void)state;
    real v[1000] = {0}, old[1000];
    compress("choco-sgd-q8", v, 1000);
    for (int i = 0; i < 1000; i++)
        assert_true(v[i] == 0);
    for (uint32_t i = 0; i < 1000; i++)
        v[i] = old[i] = (real)formula(7, i);
    compress("choco-sgd-q8", v, 1000);
    for (int i = 0; i < 1000; i++)
        check_close(v[i], old[i], 1.0001 / 254);
    assert_true(find("choco-sgd-q8")->size(1000) == 251);
    assert_true(find("choco-sgd-sign")->size(1000) == 33);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(paths_equal_the_papers_equations),
        cmocka_unit_test(lost_models_are_replaced),
        cmocka_unit_test(every_method_has_a_reference),
        cmocka_unit_test(the_largest_hundredth_is_kept),
        cmocka_unit_test(a_byte_is_within_half_a_step_and_zero_stays),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
