/* faults: how often messages are lost and workers late or away, and what becomes of W. */
#include "tests/check.h"
#include "topologies/topologies.h"
#include "train/faults.h"
#include <math.h>
#include <string.h>

enum { N = 8, ROUNDS = 4000 };
static const struct faults all = {
    .message_loss = 0.1, .straggle = 0.25, .absence = 0.4, .absence_rounds = 10, .seed = 7};

/* The share of n_yes among n draws, within 4 standard deviations of p. */
static void check_share(double n_yes, double n, double p)
{
    check_close(n_yes / n, p, 4 * sqrt(p * (1 - p) / n));
}

static void rates_are_those_asked_for(void **state)
{
    (void)state;
    double late = 0, away = 0, lost = 0, both_ways = 0, both_exchanges = 0;
    for (int t = 0; t < ROUNDS; t++)
        for (int i = 0; i < N; i++) {
            int to = (i + 1) % N, is_lost = faults_is_lost(&all, i, to, t, MAIN_EXCHANGE);
            late += faults_is_late(&all, i, t);
            lost += is_lost;
            both_ways += is_lost && faults_is_lost(&all, to, i, t, MAIN_EXCHANGE);
            both_exchanges += is_lost && faults_is_lost(&all, i, to, t, FIRST_EXCHANGE);
            away += t % all.absence_rounds == 0 && faults_is_away(&all, i, t);
        }
    check_share(late, N * ROUNDS, 0.25);
    check_share(lost, N * ROUNDS, 0.1);
    check_share(both_ways, N * ROUNDS, 0.01);
    check_share(both_exchanges, N * ROUNDS, 0.01);
    check_share(away, N * (double)(ROUNDS / all.absence_rounds - 1), 0.4);
}

/* Within a stretch no worker leaves or returns, and in the first stretch all are there. */
static void absences_last_a_stretch(void **state)
{
    (void)state;
    double n_present = 0;
    for (int t = 0; t < ROUNDS; t++)
        for (int i = 0; i < N; i++) {
            int away = faults_is_away(&all, i, t);
            assert_int_equal(away, faults_is_away(&all, i, t - t % all.absence_rounds));
            assert_false(away && t < all.absence_rounds);
            n_present += !away && t >= 100 && t < 200;
        }
    check_close(faults_n_present(&all, N, 100, 200), n_present, 0);
    assert_true(n_present > 0 && n_present < 800);
    check_close(faults_n_present(&(struct faults){.straggle = 1}, N, 100, 200), 800, 0);
}

/* The draws of one seed, which results depend on. */
static void draws_never_change(void **state)
{
    (void)state;
    char lost[41] = "", late[41] = "", away[41] = "";
    for (int t = 0; t < 40; t++) {
        lost[t] = faults_is_lost(&all, 5, 2, t, MAIN_EXCHANGE) ? 'x' : '.';
        late[t] = faults_is_late(&all, 3, t) ? 'x' : '.';
        away[t] = faults_is_away(&all, 1, 10L * t) ? 'x' : '.';
    }
    assert_string_equal(lost, "x.........x...x............x...........x");
    assert_string_equal(late, ".....x.....x.x....xxx...x..xx.....x.x...");
    assert_string_equal(away, "....x.....x...xx..xxxxx..x.xxxx..x.....x");
}

/* The largest difference from 1 of a row's sum, or of a column's. */
static double far_from_one(const double *W, int of_columns)
{
    double most = 0;
    for (int i = 0; i < N; i++) {
        double sum = 0;
        for (int j = 0; j < N; j++)
            sum += of_columns ? W[j * N + i] : W[i * N + j];
        most = fmax(most, fabs(sum - 1));
    }
    return most;
}

static void fill(double *W, const char *graph, int t)
{
    topology_fill(&(struct topology_spec){graph, N, 0, 1}, W, t);
}

/* Receivers keep the sums of rows, senders those of columns; a worker that is away keeps all.
 * Absence alone keeps both on a symmetric W, and so the mean.  */
static void the_keeper_keeps_its_sums(void **state)
{
    (void)state;
    static const char *const graph[] = {"ring", "star", "exponential", "one-peer-exponential"};
    double W[N * N];
    for (size_t g = 0; g < LENGTH(graph); g++)
        for (int t = 0; t < 100; t++)
            for (int sender = 0; sender < 2; sender++) {
                struct faults f = all;
                fill(W, graph[g], t);
                faults_apply(&f, W, N, t, MAIN_EXCHANGE, sender ? SENDER_KEEPS : RECEIVER_KEEPS);
                check_close(far_from_one(W, sender), 0, 1e-15);
                for (int i = 0; i < N; i++)
                    assert_true(!faults_is_away(&f, i, t) || W[i * N + i] == 1);
                f.message_loss = 0;
                fill(W, graph[g], t);
                faults_apply(&f, W, N, t, MAIN_EXCHANGE, RECEIVER_KEEPS);
                if (g < 2)
                    check_close(far_from_one(W, 1), 0, 1e-15);
            }
}

/* Over many rounds, the receivers' rule keeps the mean of the workers on average. */
static void the_mean_is_kept_on_average(void **state)
{
    (void)state;
    double W[N * N], mean[N * N] = {0};
    struct faults f = {.message_loss = 0.1, .seed = 3};
    for (int t = 0; t < ROUNDS; t++) {
        fill(W, "star", t);
        faults_apply(&f, W, N, t, MAIN_EXCHANGE, RECEIVER_KEEPS);
        for (int i = 0; i < N * N; i++)
            mean[i] += W[i] / ROUNDS;
    }
    check_close(far_from_one(mean, 1), 0, 4 * 0.3 / sqrt(ROUNDS));
}

static void without_faults_nothing_changes(void **state)
{
    (void)state;
    double W[N * N], before[N * N];
    struct faults none = {.absence_rounds = 100, .seed = 1};
    fill(W, "ring", 0);
    memcpy(before, W, sizeof(W));
    assert_false(faults_on_edges(&none));
    assert_int_equal(faults_apply(&none, W, N, 0, MAIN_EXCHANGE, RECEIVER_KEEPS), 2 * N);
    assert_memory_equal(W, before, sizeof(W));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rates_are_those_asked_for),
        cmocka_unit_test(absences_last_a_stretch),
        cmocka_unit_test(draws_never_change),
        cmocka_unit_test(the_keeper_keeps_its_sums),
        cmocka_unit_test(the_mean_is_kept_on_average),
        cmocka_unit_test(without_faults_nothing_changes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
