/* experiments: the files in experiments/.  Every run could start, and the tiers that claim to
 * follow a paper's protocol have the settings of their rows in published.csv. */
#include "core/json.h"
#include "report/sheet.h"
#include "sweep/experiment.h"
#include "tests/check.h"
#include "train/stability.h"
#include <glob.h>

static struct sheet published;

/* Columns that say where a row belongs, and columns that are not settings of a run. */
static const char *const place[] = {"method",  "momentum", "alpha",
                                    "workers", "topology", "message_loss"};
static const char *const others[] = {"paper", "table", "scope", "evaluations", "metric",
                                     "value", "std",   "seeds", "by_seed",     "note"};

static int is_among(const char *const *list, size_t n, const char *name)
{
    while (n > 0 && strcmp(list[n - 1], name) != 0)
        n--;
    return n > 0;
}

/* Whether the cell has what the row says of the column; a centralized method has no graph. */
static int agrees(const struct experiment *x, const struct cell *c, int row, const char *column)
{
    struct err e = {0};
    const char *theirs = sheet_get(&published, row, column);
    const char *key = strcmp(column, "method") ? column : "algorithm";
    if (!*theirs ||
        (!strcmp(key, "topology") && !strcmp(theirs, "complete") && c->c.algorithm[0] == 's'))
        return 1;
    int has = cell_has(x, c, key, theirs, &e);
    if (has < 0)
        fail_msg("published.csv: %s", e.text);
    return has;
}

static int is_of(const struct experiment *x, const struct cell *c, int row)
{
    for (size_t i = 0; i < LENGTH(place); i++)
        if (!agrees(x, c, row, place[i]))
            return 0;
    return 1;
}

/* Check that the cell has all settings that its row of published.csv has. */
static void check_row(const struct experiment *x, const struct cell *c, int row)
{
    for (int k = 0; k < published.n_column; k++) {
        const char *column = published.cell[k];
        if (!is_among(others, LENGTH(others), column) && !agrees(x, c, row, column))
            fail_msg(
                "%s, tier %s: %s is not %s in cell %s, but the tier follows the protocol of %s, %s",
                x->name, x->tier, column, sheet_get(&published, row, column), c->name,
                sheet_get(&published, row, "paper"), sheet_get(&published, row, "table"));
    }
}

/* The number of rows of the experiment's tables that stand for the cell. */
static int check_cell(const struct experiment *x, const struct cell *c)
{
    const cJSON *table;
    int n = 0;
    cJSON_ArrayForEach (table, cJSON_GetObjectItem(x->json, "published"))
        for (int row = 0; row < published.n_row; row++)
            if (!strcmp(sheet_get(&published, row, "paper"), json_field(table, "paper")) &&
                !strcmp(sheet_get(&published, row, "table"), json_field(table, "table")) &&
                is_of(x, c, row))
                check_row(x, c, row), n++;
    return n;
}

static void open_tier(struct experiment *x, const char *name, const char *tier)
{
    struct err e = {0};
    const struct experiment_request q = {.tier = tier};
    if (experiment_open(x, name, &q, &e) < 0)
        fail_msg("%s", e.text);
}

/* Visit every tier of every experiment. */
static void visit_tiers(void (*visit)(const struct experiment *x))
{
    glob_t found;
    assert_int_equal(glob("experiments/*.json", 0, NULL, &found), 0);
    for (size_t i = 0; i < found.gl_pathc; i++) {
        struct experiment all, x;
        const cJSON *tier;
        open_tier(&all, found.gl_pathv[i], "smoke");
        cJSON_ArrayForEach (tier, cJSON_GetObjectItem(all.json, "tiers")) {
            open_tier(&x, found.gl_pathv[i], tier->string);
            visit(&x);
            experiment_close(&x);
        }
        experiment_close(&all);
    }
    globfree(&found);
}

static void check_stable(const struct experiment *x)
{
    struct err e = {0};
    for (int k = 0; k < x->n_cell; k++)
        if (stability_check(&x->cell[k].c, &e) < 0)
            fail_msg("%s, tier %s, cell %s: %s", x->name, x->tier, x->cell[k].name, e.text);
}

static void methods_suit_their_graphs(void **state)
{
    (void)state;
    visit_tiers(check_stable);
}

static void check_protocol(const struct experiment *x)
{
    const cJSON *tier = cJSON_GetObjectItem(cJSON_GetObjectItem(x->json, "tiers"), x->tier);
    for (int k = 0; k < x->n_cell && cJSON_IsTrue(cJSON_GetObjectItem(tier, "protocol")); k++)
        check_cell(x, &x->cell[k]);
}

static void tiers_follow_the_protocol_they_name(void **state)
{
    (void)state;
    visit_tiers(check_protocol);
}

/* In both directions: the paper has a number for every cell. */
static void each_cell_of_relaysgd_is_published(void **state)
{
    (void)state;
    struct experiment x;
    open_tier(&x, "relaysgd-table2", "full");
    assert_int_equal(x.n_cell, 60);
    for (int k = 0; k < x.n_cell; k++)
        assert_int_equal(check_cell(&x, &x.cell[k]), 1);
    experiment_close(&x);
}

int main(void)
{
    struct err e = {0};
    if (sheet_open(&published, "results/published/published.csv", &e) < 0)
        die("%s", e.text);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(methods_suit_their_graphs),
        cmocka_unit_test(tiers_follow_the_protocol_they_name),
        cmocka_unit_test(each_cell_of_relaysgd_is_published),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    sheet_close(&published);
    return failed;
}
