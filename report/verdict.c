#include "report/verdict.h"
#include "core/csv.h"
#include "report/claims.h"
#include "report/expected.h"
#include "report/published.h"
#include <math.h>
#include <string.h>

int verdict_make(struct judgements *j, const struct results *r, const struct reference *with,
                 struct err *e)
{
    memset(j, 0, sizeof(*j));
    int tuning = results_is_tuning(r); /* on held-out data: neither a paper's numbers nor a claim */
    if (!tuning && published_judge(j, r, with->published, e) < 0)
        return -1;
    if (expected_judge(j, r, with->expected, e) < 0)
        return -1;
    if (!tuning)
        claims_judge(j, r);
    return 0;
}

static void write_heading(const struct judgements *j, enum kind kind, const struct reference *with,
                          FILE *f)
{
    int m = expected_compared(j);
    if (kind == PUBLISHED)
        fprintf(f,
                "Against %s: PASS if the difference is within its 95 %% band (Welch's, of both "
                "deviations)",
                with->published);
    else if (kind == EXPECTED)
        fprintf(f,
                "Against %s: PASS if the difference is within Welch's band at %.2f %%, so that "
                "all %d cells together are with 95 %% (Bonferroni)",
                with->expected, m ? 100 - 5.0 / m : 95, m);
    else
        fprintf(f, "Claims: REPRODUCED if the 95 %% interval of the gain over paired seeds lies "
                   "above the margin");
}

/* "ours 60.50 ± 4.14 (3 seeds), theirs 61.00" */
static void write_figures(const struct judgement *g, FILE *f)
{
    int is_loss = g->metric >= 0 && metrics[g->metric].is_loss;
    fprintf(f, "ours ");
    sample_print(&g->ours.v, is_loss, "±", f);
    if (g->ours.v.n)
        fprintf(f, " (%d seed%s)", g->ours.v.n, g->ours.v.n > 1 ? "s" : "");
    fprintf(f, g->kind == EXPECTED ? ", expected " : ", theirs ");
    sample_print(&g->theirs, is_loss, "±", f);
    if (g->theirs.n)
        fprintf(f, " (%d seed%s)", g->theirs.n, g->theirs.n > 1 ? "s" : "");
    fprintf(f, g->why[0] ? "; " : "");
}

static void write_verdict(enum verdict verdict, int markdown, FILE *f)
{
    fprintf(f, markdown ? "- **%s** " : "%-15s", verdict_name[verdict]);
}

static void write_judgement(const struct judgement *g, int markdown, FILE *f)
{
    write_verdict(g->verdict, markdown, f);
    fprintf(f, "%s: ", g->what);
    if (g->kind != CLAIM)
        write_figures(g, f);
    fprintf(f, "%s\n", g->why);
}

void verdict_write(const struct judgements *j, const struct reference *with, int markdown, FILE *f)
{
    const char *before = "";
    for (enum kind kind = 0; kind < N_KIND; kind++) {
        int n = 0, same = judgements_count(j, kind, SAME);
        for (int i = 0; i < j->n; i++) {
            const struct judgement *g = &j->list[i];
            if (g->kind != kind)
                continue;
            if (n++ == 0) {
                fprintf(f, "%s", before);
                write_heading(j, kind, with, f);
                fprintf(f, markdown ? "\n\n" : "\n");
            }
            if (g->verdict != SAME)
                write_judgement(g, markdown, f);
        }
        if (same) {
            write_verdict(SAME, markdown, f);
            fprintf(f, "%d of %d cells, to the last digit\n", same, n);
        }
        before = n ? "\n" : before;
    }
}

static void put_sample(const struct sample *v, int is_loss, FILE *f)
{
    char digits[DIGITS];
    fprintf(f, ",%s", sample_digits(v->mean, is_loss, digits));
    fprintf(f, ",%s,", sample_digits(v->std, is_loss, digits));
    if (v->n)
        fprintf(f, "%d", v->n);
}

void verdict_write_csv(const struct judgements *j, const struct results *r, FILE *f)
{
    fputs("kind,", f);
    for (int a = 0; a < r->n_axis; a++)
        csv_put(r->axis[a], f), fputc(',', f);
    fputs("scope,value,ours,ours_std,ours_seeds,theirs,theirs_std,theirs_seeds,verdict,what,why\n",
          f);
    for (int i = 0; i < j->n; i++) {
        const struct judgement *g = &j->list[i];
        int is_loss = g->metric >= 0 && metrics[g->metric].is_loss;
        fprintf(f, "%s,", kind_name[g->kind]);
        for (int a = 0; a < r->n_axis; a++)
            csv_put(g->axis[a], f), fputc(',', f);
        fprintf(f, "%s,%s", g->metric < 0 ? "" : metrics[g->metric].key, g->which);
        put_sample(&g->ours.v, is_loss, f);
        put_sample(&g->theirs, is_loss, f);
        fprintf(f, ",%s,", verdict_name[g->verdict]);
        csv_put(g->what, f), fputc(',', f);
        csv_put(g->why, f), fputc('\n', f);
    }
}

static void write_counts(const struct judgements *j, enum kind kind, FILE *f)
{
    static const struct {
        enum verdict verdict;
        const char *name;
    } counted[N_KIND][5] = {
        [PUBLISHED] = {{PASS, "pass"},
                       {OUTSIDE, "outside"},
                       {NOT_COMPARABLE, "not-comparable"},
                       {NOT_RUN, "not-run"}},
        [EXPECTED] = {{SAME, "same"},
                      {PASS, "pass"},
                      {OUTSIDE, "outside"},
                      {NOT_COMPARABLE, "not-comparable"},
                      {NOT_RUN, "not-run"}},
        [CLAIM] = {{REPRODUCED, "reproduced"},
                   {INCONCLUSIVE, "inconclusive"},
                   {NOT_REPRODUCED, "not-reproduced"},
                   {NOT_RUN, "not-run"}},
    };
    for (size_t i = 0; i < 5 && counted[kind][i].name; i++)
        fprintf(f, "%s%s:%d", i ? "," : "", counted[kind][i].name,
                judgements_count(j, kind, counted[kind][i].verdict));
}

int verdict_end(const struct judgements *j, const struct results *r, int gate, FILE *f)
{
    int ended = 0, diverged = 0, worse = 0;
    char data[64] = "none";
    for (int i = 0; i < r->n_run; i++)
        ended += r->run[i].manifest != NULL, diverged += r->run[i].diverged;
    for (int i = 0; i < j->n; i++)
        worse += j->list[i].kind == EXPECTED && j->list[i].worse;
    int fails = gate ? worse > 0 : judgements_count(j, CLAIM, NOT_REPRODUCED) > 0;
    int whole = ended == r->n_run && judgements_count(j, CLAIM, NOT_RUN) == 0 &&
                (!gate || expected_compared(j) > 0);
    if (ended)
        results_config(r, results_ended(r, -1), "dataset", data, sizeof(data));
    fprintf(f, "VERDICT=%s table=%s tier=%s data=%s cells=%d runs=%d/%d diverged=%d published=",
            fails    ? "FAIL"
            : !whole ? "INCOMPLETE"
                     : "PASS",
            r->experiment, r->tier, data, r->n_cell, ended, r->n_run, diverged);
    write_counts(j, PUBLISHED, f);
    fputs(" claims=", f);
    write_counts(j, CLAIM, f);
    fputs(" expected=", f);
    write_counts(j, EXPECTED, f);
    fputs("\n", f);
    return fails ? 3 : !whole;
}
