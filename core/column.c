#include "core/column.h"
#include "core/core.h"
#include <math.h>
#include <string.h>

#define COLUMN(symbol, key, name, unit, format, kind)   {key, name, unit, format, kind, 0},
#define OPTIONAL(symbol, key, name, unit, format, kind) {key, name, unit, format, kind, 1},
const struct column columns[N_COLUMN] = {
#include "core/columns.h"
};
#undef COLUMN
_Static_assert(sizeof(struct row) == N_COLUMN * sizeof(double), "a row is one double a column");

void row_clear(struct row *row)
{
    for (int i = 0; i < N_COLUMN; i++)
        memcpy((char *)row + (size_t)i * sizeof(double), &(double){NAN}, sizeof(double));
}

double row_get(const struct row *row, int column)
{
    double v;
    memcpy(&v, (const char *)row + (size_t)column * sizeof(v), sizeof(v));
    return v;
}

void column_print(FILE *f, int column, double value)
{
    /* The formats of the list are literals, though the compiler cannot see it here. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    fprintf(f, columns[column].format, value);
#pragma GCC diagnostic pop
}

int column_find(const char *key)
{
    for (int i = 0; i < N_COLUMN && key; i++)
        if (!strcmp(columns[i].key, key))
            return i;
    return -1;
}

int column_is_compared(int column)
{
    enum column_kind kind = columns[column].kind;
    return kind != POSITION && kind != SPREAD;
}

int column_is_in_csv(int column)
{
    return columns[column].kind != SPLIT;
}

const char *const which_key[N_WHICH] = {"last", "last5_mean", "best", "last2_worst"};
const char *const which_name[N_WHICH] = {"last", "mean of the last five", "best",
                                         "mean of the last two"};
enum { LAST, LAST5_MEAN, BEST, LAST2_WORST };

int which_is_of(int which, int column)
{
    return which == LAST || (columns[column].kind == ACCURACY &&
                             (which != LAST2_WORST || column == COLUMN_acc_worst));
}

int which_find(const char *key)
{
    for (int i = 0; i < N_WHICH; i++)
        if (!strcmp(which_key[i], key))
            return i;
    return -1;
}
