/* test_clock: simulated rounds against times worked out by hand. */
#include "clock/clock.h"
#include "clock/quantity.h"
#include "tests/check.h"
#include <math.h>

enum { ROUNDS = 3 };

/* Check the seconds after each round: messages of 1000 bytes on links of 1000 bytes per second, so
 * that each message alone takes a second.  messages: how many a round has. */
static void simulate(double seconds[ROUNDS + 1], const char *algorithm, const char *topology,
                     long workers, double messages, struct network w)
{
    struct config c;
    struct err e = {.text = ""};
    config_default(&c);
    assert_int_equal(config_set(&c, "dataset", "quadratic", &e), 0);
    assert_int_equal(config_set(&c, "algorithm", algorithm, &e), 0);
    assert_int_equal(config_set(&c, "topology", topology, &e), 0);
    c.workers = workers;
    w.bandwidth = 1000;
    if (clock_run(&c, &w, ROUNDS * messages * 1000, ROUNDS, seconds, &e) < 0)
        fail_msg("%s", e.text);
}

static void takes(const char *algorithm, const char *topology, long workers, double messages,
                  struct network w, double round)
{
    double s[ROUNDS + 1];
    simulate(s, algorithm, topology, workers, messages, w);
    for (int k = 0; k <= ROUNDS; k++)
        check_close(s[k], k * round, 1e-9);
}

static void rounds_take_what_the_model_says(void **state)
{
    (void)state;
    struct network w = {.latency = 0.25, .compute = 10};
    takes("dsgd", "ring", 4, 8, w, 10 + 0.25 + 2); /* sends and receives two each */
    takes("dsgd", "complete", 4, 12, w, 10 + 0.25 + 3);
    takes("dsgd", "star", 5, 8, w, 10 + 0.25 + 4); /* the centre has four */
    takes("dsgd", "one-peer-exponential", 4, 4, w, 10 + 0.25 + 1);
    takes("dsgd", "disconnected", 4, 0, w, 10);
    takes("gt", "ring", 4, 16, w, 10 + 0.25 + 4); /* two vectors in one message */
    w.half_duplex = 1;
    takes("dsgd", "ring", 4, 8, w, 10 + 0.25 + 4);
    w.half_duplex = 0, w.overlap = 1;
    takes("dsgd", "ring", 4, 8, w, 10);
    w.compute = 1;
    takes("dsgd", "ring", 4, 8, w, 2.25);
}

static void averages_are_all_reduced(void **state)
{
    (void)state;
    struct network w = {.latency = 0.25, .compute = 10};
    takes("sgdm-n", "ring", 4, 12, w, 10 + 6 * 0.25 + 1.5);
    w.hosts = 2; /* of two workers each */
    takes("sgdm-n", "ring", 4, 12, w, 20 + 2 * 0.25 + 1);
}

static void hosts_share_messages(void **state)
{
    (void)state;
    struct network w = {.latency = 0.25, .compute = 1, .hosts = 2};
    takes("dsgd", "ring", 4, 8, w, 2 + 0.25 + 2);      /* 1 -> 2, 0 -> 3 and back */
    takes("dsgd", "complete", 4, 12, w, 2 + 0.25 + 2); /* each row is sent to the other host once */
    takes("dsgd", "chain", 4, 6, w, 2 + 0.25 + 1);
    takes("relaysgd", "star", 4, 6, w, 2 + 0.25 + 2); /* a message for each edge */
    w.hosts = 1;
    takes("dsgd", "ring", 4, 8, w, 4);
}

static void neighbours_wait_for_each_other(void **state)
{
    (void)state;
    /* The chain's ends have one neighbour, its middle two; after a round all wait for it. */
    double s[ROUNDS + 1];
    simulate(s, "dsgd", "chain", 3, 4, (struct network){.compute = 1});
    check_close(s[1], 3, 1e-9); /* the middle sends two to each of the ends */
    check_close(s[3], 9, 1e-9);
    /* Two hosts with two workers and one: the smaller one waits for the other's computing. */
    simulate(s, "dsgd", "chain", 3, 4, (struct network){.compute = 1, .hosts = 2});
    check_close(s[1], 2 + 1, 1e-9);
}

static void wrong_requests_are_refused(void **state)
{
    (void)state;
    struct config c;
    struct network w = {.bandwidth = 1, .hosts = 17};
    struct err e;
    double s[2], v;
    config_default(&c);
    assert_int_equal(clock_run(&c, &w, 1, 1, s, &e), -1);
    assert_string_equal(e.text, "17 hosts are more than the 16 workers of the run");
    w.hosts = 0, c.faults.straggle = 0.1;
    assert_int_equal(clock_run(&c, &w, 1, 1, s, &e), -1);
    assert_int_equal(quantity_time("--latency", "20us", &v, &e), 0);
    check_close(v, 20e-6, 1e-18);
    assert_int_equal(quantity_rate("--bandwidth", "1.5Gbit", &v, &e), 0);
    check_close(v, 187.5e6, 1e-3);
    assert_int_equal(quantity_time("--latency", "20", &v, &e), -1);
    assert_string_equal(e.text,
                        "--latency is '20', but must be a number with a unit, such as 20ms, "
                        "50us or 1.5s");
    assert_int_equal(quantity_time("--latency", "-1ms", &v, &e), -1);
    assert_int_equal(quantity_rate("--bandwidth", "0Gbit", &v, &e), -1);
    assert_int_equal(quantity_rate("--bandwidth", "1gbit", &v, &e), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rounds_take_what_the_model_says),
        cmocka_unit_test(averages_are_all_reduced),
        cmocka_unit_test(hosts_share_messages),
        cmocka_unit_test(neighbours_wait_for_each_other),
        cmocka_unit_test(wrong_requests_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
