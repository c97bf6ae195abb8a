/* published_sheet: rows of published.csv; results/published/README.md says what its columns are. */
#pragma once
#include "report/judgement.h"
#include "report/sheet.h"

/* Open the file, and refuse it if it lacks a column without which rows have no meaning;
 * sheet_close() it. */
int published_open(struct sheet *s, const char *path, struct err *e);
/* Whether the row is of the paper's table. */
int row_is_of(const struct sheet *s, int row, const char *paper, const char *table);
/* Its value, deviation and number of seeds, as far as these fields hold numbers. */
struct sample row_sample(const struct sheet *s, int row);
/* Append its method: "D²-DSGDm-N, momentum 0". */
void row_append_method(char **text, const struct sheet *s, int row);
