/* published: compares our cells and claims with the numbers that papers have published.
 *
 * "published" of an experiment is a list of {"paper": text, "table": text, "scope": key, "value":
 * one of which_key}.  Each row of published.csv for that paper and table is put beside our number
 * of that scope and kind, taken from the cell of the same method that differs in the fewest
 * settings (protocol.h).  The two are compared unless one of these applies:
 *   a setting of the cell differs, or is not known of theirs
 *   datasets/contents.csv lists the cell's data, which are therefore not the official ones
 *   the tier lacks "protocol": true, which says that it follows the paper's protocol */
#pragma once
#include "report/judgement.h"

/* path: published.csv, read only if the index names a table of it. */
int published_judge(struct judgements *j, const struct results *r, const char *path, struct err *e);
/* For each claim about two cells that both have a row in a table named by the index, say whether
 * the published numbers separate them. */
int published_claims(struct judgements *j, const struct results *r, const char *path,
                     struct err *e);
/* Check that the file at path has rows for each table in the list "published" of this experiment,
 * which the error sentence names. */
int published_check(const cJSON *list, const char *experiment, const char *path, struct err *e);
