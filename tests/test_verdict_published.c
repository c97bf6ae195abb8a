/* test_verdict_published: made-up runs beside made-up published numbers, and those among each
 * other, against values computed by hand. */
#include "tests/judged.h"

#define PUBLISHED_TABLE(table, scope, value)                                                       \
    "{\"paper\": \"P\", \"table\": \"" table "\", \"scope\": \"" scope "\", \"value\": \"" value   \
    "\"}"
#define PUBLISHED_KEY(scope, value) /* and the tier's protocol */                                  \
    "\"protocol\": true, \"published\": [" PUBLISHED_TABLE("1", scope, value) "]"

/* The last columns of rows whose settings are all known: those of dsgd and of qg. */
#define DSGD_KNOWN "0.2,0,false,acc_mean_pct,last\n"
#define QG_KNOWN   "0.1,0,false,acc_mean_pct,last\n"
static void refused(struct setup s, const char *words)
{
    int code;
    struct err e = {.text = ""};
    assert_null(compared(&s, &code, &e));
    check_says(e, words);
}

/* dsgd is 20 +- 10 and qg 29 +- 9.17: with three seeds, 24.84 and 22.77 wide each way; with
 * another deviation of 10, Welch's t of 4 and 3.97 degrees of freedom. */
#define LIKE                                                                                       \
    "\"dataset\": \"d\", \"model\": \"m\", \"workers\": 16, \"alpha\": 0.1, \"epochs\": 9, "
#define RING LIKE "\"topology\": \"ring\""
#define NUMBERS                                                                                    \
    "P,1,d,m,16,ring,0.1,9,dsgd,a,44.8,,3,," DSGD_KNOWN                                            \
    "P,1,d,m,16,ring,0.1,9,dsgd,a,44.9,,3,," DSGD_KNOWN                                            \
    "P,1,d,m,16,ring,0.10,9,qg,a,51.2,10,3,," QG_KNOWN                                             \
    "P,1,d,m,16,ring,0.1,9,qg,a,6.0,10,3,," QG_KNOWN "P,1,d,m,16,ring,0.1,9,d2,a,1,1,3,," QG_KNOWN \
    "P,2,d,m,16,ring,0.1,9,qg,a,9,1,3,," QG_KNOWN

static void published_numbers_have_bands(void **state)
{
    (void)state;
    struct setup s = {
        .keys = PUBLISHED_KEY("acc_mean_pct", "last"), .config = RING, .published = NUMBERS};
    judged(s, 0,
           "PASS           P, 1: DSGD, α 0.1, ring, 16 workers (mean of workers, last): ours "
           "20.00 ± 10.00 (3 seeds), theirs 44.80 (3 seeds); difference -24.80, band 24.84; the "
           "band is from our deviation alone, as theirs is not known; as published: ",
           "OUTSIDE        P, 1: DSGD, α 0.1, ring, 16 workers");
    judged(s, 0, "theirs 44.90 (3 seeds); difference -24.90, band 24.84; the band",
           "theirs is not");
    judged(s, 0, "theirs 51.20 ± 10.00 (3 seeds); difference -22.20, band 21.81; as published: ",
           "OUTSIDE        P, 1: qg, α 0.1, ring, 16 workers (mean of workers, last): ours "
           "29.00 ± 9.17 (3 seeds), theirs 6.00 ± 10.00 (3 seeds); difference +23.00, band 21.81");
    judged(s, 0, "NOT-RUN        P, 1: D²,",
           "published=pass:1,outside:3,not-comparable:0,not-run:1");
    judged(s, 0,
           "\npublished,qg,acc_mean_pct,last,29.0000,9.1652,3,6.0000,10.0000,3,,,OUTSIDE,\"P, 1",
           "\npublished,,acc_mean_pct,last,,,,1.0000,1.0000,3,,,NOT-RUN,\"P, 1: D²");
}

