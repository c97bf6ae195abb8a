/* write: generated samples as files in the forms of real data sets, so that their loaders can be
 * used without the real files.  No result depends on this code, and the Makefile leaves
 * loaders/write* out of a run's identity. */
#pragma once
#include "loaders/dataset.h"

/* What was written. */
struct written {
    char folder[PATH_LENGTH]; /* where */
    char words[256];          /* a description, as in the mark that is left with the files */
    int keeps_numbers;        /* files of this form always hold the official numbers of samples */
};

/* Write files of the form q->name into a folder of q->dir, with q's seed, limits and classes; a
 * limit of 0 stands for that of the synthetic data sets.  Texts, and images of ten classes, are
 * those of synthetic-text and synthetic-images at this seed and difficulty (fashion-mnist gets the
 * middle of their red planes).  The folder appears complete or not at all; one that this function
 * wrote is replaced, any other is left alone.  -1 with a sentence on failure. */
int dataset_write(struct written *w, const struct dataset_request *q, double difficulty,
                  struct err *e);
/* Whether dataset_write wrote the files of the data set in dir; if so, with its description. */
int dataset_was_written(const char *name, const char *dir, char *words, size_t size);
/* Remove them if it did. */
void dataset_unwrite(const char *name, const char *dir);
