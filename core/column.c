#include "core/column.h"
#include "core/core.h"
#include <string.h>

#define COLUMN(symbol, key, name, unit, format, kind) {key, name, unit, format, kind},
const struct column columns[N_COLUMN] = {
#include "core/columns.h"
};
#undef COLUMN
_Static_assert(sizeof(struct row) == N_COLUMN * sizeof(double), "a row is one double a column");

double row_get(const struct row *row, int column)
{
    double v;
    memcpy(&v, (const char *)row + (size_t)column * sizeof(v), sizeof(v));
    return v;
}

void row_set(struct row *row, int column, double value)
{
    memcpy((char *)row + (size_t)column * sizeof(value), &value, sizeof(value));
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
