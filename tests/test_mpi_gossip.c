/* gossip at whatever number of ranks this is started with (tests/cli_gossip.sh: 1, 2, 3 and 5):
 * every result is compared bit for bit with a serial one that each rank computes by itself.
 * A rank counts what is wrong, and all ranks fail together, so that none waits for another. */
#include "gossip/gossip.h"
#include "tests/formula.h"
#include <limits.h>

enum { MAX_N = 16, MAX_D = 2500, SLOTS = S2 };

/* Numbers of workers and lengths of vectors: uneven splits, blocks cut anywhere. */
static const struct {
    int n;
    size_t d;
} sizes[] = {{1, 3}, {2, 1}, {5, 17}, {7, 1025}, {8, 16}, {16, MAX_D}};

static struct gossip *g;
static struct workers w;
static int n;
static size_t d;
static real want[SLOTS][MAX_N][MAX_D]; /* what all workers hold, computed serially */

static void check_nothing_wrong(long wrong)
{
    gossip_sum(&wrong, 1);
    assert_int_equal(wrong, 0);
}

/* In every second place the first worker's number is huge, and the last one's cancels it: the rest
 * of a sum shows in which order it was added. */
static real number(int slot, int worker, size_t q)
{
    int huge = q % 2 && n > 2;
    double u = formula_unit((uint32_t)(slot * MAX_N + worker), (uint32_t)q);
    if (huge && worker == n - 1)
        return -number(slot, 0, q);
    return (real)(huge && worker == 0 ? ldexp(u, 40) : u);
}

/* Open the k-th size with vectors by formula; 0 if there are more ranks than workers. */
static int begin(size_t k)
{
    struct err e = {0};
    n = sizes[k].n, d = sizes[k].d;
    g = gossip_open(n, d, &e);
    if (!g) {
        assert_true(n < gossip_n_rank());
        check_says(e, "cannot host");
        assert_true(e.usage);
        return 0;
    }
    assert_true(n >= gossip_n_rank());
    workers_init(&w, n, gossip_first(g), gossip_count(g), d, 0, SLOTS);
    for (int s = 0; s < SLOTS; s++)
        for (int i = 0; i < n; i++)
            for (size_t q = 0; q < d; q++)
                want[s][i][q] = number(s, i, q);
    for (int s = 0; s < SLOTS; s++)
        for (int i = 0; i < w.count; i++)
            memcpy(w.at[i].vec[s], want[s][w.first + i], d * sizeof(real));
    return 1;
}

static void end(void)
{
    workers_release(&w);
    gossip_close(g);
}

/* How many local vectors differ in a bit from the expected ones. */
static long n_wrong(void)
{
    long wrong = 0;
    for (int s = 0; s < SLOTS; s++)
        for (int i = 0; i < w.count; i++)
            wrong += memcmp(w.at[i].vec[s], want[s][w.first + i], d * sizeof(real)) != 0 ||
                     w.at[i].vec[s] != w.slab[s] + (size_t)i * w.stride;
    return wrong;
}

static void vectors_that_mpi_cannot_count_are_refused(void **state)
{
    (void)state;
    struct err e = {0};
    assert_null(gossip_open(gossip_n_rank(), (size_t)INT_MAX, &e));
    check_says(e, "workers with 2147483647 numbers each cannot be hosted: MPI counts");
    assert_true(e.usage);
    gossip_close(g = gossip_open(gossip_n_rank(), (size_t)INT_MAX - 16, &e));
    assert_non_null(g);
}

static void workers_are_split_evenly(void **state)
{
    (void)state;
    for (size_t k = 0; k < LENGTH(sizes); k++) {
        if (!begin(k))
            continue;
        int most = (n + gossip_n_rank() - 1) / gossip_n_rank();
        long hosts[MAX_N] = {0}, order[2] = {0};
        for (int i = 0; i < gossip_count(g); i++)
            hosts[gossip_first(g) + i]++;
        order[0] = gossip_count(g), order[1] = gossip_count(g) < most - 1 || gossip_count(g) > most;
        gossip_sum(hosts, n), gossip_sum(order, 2);
        for (int i = 0; i < n; i++)
            assert_int_equal(hosts[i], 1);
        assert_int_equal(order[0], n);
        assert_int_equal(order[1], 0);
        end();
    }
}

