/* rounds: training rounds of a method on a small problem given by formula, driven as
 * algorithms/algorithms.h says, with a plain dense product by W and no MPI. */
#ifndef TESTS_ROUNDS_H
#define TESTS_ROUNDS_H
#include "algorithms/algorithms.h"
#include "tests/formula.h"
#include "topologies/topologies.h"
#include "train/faults.h"

enum { D = 5, ROUNDS = 30, MAX_N = 77 };

/* Which gradient a worker uses: its own, that of worker 0, or the mean over all n workers. */
enum source { OWN, FIRST, MEAN };

/* Hyper-parameters that differ from their initial values; a method ignores those that it does not
 * have. */
struct hyper {
    double weight_decay;
    int n;
    struct {
        const char *name;
        double value;
    } set[8]; /* of entries with the same name, the last counts */
};

static inline void hyper_set(struct hyper *h, const char *name, double value)
{
    assert_true(h->n < (int)LENGTH(h->set));
    h->set[h->n].name = name, h->set[h->n++].value = value;
}

/* The values of the method's hyper-parameters. */
static inline void hyper_values(const struct hyper *h, const struct algorithm *a,
                                union value value[MAX_PARAMETER])
{
    parameter_defaults(a->parameter, value);
    for (int i = 0; i < h->n; i++) {
        int k = parameter_find(a->parameter, h->set[i].name);
        if (k >= 0)
            value[k].number = h->set[i].value;
    }
}

/* The value of a hyper-parameter that the method has. */
static inline double hyper_get(const struct hyper *h, const struct algorithm *a, const char *name)
{
    union value value[MAX_PARAMETER];
    int k = parameter_find(a->parameter, name);
    assert_true(k >= 0);
    hyper_values(h, a, value);
    return value[k].number;
}

/* In round t, worker i at x has the gradient
 *   h_i x - b_i + noise[t, i] + decay x
 * without the terms in x if `uncoupled`.  The same as in scripts/golden/algorithms.py. */
struct trial {
    const char *topology;
    int n, n_run;            /* workers of the problem; workers that take part, 0: all */
    int n_step, local_steps; /* 0: ROUNDS; 0: 1 */
    struct hyper hyper;
    int uncoupled, quiet, lazy; /* quiet: without noise */
    double lr;                  /* learning rate of all rounds, if not 0 */
    enum source source;
    double first_lr; /* learning rate of rounds 0 to 2, if not 0; -1 stands for a rate of 0 */
    struct faults faults;
};
static const struct hyper usual = {.weight_decay = 1e-2, .n = 1, .set = {{"gamma", 0.4}}};
static const double TOL = sizeof(real) == 8 ? 1e-9 : 1e-4;

static inline double gradient_of(const struct trial *p, int t, int i, int k, double x)
{
    uint32_t at = (uint32_t)(i * D + k), of_round = (uint32_t)(t * p->n * D) + at;
    double g = (p->quiet ? 0 : 0.3 * formula_unit(4, of_round)) - formula_unit(3, at);
    return p->uncoupled ? g : (1.1 + 0.9 * formula(2, at)) * x + g + p->hyper.weight_decay * x;
}

static inline double gradient(const struct trial *p, int t, int i, int k, double x)
{
    double sum = 0;
    if (p->source != MEAN)
        return gradient_of(p, t, p->source == FIRST ? 0 : i, k, x);
    for (int j = 0; j < p->n; j++)
        sum += gradient_of(p, t, j, k, x);
    return sum / p->n;
}

static inline double start_of(int k)
{
    return formula_unit(1, (uint32_t)k);
}

/* The learning rate drops in mid-run. */
static inline double rate(const struct trial *p, int t)
{
    if (p->lr > 0)
        return p->lr;
    if (p->first_lr != 0 && t < 3)
        return fmax(p->first_lr, 0);
    return t < 17 ? 0.05 : 0.005;
}

static inline int steps(const struct trial *p)
{
    return p->n_step ? p->n_step : ROUNDS;
}

static inline const struct algorithm *find(const char *name)
{
    struct err e = {0};
    const struct algorithm *a = algorithm_find(name, &e);
    if (!a)
        fail_msg("%s", e.text);
    return a;
}

/* v_i <- sum_j W[i, j] v_j; W NULL: the mean over all workers. */
static inline void mix(struct workers *w, int slot, const double *W)
{
    static double old[MAX_N][D + 1];
    int length = (int)w->length;
    for (int i = 0; i < w->n; i++)
        for (int k = 0; k < length; k++)
            old[i][k] = (double)w->at[i].vec[slot][k];
    for (int i = 0; i < w->n; i++)
        for (int k = 0; k < length; k++) {
            double sum = 0;
            for (int j = 0; j < w->n; j++)
                sum += (W ? W[i * w->n + j] : 1) * old[j][k];
            w->at[i].vec[slot][k] = (real)(W ? sum : sum / w->n);
        }
}

/* m[i][j] is the message that i gets from j, last[i][j] that of the last round:
 *   m[j][i] = v_i + sum_{k != j} last[i][k]
 *   v_i <- v_i + sum_j m[i][j]
 * For one set of workers at a time: round 0 forgets the messages of the set before. */
