/* printed: tables of made-up runs as text. */
#pragma once
#include "report/tables.h"
#include "report/write.h"
#include "tests/made.h"

/* What the writer prints of the table for reading, or of the tidy one as CSV; free() it. */
static inline char *printed(const struct results *r, void (*writer)(const struct table *t, FILE *f))
{
    struct text text;
    struct table t;
    (writer == write_csv ? table_tidy : table_of)(&t, r);
    writer(&t, text_open(&text));
    table_free(&t);
    return text_close(&text);
}