/* A sparse W with any number of terms in a row, one at least, not symmetric; the numbers of
 * off-diagonal ones. */
static long random_matrix(double *W, uint32_t stream)
{
    long edges = 0;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++) {
            uint32_t at = (uint32_t)(i * n + j);
            double density = 0.25 + 0.75 * formula(stream + 50, (uint32_t)i);
            int present = (formula(stream, at) + 1) / 2 < density || j == (i + (int)stream) % n;
            W[at] = present ? formula(stream + 100, at) : 0;
            edges += present && i != j;
        }
    return edges;
}

static void mix_serially(const double *W, int slot)
{
    static real mixed[MAX_N][MAX_D];
    for (int i = 0; i < n; i++)
        for (size_t q = 0; q < d; q++) {
            double sum = 0;
            for (int j = 0; j < n; j++)
                if (W[i * n + j] != 0)
                    sum += W[i * n + j] * (double)want[slot][j][q];
            mixed[i][q] = (real)sum;
        }
    memcpy(want[slot], mixed, sizeof(mixed));
}

static void mixing_is_the_product_in_worker_order(void **state)
{
    (void)state;
    static const unsigned sets[] = {BIT(X), BIT(X) | BIT(S1), BIT(G) | BIT(S0) | BIT(S1), 0};
    static double W[MAX_N * MAX_N];
    long wrong = 0;
    for (size_t k = 0; k < LENGTH(sizes); k++) {
        if (!begin(k))
            continue;
        for (uint32_t round = 0; round < 6; round++) { /* a new graph every other round */
            long edges = random_matrix(W, round / 2);
            struct mixing *m = mixing_open(g, W);
            unsigned set = sets[round % LENGTH(sets)];
            wrong += mixing_edges(m) != edges;
            gossip_mix(g, m, &w, set);
            for (int s = 0; s < SLOTS; s++)
                if (set & BIT(s))
                    mix_serially(W, s);
            wrong += n_wrong();
            mixing_close(m);
        }
        end();
    }
    check_nothing_wrong(wrong);
}

/* On a chain whose workers keep their numbers, each worker's sum holds, after round t, exactly
 * those at most t edges away, and after n - 1 rounds all of them, once. */
static void relayed_sums_are_exact_after_diameter_rounds(void **state)
{
    (void)state;
    static double W[MAX_N * MAX_N];
    for (size_t k = 0; k < LENGTH(sizes); k++) {
        long wrong = 0;
        if (!begin(k))
            continue;
        memset(W, 0, sizeof(W));
        for (int i = 0; i + 1 < n; i++)
            W[i * n + i + 1] = W[(i + 1) * n + i] = 0.5;
        struct relay *r = relay_open(g, W);
        relay_allocate(r);
        wrong += relay_edges(r) != 2L * (n - 1);
        for (int t = 1; t <= n + 2; t++) {
            for (int i = 0; i < w.count; i++)
                for (size_t q = 0; q < d; q++)
                    w.at[i].vec[X][q] = (real)((w.first + i + 1) * (int)(q % 7 + 1));
            gossip_relay(g, r, &w, X, NULL);
            for (int i = 0; i < w.count; i++) {
                int at = w.first + i, from = at < t ? 0 : at - t, to = at + t >= n ? n - 1 : at + t;
                int sum = (to + 1) * (to + 2) / 2 - from * (from + 1) / 2;
                for (size_t q = 0; q < d; q++)
                    wrong += w.at[i].vec[X][q] != (real)(sum * (int)(q % 7 + 1));
            }
        }
        relay_close(r);
        end();
        check_nothing_wrong(wrong);
    }
}

