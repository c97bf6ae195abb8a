/* judged: the report on made-up runs beside made-up references, for the tests of verdicts. */
#pragma once
#include "report/tables.h"
#include "report/verdict.h"
#include "tests/made.h"

#define CLAIM_BY(scope, by)                                                                        \
    "\"claims\": [{\"better\": {\"algorithm\": \"qg\"}, \"than\": {\"algorithm\": \"dsgd\"}, "     \
    "\"scope\": \"" scope "\"" by "}]"
#define CLAIM(scope) CLAIM_BY(scope, "")

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

/* The setup of a comparison; fields that are not set are as in these. */
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

/* The report on a setup, its text and its CSV; free() it.  NULL if files are wrong. */
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

/* Check the setup's exit code, and words of its report. */
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
