/* data_check: whether a data set's files are whole, and whether they are the official ones. */
#include "cli/data.h"
#include "core/file.h"
#include "loaders/write.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* How the official files of a data set are told from others of the same form: by how many samples
 * and classes there are, and by what is published of them: the SHA-256 of the files (AG News, as in
 * datasets/SHA256SUMS), or the mean of all training bytes of a channel, scaled to 0..1 (CIFAR-10:
 * as many have measured it; Fashion-MNIST: as padded here).  Of ImageNet nothing is. */
static const struct official {
    const char *name;
    int n_train, n_test, n_class;
    double mean[3]; /* 0: not told by it */
    struct {
        const char *path, *sha256;
    } file[2]; /* NULL: not told by it */
} officials[] = {
    {.name = "cifar10",
     .n_train = 50000,
     .n_test = 10000,
     .n_class = 10,
     .mean = {0.49139968, 0.48215841, 0.44653091}},
    {.name = "fashion-mnist",
     .n_train = 60000,
     .n_test = 10000,
     .n_class = 10,
     .mean = {0.21899983, 0.21899983, 0.21899983}},
    {.name = "imagenet32", .n_train = 1281167, .n_test = 50000, .n_class = 1000},
    {.name = "ag_news",
     .n_train = 120000,
     .n_test = 7600,
     .n_class = 4,
     .file = {{"ag_news_csv/train.csv",
               "76a0a2d2f92b286371fe4d4044640910a04a803fdd2538e0f3f29a5c6f6b672e"},
              {"ag_news_csv/test.csv",
               "521465c2428ed7f02f8d6db6ffdd4b5447c1c701962353eb2c40d548c3c85699"}}},
};

static void print_split(const struct dataset *ds, const struct split *s, const char *name)
{
    int *count = xcalloc((size_t)ds->n_class, sizeof(*count)), least = s->n, most = 0;
    for (int i = 0; i < s->n; i++)
        count[s->y[i]]++;
    for (int k = 0; k < ds->n_class; k++) {
        least = count[k] < least ? count[k] : least;
        most = count[k] > most ? count[k] : most;
    }
    printf("%s: %d %s of %d classes, %d to %d of each\n", name, s->n,
           dataset_is_text(ds) ? "texts" : "images", ds->n_class, least, most);
    for (int k = 0; k < ds->n_class; k++)
        printf("  %d:%d%s", k, count[k], k % 10 == 9 || k == ds->n_class - 1 ? "\n" : "");
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

/* Whether the file has this SHA-256; one that cannot be read has none. */
static int has_sum(const char *dir, const char *name, const char *sha256)
{
    char path[1024], sum[HASH_TEXT] = "";
    size_t n;
    struct err e;
    snprintf(path, sizeof(path), "%.900s/%s", dir, name);
    char *bytes = file_read(path, 1 << 30, &n, &e);
    if (bytes)
        hash_bytes(bytes, n, sum);
    free(bytes);
    return !strcmp(sum, sha256);
}

/* Why the files are not the official ones; NULL if nothing tells them from those. */
static const char *difference(const struct dataset *ds, const char *dir, const struct official *o,
                              char *text, size_t size)
{
    if (ds->train.n != o->n_train || ds->test.n != o->n_test || ds->n_class != o->n_class) {
        snprintf(text, size, "the official ones hold %d and %d samples of %d classes", o->n_train,
                 o->n_test, o->n_class);
        return text;
    }
    for (int c = 0; c < ds->c && o->mean[c] > 0; c++) {
        double mean = mean_of(ds, c), far = mean - o->mean[c];
        if (far > 1e-6 || far < -1e-6) {
            snprintf(text, size, "channel %d has the mean %.6f, the official one %.6f", c, mean,
                     o->mean[c]);
            return text;
        }
    }
    for (size_t k = 0; k < LENGTH(o->file) && o->file[k].path; k++)
        if (!has_sum(dir, o->file[k].path, o->file[k].sha256)) {
            snprintf(text, size, "%s has another SHA-256", o->file[k].path);
            return text;
        }
    return NULL;
}

/* What the files are, if they are not as published. */
static void print_other(const char *name, const char *dir, const char *why)
{
    char words[256];
    if (dataset_was_written(name, dir, words, sizeof(words)))
        printf("GENERATED: whole and usable, and written by gossipbench data generate:\n%s\n",
               words);
    else if (why)
        printf("OTHER CONTENT: whole and usable, but not the official files: %s; do not compare\n"
               "accuracies with published ones\n",
               why);
    else
        printf("WHOLE: there are no official files\n");
}

static void print_verdict(const struct dataset *ds, const char *dir)
{
    char text[160];
    struct err e;
    const struct loader *l = registry_find(loader_registry, n_loader, "data set", ds->name, &e);
    const struct official *o = officials;
    while (o < officials + LENGTH(officials) && strcmp(o->name, ds->name) != 0)
        o++;
    if (l->generated)
        printf("GENERATED: there are no official files\n");
    else if (o == officials + LENGTH(officials))
        print_other(ds->name, dir, NULL);
    else if (difference(ds, dir, o, text, sizeof(text)))
        print_other(ds->name, dir, text);
    else if (o->mean[0] > 0 || o->file[0].path)
        printf("OFFICIAL: nothing tells these files from the official ones\n");
    else
        printf("LIKELY OFFICIAL: as many samples and classes; nothing else was compared\n");
}

int data_check(int argc, char **argv, struct err *e)
{
    struct dataset ds;
    struct arguments a;
    struct config c;
    if (data_arguments(&a, &c, NULL, argc, argv, "seed difficulty", e))
        return -1;
    union value value[MAX_PARAMETER];
    struct dataset_request q = data_request(&c, value);
    if (dataset_open(&ds, &q, e) < 0)
        return -1;
    printf("%s\n", ds.name);
    print_split(&ds, &ds.train, "training");
    print_split(&ds, &ds.test, "test");
    if (dataset_is_text(&ds))
        printf("vocabulary: %d tokens, sha256 %s\n", ds.n_token, ds.vocabulary.sha256);
    printf("data sha256 %s\n", ds.sha256);
    print_verdict(&ds, c.data_dir);
    dataset_close(&ds);
    return 0;
}