static void other_cells_are_not_compared(void **state)
{
    (void)state;
    struct setup s = {.keys = PUBLISHED_KEY("acc_mean_pct", "last"), .config = RING};
    static const struct {
        const char *row, *why;
    } other[] = {
        {"P,1,e,m,16,ring,0.1,9,qg,a,29,1,3,," QG_KNOWN, "data d, theirs e\n"},
        {"P,1,d,k,16,ring,0.1,9,qg,a,29,1,3,," QG_KNOWN, "network m, theirs k\n"},
        {"P,1,d,m,32,ring,0.1,9,qg,a,29,1,3,," QG_KNOWN, "workers 16, theirs 32\n"},
        {"P,1,d,m,16,star,0.1,9,qg,a,29,1,3,," QG_KNOWN, "topology ring, theirs star\n"},
        {"P,1,d,m,16,davis-southern-women,0.1,9,qg,a,29,1,3,," QG_KNOWN,
         "topology ring, theirs social network\n"},
        {"P,1,d,m,16,complete,0.1,9,qg,a,29,1,3,," QG_KNOWN, "topology ring, theirs complete\n"},
        {"P,1,d,m,16,ring,1,9,qg,a,29,1,3,," QG_KNOWN, "α 0.1, theirs 1\n"},
        {"P,1,d,m,16,ring,0.1,90,qg,a,29,1,3,," QG_KNOWN, "epochs 9, theirs 90\n"},
        {"P,1,d,m,16,ring,0.1,9,qg,a,29,1,3,,0.3,0,false,acc_mean_pct,last\n",
         "learning rate 0.1, theirs 0.3\n"},
        {"P,1,d,m,16,ring,0.1,9,qg,a,29,1,3,,0.1,0,true,acc_mean_pct,last\n",
         "drop last false, theirs true\n"},
        {"P,1,d,m,16,ring,0.1,9,qg,a,29,1,3,,0.1,0.1,false,acc_mean_pct,last\n",
         "message loss 0, theirs 0.1\n"},
        {"P,1,d,m,16,ring,0.1,9,qg,a,29,1,3,,0.1,0,false,acc_worst_pct,last\n",
         "scope acc_mean_pct, theirs acc_worst_pct\n"},
        {"P,1,d,m,16,ring,0.1,9,qg,a,29,1,3,,0.1,0,false,acc_mean_pct,epoch 7\n",
         "evaluations last, theirs epoch 7\n"},
        {"P,1,d,m,16,ring,0.1,9,qg,a,1 to 20,1,3,," QG_KNOWN, "theirs is '1 to 20'\n"}};
    for (size_t i = 0; i < LENGTH(other); i++) {
        s.published = other[i].row;
        judged(s, 0, other[i].why, "published=pass:0,outside:0,not-comparable:1,not-run:0");
    }
    s.published = "P,1,d,m,16,ring,0.1,9,qg,a,29,1,3,," QG_KNOWN;
    judged(s, 0, "", "published=pass:1,");
    static const struct second lr = {"lr", {1, 1, 1, 1, 1, 1}};
    struct setup tuning = s;
    tuning.keys =
        "\"tune\": true, " PUBLISHED_KEY("acc_mean_pct", "last") ", " CLAIM("acc_mean_pct");
    tuning.second = &lr;
    judged(tuning, 0, "published=pass:0,outside:0,not-comparable:0,not-run:0 claims=reproduced:0,",
           "VERDICT=NO-CLAIMS");
    s.keys = PUBLISHED_KEY("acc_mean_pct", "last5_mean");
    judged(s, 0, "scope: our runs have no last5_mean of acc_mean_pct\n", "not-comparable:1,");
    judged(s, 0, "16 workers (mean of workers, mean of the last five)", "not-comparable:1,");
    s.keys = strchr(PUBLISHED_KEY("acc_mean_pct", "last"), ',') + 1; /* without the protocol */
    judged(s, 0, "tier quick does not follow the paper's protocol\n", "not-comparable:1,");
    /* of several cells, the one that differs in the fewest settings */
    static const struct second alpha = {"alpha", {1, 1, 0.1, 0.1, 0.01, 0.01}};
    static const struct made all[] = {
        {"qg", 1, "finished", {10, 1, 1}}, {"qg", 2, "finished", {12, 1, 1}},
        {"qg", 1, "finished", {20, 1, 1}}, {"qg", 2, "finished", {22, 1, 1}},
        {"qg", 1, "finished", {30, 1, 1}}, {"qg", 2, "finished", {32, 1, 1}}};
    struct setup cells = {.keys = PUBLISHED_KEY("acc_mean_pct", "last"),
                          .config = MADE_CONFIG,
                          .run = all,
                          .n = 6,
                          .second = &alpha,
                          .published = "P,1,d,m,,,0.1,,qg,a,20.9,,,," QG_KNOWN};
    judged(cells, 0, "ours 21.00",
           "\npublished,qg,0.1,acc_mean_pct,last,21.0000,1.4142,2,20.9000,");
    /* a centralized method has no graph, but an alpha */
    s.keys = PUBLISHED_KEY("acc_mean_pct", "last"), s.config = LIKE "\"train_limit\": 0";
    s.published = "P,1,d,m,16,complete,0.1,9,qg,a,29,1,3,," QG_KNOWN;
    judged(s, 0, "", "published=pass:1,");
    s.published = "P,1,d,m,16,ring,0.1,9,qg,a,29,1,3,," QG_KNOWN;
    judged(s, 0, "topology complete, theirs ring\n", "not-comparable:1,");
    /* runs that did not end, or diverged */
    struct made run[] = {six[3], six[4]};
    run[0].status = run[1].status = NULL;
    s = (struct setup){
        .keys = s.keys, .config = RING, .published = s.published, .run = run, .n = 2};
    judged(s, 1, "none of its runs has ended", "not-comparable:0,not-run:1 ");
    run[0].status = run[1].status = "diverged";
    judged(s, 0, "all our runs diverged", "outside:1,");
    run[0].status = "finished";
    judged(s, 0, "a band needs two seeds of ours; 1 of our runs diverged and are left out",
           "not-comparable:1,");
}

