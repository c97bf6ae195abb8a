/* sheet: a CSV file whose first row names its columns, read whole. */
#pragma once
#include "core/core.h"

struct sheet {
    char *bytes;       /* of the file; the fields are in it */
    const char **cell; /* ((n_row + 1), n_column): the names first */
    int n_row, n_column;
};
int sheet_open(struct sheet *s, const char *path, struct err *e);
void sheet_close(struct sheet *s);
/* The index of the column of that name; -1 if there is none. */
int sheet_column(const struct sheet *s, const char *column);
/* The number in this row, counted from 0, and column; NAN if the field is empty or not a number, or
 * if column is -1. */
double sheet_at(const struct sheet *s, int row, int column);
/* A field by its row, from 0, and the name of its column; "" if there is no such column. */
const char *sheet_get(const struct sheet *s, int row, const char *column);
/* The field as a number; NAN if it is empty or not a number. */
double sheet_number(const struct sheet *s, int row, const char *column);
/* The field as a count of up to a million; 0 if it is not one. */
int sheet_count(const struct sheet *s, int row, const char *column);
/* Refuse a sheet that lacks one of the n columns. */
int sheet_needs(const struct sheet *s, const char *path, const char *const *column, int n,
                struct err *e);
/* Whether two fields hold the same number, in whatever form, or the same text. */
int same_field(const char *a, const char *b);
