#include "report/published.h"
#include "core/json.h"
#include "draw/names.h"
#include "report/content.h"
#include "report/sheet.h"
#include <math.h>
#include <string.h>

/* What must agree: its key in a configuration, its name for people, and what it means if a run does
 * not have the key: a centralized method has no graph, which papers call complete. */
static const struct {
    const char *key, *name, *unset;
} protocol[] = {
    {"dataset", "data set", ""},          {"model", "model", ""}, {"workers", "workers", ""},
    {"topology", "topology", "complete"}, {"alpha", "alpha", ""}, {"epochs", "epochs", ""},
    {"message_loss", "message loss", "0"}};

static const char *ours_of(const struct results *r, int cell, size_t i)
{
    const char *ours = results_setting(r, cell, protocol[i].key);
    return *ours || results_ended(r, cell) < 0 ? ours : protocol[i].unset;
}

/* Whether ours is known and another. */
static int differs(const struct results *r, int cell, size_t i, const char *theirs)
{
    const char *ours = ours_of(r, cell, i);
    return *theirs && !same_field(ours, theirs) && (*ours || results_ended(r, cell) >= 0);
}

/* The cell with the row's method that differs least; -1 if no cell has this method. */
static int closest(const struct results *r, const struct sheet *s, int row)
{
    int best = -1, least = 0;
    for (int c = 0; c < r->n_cell; c++) {
        if (strcmp(results_setting(r, c, "algorithm"), sheet_get(s, row, "method")) != 0)
            continue;
        int n = 0;
        for (size_t i = 0; i < LENGTH(protocol); i++)
            n += differs(r, c, i, sheet_get(s, row, protocol[i].key));
        if (best < 0 || n < least)
            best = c, least = n;
    }
    return best;
}

/* Say everything in which the cell differs from the row; returns the number of differences. */
static int compare_protocol(struct judgement *g, const struct results *r, int cell,
                            const struct sheet *s, int row)
{
    int n = 0;
    char content[CONTENT_TEXT];
    if (*content_of(results_shared(r, cell, "data_sha256"), content)) {
        judgement_because(g, "our data: %s", content);
        n++;
    }
    if (!cJSON_IsTrue(cJSON_GetObjectItem(r->index, "protocol"))) {
        judgement_because(g, "tier %s does not follow the paper's protocol", r->tier);
        n++;
    }
    for (size_t i = 0; i < LENGTH(protocol); i++) {
        const char *theirs = sheet_get(s, row, protocol[i].key);
        const char *ours = ours_of(r, cell, i);
        if (!differs(r, cell, i, theirs))
            continue;
        judgement_because(g, "%s %s, theirs %s", protocol[i].name, *ours ? ours : "none", theirs);
        n++;
    }
    return n;
}

static void judge(struct judgement *g, const struct results *r, const struct sheet *s, int row,
                  int cell)
{
    if (cell < 0) {
        judgement_because(g, "no cell has this method");
        return;
    }
    judgement_of_cell(g, r, cell);
    if (results_ended(r, cell) < 0) {
        judgement_because(g, "none of its runs has ended");
        return;
    }
    g->verdict = NOT_COMPARABLE;
    int n = compare_protocol(g, r, cell, s, row);
    if (g->ours.v.n == 0 && g->ours.n_diverged == 0)
        judgement_because(g, "scope: our runs have no %s of %s", g->which, columns[g->metric].key);
    else if (isnan(g->theirs.mean))
        judgement_because(g, "theirs is '%s'", sheet_get(s, row, "value"));
    else if (n == 0)
        judgement_by_band(g, 0.95);
    if (g->ours.n_diverged && g->ours.v.n)
        judgement_because(g, "%d of our runs diverged and are left out", g->ours.n_diverged);
    if (!*sheet_get(s, row, "model"))
        judgement_because(g, "their model is not known");
}

/* "Lin et al. 2021, Table 1: DSGD, α 0.1, ring, 16 workers (mean of workers, last)" */
static void describe(struct judgement *g, const struct sheet *s, int row)
{
    const char *alpha = sheet_get(s, row, "alpha"), *n = sheet_get(s, row, "workers");
    const char *topology = sheet_get(s, row, "topology"), *loss = sheet_get(s, row, "message_loss");
    char name[NAME_SHOWN];
    append(&g->what, "%.80s, %.20s: %.40s", sheet_get(s, row, "paper"), sheet_get(s, row, "table"),
           name_of_value("algorithm", sheet_get(s, row, "method"), name));
    append(&g->what, "%s%.10s", *alpha ? ", α " : "", alpha);
    append(&g->what, "%s%.40s", *topology ? ", " : "", name_of_value("topology", topology, name));
    append(&g->what, "%s%.10s%s", *n ? ", " : "", n, *n ? " workers" : "");
    append(&g->what, "%s%.10s", *loss ? ", message loss " : "", loss);
    append(&g->what, " (%s, %s)", columns[g->metric].name, g->which);
}

static int is_of(const struct sheet *s, int row, const char *paper, const char *table)
{
    return !strcmp(sheet_get(s, row, "paper"), paper) && !strcmp(sheet_get(s, row, "table"), table);
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
        if (!is_of(s, row, word[0], word[1]))
            continue;
        struct judgement *g = judgement_add(j, PUBLISHED);
        g->metric = metric_find(word[2]), g->which = which_key[which];
        g->theirs = (struct sample){sheet_number(s, row, "value"), sheet_number(s, row, "std"),
                                    sheet_count(s, row, "seeds")};
        describe(g, s, row);
        judge(g, r, s, row, closest(r, s, row));
        n++;
    }
    return n ? 0
             : err_set(e, "%s: has no row of paper '%.100s', table '%.60s'", path, word[0],
                       word[1]);
}

/* Open published.csv; sheet_close() it. */
static int open_published(struct sheet *s, const char *path, struct err *e)
{
    static const char *const column[] = {"paper",   "table",    "dataset", "model",
                                         "workers", "topology", "alpha",   "epochs",
                                         "method",  "value",    "std",     "seeds"};
    if (sheet_open(s, path, e) < 0)
        return -1;
    if (sheet_needs(s, path, column, LENGTH(column), e) == 0)
        return 0;
    sheet_close(s);
    return -1;
}

int published_judge(struct judgements *j, const struct results *r, const char *path, struct err *e)
{
    const cJSON *list = cJSON_GetObjectItem(r->index, "published"), *table;
    struct sheet s;
    int status = 0;
    if (cJSON_GetArraySize(list) == 0)
        return 0;
    if (open_published(&s, path, e) < 0)
        return -1;
    cJSON_ArrayForEach (table, list) {
        if (status == 0)
            status = judge_table(j, r, table, &s, path, e);
    }
    sheet_close(&s);
    return status;
}

/* Whether the sheet has a row of the paper, and of its table unless that is NULL. */
static int has_row(const struct sheet *s, const char *paper, const char *table)
{
    for (int row = 0; row < s->n_row; row++)
        if (is_of(s, row, paper, table ? table : sheet_get(s, row, "table")))
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
    if (open_published(&s, path, e) < 0)
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
