/* loaders: from files to batches: data sets, partitions over workers, samplers.
 * A data set is bytes in memory, the same on every rank; nothing here knows models, MPI or
 * configuration files, and no file, however malformed, crashes a loader. */
#ifndef LOADERS_DATASET_H
#define LOADERS_DATASET_H
#include "core/core.h"
#include "core/hash.h"
#include "core/parameter.h"
#include "core/real.h"
#include "core/registry.h"
#include <stdint.h>

/* n samples with y (n), class numbers from 0: images, channels last, x (n, h, w, c) bytes; or
 * texts, token (n, h) numbers below n_token.  The other of the two is NULL. */
struct split {
    int n;
    uint8_t *x;
    int32_t *y, *token;
};

/* The tokens of texts as a file: line k + 1 is token k; <pad>, <unk>, then words. */
struct vocabulary {
    char *text;
    size_t size;
    char sha256[HASH_TEXT];
};

struct dataset {
    const char *name;
    int n_class, h, w, c; /* of texts: h is their length in tokens, w and c are 1 */
    struct split train, test;
    float mean[3], std[3];  /* of a channel, for values scaled to 0..1 */
    char sha256[HASH_TEXT]; /* of what was loaded: train x (or token), y, test x, y */
    int n_token;            /* 0: images */
    struct vocabulary vocabulary;
};

/* What to load: the samples of classes 0 .. classes - 1 (0: of all), and of these the first so many
 * in the order of the files (a limit of 0: all). */
struct dataset_request {
    const char *name, *dir;
    int train_limit, test_limit;
    uint64_t seed;                /* for generated data sets only */
    const union value *parameter; /* in the order of the loader's own list; NULL: initial values */
    int classes;
    double memory; /* bytes that it may take; 0: what this machine has */
    /* Told, if not NULL, what the splits will take, before it is taken. */
    void (*tell)(const struct dataset *ds, double bytes);
};

/* What the files of a data set call its classes, class k text[k]; n is 0 if they do not say. */
struct class_names {
    int n;
    char **text;
};

/* A plug-in: fill name, sizes, splits, mean and std (not sha256).  On failure -1 and a sentence
 * that names the file and the offence; the caller then closes ds. */
struct loader {
    const struct parameter *parameter; /* its own; NULL: none */
    /* q->parameter is never NULL here unless there are none. */
    int (*load)(struct dataset *ds, const struct dataset_request *q, struct err *e);
    int text;      /* it gives texts, not images */
    int chooses;   /* it leaves out other classes than q asks for by itself, and never holds them */
    int generated; /* it draws samples from its seed and parameters, and reads no files */
    /* Add the names in the files of DIR to c, if there are any; NULL: this form has none. */
    int (*names)(struct class_names *c, const char *dir, struct err *e);
};
#define REGISTER(name, symbol) extern const struct loader loader_##symbol;
#include "loaders/list.h"
#undef REGISTER
extern const struct registry loader_registry[];
extern const size_t n_loader;

/* Load a data set by its registered name.  On failure ds is empty and needs no close. */
int dataset_open(struct dataset *ds, const struct dataset_request *q, struct err *e);
void dataset_close(struct dataset *ds);
/* The classes' names; on failure c is empty and needs no release. */
int dataset_class_names(struct class_names *c, const char *name, const char *dir, struct err *e);
void class_names_release(struct class_names *c);
/* Whether the data set of this name is one of texts, known without loading it; 0 if there is none.
 */
int dataset_has_texts(const char *name);
/* Replace the test split by n training samples drawn with the seed, and take them out of the
 * training split: for choosing learning rates without looking at the test set. */
int dataset_hold_out(struct dataset *ds, int n, uint64_t seed, struct err *e);
/* Test samples first .. first + n - 1: normalised images x (n, h, w, c), or token numbers x (n, h),
 * which real holds exactly; and y (n). */
void dataset_test_batch(const struct dataset *ds, int first, int n, real *x, int32_t *y);
/* For loaders: how many samples of a split ("training", "test") that holds n_all a limit asks for;
 * -1 with a sentence when it asks for more, or there is none. */
int dataset_count(const char *name, const char *split, int limit, int n_all, struct err *e);
/* For loaders: room for n samples of the sizes in ds, texts if n_token is set. */
void dataset_split_init(const struct dataset *ds, struct split *s, int n);
/* For loaders, once sizes, n_class and of texts n_token are in ds: both of them, for all training
 * and test samples that there are (if the loader chooses, of the classes asked for); -1 with a
 * sentence also if there are not so many classes, or if this machine has not got the memory. */
int dataset_room(struct dataset *ds, const struct dataset_request *q, int n_train, int n_test,
                 struct err *e);
/* Whether q asks for samples of the class. */
static inline int dataset_wants(const struct dataset_request *q, int class)
{
    return q->classes == 0 || class < q->classes;
}
static inline int dataset_is_text(const struct dataset *ds)
{
    return ds->n_token > 0;
}
/* What its samples are called. */
static inline const char *dataset_samples(const struct dataset *ds)
{
    return dataset_is_text(ds) ? "texts" : "images";
}
/* Numbers that a net sees of one sample: bytes of an image, tokens of a text. */
static inline size_t dataset_image_size(const struct dataset *ds)
{
    return (size_t)ds->h * (size_t)ds->w * (size_t)ds->c;
}
#endif
