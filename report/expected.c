#include "report/expected.h"
#include "core/file.h"
#include "report/sheet.h"
#include <stdio.h>
#include <string.h>

/* Means are in percent, or, without accuracies, plain. */
static const char *column_of(const struct sheet *s, int row, const char *percent, const char *plain)
{
    return *sheet_get(s, row, percent) ? percent : plain;
}

/* The row of the cell's scope and last value; -1 if there is none. */
static int find_row(const struct results *r, int cell, const struct sheet *s)
{
    for (int row = 0; row < s->n_row; row++) {
        int same = !strcmp(sheet_get(s, row, "scope"), columns[r->scope].key) &&
                   !strcmp(sheet_get(s, row, "value"), "last");
        for (int a = 0; a < r->n_axis && same; a++)
            same = same_field(results_axis(r, r->first[cell], a), sheet_get(s, row, r->axis[a]));
        if (same)
            return row;
    }
    return -1;
}

/* Say which data and settings of the row are others than the cell's; how many. */
static int compare_settings(struct judgement *g, const struct results *r, int cell,
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

static int is_same(const struct judgement *g, const struct sheet *s, int row, const char *mean,
                   const char *std)
{
    char digits[DIGITS];
    return !strcmp(sample_digits(g->ours.v.mean, g->metric, digits), sheet_get(s, row, mean)) &&
           !strcmp(sample_digits(g->ours.v.std, g->metric, digits), sheet_get(s, row, std)) &&
           g->ours.v.n == g->theirs.n && g->ours.n_diverged == sheet_count(s, row, "diverged");
}

/* All but the band, which needs to know how many cells there are: PASS stands for it. */
static void prepare(struct judgement *g, const struct results *r, int cell, const struct sheet *s,
                    int row)
{
    g->metric = r->scope;
    judgement_of_cell(g, r, cell);
    for (int a = 0; a < r->n_axis; a++)
        append(g->what, WHAT, "%s%s %s", a ? ", " : "", r->axis[a], g->axis[a]);
    append(g->what, WHAT, " (%s)", columns[r->scope].name);
    if (results_ended(r, cell) < 0) {
        judgement_because(g, "none of its runs has ended");
        return;
    }
    g->verdict = NOT_COMPARABLE;
    if (row < 0) {
        judgement_because(g, "there is no row of this cell");
        return;
    }
    const char *mean = column_of(s, row, "mean_pct", "mean");
    const char *std = column_of(s, row, "std_pct", "std");
    g->theirs = (struct sample){sheet_number(s, row, mean), sheet_number(s, row, std),
                                sheet_count(s, row, "seeds")};
    int more = g->ours.n_diverged - sheet_count(s, row, "diverged");
    if (compare_settings(g, r, cell, s, row) > 0)
        return;
    g->verdict = is_same(g, s, row, mean, std) ? SAME : more > 0 ? OUTSIDE : PASS;
    g->worse = g->verdict == OUTSIDE;
    if (g->worse)
        judgement_because(g, "more runs diverge than before, by %d", more);
}

int expected_compared(const struct judgements *j)
{
    return judgements_count(j, EXPECTED, SAME) + judgements_count(j, EXPECTED, PASS) +
           judgements_count(j, EXPECTED, OUTSIDE);
}

int expected_judge(struct judgements *j, const struct results *r, const char *path, struct err *e)
{
    static const char *const column[] = {"scope", "value", "seeds", "diverged", "data_sha256"};
    struct sheet s;
    if (!file_exists(path))
        return 0;
    if (sheet_open(&s, path, e) < 0)
        return -1;
    int status = sheet_needs(&s, path, column, LENGTH(column), e);
    for (int c = 0; c < r->n_cell && status == 0; c++)
        prepare(judgement_add(j, EXPECTED), r, c, &s, find_row(r, c, &s));
    sheet_close(&s);
    int m = expected_compared(j);
    for (int i = 0; i < j->n; i++)
        if (j->list[i].kind == EXPECTED && j->list[i].verdict == PASS)
            judgement_by_band(&j->list[i], 1 - 0.05 / m);
    return status;
}
