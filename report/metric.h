/* metric: what tables show, claims compare and figures draw: a column of core/column.h that is an
 * accuracy, a loss, a cost or of the partition; and how its numbers are printed. */
#pragma once
#include "core/column.h"
#include "report/interval.h"
#include <stdio.h>

/* The column of that key; -1 if there is none, or it is nothing to compare; key may be NULL. */
int metric_find(const char *key);
/* Whether a lower number is better, which is so for every metric but accuracies; 0 for -1. */
int lower_is_better(int metric);
int is_better(int metric, double v, double than);

/* "12.00 ± 2.83" for people, or three digits if it is no accuracy; "–" if there is no value. */
void sample_print(const struct sample *v, int metric, const char *plus_minus, FILE *f);
enum { DIGITS = 32 };
/* A number in the form that CSV files have; "" for NAN. */
const char *sample_digits(double v, int metric, char buf[DIGITS]);
