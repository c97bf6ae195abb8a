/* test_verdict: claims judged on made-up runs, against values computed by hand. */
#include "tests/judged.h"

#define BASE .keys = CLAIM("acc_mean_pct")

static void claims_are_judged_by_seeds(void **state)
{
    (void)state;
    judged((struct setup){BASE}, 0,
           "REPRODUCED     qg beats DSGD (mean of workers): +9.00 points, 95 % interval +4.03 to "
           "+13.97, p 0.016, adjusted 0.016; by seed +11.00 +7.00 +9.00\n",
           "VERDICT=PASS table=made tier=quick data=d cells=2 runs=6/6 diverged=0 published=");
    judged((struct setup){.keys = CLAIM("acc_worst_pct")}, 3, "NOT-REPRODUCED qg beats DSGD",
           "VERDICT=FAIL ");
    judged((struct setup){.keys = CLAIM("acc_average_pct")}, 0,
           "INCONCLUSIVE   qg beats DSGD (averaged model): ",
           "claims=reproduced:0,inconclusive:1,not-reproduced:0,not-run:0 ");
    judged((struct setup){.keys = CLAIM("test_loss_mean")}, 3,
           "NOT-REPRODUCED qg beats DSGD (test loss, lower is better): -0.09, 95 % interval ",
           "\nclaim,,test_loss_mean,last,-0.09,0.02,3,0,,,0.01607,0.01607,NOT-REPRODUCED,\"qg");
    /* two seeds of 7 and 9: an interval of 8 +- 12.7 */
    const struct made four[] = {six[0], six[1], six[4], six[5]};
    judged((struct setup){BASE, .run = four, .n = 4}, 0, "INCONCLUSIVE", "runs=4/4");
    /* seeds that do not pair */
    const struct made apart[] = {six[0], six[1], six[3]};
    judged((struct setup){BASE, .run = apart, .n = 3}, 1, "NOT-RUN", "VERDICT=INCOMPLETE ");
    judged((struct setup){.keys = CLAIM("acc_men_pct")}, 1, "(unknown scope)", "not-run:1");
}

/* Runs at different values of an axis that the claim does not name are no pair. */
static void pairs_agree_in_what_is_not_named(void **state)
{
    (void)state;
    static const struct made four[] = {{"dsgd", 1, "finished", {10, 0, 0}},
                                       {"dsgd", 1, "finished", {50, 0, 0}},
                                       {"qg", 1, "finished", {12, 0, 0}},
                                       {"qg", 1, "finished", {51, 0, 0}}};
    static const struct second alpha = {"alpha", {1, 0.1, 1, 0.1}};
    judged((struct setup){BASE, .run = four, .n = 4, .second = &alpha}, 0,
           "; by seed +2.00 +1.00; with", "");
}

/* The worst claim decides; only a contradicted claim is worse than missing runs. */
static void verdicts_have_a_word(void **state)
{
    (void)state;
#define ONE(scope)                                                                                 \
    "{\"better\": {\"algorithm\": \"qg\"}, \"than\": {\"algorithm\": \"dsgd\"}, \"scope\": "       \
    "\"" scope "\"}"
#define TWO(a, b) "\"claims\": [" ONE(a) ", " ONE(b) "]"
    static const struct {
        const char *keys, *word;
        int code, misses; /* a run of dsgd is missing, so there are two pairs */
    } known[] = {{"\"claims\": []", "VERDICT=NO-CLAIMS ", 0, 0},
                 {"\"claims\": []", "VERDICT=INCOMPLETE ", 1, 1},
                 {TWO("acc_mean_pct", "acc_mean_pct"), "VERDICT=PASS ", 0, 0},
                 {TWO("acc_mean_pct", "acc_average_pct"), "VERDICT=INCONCLUSIVE ", 0, 0},
                 {TWO("acc_average_pct", "acc_average_pct"), "VERDICT=INCOMPLETE ", 1, 1},
                 {TWO("acc_mean_pct", "acc_nothing"), "VERDICT=INCOMPLETE ", 1, 0},
                 {TWO("acc_worst_pct", "acc_average_pct"), "VERDICT=FAIL ", 3, 0},
                 {TWO("acc_nothing", "acc_worst_pct"), "VERDICT=FAIL ", 3, 0}};
    for (size_t i = 0; i < LENGTH(known); i++) {
        struct made run[6];
        memcpy(run, six, sizeof(run));
        run[2].status = known[i].misses ? NULL : "finished";
        judged((struct setup){.keys = known[i].keys, .run = run, .n = 6}, known[i].code,
               known[i].word, "");
    }
}

