/* test_verdict_expected: made-up runs against expected ones, against values computed by hand. */
#include "tests/judged.h"

/* Rows of dsgd and qg; one cell that is not the same is tested at 5 %, one-sided:
 * t = 2.1318 of 4 degrees of freedom, a band of 2.1318 x 10 x sqrt(2/3) = 17.41. */
#define ROW(method, lr, mean, std, diverged, data)                                                 \
    "made,quick," method ",d," lr ",acc_mean_pct,best,99,1,3,0,0,,\n"                              \
    "made,quick," method ",d," lr ",acc_mean_pct,last," mean "," std ",3," diverged ",0," data     \
    ",c\n"
#define QG ROW("qg", "0.1", "29.0000", "9.1652", "0", "0123456789ab")

static void expected_numbers_gate(void **state)
{
    (void)state;
    struct setup s = {.keys = "\"claims\": []", .gate = 1};
    judged(s, 1, "VERDICT=INCOMPLETE",
           "expected=same:0,pass:0,outside:0,not-comparable:0,not-run:0\n");
    s.expected = ROW("dsgd", "0.2", "20.0000", "10.0000", "0", "0123456789ab") QG;
    judged(s, 0, "SAME           2 cells, to the last digit\n",
           "expected=same:2,pass:0,outside:0,");
    s.expected = ROW("dsgd", "0.2", "20.0001", "10.0000", "0", "0123456789ab") QG;
    judged(s, 0, "difference -0.00, band 17.41", "expected=same:1,pass:1,outside:0,");
    s.expected = ROW("dsgd", "0.2", "37.3", "10", "0", "0123456789ab") QG;
    judged(s, 0, "difference -17.30, band 17.41", "VERDICT=PASS");
    s.expected = ROW("dsgd", "0.2", "37.5", "10", "0", "0123456789ab") QG;
    judged(s, 3, "OUTSIDE        method DSGD (mean of workers): ", "VERDICT=FAIL");
    s.gate = 0;
    judged(s, 0, "OUTSIDE", "VERDICT=NO-CLAIMS");
    s.gate = 1, s.expected = ROW("dsgd", "0.2", "-8.6", "10", "0", "0123456789ab") QG;
    judged(s, 0, "difference +28.60, band 17.41", "expected=same:1,pass:0,outside:1,");
    s.expected = ROW("dsgd", "0.2", "48.6", "10", "0", "0123456789ac");
    judged(s, 1, "data_sha256 0123456789ab, expected 0123456789ac\n", "VERDICT=INCOMPLETE");
    judged(s, 1, "there is no row of this cell\n", "not-comparable:2,not-run:0\n");
    s.expected = ROW("dsgd", "0.3", "48.6", "10", "0", "0123456789ab") QG;
    judged(s, 0, "lr 0.2, expected 0.3\n", "expected=same:1,pass:0,outside:0,not-comparable:1,");
    struct made run[6];
    memcpy(run, six, sizeof(run));
    run[0].status = "diverged", s.run = run, s.n = 6;
    s.expected = ROW("dsgd", "0.2", "20", "10", "0", "0123456789ab") QG;
    judged(s, 3, "more runs diverge than before\n", "expected=same:1,pass:0,outside:1,");
    s.expected = ROW("dsgd", "0.2", "20", "10", "1", "0123456789ab") QG;
    judged(s, 0, "difference +0.00, band", "expected=same:1,pass:1,outside:0,");
    /* a claim that the expected numbers also contradict is no change */
    s = (struct setup){.keys = CLAIM("acc_worst_pct"), .gate = 1};
    s.expected = ROW("dsgd", "0.2", "20.0000", "10.0000", "0", "0123456789ab") QG;
    judged(s, 0, "not-reproduced:1,", "VERDICT=PASS");
    s.gate = 0;
    judged(s, 3, "not-reproduced:1,", "VERDICT=FAIL");
}

/* Make these runs the expected ones. */
static void keep(const struct made *run, int n, const char *config)
{
    static int count;
    struct results r;
    char from[512], name[128];
    make(&r, run, n, "\"claims\": []", config, NULL);
    snprintf(from, sizeof(from), "%s", temp_path(r.folder));
    results_close(&r);
    snprintf(expected_folder, sizeof(expected_folder), "numbers/expected%d", ++count);
    snprintf(name, sizeof(name), "%s/x", expected_folder);
    put(name, "");
    snprintf(name, sizeof(name), "%s/made", expected_folder);
    assert_int_equal(rename(from, temp_path(name)), 0);
}

