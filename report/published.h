/* published: our cells against the numbers that papers have published.
 *
 * "published" of an experiment is a list of {"paper": text, "table": text, "scope": key, "value":
 * "last", "last5_mean" or "best"}: each row of published.csv of that paper and table is judged by
 * our number of that scope and kind.  Its cell is ours of the same method that differs in the least
 * of data set, network, workers, graph, alpha and epochs; an empty field is not known, and agrees
 * with anything.  Not compared are cells that differ, data that datasets/contents.csv knows not to be
 * the official ones, and tiers without "protocol": true, which says that they follow the paper's
 * protocol. */
#pragma once
#include "report/judgement.h"

/* path: published.csv, read only if the index names a table of it. */
int published_judge(struct judgements *j, const struct results *r, const char *path, struct err *e);