/* The interval is 4.03 to 13.97. */
static void claims_have_margins(void **state)
{
    (void)state;
    judged((struct setup){.keys = CLAIM_BY("acc_mean_pct", ", \"by\": 4")}, 0,
           "REPRODUCED     qg beats DSGD by more than 4 points (mean of workers): +9.00 points",
           "VERDICT=PASS ");
    judged((struct setup){.keys = CLAIM_BY("acc_mean_pct", ", \"by\": 4.1")}, 0, "INCONCLUSIVE ",
           "VERDICT=INCONCLUSIVE ");
    judged((struct setup){.keys = CLAIM_BY("acc_mean_pct", ", \"by\": 13.9")}, 0, "INCONCLUSIVE ",
           "\nclaim,,acc_mean_pct,last,9.0000,2.0000,3,13.9000,,,0.0513,0.0513,INCONCLUSIVE,");
    judged((struct setup){.keys = CLAIM_BY("acc_mean_pct", ", \"by\": 14")}, 3, "NOT-REPRODUCED ",
           "VERDICT=FAIL ");
    judged((struct setup){.keys = CLAIM_BY("acc_mean_pct", ", \"by\": \"2\"")}, 1,
           "NOT-RUN        qg", "\"by\" is not a number");
}

static void missing_runs_show(void **state)
{
    (void)state;
    struct made run[6];
    memcpy(run, six, sizeof(run));
    run[5].status = "interrupted";
    judged((struct setup){BASE, .run = run, .n = 6}, 1, "INCONCLUSIVE", "VERDICT=INCOMPLETE ");
    judged((struct setup){.keys = "\"claims\": []", .run = run, .n = 6}, 1, "",
           "runs=5/6 diverged=0 ");
}

/* A diverged run counts as chance, 25 %, whatever its accuracy was, or as twice the worst loss of
 * the finished runs; two diverged runs tie. */
static void diverged_runs_count(void **state)
{
    (void)state;
    struct made run[6];
    memcpy(run, six, sizeof(run));
    run[0].status = "diverged", run[0].acc[0] = 99;
    struct setup s = {BASE, .run = run, .n = 6};
    judged(s, 0, "; by seed +11.00 +2.00 +9.00; 1 diverged run counts as chance",
           "runs=6/6 diverged=1 ");
    s.no_classes = 1;
    judged(s, 0, "a run of seed 1 has no acc_mean_pct", "; by seed +11.00 +9.00; 1 diverged");
    s.no_classes = 0, s.keys = CLAIM("test_loss_mean"); /* the worst is 0.39 */
    judged(s, 0, "; by seed -0.11 +0.51 -0.09; 1 diverged run counts as the worst", "runs=6/6");
    run[4].status = "diverged";
    judged(s, 0, "; by seed -0.11 +0 -0.09; 2 diverged runs count as the worst", "runs=6/6");
    s.keys = CLAIM("acc_mean_pct");
    judged(s, 0, "; by seed +11.00 +0.00 +9.00; 2 diverged runs count as chance", "runs=6/6");
    for (int i = 0; i < 6; i++)
        run[i].status = "diverged";
    s.keys = CLAIM("test_loss_mean");
    judged(s, 0, "INCONCLUSIVE", "+0, 95 % interval +0 to +0, p 1, adjusted 1; by seed +0 +0 +0;");
}

