/* test_verdict: verdicts on made-up runs, against values computed by hand. */
#include "report/tables.h"
#include "report/verdict.h"
#include "tests/made.h"

#define CLAIM_BY(scope, by)                                                                        \
    "\"claims\": [{\"better\": {\"algorithm\": \"qg\"}, \"than\": {\"algorithm\": \"dsgd\"}, "     \
    "\"scope\": \"" scope "\"" by "}]"
#define CLAIM(scope) CLAIM_BY(scope, "")
#define PUBLISHED_TABLE(table, scope, value)                                                       \
    "{\"paper\": \"P\", \"table\": \"" table "\", \"scope\": \"" scope "\", \"value\": \"" value   \
    "\"}"
#define PUBLISHED_KEY(scope, value) /* and the tier's protocol */                                  \
    "\"protocol\": true, \"published\": [" PUBLISHED_TABLE("1", scope, value) "]"

/* Differences by seed: mean 7, 9, 11 (9 +- 4.97); worst -7, -9, -11; average 1, 9, -1. */
static const struct made six[] = {
    {"dsgd", 1, "finished", {20, 50, 30}}, {"dsgd", 2, "finished", {30, 50, 30}},
    {"dsgd", 3, "finished", {10, 50, 30}}, {"qg", 3, "finished", {21, 39, 29}},
    {"qg", 1, "finished", {27, 43, 31}},   {"qg", 2, "finished", {39, 41, 39}}};

/* Diverged runs have four classes, so that chance is 25 %. */
static void put_classes(const struct results *r)
{
    static const char text[] = "worker,class,count\n0,0,5\n1,3,5\n";
    char path[PATH_LENGTH];
    struct err e;
    for (int i = 0; i < r->n_run; i++)
        if (r->run[i].diverged)
            assert_true(results_path(r, i, "classes.csv", path, &e) == 0 &&
                        file_replace(path, text, strlen(text), &e) == 0);
}

/* What a comparison is about; what is not named is as in these. */
struct setup {
    const struct made *run;
    int n, gate, no_classes;
    const char *keys, *config, *published, *expected; /* the last two: rows of CSV files, or NULL */
    const char *columns;                              /* of the published; NULL: the usual */
    const struct second *second;
};

#define PUBLISHED_COLUMNS                                                                          \
    "paper,table,dataset,model,workers,topology,alpha,epochs,method,metric,value,std,seeds,note,"  \
    "lr,message_loss,drop_last,scope,evaluations\n"
/* The last columns of rows whose settings are all known: those of dsgd and of qg. */
#define DSGD_KNOWN "0.2,0,false,acc_mean_pct,last\n"
#define QG_KNOWN   "0.1,0,false,acc_mean_pct,last\n"
#define EXPECTED_COLUMNS                                                                           \
    "experiment,tier,algorithm,dataset,lr,scope,value,mean_pct,std_pct,seeds,diverged,missing,"    \
    "data_sha256,code_sha256\n"

static char expected_folder[64] = "numbers/expected";

static void put_sheet(const char *name, const char *names, const char *rows)
{
    char text[4096];
    snprintf(text, sizeof(text), "%s%s", names, rows);
    put(name, text);
}

/* The report on a setup, its text and its CSV; free() it.  NULL if files are at fault. */
static char *compared(const struct setup *s, int *code, struct err *e)
{
    char published[512], expected[512], table[128];
    struct text text;
    struct reference with = {published, expected, s->gate};
    struct judgements j;
    struct results r;
    struct table t;
    snprintf(published, sizeof(published), "%s", temp_path("numbers/published.csv"));
    snprintf(expected, sizeof(expected), "%s", temp_path(expected_folder));
    put_sheet("numbers/published.csv", s->columns ? s->columns : PUBLISHED_COLUMNS,
              s->published ? s->published : "");
    snprintf(table, sizeof(table), "%s/made-quick.csv", expected_folder);
    remove(temp_path(table));
    if (s->expected)
        put_sheet(table, EXPECTED_COLUMNS, s->expected);
    make(&r, s->run ? s->run : six, s->run ? s->n : 6, s->keys, s->config ? s->config : MADE_CONFIG,
         s->second);
    if (!s->no_classes)
        put_classes(&r);
    int status = verdict_make(&j, &r, &with, e);
    text_open(&text);
    if (status == 0) {
        enum outcome outcome = verdict_outcome(&j, &r, s->gate);
        verdict_write(&j, &with, &form_text, text.f);
        verdict_line(&j, &r, outcome, text.f);
        *code = outcome_code(outcome);
        verdict_table(&t, &j, &r);
        write_csv(&t, text.f);
        table_free(&t);
    }
    judgements_free(&j);
    results_close(&r);
    char *all = text_close(&text);
    if (status == 0)
        return all;
    free(all);
    return NULL;
}