/* Settings that are not known of theirs do not count as equal, and all of them are named. */
static void unknown_settings_are_not_equal(void **state)
{
    (void)state;
    struct setup s = {.keys = PUBLISHED_KEY("acc_mean_pct", "last"), .config = RING};
    static const struct {
        const char *row, *unknown;
    } rows[] = {
        {"P,1,d,,16,ring,0.1,9,qg,a,29,1,3,," QG_KNOWN, "network"},
        {"P,1,d,m,16,ring,0.1,,qg,a,29,1,3,," QG_KNOWN, "epochs"},
        {"P,1,d,m,16,ring,0.1,9,qg,a,29,1,3,,,0,false,acc_mean_pct,last\n", "learning rate"},
        {"P,1,d,m,16,ring,0.1,9,qg,a,29,1,3,,0.1,,,,\n",
         "message loss, drop last, scope, evaluations"}};
    char why[256];
    for (size_t i = 0; i < LENGTH(rows); i++) {
        s.published = rows[i].row;
        snprintf(why, sizeof(why),
                 "theirs 29.00 ± 1.00 (3 seeds); not a strict comparison, as these settings of "
                 "theirs are not known: %s; difference +0.00, band 22.40\n",
                 rows[i].unknown);
        judged(s, 0, why, "published=pass:0,outside:0,not-comparable:1,not-run:0");
    }
    /* a key that has no column is not known, either */
    s.config = RING ", \"lr_start\": 0.1, \"local_steps\": 4, \"seed\": 1";
    s.published = "P,1,d,m,16,ring,0.1,9,qg,a,29,1,3,," QG_KNOWN;
    judged(s, 0, "not known: learning rate at the first step, local steps; diff", "comparable:1,");
    /* papers use all samples */
    s.config = RING ", \"train_limit\": 640, \"test_limit\": 0";
    judged(s, 0, "3 seeds); train limit 640, theirs all\n", "not-comparable:1,");
    /* nothing is cut off */
    char *graph = xcalloc(3000, 1), row[3600], end[3600];
    memset(graph, 'x', 2999);
    snprintf(row, sizeof(row), "P,1,d,m,16,%s,0.1,90,qg,a,29,1,3,," QG_KNOWN, graph);
    snprintf(end, sizeof(end), "topology ring, theirs %s; epochs 9, theirs 90\n", graph);
    s.config = RING, s.published = row;
    judged(s, 0, end, "");
    free(graph);
}

