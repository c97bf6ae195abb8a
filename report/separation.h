/* separation: "as published", whether a paper's own means, deviations and seeds separate two of its
 * rows by Welch's test at 95 %: "separated", "not separated", "no deviations", or, where a claim has
 * it the other way round, "separated the other way". */
#pragma once
#include "report/judgement.h"
#include "report/sheet.h"

/* Say it of the row and the best of the others on the same data, network, graph, workers, alpha and
 * message loss, if there are others. */
void separation_of_row(struct judgement *g, const struct sheet *s, int row);
/* Say it of the two cells of a claim, if the tables of one paper in the list, "published" of an
 * experiment, have a row of each. */
void separation_of_claim(struct judgement *g, const struct results *r, const struct sheet *s,
                         const cJSON *list);
