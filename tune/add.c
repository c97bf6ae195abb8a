#include "tune/add.h"
#include "sweep/cells.h"
#include <stdio.h>
#include <string.h>

/* Whether two cells of a tuning differ in no axis but the last, lr. */
static int are_one_row(const struct experiment *x, int i, int k)
{
    for (int a = 0; a < x->n_axis - 1; a++)
        if (strcmp(x->cell[i].value[a], x->cell[k].value[a]) != 0)
            return 0;
    return 1;
}

int row_is_done(const struct sweep *s, int i)
{
    for (int k = 0; k < s->x->n_cell; k++)
        if (are_one_row(s->x, i, k) && !sweep_is_done(s, k))
            return 0;
    return 1;
}

/* Whether the row of cell i has room for the rate, which is written in text. */
static int has_room(const struct experiment *x, int i, double rate, const char *text)
{
    const struct cell *of = &x->cell[i];
    int n_added = 0;
    for (int k = 0; k < x->n_cell; k++) {
        const struct cell *cell = &x->cell[k];
        if (!are_one_row(x, i, k) || cell->c.seed != of->c.seed)
            continue;
        if (!strcmp(cell->value[x->n_axis - 1], text))
            return 0;
        n_added += cell->is_added && (cell->c.lr > of->c.lr) == (rate > of->c.lr);
    }
    return n_added < MOST_ADDED;
}

int row_add_rate(struct experiment *x, int i, double rate, struct err *e)
{
    const int n = x->n_cell, lr = x->n_axis - 1;
    char text[AXIS_VALUE];
    snprintf(text, sizeof(text), "%.6g", rate);
    if (!has_room(x, i, rate, text))
        return 0;
    for (int k = 0; k < n; k++)
        if (are_one_row(x, i, k) && !strcmp(x->cell[k].value[lr], x->cell[i].value[lr]) &&
            cells_add_rate(x, &x->cell[k], text, e) < 0)
            return -1;
    return 1;
}
