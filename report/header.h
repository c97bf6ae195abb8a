/* header: the lines above a table: what all of its cells have in common. */
#ifndef REPORT_HEADER_H
#define REPORT_HEADER_H
#include "report/marks.h"
#include "report/results.h"

enum { MAX_EXTRA = 8 };
/* Settings that differ between cells without being axes, as tuned learning rates do, and have a
 * part in the results; how many. */
int find_extra(const struct results *r, const char *extra[MAX_EXTRA]);
/* Whether the table shows accuracies. */
int has_accuracy(const struct results *r);
/* Title; data, network and schedule, or problem; scope; where the rates are from; code. */
void header_write(const struct results *r, const struct marks *m, FILE *f);
#endif
