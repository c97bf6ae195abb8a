/* table: an experiment's cells as Markdown for reading, tidy CSV for plotting and citing, LaTeX
 * (booktabs) for papers. */
#ifndef REPORT_TABLE_H
#define REPORT_TABLE_H
#include "report/results.h"
#include <stdio.h>

enum table_format { TABLE_MARKDOWN, TABLE_CSV, TABLE_LATEX };
void table_write(const struct results *r, enum table_format format, FILE *f);
#endif