/* A diverged worker infects those that listen to it, and no others: 0 times NaN is not computed. */
static void nan_goes_where_the_weights_lead(void **state)
{
    (void)state;
    static double W[MAX_N * MAX_N];
    long wrong = 0;
    for (size_t k = 0; k < LENGTH(sizes); k++) {
        if (!begin(k))
            continue;
        random_matrix(W, 1);
        struct mixing *m = mixing_open(g, W);
        if (w.first + w.count == n)
            w.at[w.count - 1].vec[X][0] = (real)NAN;
        gossip_mix(g, m, &w, BIT(X));
        for (int i = 0; i < w.count; i++)
            wrong += isnan((double)w.at[i].vec[X][0]) != (W[(w.first + i) * n + n - 1] != 0);
        mixing_close(m);
        end();
    }
    check_nothing_wrong(wrong);
}

static real mean_of(int slot, size_t q)
{
    double sum = 0;
    for (int i = 0; i < n; i++)
        sum += (double)want[slot][i][q];
    return (real)(sum / n);
}

static void means_are_sums_in_worker_order(void **state)
{
    (void)state;
    long wrong = 0;
    for (size_t k = 0; k < LENGTH(sizes); k++) {
        if (!begin(k))
            continue;
        real *mean = guarded(d);
        gossip_mean(g, &w, S0, mean);
        for (size_t q = 0; q < d; q++)
            wrong += mean[q] != mean_of(S0, q);
        wrong += n_wrong(); /* nothing else moved */
        guarded_free(mean, d);
        gossip_average(g, &w, BIT(G) | BIT(S1));
        for (size_t q = 0; q < d; q++) {
            real g_mean = mean_of(G, q), s_mean = mean_of(S1, q);
            for (int i = 0; i < n; i++)
                want[G][i][q] = g_mean, want[S1][i][q] = s_mean;
        }
        wrong += n_wrong();
        gossip_average(g, &w, 0);
        wrong += n_wrong();
        end();
    }
    check_nothing_wrong(wrong);
}

static void reports_are_gathered_in_worker_order(void **state)
{
    (void)state;
    enum { K = 3 };
    long wrong = 0;
    for (size_t k = 0; k < LENGTH(sizes); k++) {
        double local[MAX_N * K], all[MAX_N * K + 1];
        if (!begin(k))
            continue;
        for (int i = 0; i < w.count * K; i++)
            local[i] = 100 * (w.first + i / K) + i % K;
        for (int i = 0; i <= n * K; i++)
            all[i] = -1;
        gossip_gather(g, local, K, gossip_is_root() ? all : NULL);
        for (int i = 0; i < n * K && gossip_is_root(); i++)
            wrong += all[i] != 100 * (i / K) + i % K;
        wrong += all[n * K] != -1;
        end();
    }
    check_nothing_wrong(wrong);
}

/* Rows travel to the root and back; the root changes them in between. */
static void rows_go_to_the_root_and_back(void **state)
{
    (void)state;
    long wrong = 0;
    for (size_t k = 0; k < LENGTH(sizes); k++) {
        if (!begin(k))
            continue;
        size_t some = d - d / 3;
        for (int i = n - 1; i >= 0; i--) {
            real *row = guarded(some);
            gossip_fetch(g, i, w.slab[S0], w.stride, some, row);
            if (gossip_is_root())
                wrong += memcmp(row, want[S0][i], some * sizeof(real)) != 0;
            for (size_t q = 0; q < some; q++)
                want[X][i][q] = row[q] = 2 * want[S0][i][q];
            if (!gossip_is_root())
                row[0] = (real)NAN; /* what others hold does not count */
            gossip_deliver(g, i, row, some, w.slab[X], w.stride);
            guarded_free(row, some);
        }
        wrong += n_wrong();
        end();
    }
    check_nothing_wrong(wrong);
}

/* The number of this rank: that of its worker, if each has one. */
static int own_rank(void)
{
    struct err none;
    struct gossip *each = gossip_open(gossip_n_rank(), 1, &none);
    int rank = gossip_first(each);
    gossip_close(each);
    return rank;
}

/* Whether the sentence is this one, and names the rank and its host if it is not the root. */
static int is_from(const char *said, int rank, const char *sentence)
{
    char start[24];
    size_t all = strlen(said), end = strlen(sentence);
    snprintf(start, sizeof(start), "rank %d on ", rank);
    return rank == 0 ? strcmp(said, sentence) == 0
                     : all > end + strlen(start) && strcmp(said + all - end, sentence) == 0 &&
                           strncmp(said, start, strlen(start)) == 0;
}

