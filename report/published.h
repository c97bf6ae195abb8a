/* published: our cells and claims against the numbers that papers have published.
 *
 * "published" of an experiment is a list of {"paper": text, "table": text, "scope": key, "value":
 * one of which_key}.  Each row of published.csv of that paper and table stands beside
 * our number of that scope and kind, from the cell of the same method that differs in the fewest
 * settings (protocol.h).  They are compared if nothing is in the way:
 *   a setting of the cell differs, or is not known of theirs
 *   datasets/contents.csv lists the cell's data, which are therefore not the official ones
 *   the tier lacks "protocol": true, which says that it follows the paper's protocol */
#pragma once
#include "report/judgement.h"

/* path: published.csv, read only if the index names a table of it. */
int published_judge(struct judgements *j, const struct results *r, const char *path, struct err *e);
/* Say of each claim about two cells, whose rows a table of the index has, whether they are separated
 * as published. */
int published_claims(struct judgements *j, const struct results *r, const char *path,
                     struct err *e);
/* Check that the file at path has rows of each table in the list, "published" of the experiment that
 * the sentence names. */
int published_check(const cJSON *list, const char *experiment, const char *path, struct err *e);
