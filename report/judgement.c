#include "report/judgement.h"
#include "core/text.h"
#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

const char *const kind_name[N_KIND] = {"published", "expected", "claim"};
const char *const verdict_name[N_VERDICT] = {"PASS",           "SAME",       "OUTSIDE",
                                             "NOT-COMPARABLE", "REPRODUCED", "INCONCLUSIVE",
                                             "NOT-REPRODUCED", "NOT-RUN"};

struct judgement *judgement_add(struct judgements *j, enum kind kind)
{
    j->list = xgrow(j->list, j->n, sizeof(*j->list));
    struct judgement *g = &j->list[j->n++];
    *g = (struct judgement){.kind = kind,
                            .verdict = NOT_RUN,
                            .which = which_key[0],
                            .p = NAN,
                            .adjusted = NAN,
                            .source = "",
                            .better = -1,
                            .than = -1,
                            .as_published = ""};
    g->ours.v = g->theirs = sample_of(NULL, 0);
    g->what = xstrdup(""), g->why = xstrdup("");
    return g;
}

void judgements_free(struct judgements *j)
{
    for (int i = 0; i < j->n; i++)
        free(j->list[i].what), free(j->list[i].why);
    free(j->list);
    memset(j, 0, sizeof(*j));
}

int judgements_count(const struct judgements *j, enum kind kind, enum verdict verdict)
{
    int n = 0;
    for (int i = 0; i < j->n; i++)
        n += j->list[i].kind == kind && (verdict == N_VERDICT || j->list[i].verdict == verdict);
    return n;
}

__attribute__((format(printf, 2, 0))) static void append_list(char **text, const char *fmt,
                                                              va_list ap)
{
    struct text longer;
    FILE *f = text_open(&longer);
    fputs(*text, f);
    vfprintf(f, fmt, ap);
    free(*text);
    *text = text_close(&longer);
}

void append(char **text, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    append_list(text, fmt, ap);
    va_end(ap);
}

void judgement_because(struct judgement *g, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    append(&g->why, "%s", g->why[0] ? "; " : "");
    append_list(&g->why, fmt, ap);
    va_end(ap);
}

void judgement_of_cell(struct judgement *g, const struct results *r, int cell)
{
    g->ours = results_summary(r, cell, g->metric, g->which);
    for (int a = 0; a < r->n_axis; a++)
        snprintf(g->axis[a], AXIS_VALUE, "%s", results_axis(r, r->first[cell], a));
}

void judgement_by_band(struct judgement *g, double level)
{
    int lower = lower_is_better(g->metric);
    double gap = g->ours.v.mean - g->theirs.mean;
    double band = difference_band(g->ours.v, g->theirs, level);
    g->verdict = fabs(gap) <= band ? PASS : OUTSIDE;
    g->worse = g->verdict == OUTSIDE && (lower ? gap > 0 : gap < 0);
    if (g->ours.v.n == 0) {
        g->verdict = OUTSIDE, g->worse = 1;
        judgement_because(g, "all our runs diverged");
    } else if (isnan(gap)) {
        g->verdict = NOT_COMPARABLE;
        judgement_because(g, "theirs has no mean");
    } else if (isinf(band)) {
        g->verdict = NOT_COMPARABLE;
        judgement_because(g, "a band needs two seeds of ours");
    } else {
        judgement_because(g, lower ? "difference %+.3g, band %.3g" : "difference %+.2f, band %.2f",
                          gap, band);
        if (g->theirs.n < 2 || isnan(g->theirs.std))
            judgement_because(g, "the band is from our deviation alone, as theirs is not known");
    }
}