/* A method without its momentum is another method; its cell is found among several. */
static void momentum_is_part_of_the_method(void **state)
{
    (void)state;
    static const struct second momentum = {"momentum", {0, 0, 0.9, 0.9}};
    static const struct made all[] = {{"d2-dsgdm-n", 1, "finished", {10, 1, 1}},
                                      {"d2-dsgdm-n", 2, "finished", {12, 1, 1}},
                                      {"d2-dsgdm-n", 1, "finished", {20, 1, 1}},
                                      {"d2-dsgdm-n", 2, "finished", {22, 1, 1}}};
    struct setup s = {.keys = PUBLISHED_KEY("acc_mean_pct", "last"),
                      .config = MADE_CONFIG,
                      .run = all,
                      .n = 4,
                      .second = &momentum};
    s.columns = "paper,table,method,momentum,value,std,seeds\n";
    s.published = "P,1,d2-dsgdm-n,0.9,20,1,3\nP,1,d2-dsgdm-n,0,10,1,3\n";
    judged(s, 0, "D²-DSGDm-N, momentum 0.9 (mean of workers, last): ours 21.00",
           "D²-DSGDm-N, momentum 0 (mean of workers, last): ours 11.00");
    s.published = "P,1,d2-dsgdm-n,0.5,20,1,3\n";
    judged(s, 0, "NOT-RUN        P, 1: D²-DSGDm-N, momentum 0.5",
           "no cell that has run has this method");
}

/* Runs that are smaller than the published ones. */
#define SMALLER(topology)                                                                          \
    "\"dataset\": \"d\", \"model\": \"m2\", \"workers\": 8, \"alpha\": 0.1, \"epochs\": 2, "       \
    "\"topology\": \"" topology "\""

/* 41 +- 2 and 44 +- 2, of 3 seeds: Welch's band, of 4 degrees of freedom, is 2.7764 x 2 x
 * sqrt(2/3) = 4.53. */
static void published_gains_are_tested(void **state)
{
    (void)state;
    struct setup s = {.keys = PUBLISHED_KEY("acc_mean_pct", "last") ", " CLAIM("acc_mean_pct"),
                      .config = SMALLER("ring")};
    static const struct {
        const char *dsgd, *qg, *word, *numbers;
    } known[] = {
        {"41,2,3", "44,2,3", "not separated", "44.00 ± 2.00 against 41.00 ± 2.00"},
        {"41,2,3", "46,2,3", "separated", "46.00 ± 2.00 against 41.00 ± 2.00"},
        {"46,2,3", "41,2,3", "separated the other way", "41.00 ± 2.00 against 46.00"},
        {"41,,3", "46,2,3", "no deviations", "46.00 ± 2.00 against 41.00; P, 1)"},
        {"41,2,1", "46,2,3", "no deviations", ""},
        {"diverges,,3", "46,2,3", "no deviations", "46.00 ± 2.00 against diverges; P, 1)"}};
    for (size_t i = 0; i < LENGTH(known); i++) {
        char rows[512], said[256], column[64];
        snprintf(rows, sizeof(rows),
                 "P,1,d,m,16,ring,0.1,9,dsgd,a,%s,," DSGD_KNOWN
                 "P,1,d,m,16,ring,0.1,9,qg,a,%s,," QG_KNOWN,
                 known[i].dsgd, known[i].qg);
        snprintf(said, sizeof(said), "by seed +11.00 +7.00 +9.00; as published: %s (%s",
                 known[i].word, known[i].numbers);
        snprintf(column, sizeof(column), ",%s,0\n", known[i].word);
        s.published = rows;
        judged(s, 0, said, column);
        judged(s, 0, ",why,source,as_published,worse\n", ""); /* scripts read the last column */
    }
}

/* The rows of a claim have its graph, alpha and scope; a row is compared with the best row on the
 * same data and graph. */
