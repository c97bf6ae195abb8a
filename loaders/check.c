#include "loaders/check.h"
#include "core/path.h"
#include "core/sums.h"
#include "loaders/write.h"
#include <stdlib.h>
#include <string.h>

static void print_split(FILE *f, const struct dataset *ds, const struct split *s, const char *name)
{
    int *count = xcalloc((size_t)ds->n_class, sizeof(*count)), least = s->n, most = 0;
    for (int i = 0; i < s->n; i++) {
        CHECK(s->y[i] >= 0 && s->y[i] < ds->n_class); /* else the loader is wrong */
        count[s->y[i]]++;
    }
    for (int k = 0; k < ds->n_class; k++) {
        least = count[k] < least ? count[k] : least;
        most = count[k] > most ? count[k] : most;
    }
    fprintf(f, "%s: %d %s of %d classes, %d to %d of each\n", name, s->n, dataset_samples(ds),
            ds->n_class, least, most);
    for (int k = 0; k < ds->n_class; k++)
        fprintf(f, "  %d:%d%s", k, count[k], k % 10 == 9 || k == ds->n_class - 1 ? "\n" : "");
    free(count);
}

/* The mean of a channel of all training images. */
static double mean_of(const struct dataset *ds, int channel)
{
    size_t n = (size_t)ds->train.n * (size_t)ds->h * (size_t)ds->w, c = (size_t)ds->c;
    uint64_t sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += ds->train.x[i * c + (size_t)channel];
    return (double)sum / 255 / (double)n;
}

/* Whether the file DIR/folder/name can be read and has this SHA-256. */
static int has_sum(const char *dir, const char *folder, const char *name, const char *sha256)
{
    char path[PATH_LENGTH], sum[HASH_TEXT] = "";
    struct err e;
    return path_print(path, &e, "%s/%s/%s", dir, folder, name) == 0 &&
           sums_of(path, sum, &e) == 0 && !strcmp(sum, sha256);
}

/* Whether the data differ from the official ones, and if so, how. */
static int find_difference(const struct dataset *ds, const char *dir, const struct loader *l,
                           char *text, size_t size)
{
    const struct official *o = &l->official;
    text[0] = '\0';
    if (ds->train.n != o->n_train || ds->test.n != o->n_test || ds->n_class != o->n_class)
        snprintf(text, size, "those have %d training and %d test samples of %d classes", o->n_train,
                 o->n_test, o->n_class);
    for (int c = 0; c < ds->c && o->mean[c] > 0 && !text[0]; c++) {
        double mean = mean_of(ds, c), far = mean - o->mean[c];
        if (far > 1e-6 || far < -1e-6)
            snprintf(text, size, "the mean of channel %d is %.6f, and theirs is %.6f", c, mean,
                     o->mean[c]);
    }
    for (size_t k = 0; k < LENGTH(o->file) && o->file[k].name && !text[0]; k++)
        if (!has_sum(dir, l->folder, o->file[k].name, o->file[k].sha256))
            snprintf(text, size, "the SHA-256 of %s/%s differs", l->folder, o->file[k].name);
    return text[0] != '\0';
}

static void print_verdict(FILE *f, const struct dataset *ds, const char *dir,
                          const struct loader *l)
{
    const struct official *o = &l->official;
    char words[256], difference[160];
    if (!l->folder)
        fprintf(f, "GENERATED: there are no official files\n");
    else if (dataset_was_written(ds->name, dir, words, sizeof(words)))
        fprintf(f, "GENERATED: whole and usable; written by gossipbench data generate:\n%s\n",
                words);
    else if (!o->n_train)
        fprintf(f, "WHOLE: there are no official files to compare with\n");
    else if (find_difference(ds, dir, l, difference, sizeof(difference)))
        fprintf(f,
                "OTHER CONTENT: whole and usable, but not the official files: %s; do not compare\n"
                "accuracies with published ones\n",
                difference);
    else if (o->mean[0] > 0 || o->file[0].name)
        fprintf(f, "OFFICIAL: no difference from the official files was found\n");
    else
        fprintf(f, "LIKELY OFFICIAL: the numbers of samples and classes are the official ones; "
                   "nothing else was compared\n");
}

int dataset_check(const struct dataset_request *q, FILE *f, struct err *e)
{
    struct dataset ds;
    const struct loader *l = loader_find(q->name, e);
    if (!l || dataset_open(&ds, q, e) < 0)
        return -1;
    fprintf(f, "%s\n", ds.name);
    print_split(f, &ds, &ds.train, "training");
    print_split(f, &ds, &ds.test, "test");
    if (dataset_is_text(&ds))
        fprintf(f, "vocabulary: %d tokens, sha256 %s\n", ds.n_token, ds.vocabulary.sha256);
    fprintf(f, "data sha256 %s\n", ds.sha256);
    print_verdict(f, &ds, q->dir, l);
    dataset_close(&ds);
    return 0;
}