static inline void relay(struct workers *w, int slot, const double *W, int t)
{
    static real last[MAX_N][MAX_N][D + 1], m[MAX_N][MAX_N][D + 1];
    int n = w->n;
    if (t == 0)
        memset(m, 0, sizeof(m));
    memcpy(last, m, sizeof(m));
    for (int k = 0; k < D + 1; k++) {
        for (int from = 0; from < n; from++)
            for (int to = 0; to < n; to++) {
                double sum = (double)w->at[from].vec[slot][k];
                for (int j = 0; j < n; j++)
                    sum += j == to ? 0 : (double)last[from][j][k];
                m[to][from][k] = from != to && W[to * n + from] != 0 ? (real)sum : 0;
            }
        for (int i = 0; i < n; i++) {
            double sum = (double)w->at[i].vec[slot][k];
            for (int j = 0; j < n; j++)
                sum += (double)m[i][j][k];
            w->at[i].vec[slot][k] = (real)sum;
        }
    }
}

static inline void mix_slots(struct workers *w, unsigned slots, const double *W)
{
    for (int s = 0; s < MAX_VEC; s++)
        if (slots & BIT(s))
            mix(w, s, W);
}

/* W without the messages of an exchange that do not arrive.  Their weights go to the receivers, and
 * with push-sum to the senders. */
static inline const double *arriving(const struct algorithm *a, const struct trial *p,
                                     const double *W, int n, int t, enum exchange x)
{
    static double A[MAX_N * MAX_N];
    memcpy(A, W, (size_t)(n * n) * sizeof(double));
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++) {
            int keeper = a->weighted && a->mixed ? j : i;
            if (i == j || W[i * n + j] == 0 ||
                !(faults_is_away(&p->faults, i, t) || faults_is_away(&p->faults, j, t) ||
                  faults_is_lost(&p->faults, j, i, t, x)))
                continue;
            A[keeper * (n + 1)] += W[i * n + j];
            A[i * n + j] = 0;
        }
    for (int i = 0; i < n; i++)
        if (faults_is_away(&p->faults, i, t))
            A[i * (n + 1)] = 1;
    return A;
}

static inline void round_run(const struct algorithm *a, const struct trial *p, struct workers *w,
                             int t)
{
    static double W[MAX_N * MAX_N];
    const struct faults *f = &p->faults;
    int H = p->local_steps ? p->local_steps : 1, is_local = t % H != H - 1;
    struct tick tick = {t,
                        rate(p, t),
                        rate(p, t > 0 ? t - 1 : 0),
                        p->hyper.weight_decay,
                        faults_on_edges(f) && !is_local ? w->n : 0,
                        H,
                        t / H,
                        is_local};
    union value h[MAX_PARAMETER];
    hyper_values(&p->hyper, a, h);
    topology_fill(&(struct topology_spec){p->topology, w->n, p->lazy, 1}, W, t / H);
    for (int i = 0; i < w->n; i++) {
        if (faults_is_away(f, i, t))
            continue;
        for (int k = 0; k < (int)w->d; k++)
            w->at[i].vec[G][k] = faults_is_late(f, i, t)
                                     ? 0
                                     : (real)gradient(p, t, i, k, (double)w->at[i].vec[X][k]);
        if (a->before_mix)
            a->before_mix(&w->at[i], h, tick);
    }
    if (!is_local)
        mix_slots(w, a->mixed_first, arriving(a, p, W, w->n, t, FIRST_EXCHANGE));
    for (int i = 0; i < w->n && a->between; i++)
        if (!faults_is_away(f, i, t))
            a->between(&w->at[i], h, tick);
    const double *arrives = arriving(a, p, W, w->n, t, MAIN_EXCHANGE);
    if (!is_local)
        mix_slots(w, algorithm_mixed(a, h, tick), arrives);
    mix_slots(w, algorithm_averaged(a, h, tick), NULL);
    if (a->relayed && !is_local)
        relay(w, X, arrives, t / H);
    for (int i = 0; i < w->n && a->after_mix; i++)
        if (!faults_is_away(f, i, t))
            a->after_mix(&w->at[i], h, tick);
}

/* The graph, or one on which the method works if it does not work on this graph. */
static inline const char *suited(const struct algorithm *a, const char *graph)
{
    return a->relayed ? "chain" : graph;
}

/* Set up workers with n_slot slots at the starting point. */
static inline void rounds_begin(const struct trial *p, struct workers *w, const struct algorithm *a,
                                int n_slot)
{
    int n = p->n_run ? p->n_run : p->n;
    workers_init(w, n, 0, n, D, a->weighted, n_slot);
    for (int i = 0; i < n; i++)
        for (int k = 0; k < D; k++)
            w->at[i].vec[X][k] = (real)start_of(k);
}

/* Write the parameters (n_run, D) after all rounds; the workers have only the method's slots. */
static inline void rounds_run(const struct algorithm *a, const struct trial *p, real *x)
{
    struct workers w;
    rounds_begin(p, &w, a, S0 + a->n_state);
    for (int t = 0; t < steps(p); t++)
        round_run(a, p, &w, t);
    for (int i = 0; i < w.n; i++)
        memcpy(x + i * D, w.at[i].vec[X], D * sizeof(real));
    workers_release(&w);
}
#endif