/* Seeds of 100 and more have other code, so that no seed of theirs is one of ours. */
static void expected_runs_gate(void **state)
{
    (void)state;
    struct setup s = {.keys = "\"claims\": []", .gate = 1};
    struct made run[6];
    memcpy(run, six, sizeof(run));
    keep(run, 6, MADE_CONFIG);
    judged(s, 0, "SAME           2 cells, to the last digit\n", "VERDICT=PASS");
    /* a seed that has changed, in the tested metric or in another, by however little */
    run[0].acc[0] = 19.99;
    keep(run, 6, MADE_CONFIG);
    judged(s, 3, "seed 1 gives 20.0000, expected 19.9900, although code and machine are the same",
           "expected=same:1,pass:0,outside:1,");
    made_file = "2"; /* by another file of the method, it is tested */
    judged(s, 0, "algorithms/x.c differs; difference", "expected=same:1,pass:1,outside:0,");
    made_file = "1";
    run[0].acc[0] = 20, run[4].acc[2] = 31.01;
    keep(run, 6, MADE_CONFIG);
    judged(s, 3, "seed 1 gives 27.0000, expected 27.0000, although", "expected=same:1,pass:0,");
    /* a statistic that only our runs have, or that both have */
    run[4].acc[2] = 31;
    keep(run, 6, MADE_CONFIG);
    made_statistic = ", \"last2\": 7";
    judged(s, 0, "SAME           2 cells, to the last digit\n", "expected=same:2,");
    keep(run, 6, MADE_CONFIG);
    made_statistic = ", \"last2\": 8";
    judged(s, 3, "although code and machine are the same", "expected=same:0,pass:0,outside:2,");
    made_statistic = "";
    /* a table that is not that of the runs: every mean raised by 8 points */
    keep(run, 6, MADE_CONFIG);
    s.expected = ROW("dsgd", "0.2", "28.0000", "10.0000", "0", "0123456789ab") QG;
    judged(s, 3, "the expected table is not that of the expected runs\n", "expected=same:1,");
    s.expected = NULL;
    /* other seeds are tested, in all metrics: 20.5 +- 1, and 0.205 of the loss */
    static const struct made ours[] = {{"qg", 1, "finished", {20, 40, 30}},
                                       {"qg", 2, "finished", {21, 41, 31}}};
    struct made theirs[8];
    for (int i = 0; i < 8; i++)
        theirs[i] = (struct made){"qg", 101 + i, "finished", {20 + i % 2, 40 + i % 2, 30 + i % 2}};
    s.run = ours, s.n = 2;
    keep(theirs, 8, MADE_CONFIG);
    judged(s, 0, "expected=same:0,pass:1,outside:0,", "VERDICT=PASS");
    for (int i = 0; i < 8; i++)
        theirs[i].acc[1] += 2;
    keep(theirs, 8, MADE_CONFIG);
    /* sqrt((7 x 0.5345^2 + 0.7071^2) / 8) x sqrt(1/2 + 1/8) x t(1 - 0.05/3) = 2.5660
     * with 8 degrees of freedom */
    judged(s, 3, "OUTSIDE        method qg (worst worker): ours 40.50", "-2.00, band 1.13\n");
    for (int i = 0; i < 8; i++)
        theirs[i].acc[1] -= 4;
    keep(theirs, 8, MADE_CONFIG);
    judged(s, 0, "+2.00, band 1.13\n", "expected=same:0,pass:0,outside:1,");
    keep(theirs, 8, MADE_CONFIG ", \"epochs\": 2");
    s.config = MADE_CONFIG ", \"epochs\": 3";
    judged(s, 1, "epochs 3, expected 2\n", "not-comparable:1,");
    /* a loss is compared by its ratio: an expected one that is 26,000 times smaller is not met */
    static const struct made lost[] = {{"gt", 1, "finished", {1, 1, 1}},
                                       {"gt", 2, "finished", {1.2, 1, 1}}};
    static const struct made won[] = {{"gt", 101, "finished", {1 / 26e3, 1, 1}},
                                      {"gt", 102, "finished", {1.2 / 26e3, 1, 1}}};
    s = (struct setup){.keys = "\"claims\": [], \"metric\": \"test_loss_mean\"", .gate = 1};
    s.run = lost, s.n = 2;
    keep(won, 2, MADE_CONFIG);
    judged(s, 3, "ratio 2.6e+04, band 1.46\n", "VERDICT=FAIL");
    s.run = won;
    keep(lost, 2, MADE_CONFIG);
    judged(s, 0, "ratio 3.85e-05, band", "expected=same:0,pass:0,outside:1,");
}

