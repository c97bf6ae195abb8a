/* tuning: the table of an experiment that tries learning rates ("tune": true; the axis "lr"): a
 * column a rate, the best of each row by the table's scope, and what to write into the settings of
 * the experiment that the rates are for. */
#ifndef REPORT_TUNING_H
#define REPORT_TUNING_H
#include "report/marks.h"
#include "report/results.h"

void tuning_write(const struct results *r, const struct marks *m, FILE *f);
#endif
