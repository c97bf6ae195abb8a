#include "report/expected.h"
#include "core/file.h"
#include "draw/names.h"
#include "report/kept.h"
#include "report/noninferiority.h"
#include "report/sheet.h"
#include <stdlib.h>
#include <string.h>

/* What is expected of an experiment's tier. */
struct expected {
    struct results kept; /* no runs: only a table */
    struct sheet table;  /* no rows: only runs */
    int any_version;
};

static const char *column_of(const struct sheet *s, int row, const char *percent, const char *plain)
{
    return *sheet_get(s, row, percent) ? percent : plain;
}

/* The row with the cell's last value of the metric; -1 if there is none. */
static int find_row(const struct results *r, int cell, int metric, const struct sheet *s)
{
    for (int row = 0; row < s->n_row; row++) {
        int same = !strcmp(sheet_get(s, row, "scope"), columns[metric].key) &&
                   !strcmp(sheet_get(s, row, "value"), "last");
        for (int a = 0; a < r->n_axis && same; a++)
            same = same_field(results_axis(r, r->first[cell], a), sheet_get(s, row, r->axis[a]));
        if (same)
            return row;
    }
    return -1;
}

static struct summary row_summary(const struct sheet *s, int row)
{
    const char *mean = column_of(s, row, "mean_pct", "mean");
    const char *std = column_of(s, row, "std_pct", "std");
    return (struct summary){
        .v = {sheet_number(s, row, mean), sheet_number(s, row, std), sheet_count(s, row, "seeds")},
        .n_diverged = sheet_count(s, row, "diverged")};
}

/* Say which data and settings of the row differ from the cell's; returns their number. */
static int row_other_settings(struct judgement *g, const struct results *r, int cell,
                              const struct sheet *s, int row)
{
    const char *data = results_shared(r, cell, "data_sha256");
    const char *theirs = sheet_get(s, row, "data_sha256");
    int n = strncmp(data, theirs, strlen(theirs)) != 0;
    if (n)
        judgement_because(g, "data_sha256 %.12s, expected %s", data, theirs);
    for (int k = 2; k < s->n_column && strcmp(s->cell[k], "scope") != 0; k++) {
        theirs = sheet_get(s, row, s->cell[k]);
        const char *ours = results_setting(r, cell, s->cell[k]);
        if (*theirs && *ours && !same_field(ours, theirs)) {
            judgement_because(g, "%s %s, expected %s", s->cell[k], ours, theirs);
            n++;
        }
    }
    return n;
}

static int same_summary(const struct summary *a, const struct summary *b, int metric)
{
    char text[4][DIGITS];
    return !strcmp(sample_digits(a->v.mean, metric, text[0]),
                   sample_digits(b->v.mean, metric, text[1])) &&
           !strcmp(sample_digits(a->v.std, metric, text[2]),
                   sample_digits(b->v.std, metric, text[3])) &&
           a->v.n == b->v.n && a->n_diverged == b->n_diverged;
}

/* Whether more runs diverge, and a larger share of them. */
static int diverges_more(const struct summary *ours, const struct summary *theirs)
{
    long a = ours->n_diverged, b = theirs->n_diverged;
    return a > b && a * (b + theirs->v.n) > b * (a + ours->v.n);
}

static void worse(struct judgement *g, const char *why)
{
    g->verdict = OUTSIDE, g->worse = 1;
    if (why)
        judgement_because(g, "%s", why);
}

/* PASS stands for pending: the test decides. */
static void judge_by_runs(struct judgement *g, const struct results *r, int cell,
                          const struct expected *x)
{
    int theirs = kept_cell(&x->kept, r, cell);
    if (theirs < 0 || results_ended(&x->kept, theirs) < 0) {
        judgement_because(g, "there are no expected runs of this cell");
        return;
    }
    int comparable = x->any_version || kept_same_version(g, &x->kept, theirs, r, cell);
    if (kept_other_settings(g, &x->kept, theirs, r, cell) > 0 || !comparable)
        return;
    struct summary kept = results_summary(&x->kept, theirs, g->metric, g->which);
    int row = find_row(r, cell, g->metric, &x->table);
    struct summary table = row < 0 ? kept : row_summary(&x->table, row);
    struct kept_match m = kept_compare(g, &x->kept, r, cell);
    g->theirs = kept.v;
    g->verdict = m.n_other ? PASS : SAME;
    if (m.n_changed)
        worse(g, NULL);
    else if (!same_summary(&kept, &table, g->metric))
        worse(g, "the expected table is not that of the expected runs");
    else if (diverges_more(&g->ours, &kept))
        worse(g, "more runs diverge than before");
}

static void judge_by_table(struct judgement *g, const struct results *r, int cell,
                           const struct expected *x)
{
    int row = find_row(r, cell, g->metric, &x->table);
    if (row < 0) {
        judgement_because(g, "there is no row of this cell");
        return;
    }
    struct summary theirs = row_summary(&x->table, row);
    g->theirs = theirs.v;
    if (row_other_settings(g, r, cell, &x->table, row) > 0)
        return;
    g->verdict = same_summary(&g->ours, &theirs, g->metric) ? SAME : PASS;
    if (g->verdict == PASS && diverges_more(&g->ours, &theirs))
        worse(g, "more runs diverge than before");
}