static void published_gains_have_a_place(void **state)
{
    (void)state;
    struct setup s = {.keys = PUBLISHED_KEY("acc_mean_pct", "last") ", " CLAIM("acc_mean_pct"),
                      .config = SMALLER("ring"),
                      .published = "P,1,d,m,16,ring,0.1,9,dsgd,a,41,2,3,," DSGD_KNOWN
                                   "P,1,d,m,16,ring,0.1,9,qg,a,46,2,3,," QG_KNOWN
                                   "P,1,d,m,16,ring,0.1,9,d2,a,45,2,3,," QG_KNOWN
                                   "P,1,d,m,16,star,0.1,9,d2,a,99,2,3,," QG_KNOWN
                                   "P,1,d,m,16,ring,1,9,d2,a,99,2,3,," QG_KNOWN
                                   "P,2,d,m,16,ring,0.1,9,d2,a,99,2,3,," QG_KNOWN};
    judged(s, 0, "as published: separated (the best other there: qg, 46.00 ± 2.00)\n",
           "as published: not separated (the best other there: D², 45.00 ± 2.00)\n");
    judged(s, 0,
           "theirs 45.00 ± 2.00 (3 seeds); no cell that has run has this method; as published: not "
           "sep",
           "theirs 99.00 ± 2.00 (3 seeds); no cell that has run has this method\n");
    judged(s, 0, "by seed +11.00 +7.00 +9.00; as published: separated", "");
    s.config = SMALLER("star");
    judged(s, 0, "by seed +11.00 +7.00 +9.00\n", ",,0\n");
    s.config = SMALLER("ring");
    /* the rows of a claim may be of two tables of a paper, if the experiment names both */
    s.published = "P,1,d,m,16,ring,0.1,9,dsgd,a,41,2,3,," DSGD_KNOWN
                  "P,2,d,m,16,ring,0.1,9,qg,a,46,2,3,," QG_KNOWN;
    judged(s, 0, "by seed +11.00 +7.00 +9.00\n", ",,0\n");
    s.keys = "\"published\": [" PUBLISHED_TABLE("1", "acc_mean_pct", "last") ", " PUBLISHED_TABLE(
        "2", "acc_mean_pct", "last") "], " CLAIM("acc_mean_pct");
    judged(s, 0, "; as published: separated (46.00 ± 2.00 against 41.00 ± 2.00; P, 2 and 1)\n", "");
    s.keys = PUBLISHED_KEY("acc_mean_pct", "last") ", " CLAIM("acc_mean_pct");
    s.published = "P,1,d,m,16,ring,0.1,9,dsgd,a,41,2,3,,0.2,0,false,acc_worst_pct,last\n"
                  "P,1,d,m,16,ring,0.1,9,qg,a,46,2,3,,0.1,0,false,acc_worst_pct,last\n";
    judged(s, 0, "by seed +11.00 +7.00 +9.00\n", ",,0\n");
}

/* Files known not to be the official ones are named above the table, not compared with papers. */
static void known_data_are_named(void **state)
{
    (void)state;
    struct setup s = {.keys = PUBLISHED_KEY("acc_mean_pct", "last"),
                      .config = RING,
                      .published = "P,1,d,m,16,ring,0.1,9,qg,a,29,1,3,," QG_KNOWN};
    struct results r;
    struct text text;
    put("datasets/contents.csv", "data_sha256,content\nabc,x\n0123456789abcdef,a copy of d\n");
    judged(s, 0, "published=pass:1,", "VERDICT=NO-CLAIMS");
    assert_int_equal(path_set_root(temp_dir, &(struct err){0}), 0);
    judged(s, 0, "our data: a copy of d; difference +0.00, band 22.40\n",
           "published=pass:0,outside:0,not-comparable:1,");
    make(&r, six, 6, s.keys, RING, NULL);
    header_write(&r, text_open(&text));
    char *header = text_close(&text);
    holds(header, "(sha256 0123456789ab, a copy of d); m");
    free(header);
    results_close(&r);
    assert_int_equal(path_set_root(".", &(struct err){0}), 0);
}

static void bad_references_are_named(void **state)
{
    (void)state;
    struct setup s = {.keys = PUBLISHED_KEY("acc_mean_pct", "last"), .config = RING};
    refused(s, "published.csv: has no row of paper 'P', table '1'");
    s.published = "P,1\n";
    refused(s, "published.csv: row 2, byte 135: 2 fields, but 19 are expected");
    s.published = NUMBERS, s.keys = PUBLISHED_KEY("acc_mean", "last");
    refused(s, "\"published\" names scope 'acc_mean', value 'last'; the scope is neither");
    s.keys = PUBLISHED_KEY("acc_mean_pct", "first");
    refused(s, "the value is neither");
    s.keys = "\"published\": [{\"paper\": \"P\", \"table\": \"1\", \"scope\": \"acc_mean_pct\"}]";
    refused(s, "made quick: an entry of \"published\" has no text \"value\"");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published_numbers_have_bands),
        cmocka_unit_test(other_cells_are_not_compared),
        cmocka_unit_test(unknown_settings_are_not_equal),
        cmocka_unit_test(momentum_is_part_of_the_method),
        cmocka_unit_test(published_gains_are_tested),
        cmocka_unit_test(published_gains_have_a_place),
        cmocka_unit_test(known_data_are_named),
        cmocka_unit_test(bad_references_are_named),
    };
    return cmocka_run_group_tests(tests, temp_make, temp_remove);
}
