/* write: generated samples as files of the forms of real data sets, so that the loaders of these
 * can be used without them.  Nothing that a run computes depends on this: the Makefile leaves
 * loaders/write* out of the code whose change makes results old. */
#ifndef LOADERS_WRITE_H
#define LOADERS_WRITE_H
#include "loaders/dataset.h"

/* What was written. */
struct written {
    char folder[4096]; /* where */
    char words[256];   /* from what and how many, as in the mark that is left with the files */
    int keeps_numbers; /* the form knows no other numbers of samples: limits were not applied */
};

/* Write files of the form q->name into a folder of q->dir: q's limits, seed and classes hold,
 * and where they are 0, what synthetic data have.  With ten classes the images, and always
 * the texts, are those that synthetic-images and synthetic-text have with this seed and difficulty;
 * of fashion-mnist they are the middle of their red planes.  The folder is whole or not there; one
 * that was written by this is replaced, any other left alone.  -1 with a sentence on failure. */
int dataset_write(struct written *w, const struct dataset_request *q, double difficulty,
                  struct err *e);
/* The folder that the form's files are in; NULL if none can be written. */
const char *dataset_form_folder(const char *name);
/* Whether the files of the set in dir were written by this, and then the words. */
int dataset_was_written(const char *name, const char *dir, char *words, size_t size);
/* Remove them, if they were. */
void dataset_unwrite(const char *name, const char *dir);
#endif