static void prepare(struct judgement *g, const struct results *r, int cell,
                    const struct expected *x)
{
    g->metric = r->scope;
    judgement_of_cell(g, r, cell);
    char key[NAME_SHOWN], value[NAME_SHOWN];
    for (int a = 0; a < r->n_axis; a++)
        append(&g->what, "%s%s %s", a ? ", " : "", name_of_key(r->axis[a], key),
               name_of_value(r->axis[a], g->axis[a], value));
    if (results_ended(r, cell) < 0) {
        judgement_because(g, "none of its runs has ended");
        return;
    }
    g->verdict = NOT_COMPARABLE;
    (x->kept.n_run ? judge_by_runs : judge_by_table)(g, r, cell, x);
}

/* A metric of a cell, ours and theirs, which may have become worse. */
static void fill(struct comparison *c, const struct results *r, int cell, int metric,
                 const struct expected *x)
{
    *c = (struct comparison){.metric = metric,
                             .ours = comparison_of_runs(r, cell, metric),
                             .raw = results_summary(r, cell, metric, which_key[0]).v};
    if (x->kept.n_run) {
        int theirs = kept_cell(&x->kept, r, cell);
        c->theirs = comparison_of_runs(&x->kept, theirs, metric);
        c->raw_theirs = results_summary(&x->kept, theirs, metric, which_key[0]).v;
        comparison_pair(c, r, cell, &x->kept, theirs);
    } else {
        int row = find_row(r, cell, metric, &x->table);
        c->raw_theirs = row < 0 ? sample_of(NULL, 0) : row_summary(&x->table, row).v;
        c->theirs = comparison_of_sample(c->raw_theirs, metric);
    }
}

/* Test the mean over the cells of n comparisons, if there are at least two cells. */
static void test_mean(struct judgements *j, const struct comparison *all, int n,
                      const struct results *r)
{
    struct comparison *mean = xcalloc((size_t)r->n_metric, sizeof(*mean));
    int most = 0;
    for (int k = 0; k < r->n_metric; k++) {
        int n_cell = comparison_mean(&mean[k], r->metric[k], all, n, r->n_metric);
        most = n_cell > most ? n_cell : most;
    }
    if (most > 1) {
        struct judgement *g = judgement_add(j, EXPECTED);
        append(&g->what, "the mean of the tested cells by pairs of seeds");
        comparisons_judge(g, mean, r->n_metric);
    }
    free(mean);
}

/* Test all pending cells in all metrics; the worst metric of a cell decides. */
static void test_all(struct judgements *j, int first, const struct results *r,
                     const struct expected *x)
{
    struct comparison *all = xcalloc((size_t)r->n_cell * (size_t)r->n_metric + 1, sizeof(*all));
    int n = 0;
    for (int c = 0; c < r->n_cell; c++)
        for (int k = 0; k < r->n_metric && j->list[first + c].verdict == PASS; k++)
            fill(&all[n++], r, c, r->metric[k], x);
    comparisons_test(all, n);
    for (int c = 0, at = 0; c < r->n_cell; c++) {
        if (j->list[first + c].verdict != PASS)
            continue;
        comparisons_judge(&j->list[first + c], all + at, r->n_metric);
        at += r->n_metric;
    }
    test_mean(j, all, n, r);
    free(all);
}

int expected_compared(const struct judgements *j)
{
    return judgements_count(j, EXPECTED, SAME) + judgements_count(j, EXPECTED, PASS) +
           judgements_count(j, EXPECTED, OUTSIDE);
}

static int expected_open(struct expected *x, const struct results *r, const char *folder,
                         struct err *e)
{
    static const char *const column[] = {"scope", "value", "seeds", "diverged", "data_sha256"};
    char index[PATH_LENGTH], table[PATH_LENGTH];
    memset(x, 0, sizeof(*x));
    if (path_print(index, e, "%s/%s/%s.json", folder, r->experiment, r->tier) < 0 ||
        path_print(table, e, "%s/%s-%s.csv", folder, r->experiment, r->tier) < 0)
        return -1;
    if (file_exists(index) && results_open(&x->kept, folder, r->experiment, r->tier, e) < 0)
        return -1;
    if (!file_exists(table))
        return 0;
    if (sheet_open(&x->table, table, e) == 0 &&
        sheet_needs(&x->table, table, column, LENGTH(column), e) == 0)
        return 0;
    results_close(&x->kept), sheet_close(&x->table);
    return -1;
}

int expected_judge(struct judgements *j, const struct results *r, const char *folder,
                   int any_version, struct err *e)
{
    struct expected x;
    if (expected_open(&x, r, folder, e) < 0)
        return -1;
    x.any_version = any_version;
    int first = j->n;
    if (x.kept.n_run || x.table.n_row) {
        for (int c = 0; c < r->n_cell; c++)
            prepare(judgement_add(j, EXPECTED), r, c, &x);
        test_all(j, first, r, &x);
        for (int i = first; i < j->n; i++)
            append(&j->list[i].what, " (%s)", columns[j->list[i].metric].name);
    }
    results_close(&x.kept);
    sheet_close(&x.table);
    return 0;
}
