/* metric: what tables show, claims compare and figures draw: a column of core/column.h that is an
 * accuracy, a loss, a cost or of the partition; and how its numbers are printed. */
#pragma once
#include "core/column.h"
#include "report/interval.h"
#include <stdio.h>

/* The column of that key; -1 if there is none, or it is nothing to compare; key may be NULL. */
int metric_find(const char *key);
/* Whether a lower number is better, as of all but accuracies; 0 for -1. */
int lower_is_better(int metric);
int is_better(int metric, double v, double than);

/* "12.00 ± 2.83" for reading, all but accuracies to three digits; "–" for none. */
void sample_print(const struct sample *v, int metric, const char *plus_minus, FILE *f);
enum { DIGITS = 32 };
/* A number as it stands in CSV files; "" for NAN. */
const char *sample_digits(double v, int metric, char buf[DIGITS]);
