/* contact_sheet: samples of a data set as a PNG file to look at: a row of images or some lines of
 * text for each class or worker, with its name before it; drawn by gnuplot. */
#pragma once
#include "loaders/dataset.h"
#include "partitions/partition.h"

enum { CONTACT_LABEL = 64, CONTACT_MOST = 16 };

/* Some training samples of a class or a worker. */
struct contact_row {
    char label[CONTACT_LABEL];
    int n;
    int32_t sample[CONTACT_MOST];
};

struct contact_sheet {
    const struct dataset *ds;
    const struct class_names *names; /* shown before a worker's texts; NULL: not needed */
    const char *title;
    struct contact_row *row;
    int n_row;
};

/* A sheet of the samples of each worker of p or, if p is NULL, of each class, by its name; free()
 * its rows. */
struct contact_sheet contact_sheet_of(const struct dataset *ds, const struct class_names *names,
                                      const struct partition *p, const char *title);

/* Draw the rows that a page has room for: returns their number, or -1 with a sentence if gnuplot is
 * missing or fails.  Images keep their pixels' values, each pixel as 1 to 4 on a side. */
int contact_sheet_draw(const struct contact_sheet *s, const char *path, struct err *e);
