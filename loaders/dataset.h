/* loaders: from files to batches: data sets, partitions over workers, samplers.
 * A data set is bytes in memory, the same on every rank; nothing here knows models, MPI or
 * configuration files, and no file, however malformed, crashes a loader. */
#ifndef LOADERS_DATASET_H
#define LOADERS_DATASET_H
#include "core/core.h"
#include "core/hash.h"
#include "core/real.h"
#include "core/registry.h"
#include <stdint.h>

/* n images, channels last: x (n, h, w, c) bytes, y (n) class numbers from 0. */
struct split {
    int n;
    uint8_t *x;
    int32_t *y;
};

struct dataset {
    const char *name;
    int n_class, h, w, c;
    struct split train, test;
    float mean[3], std[3];  /* of a channel, for values scaled to 0..1 */
    char sha256[HASH_TEXT]; /* of what was loaded: train x, y, test x, y */
};

/* What to load: the samples of classes 0 .. classes - 1 (0: of all), and of these the first so many
 * in the order of the files (a limit of 0: all). */
struct dataset_request {
    const char *name, *dir;
    int train_limit, test_limit;
    uint64_t seed; /* for generated data sets only */
    int classes;
    double memory; /* bytes that it may take; 0: what this machine has */
    /* Told, if not NULL, what the splits will take, before it is taken. */
    void (*tell)(const struct dataset *ds, double bytes);
};

/* A plug-in: fill name, sizes, splits, mean and std (not sha256).  On failure -1 and a sentence
 * that names the file and the offence; the caller then closes ds. */
struct loader {
    int (*load)(struct dataset *ds, const struct dataset_request *q, struct err *e);
    int chooses; /* it leaves out other classes than q asks for by itself, and never holds them */
};
#define REGISTER(name, symbol) extern const struct loader loader_##symbol;
#include "loaders/list.h"
#undef REGISTER
extern const struct registry loader_registry[];
extern const size_t n_loader;

/* Load a data set by its registered name.  On failure ds is empty and needs no close. */
int dataset_open(struct dataset *ds, const struct dataset_request *q, struct err *e);
void dataset_close(struct dataset *ds);
/* Replace the test split by n training samples drawn with the seed, and take them out of the
 * training split: for choosing learning rates without looking at the test set. */
int dataset_hold_out(struct dataset *ds, int n, uint64_t seed, struct err *e);
/* Normalised test images first .. first + n - 1 as x (n, h, w, c) and y (n). */
void dataset_test_batch(const struct dataset *ds, int first, int n, real *x, int32_t *y);
/* Room for n images of the sizes in ds. */
void dataset_split_init(const struct dataset *ds, struct split *s, int n);
/* For loaders, once sizes and n_class are in ds: both of them, for all training and test images
 * that there are (if the loader chooses, of the classes asked for); -1 with a sentence also if
 * there are not so many classes, or if they take more memory than there is. */
int dataset_room(struct dataset *ds, const struct dataset_request *q, int n_train, int n_test,
                 struct err *e);
/* Whether q asks for samples of the class. */
static inline int dataset_wants(const struct dataset_request *q, int class)
{
    return q->classes == 0 || class < q->classes;
}
/* Bytes of one image. */
static inline size_t dataset_image_size(const struct dataset *ds)
{
    return (size_t)ds->h * (size_t)ds->w * (size_t)ds->c;
}
#endif