/* The gain at alpha 0.1 is 7, 9, 11, that at alpha 1 is 1, 2, 6: the difference 6, 7, 5. */
static void gains_are_compared(void **state)
{
    (void)state;
    static const struct made all[] = {
        {"dsgd", 1, "finished", {20, 0, 0}}, {"dsgd", 2, "finished", {30, 0, 0}},
        {"dsgd", 3, "finished", {10, 0, 0}}, {"qg", 1, "finished", {27, 0, 0}},
        {"qg", 2, "finished", {39, 0, 0}},   {"qg", 3, "finished", {21, 0, 0}},
        {"dsgd", 1, "finished", {50, 0, 0}}, {"dsgd", 2, "finished", {60, 0, 0}},
        {"dsgd", 3, "finished", {40, 0, 0}}, {"qg", 3, "finished", {46, 0, 0}},
        {"qg", 1, "finished", {51, 0, 0}},   {"qg", 2, "finished", {62, 0, 0}}};
    static const struct second alpha = {"alpha", {0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 1, 1, 1, 1, 1, 1}};
#define MORE(by)                                                                                   \
    "\"claims\": [{\"better\": {\"algorithm\": \"qg\"}, \"than\": {\"algorithm\": \"dsgd\"}, "     \
    "\"at\": {\"alpha\": 0.1}, \"more_than_at\": {\"alpha\": 1}, \"scope\": \"acc_mean_pct\", "    \
    "\"source\": \"A. Author,\\nTable 1\"" by "}]"
    struct setup s = {.keys = MORE(""), .run = all, .n = 12, .second = &alpha};
    judged(s, 0,
           "REPRODUCED     qg beats DSGD at α 0.1 by more than at α 1 (mean of workers): +6.00 "
           "points, 95 % interval +3.52 to +8.48, p 0.0091, adjusted 0.0091; by seed +6.00 +7.00 "
           "+5.00; source: A. Author, Table 1\n",
           "\nclaim,,0.1,acc_mean_pct,last,6.0000,1.0000,3,0.0000,,,0.009");
    s.keys = MORE(", \"by\": 9");
    judged(s, 3, "NOT-REPRODUCED qg beats DSGD at α 0.1 by over 9 points more than at α 1 (mean",
           "VERDICT=FAIL ");
    struct made some[12];
    memcpy(some, all, sizeof(some));
    some[11].status = NULL; /* then seed 2 has no pair at alpha 1 */
    s = (struct setup){.keys = MORE(""), .run = some, .n = 12, .second = &alpha};
    judged(s, 1, "INCONCLUSIVE",
           "; by seed +6.00 +5.00; with this mean and deviation, 3 seeds would");
}

/* p is 0.016 for the mean of the workers and the worst one, and 0.43 for the averaged model. */
static void claims_are_judged_together(void **state)
{
    (void)state;
#define AVERAGE ONE("acc_average_pct")
    judged(
        (struct setup){.keys = "\"claims\": [" ONE("acc_mean_pct") ", " AVERAGE ", " AVERAGE "]"},
        0,
        "REPRODUCED     qg beats DSGD (mean of workers): +9.00 points, 95 % interval +4.03 to "
        "+13.97, p 0.016, adjusted 0.048",
        "VERDICT=INCONCLUSIVE ");
    judged((struct setup){.keys = "\"claims\": [" ONE("acc_mean_pct") ", " AVERAGE ", " AVERAGE
                                                                      ", " ONE("acc_nothing") "]"},
           1,
           "INCONCLUSIVE   qg beats DSGD (mean of workers): +9.00 points, 95 % interval +4.03 to "
           "+13.97, p 0.016, adjusted 0.064; by seed +11.00 +7.00 +9.00; with this mean and "
           "deviation, 4 seeds would decide it\n",
           "adjusted by Holm's method for the 4 claims of this table; else INCONCLUSIVE");
    /* the mean 3, of deviation 5.3, needs 15 seeds for p < 0.05 and more for less */
    judged((struct setup){.keys = "\"claims\": [" AVERAGE "]"}, 0, ", 15 seeds would decide it",
           "for the 1 claim of");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(claims_are_judged_by_seeds),
        cmocka_unit_test(pairs_agree_in_what_is_not_named),
        cmocka_unit_test(verdicts_have_a_word),
        cmocka_unit_test(claims_have_margins),
        cmocka_unit_test(missing_runs_show),
        cmocka_unit_test(diverged_runs_count),
        cmocka_unit_test(gains_are_compared),
        cmocka_unit_test(claims_are_judged_together),
    };
    return cmocka_run_group_tests(tests, temp_make, temp_remove);
}
