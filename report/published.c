#include "report/published.h"
#include "core/json.h"
#include "draw/names.h"
#include "report/content.h"
#include "report/protocol.h"
#include "report/published_sheet.h"
#include "report/separation.h"
#include <math.h>
#include <string.h>

/* The cell of the row's method that differs in the fewest settings; -1 if there is none. */
static int closest(struct match m)
{
    int best = -1, least = 0;
    for (m.cell = 0; m.cell < m.r->n_cell; m.cell++) {
        int n = protocol_differences(NULL, &m);
        if (protocol_is_method(&m) && (best < 0 || n < least))
            best = m.cell, least = n;
    }
    return best;
}

/* Compare the cell with the row, or say everything that prevents it.  If no setting is known to
 * differ, state the difference of the means even then. */
static void judge_ended(struct judgement *g, const struct match *m)
{
    char content[CONTENT_TEXT];
    int comparable = 1, is_protocol = cJSON_IsTrue(cJSON_GetObjectItem(m->r->index, "protocol"));
    if (*content_of(results_shared(m->r, m->cell, "data_sha256"), content)) {
        judgement_because(g, "our data: %s", content);
        comparable = 0;
    }
    if (!is_protocol)
        judgement_because(g, "tier %s does not follow the paper's protocol", m->r->tier);
    int n_other = protocol_differences(g, m), n_unknown = protocol_unknown(g, m);
    if (g->ours.v.n == 0 && g->ours.n_diverged == 0)
        judgement_because(g, "scope: our runs have no %s of %s", g->which, m->scope);
    else if (isnan(g->theirs.mean))
        judgement_because(g, "theirs is '%s'", sheet_get(m->s, m->row, "value"));
    else if (is_protocol && n_other == 0)
        judgement_by_band(g, 0.95);
    if (!comparable || n_unknown)
        g->verdict = NOT_COMPARABLE, g->worse = 0;
    if (g->ours.n_diverged && g->ours.v.n)
        judgement_because(g, "%d of our runs diverged and are left out", g->ours.n_diverged);
}

static void judge(struct judgement *g, const struct match *m)
{
    if (m->cell < 0) {
        judgement_because(g, "no cell that has run has this method");
        return;
    }
    judgement_of_cell(g, m->r, m->cell);
    if (results_ended(m->r, m->cell) < 0) {
        judgement_because(g, "none of its runs has ended");
        return;
    }
    g->verdict = NOT_COMPARABLE;
    judge_ended(g, m);
}

/* "Lin et al. 2021, Table 1: DSGD, α 0.1, ring, 16 workers (mean of workers, last)" */
static void describe(struct judgement *g, const struct sheet *s, int row)
{
    const char *alpha = sheet_get(s, row, "alpha"), *n = sheet_get(s, row, "workers");
    const char *topology = sheet_get(s, row, "topology"), *loss = sheet_get(s, row, "message_loss");
    char name[NAME_SHOWN];
    append(&g->what, "%s, %s: ", sheet_get(s, row, "paper"), sheet_get(s, row, "table"));
    row_append_method(&g->what, s, row);
    append(&g->what, "%s%s", *alpha ? ", α " : "", alpha);
    append(&g->what, "%s%s", *topology ? ", " : "", name_of_value("topology", topology, name));
    append(&g->what, "%s%s%s", *n ? ", " : "", n, *n ? " workers" : "");
    if (*loss && !same_field(loss, "0"))
        append(&g->what, ", message loss %s", loss);
    append(&g->what, " (%s, %s)", columns[g->metric].name, which_name[which_find(g->which)]);
}

/* One table that the experiment names. */
static int judge_table(struct judgements *j, const struct results *r, const cJSON *table,
                       const struct sheet *s, const char *path, struct err *e)
{
    const char *word[4];
    static const char *const key[4] = {"paper", "table", "scope", "value"};
    int n = 0, which;
    for (int i = 0; i < 4; i++) {
        word[i] = cJSON_GetStringValue(cJSON_GetObjectItem(table, key[i]));
        if (!word[i])
            return err_set(e, "%s %s: an entry of \"published\" has no text \"%s\"", r->experiment,
                           r->tier, key[i]);
    }
    if ((which = which_find(word[3])) < 0 || metric_find(word[2]) < 0)
        return err_set(e, "%s %s: \"published\" names scope '%.60s', value '%.60s'; %s is neither",
                       r->experiment, r->tier, word[2], word[3],
                       which < 0 ? "the value" : "the scope");
    for (int row = 0; row < s->n_row; row++) {
        if (!row_is_of(s, row, word[0], word[1]))
            continue;
        struct judgement *g = judgement_add(j, PUBLISHED);
        g->metric = metric_find(word[2]), g->which = which_key[which];
        g->theirs = row_sample(s, row);
        describe(g, s, row);
        struct match m = {r, s, -1, row, columns[g->metric].key, g->which};
        m.cell = closest(m);
        judge(g, &m);
        separation_of_row(g, s, row);
        n++;
    }
    return n ? 0
             : err_set(e, "%s: has no row of paper '%.100s', table '%.60s'", path, word[0],
                       word[1]);
}

int published_judge(struct judgements *j, const struct results *r, const char *path, struct err *e)
{
    const cJSON *list = cJSON_GetObjectItem(r->index, "published"), *table;
    struct sheet s;
    int status = 0;
    if (cJSON_GetArraySize(list) == 0)
        return 0;
    if (published_open(&s, path, e) < 0)
        return -1;
    cJSON_ArrayForEach (table, list) {
        if (status == 0)
            status = judge_table(j, r, table, &s, path, e);
    }
    sheet_close(&s);
    return status;
}

int published_claims(struct judgements *j, const struct results *r, const char *path, struct err *e)
{
    const cJSON *list = cJSON_GetObjectItem(r->index, "published");
    struct sheet s;
    if (cJSON_GetArraySize(list) == 0)
        return 0;
    if (published_open(&s, path, e) < 0)
        return -1;
    for (int i = 0; i < j->n; i++)
        if (j->list[i].better >= 0)
            separation_of_claim(&j->list[i], r, &s, list);
    sheet_close(&s);
    return 0;
}

/* Whether the sheet has a row of the paper, and of its table unless that is NULL. */
static int has_row(const struct sheet *s, const char *paper, const char *table)
{
    for (int row = 0; row < s->n_row; row++)
        if (row_is_of(s, row, paper, table ? table : sheet_get(s, row, "table")))
            return 1;
    return 0;
}

int published_check(const cJSON *list, const char *experiment, const char *path, struct err *e)
{
    const cJSON *entry;
    struct sheet s;
    int status = 0, i = 0;
    if (cJSON_GetArraySize(list) == 0)
        return 0;
    if (published_open(&s, path, e) < 0)
        return -1;
    cJSON_ArrayForEach (entry, list) {
        const char *paper = json_field(entry, "paper"), *table = json_field(entry, "table");
        if (status == 0 && !has_row(&s, paper, table))
            status = err_usage(
                e, "%s: published[%d].%s: %s has no row of paper '%.100s', table '%.60s'",
                experiment, i, has_row(&s, paper, NULL) ? "table" : "paper", path, paper, table);
        i++;
    }
    sheet_close(&s);
    return status;
}
