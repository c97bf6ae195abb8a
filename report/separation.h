/* separation: "as published": whether a paper's own means, deviations and numbers of seeds separate
 * two of its rows by Welch's test at 95 %.  The answer is "separated", "not separated", "no
 * deviations" or, if a claim says the opposite, "separated the other way". */
#pragma once
#include "report/judgement.h"
#include "report/sheet.h"

/* Say it of this row and the best other row with the same data, network, graph, workers, alpha and
 * message loss, if there is one. */
void separation_of_row(struct judgement *g, const struct sheet *s, int row);
/* Say it of the two cells of a claim, if the tables of one paper in an experiment's list
 * "published" have a row for each. */
void separation_of_claim(struct judgement *g, const struct results *r, const struct sheet *s,
                         const cJSON *list);
