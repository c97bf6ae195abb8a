#include "report/levels.h"
#include "draw/names.h"
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Names explain themselves; numbers and switches need the name of their axis. */
static int needs_key(const char *value)
{
    return !isalpha((unsigned char)value[0]) || !strcmp(value, "true") || !strcmp(value, "false");
}

static void label(const struct results *r, int run, unsigned axes, char text[LEVEL_TEXT])
{
    size_t at = 0;
    char key[NAME_SHOWN], shown[NAME_SHOWN];
    text[0] = '\0';
    for (int a = 0; a < r->n_axis; a++) {
        const char *value = results_axis(r, run, a);
        if (axes >> a & 1 && at < LEVEL_TEXT)
            at += (size_t)snprintf(text + at, LEVEL_TEXT - at, "%s%s%s%s", at ? ", " : "",
                                   needs_key(value) ? name_of_key(r->axis[a], key) : "",
                                   needs_key(value) ? " " : "",
                                   name_of_value(r->axis[a], value, shown));
    }
}

void levels_open(struct levels *l, const struct results *r, unsigned axes)
{
    size_t n = (size_t)r->n_run;
    l->n = 0;
    l->label = xcalloc(n, sizeof(*l->label));
    l->of = xcalloc(n, sizeof(*l->of)), l->first = xcalloc(n, sizeof(*l->first));
    for (int i = 0; i < r->n_run; i++) {
        int k = 0;
        label(r, i, axes, l->label[l->n]); /* n <= i: there is room */
        while (strcmp(l->label[k], l->label[l->n]) != 0)
            k++;
        if (k == l->n)
            l->first[l->n++] = i;
        l->of[i] = k;
    }
}

void levels_close(struct levels *l)
{
    free(l->label), free(l->of), free(l->first);
}

double levels_number(const struct results *r, int run, int axis)
{
    const char *text = results_axis(r, run, axis);
    char *end;
    double v = strtod(text, &end);
    return end == text || *end ? NAN : v;
}

int levels_are_numbers(const struct results *r, int axis)
{
    for (int i = 0; i < r->n_run; i++)
        if (isnan(levels_number(r, i, axis)))
            return 0;
    return 1;
}

int levels_cell(const struct results *r, const struct levels *a, int i, const struct levels *b,
                int k, const struct levels *c, int j)
{
    for (int run = 0; run < r->n_run; run++)
        if (a->of[run] == i && b->of[run] == k && (!c || c->of[run] == j))
            return r->run[run].cell;
    return -1;
}
