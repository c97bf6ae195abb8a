#include "report/verdict.h"
#include "report/claims.h"
#include "report/expected.h"
#include "report/origin.h"
#include "report/published.h"
#include "report/saved.h"
#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *const outcome_name[N_OUTCOME] = {"FAIL", "INCOMPLETE", "INCONCLUSIVE", "NO-CLAIMS",
                                             "PASS"};

struct reference reference_of_root(void)
{
    return (struct reference){.published = path_installed("results/published/published.csv"),
                              .expected = path_installed("results/expected")};
}

int verdict_make(struct judgements *j, const struct results *r, const struct reference *with,
                 struct err *e)
{
    *j = (struct judgements){.n = 0};
    int tuning = results_is_tuning(r); /* on held-out data, so neither papers nor claims apply */
    if (!tuning && with->published && published_judge(j, r, with->published, e) < 0)
        return -1;
    if (with->expected && expected_judge(j, r, with->expected, with->any_version, e) < 0)
        return -1;
    if (!tuning)
        claims_judge(j, r);
    return with->published ? published_claims(j, r, with->published, e) : 0;
}

static void write_heading(enum kind kind, int n, const struct reference *with, FILE *f)
{
    if (kind == PUBLISHED)
        fprintf(f,
                "Against %s, compared only where every setting is known of the paper and equal: "
                "PASS if the difference lies within its 95 %% band (Welch's, from both deviations)",
                with->published);
    else if (kind == EXPECTED)
        fprintf(f,
                "Against %s: SAME if every seed gives the numbers that are expected of it; else "
                "PASS if no metric has become worse, by one-sided tests at 5 %% over all of them "
                "together (Bonferroni), and at 5 %% over the means of all cells",
                with->expected);
    else
        fprintf(f,
                "Claims: REPRODUCED if the mean gain over paired seeds lies above the margin, "
                "NOT-REPRODUCED if it lies below, where the two-sided t-test has p below 0.05, "
                "adjusted by Holm's method for the %d claim%s of this table; else INCONCLUSIVE",
                n, n > 1 ? "s" : "");
}

static void write_sample(const char *before, const struct sample *v, int metric, FILE *f)
{
    fputs(before, f);
    sample_print(v, metric, "±", f);
    if (v->n)
        fprintf(f, " (%d seed%s)", v->n, v->n > 1 ? "s" : "");
}

/* "dsgd at alpha 1: ours 60.50 ± 4.14 (3 seeds), theirs 61.00; why" */
static void write_judgement(const struct judgement *g, FILE *f)
{
    fprintf(f, "%s: ", g->what);
    if (g->kind != CLAIM) {
        write_sample("ours ", &g->ours.v, g->metric, f);
        write_sample(g->kind == EXPECTED ? ", expected " : ", theirs ", &g->theirs, g->metric, f);
        fputs(g->why[0] ? "; " : "", f);
    }
    fputs(g->why, f);
    if (*g->source)
        fprintf(f, "; source: %s", g->source);
}

/* Write the n items of a kind. */
static void write_kind(const struct judgements *j, enum kind kind, int n,
                       const struct reference *with, const struct form *form, FILE *f)
{
    int same = judgements_count(j, kind, SAME);
    struct text text;
    write_heading(kind, n, with, text_open(&text));
    char *heading = text_close(&text);
    form->heading(f, heading);
    free(heading);
    for (int i = 0; i < j->n; i++) {
        const struct judgement *g = &j->list[i];
        if (g->kind != kind || g->verdict == SAME)
            continue;
        write_judgement(g, text_open(&text));
        char *sentence = text_close(&text);
        form->item(f, verdict_name[g->verdict], sentence);
        free(sentence);
    }
    if (same) {
        char sentence[64];
        snprintf(sentence, sizeof(sentence), "%d cell%s, to the last digit", same,
                 same > 1 ? "s" : "");
        form->item(f, verdict_name[SAME], sentence);
    }
    fputs(form->end, f);
}

void verdict_write(const struct judgements *j, const struct reference *with,
                   const struct form *form, FILE *f)
{
    const char *before = "";
    for (enum kind kind = 0; kind < N_KIND; kind++) {
        int n = judgements_count(j, kind, N_VERDICT);
        if (n == 0)
            continue;
        fputs(before, f);
        write_kind(j, kind, n, with, form, f);
        before = "\n";
    }
}

static void add_sample(struct table *t, const struct sample *v, int metric)
{
    table_add_mean(t, v, metric, 0, NULL);
    if (v->n)
        table_print(t, "%d", v->n);
    else
        table_add_text(t, "");
}

static void add_probability(struct table *t, double p)
{
    if (isnan(p))
        table_add_text(t, "");
    else
        table_print(t, "%.4g", p);
}

