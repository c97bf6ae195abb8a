#include "report/tuning.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static double number_at(const struct tuning *t, const struct results *r, int k)
{
    return levels_number(r, t->rate.first[t->order[k]], t->lr);
}

void tuning_open(struct tuning *t, const struct results *r)
{
    for (t->lr = 0; strcmp(r->axis[t->lr], "lr") != 0;)
        t->lr++;
    levels_open(&t->rate, r, 1u << t->lr);
    levels_open(&t->row, r, ((1u << r->n_axis) - 1) & ~(1u << t->lr));
    t->order = xcalloc((size_t)t->rate.n, sizeof(*t->order));
    for (int k = 0; k < t->rate.n; k++) { /* insertion: there are few */
        int at = k;
        double v = levels_number(r, t->rate.first[k], t->lr);
        for (; at > 0 && number_at(t, r, at - 1) > v; at--)
            t->order[at] = t->order[at - 1];
        t->order[at] = k;
    }
}

void tuning_close(struct tuning *t)
{
    levels_close(&t->rate), levels_close(&t->row);
    free(t->order);
}

const char *tuning_rate(const struct tuning *t, const struct results *r, int k)
{
    return results_axis(r, t->rate.first[t->order[k]], t->lr);
}

int tuning_cell(const struct tuning *t, const struct results *r, int row, int k)
{
    return levels_cell(r, &t->row, row, &t->rate, t->order[k], NULL, 0);
}

struct choice tuning_choose(const struct tuning *t, const struct results *r, int row)
{
    struct choice c = {-1, -1, -1, 0};
    double best = NAN;
    for (int k = 0; k < t->rate.n; k++) {
        int cell = tuning_cell(t, r, row, k);
        if (cell < 0)
            continue;
        struct summary s = results_summary(r, cell, r->scope, "last");
        c.lowest = c.lowest < 0 ? k : c.lowest, c.highest = k;
        c.n_missing += s.n_missing;
        if (s.v.n && !s.n_diverged && (isnan(best) || !is_better(r->scope, best, s.v.mean)))
            best = s.v.mean, c.best = k;
    }
    if (c.n_missing)
        c.best = -1;
    return c;
}

int choice_edge(const struct choice *c)
{
    return c->n_missing            ? 0
           : c->best < 0           ? -1
           : c->best == c->highest ? 1
           : c->best == c->lowest  ? -1
                                   : 0;
}

double tuning_next(const struct tuning *t, const struct results *r, int row)
{
    struct choice c = tuning_choose(t, r, row);
    int edge = choice_edge(&c), at = edge > 0 ? c.highest : c.lowest, beside = at - edge;
    if (edge == 0)
        return NAN;
    while (beside >= c.lowest && beside <= c.highest && tuning_cell(t, r, row, beside) < 0)
        beside -= edge;
    int is_alone = beside < c.lowest || beside > c.highest;
    double rate = number_at(t, r, at),
           ratio = is_alone ? pow(2, edge) : rate / number_at(t, r, beside);
    return rate > 0 && isfinite(rate * ratio) ? rate * ratio : NAN;
}
