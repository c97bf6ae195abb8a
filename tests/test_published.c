/* test_published: results/published/published.csv: its columns are keys of a configuration or
 * known, its names are registered if possible, and its numbers agree with those of the seeds. */
#include "algorithms/algorithms.h"
#include "models/models.h"
#include "partitions/partitions.h"
#include "report/metric.h"
#include "report/published_sheet.h"
#include "tests/check.h"
#include "topologies/topologies.h"
#include "train/keys.h"
#include <stdlib.h>
#include <string.h>

static struct sheet s;
static const char path[] = "results/published/published.csv";

static void columns_are_known(void **state)
{
    (void)state;
    static const char *const known[] = {"paper",       "table",   "method", "scope",
                                        "evaluations", "metric",  "value",  "std",
                                        "seeds",       "by_seed", "note"};
    for (int k = 0; k < s.n_column; k++) {
        size_t i = 0;
        while (i < LENGTH(known) && strcmp(known[i], s.cell[k]) != 0)
            i++;
        if (i == LENGTH(known) && !keys_find(s.cell[k]))
            fail_msg("%s: column '%s' is no key", path, s.cell[k]);
    }
}

/* A name without blanks is one of ours; else it is in the paper's words. */
static void check_name(int row, const char *column, const struct registry *all, size_t n)
{
    const char *name = sheet_get(&s, row, column);
    if (*name && !strchr(name, ' ') && !registry_match(all, n, name))
        fail_msg("%s: row %d: %s '%s' is not ours, and is one word", path, row + 2, column, name);
}

static void names_are_ours(void **state)
{
    (void)state;
    for (int row = 0; row < s.n_row; row++) {
        const char *scope = sheet_get(&s, row, "scope");
        check_name(row, "method", algorithm_registry, n_algorithm);
        check_name(row, "topology", topology_registry, n_topology);
        check_name(row, "partition", partition_registry, n_partition);
        if (*scope && metric_find(scope) < 0)
            fail_msg("%s: row %d: scope '%s'", path, row + 2, scope);
    }
}

/* Printed with one digit after the point, or two. */
static void seeds_give_the_numbers(void **state)
{
    (void)state;
    int n = 0;
    for (int row = 0; row < s.n_row; row++) {
        double v[16];
        int n_seed = 0;
        const char *text = sheet_get(&s, row, "by_seed");
        for (char *end; *text && n_seed < 16; text = end + (*end == ' '))
            v[n_seed++] = strtod(text, &end);
        if (n_seed == 0)
            continue;
        struct sample of_seeds = sample_of(v, n_seed), printed = row_sample(&s, row);
        assert_int_equal(n_seed, printed.n);
        check_close(of_seeds.mean, printed.mean, 0.051);
        check_close(of_seeds.std, printed.std, 0.011);
        n++;
    }
    assert_true(n > 40);
}

/* No row is there twice. */
static void rows_are_not_repeated(void **state)
{
    (void)state;
    for (int a = 0; a < s.n_row; a++)
        for (int b = 0; b < a; b++) {
            int same = 1;
            for (int k = 0; k < s.n_column && same; k++)
                same =
                    sheet_column(&s, "metric") <= k ||
                    same_field(s.cell[(a + 1) * s.n_column + k], s.cell[(b + 1) * s.n_column + k]);
            if (same)
                fail_msg("%s: rows %d and %d are of the same settings", path, b + 2, a + 2);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_are_known),
        cmocka_unit_test(names_are_ours),
        cmocka_unit_test(seeds_give_the_numbers),
        cmocka_unit_test(rows_are_not_repeated),
    };
    struct err e;
    if (published_open(&s, path, &e) < 0)
        die("%s", e.text);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    sheet_close(&s);
    return failed;
}
