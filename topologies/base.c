/* base-<k+1>: the Base-(k+1) graph: exact averaging of any number of workers in finitely many
 * rounds, with at most k neighbours per worker and round.  Symmetric, time-varying; this number of
 * rounds is its period.  Takezawa, Sato, Bao, Niwa, Yamada: Beyond Exponential Graph:
 * Communication-Efficient Topologies for Decentralized Learning via Finite-time Convergence,
 * NeurIPS 2023.  It consists of three constructions; b = k + 1.
 *
 * The hyper-hypercube of v workers, v = f_1 f_2 ... f_L with all f_l <= b and the smallest L: write
 * a worker's number with digits of the bases f; in round l, workers average whose numbers differ
 * only in digit l.
 *
 * The simple base graph of v workers, v = a_1 b^p_1 + a_2 b^p_2 + ..., p_1 > p_2 > ..., a_l < b:
 *   V_1, V_2, ... are the parts of a_1 b^p_1, a_2 b^p_2, ... workers, and V_l consists of a_l sets
 *   V_l,a of b^p_l workers.
 *   Rounds 1 to H, the number that V_1 needs: each V_l averages by its hyper-hypercube.
 *   Round H + l: each of the R workers in later parts than V_l is joined to one worker of each
 *   V_l,a, with weight b^p_l / (|V_l| + R).  Then the mean of the later parts, and the mean of each
 *   V_l,a, is the mean of all workers.
 *   From round H + l + 1 on: each V_l,a averages again.
 *
 * The base graph of n = p q workers, where all prime factors of p are <= b and all those of q are
 * > b: p sets of q workers use the simple graph; then q sets, each with one worker of every former
 * set, use the hyper-hypercube.  If the simple graph of all n workers has fewer rounds, it is used
 * instead.  The paper also joins workers that are idle in a round of the simple graph; exactness
 * does not need this, and it is left out. */
#include "topologies/parameter.h"
#include "topologies/topologies.h"
#include "topologies/weights.h"

/* Workers first, first + stride, first + 2 stride, ... */
struct set {
    int first, stride, count;
};

enum { NEVER = 1 << 20 };

/* The smallest number of factors 2 .. most with the product v; NEVER if v has no such factors. */
static int n_factor(int v, int most)
{
    int least = v == 1 ? 0 : NEVER;
    for (int f = most < v ? most : v; f > 1; f--)
        if (v % f == 0 && 1 + n_factor(v / f, f) < least)
            least = 1 + n_factor(v / f, f);
    return least;
}

/* The largest factor of such a product. */
static int first_factor(int v, int most)
{
    int f = most < v ? most : v;
    while (v % f != 0 || n_factor(v, most) != 1 + n_factor(v / f, f))
        f--;
    return f;
}

static double *weight(double *W, int n, struct set s, int i, int j)
{
    size_t row = (size_t)(s.first + i * s.stride), column = (size_t)(s.first + j * s.stride);
    return &W[row * (size_t)n + column];
}

static void hyper_hypercube(double *W, int n, struct set s, int b, int round)
{
    int unit = 1, left = s.count, f = first_factor(left, b);
    for (; round > 0; round--) {
        unit *= f, left /= f;
        f = first_factor(left, f);
    }
    for (int i = 0; i < s.count; i++) {
        int zero = i - i / unit % f * unit;
        for (int digit = 0; digit < f; digit++)
            *weight(W, n, s, i, zero + digit * unit) = 1.0 / f;
    }
}

/* v = count * size + rest, with size = b^power as large as possible */
struct part {
    int size, power, count;
};

static struct part first_part(int v, int b)
{
    struct part part = {.size = 1};
    while (part.size <= v / b)
        part.size *= b, part.power++;
    part.count = v / part.size;
    return part;
}

static int simple_rounds(int v, int b)
{
    if (n_factor(v, b) < NEVER)
        return n_factor(v, b);
    struct part part = first_part(v, b);
    return n_factor(part.count * part.size, b) + 1 + part.power;
}

/* Join each worker of s after the part to one worker of each of the part's sets. */
static void exchange(double *W, int n, struct set s, struct part part)
{
    int begin = part.count * part.size;
    double w = (double)part.size / s.count;
    for (int j = begin; j < s.count; j++) {
        *weight(W, n, s, j, j) = 1 - part.count * w;
        for (int i = j - begin; i < begin; i += part.size) {
            *weight(W, n, s, i, j) = *weight(W, n, s, j, i) = w;
            *weight(W, n, s, i, i) = 1 - w;
        }
    }
}

static void simple(double *W, int n, struct set s, int b, int round)
{
    struct part part = first_part(s.count, b);
    int together = n_factor(part.count * part.size, b); /* H */
    if (n_factor(s.count, b) < NEVER) {
        hyper_hypercube(W, n, s, b, round);
        return;
    }
    for (int l = 0; s.count > 0; l++) {
        int count = part.count * part.size, again = round - together - l - 1;
        struct set own = {s.first, s.stride, count};
        if (round < n_factor(count, b))
            hyper_hypercube(W, n, own, b, round);
        else if (again == -1 && s.count > count)
            exchange(W, n, s, part);
        own.count = part.size;
        for (int a = 0; a < part.count && s.count > count && 0 <= again && again < part.power;
             a++) {
            hyper_hypercube(W, n, own, b, again);
            own.first += part.size * s.stride;
        }
        if (again == -1)
            return; /* the later parts are done: they took part in this exchange */
        s.first += count * s.stride, s.count -= count;
        part = first_part(s.count, b);
    }
}

/* The largest divisor of n with all prime factors <= b. */
static int smooth_part(int n, int b)
{
    int p = 1;
    for (int f = 2; f <= b && f <= n; f++)
        for (; n % f == 0; n /= f)
            p *= f;
    return p;
}

static int composed_rounds(int n, int b)
{
    int p = smooth_part(n, b);
    return simple_rounds(n / p, b) + n_factor(p, b);
}

static int base(const char *name)
{
    return (int)parameter(name, "base", 0);
}

static int check(const struct topology_spec *g, struct err *e)
{
    return parameter_check("k + 1", parameter(g->name, "base", 0), 2, 65536, e);
}

static int period(const struct topology_spec *g)
{
    int n = g->n;
    int b = base(g->name), composed = composed_rounds(n, b), alone = simple_rounds(n, b);
    int least = alone < composed ? alone : composed;
    return least > 1 ? least : 1;
}

static void fill(double *W, const struct topology_spec *g, int step)
{
    int n = g->n;
    int b = base(g->name), p = smooth_part(n, b), q = n / p;
    int round = step % period(g), apart = simple_rounds(q, b);
    for (size_t i = 0, N = (size_t)n; i < N; i++)
        W[i * N + i] = 1;
    if (n == 1)
        return;
    if (simple_rounds(n, b) < composed_rounds(n, b)) {
        simple(W, n, (struct set){0, 1, n}, b, round);
        return;
    }
    for (int i = 0; i < p && round < apart; i++)
        simple(W, n, (struct set){i * q, 1, q}, b, round);
    for (int i = 0; i < q && round >= apart; i++)
        hyper_hypercube(W, n, (struct set){i, q, p}, b, round - apart);
}

const struct topology topology_base = {
    .about = "time-varying, at most k neighbours: exact averaging of any n in each period",
    .example = "base-2",
    .check = check,
    .period = period,
    .fill = fill,
};