/* Expected runs of the six by other code, better by these numbers; the differences deviate by 2 and
 * by 1, and one of DSGD's seeds may have diverged. */
static void keep_better(double by, int first_seed, const char *status)
{
    static const double noise[] = {2, -2, 0, 1, 0, -1};
    struct made run[6];
    memcpy(run, six, sizeof(run));
    for (int i = 0; i < 6; i++)
        run[i].acc[0] += by + noise[i], run[i].seed += first_seed - 1;
    run[1].status = status, made_code = 7;
    keep(run, 6, MADE_CONFIG);
    made_code = 0;
}

/* Cells whose seeds deviate by 10 points do not show a drop of 3 points, but their mean does:
 *   sqrt(4 + 1) / sqrt(3) / 2 x t(1 - 0.05/3) = 2.45
 *   with (4 + 1)^2 / (4^2/2 + 1^2/2) = 2.94 degrees of freedom */
static void the_mean_of_cells_is_tested(void **state)
{
    (void)state;
    struct setup s = {.keys = "\"claims\": []", .gate = 1};
    keep_better(3, 1, "finished");
    judged(s, 3,
           "PASS           method DSGD (mean of workers): ", "expected=same:0,pass:2,outside:1,");
    judged(s, 3,
           "OUTSIDE        the mean of the tested cells by pairs of seeds (mean of workers): ours "
           "24.50, expected 27.50; difference -3.00, band 2.45\n",
           "OUTSIDE,the mean of the tested cells by pairs of seeds (mean of workers),");
    keep_better(2.4, 1, "finished");
    judged(s, 0, "difference -2.40, band 2.45\n", "expected=same:0,pass:3,outside:0,");
    keep_better(-3, 1, "finished");
    judged(s, 0, "difference +3.00, band 2.45\n", "expected=same:0,pass:2,outside:1,");
    /* the second of two metrics */
    s.keys = "\"claims\": [], \"metric\": [\"acc_worst_pct\", \"acc_mean_pct\"]";
    keep_better(3, 1, "finished");
    judged(s, 3,
           "OUTSIDE        the mean of the tested cells by pairs of seeds (mean of workers): ours",
           "expected=same:0,pass:2,outside:1,");
    s.keys = "\"claims\": []";
    /* without pairs, or of one cell alone */
    keep_better(3, 4, "finished");
    judged(s, 0, "difference -3.00, band ", "expected=same:0,pass:2,outside:0,");
    keep_better(3, 1, "finished");
    const struct made one[] = {six[0], six[1], six[2]};
    s.run = one, s.n = 3;
    judged(s, 0, "difference -3.00, band ", "expected=same:0,pass:1,outside:0,");
    /* a seed that diverged is no pair: the gains of DSGD are -5 and -3 */
    struct made run[6];
    memcpy(run, six, sizeof(run));
    run[1].status = "diverged", s.run = run, s.n = 6;
    keep_better(3, 1, "diverged");
    judged(s, 0, "ours 22.00, expected 25.50; difference -3.50, band 3.83\n", "pass:3,outside:0,");
}

/* The second number of a version decides; the gate compares across versions. */
static void versions_are_not_mixed(void **state)
{
    (void)state;
    struct setup s = {.keys = "\"claims\": []"};
    struct made run[6];
    memcpy(run, six, sizeof(run));
    keep(run, 6, MADE_CONFIG); /* of other third numbers */
    judged(s, 0, "SAME           2 cells, to the last digit\n", "expected=same:2,");
    for (int i = 0; i < 6; i++)
        run[i].seed += 1000;
    keep(run, 6, MADE_CONFIG);
    judged(s, 0, "version 0.1.1, expected 0.2.1001\n",
           "expected=same:0,pass:0,outside:0,"
           "not-comparable:2,");
    s.gate = 1;
    judged(s, 0, "PASS", "expected=same:0,pass:2,outside:0,not-comparable:0,");
    s.gate = 0, run[0].seed -= 1000;
    keep(run, 6, MADE_CONFIG);
    judged(s, 0, "expected runs of versions", "not-comparable:2,");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(expected_numbers_gate),
        cmocka_unit_test(expected_runs_gate),
        cmocka_unit_test(the_mean_of_cells_is_tested),
        cmocka_unit_test(versions_are_not_mixed),
    };
    return cmocka_run_group_tests(tests, temp_make, temp_remove);
}
