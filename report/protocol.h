/* protocol: whether a cell of ours and a row of published.csv have the same settings.
 *
 * A row has a column for each key of a configuration that some paper states; an empty field, or a
 * key without a column, means that the paper's setting is not known.  A key that our runs lack has
 * the value that its absence implies: no lost messages, the last batch kept, the complete graph.
 * Papers are assumed to use all samples. */
#pragma once
#include "report/judgement.h"
#include "report/sheet.h"

/* A cell and a row, and which result of the cell is compared: the key of a column and one of
 * which_key. */
struct match {
    const struct results *r;
    const struct sheet *s;
    int cell, row;
    const char *scope, *which;
};
/* Whether the values of this configuration key are known on both sides and differ. */
int protocol_differs(const struct match *m, const char *key);
/* Whether the cell has the method of the row: that of its column "method" and, if it is filled in,
 * of "momentum". */
int protocol_is_method(const struct match *m);
/* The number of settings that differ; names each in g unless g is NULL. */
int protocol_differences(struct judgement *g, const struct match *m);
/* Name in g the settings of the cell that are not known for the row, and return their number.  At
 * least one run of the cell must have ended. */
int protocol_unknown(struct judgement *g, const struct match *m);