void verdict_table(struct table *t, const struct judgements *j, const struct results *r)
{
    static const char *const last[] = {"p",   "p_adjusted", "verdict",      "what",
                                       "why", "source",     "as_published", "worse"};
    *t = (struct table){.title = xstrdup(r->title)};
    table_add_column(t, "kind", 1);
    for (int a = 0; a < r->n_axis; a++)
        table_add_column(t, r->axis[a], 1);
    table_add_column(t, "scope", 1), table_add_column(t, "value", 1);
    table_add_means(t, "ours", NULL), table_add_column(t, "ours_seeds", 0);
    table_add_means(t, "theirs", NULL), table_add_column(t, "theirs_seeds", 0);
    for (size_t i = 0; i < LENGTH(last); i++)
        table_add_column(t, last[i], 1);
    for (int i = 0; i < j->n; i++) {
        const struct judgement *g = &j->list[i];
        table_add_text(t, kind_name[g->kind]);
        for (int a = 0; a < r->n_axis; a++)
            table_add_text(t, g->axis[a]);
        table_add_text(t, g->metric < 0 ? "" : columns[g->metric].key);
        table_add_text(t, g->which);
        add_sample(t, &g->ours.v, g->metric);
        add_sample(t, &g->theirs, g->metric);
        add_probability(t, g->p), add_probability(t, g->adjusted);
        table_add_text(t, verdict_name[g->verdict]);
        table_add_text(t, g->what);
        table_add_text(t, g->why);
        table_add_text(t, g->source);
        table_add_text(t, g->as_published);
        table_print(t, "%d", g->worse);
    }
}

/* "pass:2,outside:0": for each verdict that the kind can have, the number of its judgements. */
static void write_counts(const struct judgements *j, enum kind kind, FILE *f)
{
    static const struct {
        int n;
        enum verdict list[5];
    } of[N_KIND] = {[PUBLISHED] = {4, {PASS, OUTSIDE, NOT_COMPARABLE, NOT_RUN}},
                    [EXPECTED] = {5, {SAME, PASS, OUTSIDE, NOT_COMPARABLE, NOT_RUN}},
                    [CLAIM] = {4, {REPRODUCED, INCONCLUSIVE, NOT_REPRODUCED, NOT_RUN}}};
    for (int i = 0; i < of[kind].n; i++) {
        fputs(i ? "," : "", f);
        for (const char *c = verdict_name[of[kind].list[i]]; *c; c++)
            fputc(tolower((unsigned char)*c), f);
        fprintf(f, ":%d", judgements_count(j, kind, of[kind].list[i]));
    }
}

enum outcome verdict_outcome(const struct judgements *j, const struct results *r, int gate)
{
    int worse = 0, whole = r->n_ended == r->n_run && !judgements_count(j, CLAIM, NOT_RUN);
    for (int i = 0; i < j->n; i++)
        worse += j->list[i].kind == EXPECTED && j->list[i].worse;
    if (gate)
        return worse                               ? OUTCOME_FAIL
               : whole && expected_compared(j) > 0 ? OUTCOME_PASS
                                                   : OUTCOME_INCOMPLETE;
    return judgements_count(j, CLAIM, NOT_REPRODUCED) ? OUTCOME_FAIL
           : !whole                                   ? OUTCOME_INCOMPLETE
           : judgements_count(j, CLAIM, INCONCLUSIVE) ? OUTCOME_INCONCLUSIVE
           : !judgements_count(j, CLAIM, N_VERDICT)   ? OUTCOME_NO_CLAIMS
                                                      : OUTCOME_PASS;
}

int outcome_code(enum outcome outcome)
{
    return outcome == OUTCOME_FAIL ? 3 : outcome == OUTCOME_INCOMPLETE;
}

void verdict_line(const struct judgements *j, const struct results *r, enum outcome outcome,
                  FILE *f)
{
    fprintf(f, "VERDICT=%s table=%s tier=%s data=%s cells=%d runs=%d/%d diverged=%d published=",
            outcome_name[outcome], r->experiment, r->tier, results_data(r), r->n_cell, r->n_ended,
            r->n_run, r->n_diverged);
    write_counts(j, PUBLISHED, f);
    fputs(" claims=", f);
    write_counts(j, CLAIM, f);
    fputs(" expected=", f);
    write_counts(j, EXPECTED, f);
    fputs("\n", f);
}

void verdict_markdown(const struct judgements *j, const struct reference *with,
                      const struct results *r, enum outcome outcome, FILE *f)
{
    verdict_write(j, with, &form_markdown, f);
    fputs(j->n ? "\n" : "", f);
    fputs(origin_caution(r, f) ? "\n    " : "    ", f);
    verdict_line(j, r, outcome, f);
}

int verdict_save(const struct judgements *j, const struct reference *with, const struct results *r,
                 enum outcome outcome, struct err *e)
{
    struct text text;
    struct table t;
    FILE *f = text_open(&text);
    fprintf(f, "# %s (%s, tier %s)\n\n", r->title, r->experiment, r->tier);
    verdict_markdown(j, with, r, outcome, f);
    if (save(&text, r, "-verdict.md", e) < 0)
        return -1;
    verdict_table(&t, j, r);
    write_csv(&t, text_open(&text));
    table_free(&t);
    if (save(&text, r, "-verdict.csv", e) < 0)
        return -1;
    printf("\n%s/%s-%s-verdict.md and .csv written\n", path_in_root("results/tables"),
           r->experiment, r->tier);
    return 0;
}
