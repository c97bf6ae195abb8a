#include "report/rows.h"
#include <math.h>

/* Check that the column, if there is one, never decreases, and is countable in every row. */
static int check_order(const struct sheet *s, const char *path, const char *column, struct err *e)
{
    double last = 0;
    for (int row = 0; row < s->n_row && sheet_column(s, column) >= 0; row++) {
        double v = sheet_number(s, row, column);
        if (!(v >= last && v <= INT32_MAX))
            return err_set(e, "%s: row %d: %s is '%.30s', but must be a number from %.9g to %d",
                           path, row + 2, column, sheet_get(s, row, column), last, INT32_MAX);
        last = v;
    }
    return 0;
}

static int check_numbers(const struct sheet *s, const char *path, struct err *e)
{
    for (int row = 0; row < s->n_row; row++)
        for (int k = 0; k < s->n_column; k++)
            if (*sheet_get(s, row, s->cell[k]) && isnan(sheet_at(s, row, k)))
                return err_set(e, "%s: row %d: %.30s is '%.30s', but must be a number or empty",
                               path, row + 2, s->cell[k], sheet_get(s, row, s->cell[k]));
    return 0;
}

int rows_open(struct sheet *s, const struct results *r, int run, struct err *e)
{
    static const char *const epoch = "epoch";
    char path[PATH_LENGTH];
    if (results_path(r, run, "metrics.csv", path, e) < 0 || sheet_open(s, path, e) < 0)
        return -1;
    if (sheet_needs(s, path, &epoch, 1, e) == 0 && check_numbers(s, path, e) == 0 &&
        check_order(s, path, epoch, e) == 0 && check_order(s, path, "step", e) == 0)
        return 0;
    sheet_close(s);
    return -1;
}
