/* metric: a metric is what tables show, claims compare and figures draw: a column of core/column.h
 * that is an accuracy, a loss, a cost or a property of the partition.  This file also says how its
 * numbers are printed. */
#pragma once
#include "core/column.h"
#include "report/interval.h"
#include <stdio.h>

/* The column with this key; -1 if there is none or it cannot be compared. key may be NULL. */
int metric_find(const char *key);
/* Whether a lower number is better, as for every metric except accuracies; 0 for metric -1. */
int lower_is_better(int metric);
int is_better(int metric, double v, double than);

/* For people: "12.00 ± 2.83", or three digits if the metric is not an accuracy; "–" if there is no
 * value. */
void sample_print(const struct sample *v, int metric, const char *plus_minus, FILE *f);
enum { DIGITS = 32 };
/* A number as in CSV files; "" for NAN. */
const char *sample_digits(double v, int metric, char buf[DIGITS]);
