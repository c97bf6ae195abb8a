/* dataset: what all data sets share: finding the loader, hashing, holding out, test batches. */
#include "loaders/dataset.h"
#include "core/random.h"
#include "loaders/normalise.h"
#include <stdlib.h>
#include <string.h>

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "hashes are of little-endian labels");

#define REGISTER(name, symbol) {name, &loader_##symbol},
const struct registry loader_registry[] = {
#include "loaders/list.h"
};
#undef REGISTER
const size_t n_loader = LENGTH(loader_registry);

int dataset_count(const char *name, const char *split, int limit, int n_all, struct err *e)
{
    if (limit > n_all)
        return err_usage(e, "%s: %d %s images are asked for, but there are %d", name, limit, split,
                         n_all);
    return limit ? limit : n_all;
}

/* What a split holds besides labels, and the bytes of one sample of it. */
static uint8_t *samples(const struct split *s)
{
    return s->token ? (uint8_t *)s->token : s->x;
}

static size_t sample_bytes(const struct dataset *ds)
{
    return dataset_image_size(ds) * (dataset_is_text(ds) ? sizeof(int32_t) : 1);
}

void dataset_split_init(const struct dataset *ds, struct split *s, int n)
{
    void *all = xcalloc((size_t)n, sample_bytes(ds));
    *s = (struct split){.n = n, .y = xcalloc((size_t)n, sizeof(*s->y))};
    if (dataset_is_text(ds))
        s->token = all;
    else
        s->x = all;
}

static void split_release(struct split *s)
{
    free(s->x);
    free(s->y);
    free(s->token);
    memset(s, 0, sizeof(*s));
}

static void hash_add_split(struct hash *h, const struct dataset *ds, const struct split *s)
{
    hash_add(h, samples(s), (size_t)s->n * sample_bytes(ds));
    hash_add(h, s->y, (size_t)s->n * sizeof(*s->y));
}

int dataset_open(struct dataset *ds, const struct dataset_request *q, struct err *e)
{
    memset(ds, 0, sizeof(*ds));
    const struct loader *l = registry_find(loader_registry, n_loader, "data set", q->name, e);
    if (!l)
        return -1;
    if (q->train_limit < 0 || q->test_limit < 0)
        return err_usage(e, "%s: a limit of %d %s images cannot be; use 0 for all", q->name,
                         q->train_limit < 0 ? q->train_limit : q->test_limit,
                         q->train_limit < 0 ? "training" : "test");
    if (l->load(ds, q, e)) {
        dataset_close(ds);
        return -1;
    }
    CHECK(ds->train.n > 0 && ds->test.n > 0 && ds->c >= 1 && ds->c <= 3);
    struct hash *h = hash_begin();
    hash_add_split(h, ds, &ds->train);
    hash_add_split(h, ds, &ds->test);
    hash_end(h, ds->sha256);
    return 0;
}

void dataset_close(struct dataset *ds)
{
    split_release(&ds->train);
    split_release(&ds->test);
    free(ds->vocabulary.text);
    memset(ds, 0, sizeof(*ds));
}

/* Mark n of the training samples, drawn without replacement; free() the result. */
static char *draw_marks(int n_train, int n, uint64_t seed)
{
    int32_t *order = xcalloc((size_t)n_train, sizeof(*order));
    char *marked = xcalloc((size_t)n_train, 1);
    struct random r;
    for (int i = 0; i < n_train; i++)
        order[i] = i;
    random_init(&r, seed, RANDOM_HOLDOUT, 0, 0);
    random_shuffle(&r, order, (size_t)n_train);
    for (int i = 0; i < n; i++)
        marked[order[i]] = 1;
    free(order);
    return marked;
}

int dataset_hold_out(struct dataset *ds, int n, uint64_t seed, struct err *e)
{
    struct split *t = &ds->train;
    if (n < 1 || n >= t->n)
        return err_usage(e, "%s: %d of %d training %s cannot be held out; use 1 to %d", ds->name, n,
                         t->n, dataset_is_text(ds) ? "texts" : "images", t->n - 1);
    char *held = draw_marks(t->n, n, seed);
    size_t size = sample_bytes(ds);
    struct split out;
    dataset_split_init(ds, &out, n);
    int kept = 0, taken = 0;
    for (int i = 0; i < t->n; i++) { /* both parts stay in the order of the files */
        const struct split *to = held[i] ? &out : t;
        int at = held[i] ? taken++ : kept++;
        memmove(samples(to) + (size_t)at * size, samples(t) + (size_t)i * size, size);
        to->y[at] = t->y[i];
    }
    t->n = kept;
    split_release(&ds->test);
    ds->test = out;
    free(held);
    return 0;
}

void dataset_test_batch(const struct dataset *ds, int first, int n, real *x, int32_t *y)
{
    CHECK(first >= 0 && n >= 0 && n <= ds->test.n - first);
    memcpy(y, ds->test.y + first, (size_t)n * sizeof(*y));
    if (dataset_is_text(ds)) {
        token_row(ds->test.token + (size_t)first * (size_t)ds->h, (size_t)n * (size_t)ds->h, x);
        return;
    }
    struct normaliser nz;
    normaliser_init(&nz, ds);
    const uint8_t *bytes = ds->test.x + (size_t)first * dataset_image_size(ds);
    size_t n_row = (size_t)n * (size_t)ds->h, width = (size_t)nz.n;
    for (size_t i = 0; i < n_row; i++)
        normalise_row(&nz, bytes + i * width, x + i * width);
}
