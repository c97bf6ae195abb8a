#include "loaders/text_rows.h"
#include <string.h>

enum { CLASS = N_TEXT, FIELDS, ROOM = 8 };

/* The file while it is read; at: the columns of TITLE, DESCRIPTION and CLASS, -1 for none. */
struct reading {
    struct csv c;
    int n_column, at[FIELDS], first;
};

/* Take the columns from the row if it is a heading; returns whether it is. */
static int read_heading(struct reading *r, const struct csv_field *field, int n)
{
    static const char *const name[FIELDS][4] = {[TITLE] = {"title", NULL},
                                                [DESCRIPTION] = {"description", "text", NULL},
                                                [CLASS] = {"class index", "class", "label", NULL}};
    int at[FIELDS];
    for (int k = 0; k < FIELDS; k++)
        at[k] = n <= ROOM ? csv_find(field, n, name[k]) : -1;
    if (at[CLASS] < 0 || at[DESCRIPTION] < 0)
        return 0;
    memcpy(r->at, at, sizeof(at));
    r->n_column = n;
    return 1;
}

/* The field as a class from 0; -1 with a sentence if it is not a class. */
static int read_class(const struct reading *r, const struct csv_field *f, struct err *e)
{
    int last = r->first + TEXT_N_CLASS - 1;
    int class = f->n == 1 && *f->text >= '0' && *f->text <= '9' ? *f->text - '0' : -1;
    if (class >= r->first && class <= last)
        return class - r->first;
    return csv_refuse(&r->c, f->at, e, "the class is '%.*s', but must be one of %d to %d%s",
                      f->n < 40 ? (int)f->n : 40, f->text, r->first, last,
                      class == 0 ? "; labels 0 to 3, as in the Hugging Face export, are read with "
                                   "first_class 0"
                                 : "");
}

static int add_row(struct text_rows *rows, const struct reading *r, const struct csv_field *field,
                   struct err *e)
{
    int class = read_class(r, &field[r->at[CLASS]], e);
    if (class < 0)
        return -1;
    rows->row = xgrow(rows->row, rows->n, sizeof(*rows->row));
    struct text_row *row = &rows->row[rows->n++];
    row->class = class;
    for (int k = 0; k < N_TEXT; k++)
        row->text[k] = r->at[k] < 0 ? (struct csv_field){.text = NULL} : field[r->at[k]];
    return 0;
}

/* Read the first row, which may be a heading; returns what csv_row does. */
static int read_first(struct text_rows *rows, struct reading *r, struct err *e)
{
    struct csv_field field[ROOM];
    int n = csv_any_row(&r->c, ROOM, field, e);
    if (n <= 0 || read_heading(r, field, n))
        return n > 0 ? 1 : n;
    if (n != r->n_column)
        return csv_refuse(&r->c, 0, e,
                          "%d field%s, but \"class\",\"title\",\"description\" are expected", n,
                          n > 1 ? "s" : "");
    return add_row(rows, r, field, e) < 0 ? -1 : 1;
}

int text_rows_read(struct text_rows *rows, const struct text_file *f, const char *split, int limit,
                   struct err *e)
{
    struct reading r = {.c = {.path = f->path, .bytes = f->bytes, .n = f->n},
                        .n_column = FIELDS,
                        .at = {[CLASS] = 0, [TITLE] = 1, [DESCRIPTION] = 2},
                        .first = f->first};
    struct csv_field field[ROOM];
    int more = read_first(rows, &r, e);
    while (more > 0 && (!limit || rows->n < limit) &&
           (more = csv_row(&r.c, r.n_column, field, e)) > 0)
        more = add_row(rows, &r, field, e) < 0 ? -1 : 1;
    if (more < 0)
        return -1;
    if (rows->n < limit)
        return err_usage(e, "%.512s: %d %s texts are asked for, but there are %d", f->path, limit,
                         split, rows->n);
    return rows->n
               ? 0
               : err_set(e, "%.512s: has no rows, \"class\",\"title\",\"description\"", f->path);
}