/* Every pattern of failing ranks: all get the sentence of the first. */
static void all_ranks_agree_on_the_first_failure(void **state)
{
    (void)state;
    int n_rank = gossip_n_rank(), rank = own_rank();
    long wrong = 0;
    for (int pattern = 0; pattern < 1 << n_rank; pattern++) {
        struct err e = {.text = "untouched"};
        int fails = pattern >> rank & 1, first = 0;
        char text[64] = "untouched";
        if (fails)
            (pattern % 2 ? err_usage : err_set)(&e, "rank %d of pattern %d", rank, pattern);
        while (pattern && !(pattern >> first & 1))
            first++;
        if (pattern)
            snprintf(text, sizeof(text), "rank %d of pattern %d", first, pattern);
        wrong += gossip_agree(fails ? -1 : rank, &e) != (pattern ? -1 : 0);
        wrong += !is_from(e.text, first, text) || e.usage != pattern % 2;
        wrong += gossip_any(fails) != (pattern != 0);
    }
    check_nothing_wrong(wrong);
}

static void a_text_that_differs_at_the_last_rank_is_refused_by_all(void **state)
{
    (void)state;
    struct err e;
    char mine[3000];
    memset(mine, 'x', sizeof(mine));
    mine[sizeof(mine) - 1] = '\0';
    int last = gossip_n_rank() - 1;
    long wrong = gossip_same("all", mine, "", &e) != 0;
    if (own_rank() == last)
        mine[sizeof(mine) - 2] = 'y';
    wrong += gossip_same("part", mine, "do so", &e) != (last > 0 ? -1 : 0);
    wrong += last > 0 && (!is_from(e.text, last, "must be the same for all ranks; do so") ||
                          !strstr(e.text, "part is 'x") || !strstr(e.text, "at rank 0 on "));
    check_nothing_wrong(wrong);
}

static void the_root_shares_and_numbers_are_summed(void **state)
{
    (void)state;
    long wrong = 0, number[3] = {1, gossip_is_root(), -5};
    char bytes[5000];
    for (size_t i = 0; i < sizeof(bytes); i++)
        bytes[i] = gossip_is_root() ? (char)(i % 100) : 0;
    gossip_share(bytes, sizeof(bytes));
    for (size_t i = 0; i < sizeof(bytes); i++)
        wrong += bytes[i] != (char)(i % 100);
    gossip_sum(number, 3);
    wrong += number[0] != gossip_n_rank() || number[1] != 1 || number[2] != -5L * gossip_n_rank();
    wrong += strncmp(gossip_describe(), "Open MPI", 8) != 0 && strlen(gossip_describe()) < 3;
    check_nothing_wrong(wrong);
}

int main(int argc, char **argv)
{
    gossip_start(&argc, &argv);
    if (!gossip_is_root() && !freopen("/dev/null", "w", stdout))
        die("cannot be silent");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(vectors_that_mpi_cannot_count_are_refused),
        cmocka_unit_test(workers_are_split_evenly),
        cmocka_unit_test(mixing_is_the_product_in_worker_order),
        cmocka_unit_test(relayed_sums_are_exact_after_diameter_rounds),
        cmocka_unit_test(nan_goes_where_the_weights_lead),
        cmocka_unit_test(means_are_sums_in_worker_order),
        cmocka_unit_test(reports_are_gathered_in_worker_order),
        cmocka_unit_test(rows_go_to_the_root_and_back),
        cmocka_unit_test(all_ranks_agree_on_the_first_failure),
        cmocka_unit_test(a_text_that_differs_at_the_last_rank_is_refused_by_all),
        cmocka_unit_test(the_root_shares_and_numbers_are_summed),
    };
    int n_failed = cmocka_run_group_tests(tests, NULL, NULL);
    printf("# at %d ranks\n", gossip_n_rank());
    gossip_finish();
    return n_failed > 0;
}
