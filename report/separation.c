#include "report/separation.h"
#include "core/json.h"
#include "core/text.h"
#include "report/protocol.h"
#include "report/published_sheet.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static int has_deviation(const struct sample *v)
{
    return !isnan(v->mean) && !isnan(v->std) && v->n >= 2;
}

/* Whether the numbers of two rows differ by more than the 95 % band of Welch's test; better is
 * expected to be. */
static const char *separation(const struct sample *better, const struct sample *than, int metric)
{
    double gap = better->mean - than->mean;
    if (!has_deviation(better) || !has_deviation(than))
        return "no deviations";
    if (fabs(gap) <= difference_band(*better, *than, 0.95))
        return "not separated";
    return (gap < 0) == lower_is_better(metric) ? "separated" : "separated the other way";
}

/* "89.50 ± 0.06", or the row's text if it is not a number. */
static void append_number(char **text, const struct sheet *s, int row, int metric)
{
    struct sample v = row_sample(s, row);
    struct text number;
    sample_print(&v, metric, "±", text_open(&number));
    char *printed = text_close(&number);
    append(text, "%s", isnan(v.mean) ? sheet_get(s, row, "value") : printed);
    free(printed);
}

/* The settings that rows must share for a paper to compare them with each other. */
static const char *const place[] = {"dataset", "model",        "workers", "topology",
                                    "alpha",   "message_loss", "scope"};

static int same_place(const struct sheet *s, int a, int b)
{
    for (size_t i = 0; i < LENGTH(place); i++)
        if (!same_field(sheet_get(s, a, place[i]), sheet_get(s, b, place[i])))
            return 0;
    return row_is_of(s, a, sheet_get(s, b, "paper"), sheet_get(s, b, "table"));
}

void separation_of_row(struct judgement *g, const struct sheet *s, int row)
{
    int rival = -1;
    for (int i = 0; i < s->n_row; i++)
        if (i != row && same_place(s, i, row) && !isnan(sheet_number(s, i, "value")) &&
            (rival < 0 ||
             is_better(g->metric, sheet_number(s, i, "value"), sheet_number(s, rival, "value"))))
            rival = i;
    if (rival < 0)
        return;
    struct sample v = row_sample(s, row), best = row_sample(s, rival);
    int first = is_better(g->metric, v.mean, best.mean);
    g->as_published = separation(first ? &v : &best, first ? &best : &v, g->metric);
    judgement_because(g, "as published: %s (the best other there: ", g->as_published);
    row_append_method(&g->why, s, rival);
    append(&g->why, ", ");
    append_number(&g->why, s, rival, g->metric);
    append(&g->why, ")");
}

static int is_listed(const struct sheet *s, int row, const cJSON *list)
{
    const cJSON *table;
    cJSON_ArrayForEach (table, list) {
        if (row_is_of(s, row, json_field(table, "paper"), json_field(table, "table")))
            return 1;
    }
    return 0;
}

/* The row of the listed tables that is about the cell: it has the same method, data set, graph,
 * alpha, message loss and scope, whatever the size of the run.  If there are several, the one that
 * differs in the fewest settings; -1 if there is none. */
static int row_of(struct match m, const cJSON *list)
{
    static const char *const about[] = {"dataset", "topology", "alpha", "message_loss"};
    int best = -1, least = 0;
    for (m.row = 0; m.row < m.s->n_row; m.row++) {
        int n = protocol_differences(NULL, &m);
        int is = is_listed(m.s, m.row, list) && protocol_is_method(&m) &&
                 !strcmp(sheet_get(m.s, m.row, "scope"), m.scope);
        for (size_t i = 0; i < LENGTH(about) && is; i++)
            is = !protocol_differs(&m, about[i]);
        if (is && (best < 0 || n < least))
            best = m.row, least = n;
    }
    return best;
}

void separation_of_claim(struct judgement *g, const struct results *r, const struct sheet *s,
                         const cJSON *list)
{
    const char *scope = columns[g->metric].key;
    int a = row_of((struct match){r, s, g->better, -1, scope, g->which}, list);
    int b = row_of((struct match){r, s, g->than, -1, scope, g->which}, list);
    if (a < 0 || b < 0 || a == b || strcmp(sheet_get(s, a, "paper"), sheet_get(s, b, "paper")) != 0)
        return;
    struct sample better = row_sample(s, a), than = row_sample(s, b);
    const char *table[] = {sheet_get(s, a, "table"), sheet_get(s, b, "table")};
    int same = !strcmp(table[0], table[1]);
    g->as_published = separation(&better, &than, g->metric);
    judgement_because(g, "as published: %s (", g->as_published);
    append_number(&g->why, s, a, g->metric);
    append(&g->why, " against ");
    append_number(&g->why, s, b, g->metric);
    append(&g->why, "; %s, %s%s%s)", sheet_get(s, a, "paper"), table[0], same ? "" : " and ",
           same ? "" : table[1]);
}