/* The setup's exit code, and words of its report. */
static void judged(struct setup s, int want, const char *words, const char *more)
{
    int code = -1;
    struct err e = {.text = ""};
    char *text = compared(&s, &code, &e);
    if (!text)
        fail_msg("%s", e.text);
    holds(text, words);
    holds(text, more);
    if (code != want)
        fail_msg("exit code %d, expected %d:\n%s", code, want, text);
    free(text);
}

static void refused(struct setup s, const char *words)
{
    int code;
    struct err e = {.text = ""};
    assert_null(compared(&s, &code, &e));
    check_says(e, words);
}

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

/* The worst claim decides; runs that are missing come after a claim that is contradicted only. */
static void verdicts_have_a_word(void **state)
{
    (void)state;
#define ONE(scope)                                                                                 \
    "{\"better\": {\"algorithm\": \"qg\"}, \"than\": {\"algorithm\": \"dsgd\"}, \"scope\": "       \
    "\"" scope "\"}"
#define TWO(a, b) "\"claims\": [" ONE(a) ", " ONE(b) "]"
    static const struct {
        const char *keys, *word;
        int code, misses; /* misses: a run of dsgd's is not there, two pairs are */
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

/* A diverged run counts as chance, 25 %, whatever it had reached, or as twice the worst loss of the
 * finished runs; two diverged runs tie. */
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
    s.keys = strchr(PUBLISHED_KEY("acc_mean_pct", "last"), ',') + 1; /* without the protocol */
    judged(s, 0, "tier quick does not follow the paper's protocol\n", "not-comparable:1,");
    /* of several cells, the one that differs in the least */
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
    /* runs that did not end, or had no luck */
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

/* What is not known of theirs is not equal, whatever the numbers are; all of it is said. */
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

/* A method without its momentum is another; its cell is found among several. */
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

/* Smaller than what is published. */
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

/* The rows of a claim are of its graph, alpha and scope; a row is compared with the best of those on
 * the same data and graph. */
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

/* Files known not to be the official ones: said above the table, and not compared with papers. */
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
    /* a claim that the expected numbers contradict as well is no change */
    s = (struct setup){.keys = CLAIM("acc_worst_pct"), .gate = 1};
    s.expected = ROW("dsgd", "0.2", "20.0000", "10.0000", "0", "0123456789ab") QG;
    judged(s, 0, "not-reproduced:1,", "VERDICT=PASS");
    s.gate = 0;
    judged(s, 3, "not-reproduced:1,", "VERDICT=FAIL");
}

/* Keep these runs as those that are expected from here on. */
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

/* Seeds of 100 and more have other code; no seed of theirs is one of ours with the same code. */
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
    run[0].acc[0] = 20, run[4].acc[2] = 31.01;
    keep(run, 6, MADE_CONFIG);
    judged(s, 3, "seed 1 gives 27.0000, expected 27.0000, although", "expected=same:1,pass:0,");
    /* a table that is not that of the runs: every mean raised by 8 points */
    run[4].acc[2] = 31;
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
    /* sqrt((7 x 0.5345^2 + 0.7071^2) / 8) x sqrt(1/2 + 1/8) x t(1 - 0.05/3) = 2.5660, of 8 degrees of
     * freedom */
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

/* Theirs of the six by other code, better by so much; the differences deviate by 2 and by 1,
 * and one of DSGD's seeds may have diverged. */
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

/* Cells whose seeds deviate by 10 points miss a loss of 3, their mean does not: sqrt(4 + 1) / sqrt(3)
 * / 2 x t(1 - 0.05/3) = 2.45, of (4 + 1)^2 / (4^2/2 + 1^2/2) = 2.94 degrees of freedom. */
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
        cmocka_unit_test(claims_are_judged_by_seeds),
        cmocka_unit_test(pairs_agree_in_what_is_not_named),
        cmocka_unit_test(verdicts_have_a_word),
        cmocka_unit_test(claims_have_margins),
        cmocka_unit_test(missing_runs_show),
        cmocka_unit_test(diverged_runs_count),
        cmocka_unit_test(gains_are_compared),
        cmocka_unit_test(claims_are_judged_together),
        cmocka_unit_test(published_numbers_have_bands),
        cmocka_unit_test(other_cells_are_not_compared),
        cmocka_unit_test(unknown_settings_are_not_equal),
        cmocka_unit_test(momentum_is_part_of_the_method),
        cmocka_unit_test(published_gains_are_tested),
        cmocka_unit_test(published_gains_have_a_place),
        cmocka_unit_test(known_data_are_named),
        cmocka_unit_test(bad_references_are_named),
        cmocka_unit_test(expected_numbers_gate),
        cmocka_unit_test(expected_runs_gate),
        cmocka_unit_test(the_mean_of_cells_is_tested),
        cmocka_unit_test(versions_are_not_mixed),
    };
    return cmocka_run_group_tests(tests, temp_make, temp_remove);
}
