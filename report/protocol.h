/* protocol: whether a cell of ours and a row of published.csv are of the same settings.
 *
 * A row has a column for each key of a configuration that some paper states; an empty field, or a key
 * without a column, is a setting that is not known of theirs.  A key that our runs lack stands for what
 * that means: no lost messages, the last batch kept, the complete graph.  Papers are taken to use all
 * samples. */
#pragma once
#include "report/judgement.h"
#include "report/sheet.h"

/* A cell and a row, and what of the cell is compared: the key of a column, and of which_key. */
struct match {
    const struct results *r;
    const struct sheet *s;
    int cell, row;
    const char *scope, *which;
};
/* Whether both sides are known of the key of a configuration, and differ. */
int protocol_differs(const struct match *m, const char *key);
/* Whether the cell is of the row's method: of its column "method", and of "momentum" if it is known. */
int protocol_is_method(const struct match *m);
/* The number of settings that differ; say each unless g is NULL. */
int protocol_differences(struct judgement *g, const struct match *m);
/* Say which settings of the cell, of which a run has ended, are not known of the row; returns their
 * number. */
int protocol_unknown(struct judgement *g, const struct match *m);
