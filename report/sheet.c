#include "report/sheet.h"
#include "core/csv.h"
#include "core/file.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SHEET_LIMIT = 1 << 26 };

int sheet_open(struct sheet *s, const char *path, struct err *e)
{
    struct csv csv = {.path = path};
    int more;
    memset(s, 0, sizeof(*s));
    if (!(s->bytes = csv.bytes = file_read_text(path, SHEET_LIMIT, &csv.n, e)))
        return -1;
    size_t lines = 1, columns = 1; /* upper bounds, as the names are not in quotes */
    for (const char *p = s->bytes; *p; p++)
        lines += *p == '\n', columns += lines == 1 && *p == ',';
    if (lines > csv.n / columns + 1) /* a row has a byte or more per column, the last one less */
        lines = csv.n / columns + 1;
    s->n_column = (int)columns, s->n_row = -1;
    s->cell = xcalloc((lines + 1) * columns, sizeof(*s->cell));
    struct csv_field *field = xcalloc(columns, sizeof(*field));
    while ((more = csv_row(&csv, s->n_column, field, e)) == 1) {
        s->n_row++;
        for (size_t k = 0; k < columns; k++) { /* the byte after a field has been read already */
            field[k].text[field[k].n] = '\0';
            s->cell[(size_t)s->n_row * columns + k] = field[k].text;
        }
    }
    free(field);
    if (more == 0 && s->n_row < 0)
        more = err_set(e, "%s: has no row of column names", path);
    if (more < 0)
        sheet_close(s);
    return more;
}

void sheet_close(struct sheet *s)
{
    free(s->bytes), free(s->cell);
    memset(s, 0, sizeof(*s));
}

int sheet_column(const struct sheet *s, const char *column)
{
    int k = s->n_column - 1;
    while (k >= 0 && strcmp(s->cell[k], column) != 0)
        k--;
    return k;
}

const char *sheet_get(const struct sheet *s, int row, const char *column)
{
    int k = sheet_column(s, column);
    return k < 0 ? "" : s->cell[(row + 1) * s->n_column + k];
}

/* Whether the whole text is a number. */
static int read_number(const char *text, double *v)
{
    char *end;
    *v = strtod(text, &end);
    return *text && !*end;
}

double sheet_at(const struct sheet *s, int row, int column)
{
    double v;
    return column >= 0 && read_number(s->cell[(row + 1) * s->n_column + column], &v) ? v : NAN;
}

double sheet_number(const struct sheet *s, int row, const char *column)
{
    return sheet_at(s, row, sheet_column(s, column));
}

int sheet_count(const struct sheet *s, int row, const char *column)
{
    double v = sheet_number(s, row, column);
    return v >= 0 && v <= 1e6 ? (int)v : 0;
}

int sheet_needs(const struct sheet *s, const char *path, const char *const *column, int n,
                struct err *e)
{
    for (int i = 0; i < n; i++)
        if (sheet_column(s, column[i]) < 0)
            return err_set(e, "%s: has no column '%s'", path, column[i]);
    return 0;
}

int same_field(const char *a, const char *b)
{
    double x, y;
    return !strcmp(a, b) || (read_number(a, &x) && read_number(b, &y) && x == y);
}
