/* loaders: from files to batches: data sets, partitions over workers, samplers.
 * A data set is bytes in memory, the same on every rank; nothing here knows models, MPI or
 * configuration files, and no file, however malformed, crashes a loader. */
#pragma once
#include "core/core.h"
#include "core/hash.h"
#include "core/parameter.h"
#include "core/real.h"
#include "core/registry.h"
#include "core/shared.h"
#include "loaders/file_list.h"
#include "loaders/official.h"
#include <stdint.h>

/* n samples with y (n), class numbers from 0: images, channels last, x (n, h, w, c) bytes; or
 * texts, token (n, h) numbers below n_token.  The other of the two is NULL. */
struct split {
    int n;
    uint8_t *x;
    int32_t *y, *token;
    size_t n_mapped; /* not 0: the size of the shared memory that holds x, and y after it */
    int fd;          /* of that memory, while it is offered; else -1 */
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
    int shares;             /* its splits are in shared memory, if this machine has it */
    struct vocabulary vocabulary;
};

/* What to load: samples of classes 0 .. classes - 1 (0: all classes) in the order of the files, up
 * to a limit for each split (0: all samples). */
struct dataset_request {
    const char *name, *dir;
    int train_limit, test_limit;
    uint64_t seed;                /* for generated data sets only */
    const union value *parameter; /* in the order of the loader's own list; NULL: initial values */
    int classes;
    double memory; /* the bytes that it may take; 0: all that this machine has */
    int shares;    /* images go into memory that can be offered to other processes */
    /* If not NULL, called with the bytes that the splits will take before they are taken. */
    void (*tell)(const struct dataset *ds, double bytes);
};

/* The names of a data set's classes in its files, text[k] for class k; n is 0 if there are none. */
struct class_names {
    int n;
    char **text;
};

struct writing; /* loaders/writer.h */

/* A data set, as a plug-in: all that the program knows about it.  If it has parameters, they are
 * never NULL in the requests that its functions get. */
struct loader {
    const char *title;                 /* its name in sentences */
    const char *folder;                /* its files are below q->dir/folder; NULL: it reads none */
    const struct parameter *parameter; /* its own; NULL: none */
    struct official official;
    struct source source;
    const char *stand_in; /* the data set to use if it is not available; NULL: none */
    int text;             /* it holds texts, not images */
    int chooses;          /* load itself leaves out the classes that q does not ask for */
    /* Fill name, sizes, splits, mean and std (not sha256).  -1 with a sentence that names the file
     * and what is wrong with it; the caller then closes ds. */
    int (*load)(struct dataset *ds, const struct dataset_request *q, struct err *e);
    /* Add the files that load reads for this request; the folder must be there, but not all files
     * need be.  NULL: it reads none, and draws its samples from the seed and its parameters. */
    int (*files)(const struct dataset_request *q, struct file_list *list, struct err *e);
    /* Add the names in the files of DIR to c, if there are any; NULL: this form has none. */
    int (*names)(struct class_names *c, const char *dir, struct err *e);
    /* Write generated samples as files of this form; NULL: it has none. */
    int (*write)(const struct writing *w, struct err *e);
    int written_whole; /* files of this form always hold as many samples as the official ones */
};
/* write_<symbol> is in loaders/write_<symbol>.c, for those that have it. */
#define REGISTER(name, symbol)                                                                     \
    extern const struct loader loader_##symbol;                                                    \
    int write_##symbol(const struct writing *w, struct err *e);
#include "loaders/list.h"
#undef REGISTER
extern const struct registry loader_registry[];
extern const size_t n_loader;
/* NULL with a usage error that lists the known ones if there is none of that name. */
const struct loader *loader_find(const char *name, struct err *e);

/* Load a data set by its registered name.  On failure ds is empty and needs no close. */
int dataset_open(struct dataset *ds, const struct dataset_request *q, struct err *e);
void dataset_close(struct dataset *ds);
/* A data set of images that was opened to be shared, as other processes on the machine take it. */
struct dataset_offer {
    struct dataset ds; /* without its pointers */
    struct shared_offer train, test;
    size_t train_y, test_y; /* where the labels are, in bytes from the images */
};
/* Other processes can take the offer until dataset_offer_end; images must not change any more. */
void dataset_offer(const struct dataset *ds, struct dataset_offer *o);
void dataset_offer_end(struct dataset *ds);
/* Take an offer as the data set of this name, read-only; it is closed like one that was opened.  -1
 * if this process cannot take it; ds is then empty. */
int dataset_take(struct dataset *ds, const char *name, const struct dataset_offer *o);
/* The files that dataset_open would read for this request, no more and no fewer, in the order of
 * their names; none for generated samples.  Files may be missing; -1 with a sentence if their
 * folder is.  In png-folder, labels come from the names, and a folder counts as a class even if
 * none of its files is listed.  Release the list with file_list_release, even after a failure. */
int dataset_files(const struct dataset_request *q, struct file_list *list, struct err *e);
/* The classes' names; on failure c is empty and needs no release. */
int dataset_class_names(struct class_names *c, const char *name, const char *dir, struct err *e);
/* The name of class k, or "class <k>" if the files have none, cut to size - 1 bytes. */
void class_names_print(const struct class_names *c, int k, char *buf, size_t size);
void class_names_release(struct class_names *c);
/* Whether the data set of this name holds texts, without loading it; 0 if there is no such one. */
int dataset_has_texts(const char *name);
/* Replace the test split by n training samples drawn with the seed, and take them out of the
 * training split: for choosing learning rates without looking at the test set. */
int dataset_hold_out(struct dataset *ds, int n, uint64_t seed, struct err *e);
/* The first n training samples of a class, or all if there are fewer; returns how many. */
int dataset_of_class(const struct dataset *ds, int class, int n, int32_t *sample);
/* Test samples first .. first + n - 1: normalised images x (n, h, w, c), or token numbers x (n, h),
 * which real holds exactly; and y (n). */
void dataset_test_batch(const struct dataset *ds, int first, int n, real *x, int32_t *y);
/* For loaders: 0 if the folder in q->dir is there, else -1 with a sentence that ends in the
 * hint. */
int dataset_folder(const struct dataset_request *q, const char *folder, const char *hint,
                   struct err *e);
/* For loaders: allocate n samples of the sizes in ds, texts if n_token is set. */
void dataset_split_init(const struct dataset *ds, struct split *s, int n);
/* For loaders, once sizes and n_class (and n_token for texts) are in ds: allocate both splits.  The
 * files have n_train and n_test samples (of the requested classes, if the loader chooses).  -1 with
 * a sentence if a limit or the number of classes asks for more, or if memory is short. */
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
/* What samples are called in sentences. */
static inline const char *dataset_samples(const struct dataset *ds)
{
    return dataset_is_text(ds) ? "texts" : "images";
}
/* The size of the network's input: the bytes of an image, the tokens of a text. */
static inline size_t dataset_image_size(const struct dataset *ds)
{
    return (size_t)ds->h * (size_t)ds->w * (size_t)ds->c;
}
