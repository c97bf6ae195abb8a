/* write_ag_news: the CSV files that loaders/ag_news.c reads, with the texts of synthetic-text, and
 * classes.txt. */
#include "loaders/synthetic_text.h"
#include "loaders/text.h"
#include "loaders/writer.h"
#include <stdlib.h>

static int write_split(const struct writing *w, const char *name, int test, int n, struct err *e)
{
    size_t size;
    char *csv = synthetic_text_csv(w->seed, w->difficulty, test, n, &size);
    int rc = writer_file(w, name, csv, size, e);
    free(csv);
    return rc;
}

int write_ag_news(const struct writing *w, struct err *e)
{
    return write_split(w, "train.csv", 0, w->n_train, e) ||
                   write_split(w, "test.csv", 1, w->n_test, e) ||
                   writer_names(w, "classes.txt", NULL, "", e)
               ? -1
               : 0;
}
