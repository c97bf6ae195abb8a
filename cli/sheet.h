/* sheet: samples of a data set as a PNG file to look at: a row of images or some lines of text for
 * each class or worker, with its name before it; drawn by gnuplot. */
#ifndef CLI_SHEET_H
#define CLI_SHEET_H
#include "loaders/dataset.h"

enum { SHEET_LABEL = 64, SHEET_MOST = 16 };

/* Some training samples of a class or a worker. */
struct sheet_row {
    char label[SHEET_LABEL];
    int n;
    int32_t sample[SHEET_MOST];
};

struct sheet {
    const struct dataset *ds;
    char (*name)[SHEET_LABEL]; /* of each class, before a worker's texts; NULL: not needed */
    const char *title;
    struct sheet_row *row;
    int n_row;
};

/* Draw as many rows as a page has room for: returns their number, or -1 with a sentence if gnuplot
 * is missing or fails.  Images keep their pixels' values, each pixel as 1 to 4 on a side. */
int sheet_draw(const struct sheet *s, const char *path, struct err *e);
#endif
