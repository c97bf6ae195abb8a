/* dataset: what all data sets share: memory, choosing classes, hashing, holding out, test batches.
 */
#include "loaders/dataset.h"
#include "core/file.h"
#include "core/memory.h"
#include "core/random.h"
#include "loaders/normalise.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "hashes are of little-endian labels");

#define REGISTER(name, symbol) {name, &loader_##symbol, "loader_" #symbol},
const struct registry loader_registry[] = {
#include "loaders/list.h"
};
#undef REGISTER
const size_t n_loader = LENGTH(loader_registry);

const struct loader *loader_find(const char *name, struct err *e)
{
    return registry_find(loader_registry, n_loader, "data set", name, e);
}

int dataset_folder(const struct dataset_request *q, const char *folder, const char *hint,
                   struct err *e)
{
    char path[PATH_LENGTH];
    if (path_print(path, e, "%s/%s", q->dir, folder))
        return -1;
    return file_exists(path) ? 0 : err_set(e, "%s: there is no such folder; %s", path, hint);
}

/* How many of the n_all samples of a split ("training", "test") the limit allows; -1 with a
 * sentence if there are fewer than the limit, or none. */
static int count_allowed(const char *name, const char *split, int limit, int n_all, struct err *e)
{
    if (n_all == 0)
        return err_set(e, "%s: there are no %s samples of the classes asked for", name, split);
    if (limit > n_all)
        return err_usage(e, "%s: %d %s images are asked for, but there are %d", name, limit, split,
                         n_all);
    return limit ? limit : n_all;
}

/* The samples of a split, without their labels. */
static uint8_t *samples(const struct split *s)
{
    return s->token ? (uint8_t *)s->token : s->x;
}

static size_t sample_bytes(const struct dataset *ds)
{
    return dataset_image_size(ds) * (dataset_is_text(ds) ? sizeof(int32_t) : 1);
}

/* Put a split into memory that can be shared: images, then labels; 0 if this is impossible here. */
static int share_split(const struct dataset *ds, struct split *s)
{
    size_t n = (size_t)s->n, labels = (n * sample_bytes(ds) + 63) / 64 * 64;
    size_t bytes = labels + n * sizeof(*s->y);
    if (!(s->x = shared_allocate(bytes, &s->fd)))
        return 0;
    s->y = (int32_t *)(void *)(s->x + labels), s->n_mapped = bytes;
    return 1;
}

void dataset_split_init(const struct dataset *ds, struct split *s, int n)
{
    *s = (struct split){.n = n, .fd = -1};
    if (ds->shares && !dataset_is_text(ds) && share_split(ds, s))
        return;
    void *all = xcalloc((size_t)n, sample_bytes(ds));
    s->y = xcalloc((size_t)n, sizeof(*s->y));
    if (dataset_is_text(ds))
        s->token = all;
    else
        s->x = all;
}

int dataset_has_texts(const char *name)
{
    struct err e;
    const struct loader *l = loader_find(name, &e);
    return l && l->text;
}

static int check_classes(const struct dataset *ds, int classes, struct err *e)
{
    if (classes > ds->n_class)
        return err_usage(e, "%s: the first %d classes are asked for, but there are %d", ds->name,
                         classes, ds->n_class);
    return 0;
}

int dataset_room(struct dataset *ds, const struct dataset_request *q, int n_train, int n_test,
                 struct err *e)
{
    if (check_classes(ds, q->classes, e))
        return -1;
    ds->train.n = count_allowed(ds->name, "training", q->train_limit, n_train, e);
    ds->test.n = ds->train.n < 0 ? -1 : count_allowed(ds->name, "test", q->test_limit, n_test, e);
    if (ds->test.n < 0)
        return -1;
    double bytes = ((double)ds->train.n + ds->test.n) *
                   ((double)sample_bytes(ds) + sizeof(*ds->train.y)),
           have = q->memory > 0 ? q->memory : memory_available(), mib = 1 << 20;
    if (q->tell)
        q->tell(ds, bytes);
    if (have > 0 && bytes > have)
        return err_set(
            e,
            "%s: %d training and %d test %s take %.0f MiB, but this machine has %.0f MiB "
            "for them: lower train_limit, test_limit or classes",
            ds->name, ds->train.n, ds->test.n, dataset_samples(ds), bytes / mib, have / mib);
    ds->shares = q->shares;
    dataset_split_init(ds, &ds->train, ds->train.n);
    dataset_split_init(ds, &ds->test, ds->test.n);
    return 0;
}

static void end_offer(struct split *s)
{
    if (s->n_mapped && s->fd >= 0)
        close(s->fd);
    s->fd = -1;
}

static void split_release(struct split *s)
{
    end_offer(s);
    if (s->n_mapped)
        shared_release(s->x, s->n_mapped);
    else
        free(s->x), free(s->y), free(s->token);
    memset(s, 0, sizeof(*s));
}

static void hash_add_split(struct hash *h, const struct dataset *ds, const struct split *s)
{
    hash_add(h, samples(s), (size_t)s->n * sample_bytes(ds));
    hash_add(h, s->y, (size_t)s->n * sizeof(*s->y));
}

/* Copy sample i of a split into another split, or to an earlier place in the same one. */
static void copy_sample(const struct dataset *ds, const struct split *to, int at,
                        const struct split *from, int i)
{
    size_t size = sample_bytes(ds);
    memmove(samples(to) + (size_t)at * size, samples(from) + (size_t)i * size, size);
    to->y[at] = from->y[i];
}

/* Keep the samples of a split that q asks for: the first `limit` samples of the chosen classes. */
static int choose(const struct dataset *ds, struct split *s, const char *split, int limit,
                  const struct dataset_request *q, struct err *e)
{
    int n = 0;
    for (int i = 0; i < s->n; i++)
        if (dataset_wants(q, s->y[i]))
            copy_sample(ds, s, n++, s, i);
    n = count_allowed(ds->name, split, limit, n, e);
    s->n = n < 0 ? 0 : n;
    return n < 0 ? -1 : 0;
}

/* The request to the loader: q, with initial values if it has no parameters, and for all samples if
 * the classes are chosen afterwards. */
static struct dataset_request asked_of(const struct loader *l, const struct dataset_request *q,
                                       union value initial[MAX_PARAMETER])
{
    struct dataset_request r = *q;
    if (!r.parameter) {
        parameter_defaults(l->parameter, initial);
        r.parameter = initial;
    }
    if (!l->chooses && r.classes)
        r.classes = r.train_limit = r.test_limit = 0;
    return r;
}

/* Let the loader load what q asks for. */
static int load(const struct loader *l, struct dataset *ds, const struct dataset_request *q,
                struct err *e)
{
    union value initial[MAX_PARAMETER];
    struct dataset_request r = asked_of(l, q, initial);
    if (l->load(ds, &r, e))
        return -1;
    if (r.classes == q->classes)
        return 0;
    return check_classes(ds, q->classes, e) ||
                   choose(ds, &ds->train, "training", q->train_limit, q, e) ||
                   choose(ds, &ds->test, "test", q->test_limit, q, e)
               ? -1
               : 0;
}

int dataset_files(const struct dataset_request *q, struct file_list *list, struct err *e)
{
    union value initial[MAX_PARAMETER];
    const struct loader *l = loader_find(q->name, e);
    *list = (struct file_list){.n = 0};
    if (!l || !l->files)
        return l ? 0 : -1;
    struct dataset_request r = asked_of(l, q, initial);
    int rc = l->files(&r, list, e);
    file_list_sort(list);
    return rc;
}

int dataset_open(struct dataset *ds, const struct dataset_request *q, struct err *e)
{
    memset(ds, 0, sizeof(*ds));
    const struct loader *l = loader_find(q->name, e);
    if (!l)
        return -1;
    if (q->train_limit < 0 || q->test_limit < 0)
        return err_usage(e, "%s: the limit of %s images is %d, but must be 0 (all) or more",
                         q->name, q->train_limit < 0 ? "training" : "test",
                         q->train_limit < 0 ? q->train_limit : q->test_limit);
    if (q->classes < 0)
        return err_usage(e, "%s: the number of classes is %d, but must be 0 (all) or more", q->name,
                         q->classes);
    if (load(l, ds, q, e)) {
        dataset_close(ds);
        return -1;
    }
    if (q->classes)
        ds->n_class = q->classes;
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

static struct shared_offer offer_split(const struct split *s, size_t *y)
{
    *y = s->n_mapped ? (size_t)((const uint8_t *)s->y - s->x) : 0;
    return shared_offer(s->n_mapped ? s->fd : -1, s->n_mapped);
}

void dataset_offer(const struct dataset *ds, struct dataset_offer *o)
{
    o->ds = *ds;
    o->train = offer_split(&ds->train, &o->train_y);
    o->test = offer_split(&ds->test, &o->test_y);
}

void dataset_offer_end(struct dataset *ds)
{
    end_offer(&ds->train);
    end_offer(&ds->test);
}

static int take_split(struct split *s, int n, const struct shared_offer *o, size_t y)
{
    *s = (struct split){.n = n, .fd = -1};
    if (!(s->x = shared_map(o)))
        return -1;
    s->n_mapped = o->n, s->y = (int32_t *)(void *)(s->x + y);
    return 0;
}

int dataset_take(struct dataset *ds, const char *name, const struct dataset_offer *o)
{
    *ds = o->ds;
    ds->name = name, ds->vocabulary.text = NULL, ds->test = (struct split){.fd = -1};
    if (take_split(&ds->train, o->ds.train.n, &o->train, o->train_y) == 0 &&
        take_split(&ds->test, o->ds.test.n, &o->test, o->test_y) == 0)
        return 0;
    dataset_close(ds);
    return -1;
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
                         t->n, dataset_samples(ds), t->n - 1);
    char *held = draw_marks(t->n, n, seed);
    struct split out;
    dataset_split_init(ds, &out, n);
    int kept = 0, taken = 0;
    for (int i = 0; i < t->n; i++) /* both parts stay in the order of the files */
        if (held[i])
            copy_sample(ds, &out, taken++, t, i);
        else
            copy_sample(ds, t, kept++, t, i);
    t->n = kept;
    split_release(&ds->test);
    ds->test = out;
    free(held);
    return 0;
}

int dataset_of_class(const struct dataset *ds, int class, int n, int32_t *sample)
{
    int found = 0;
    for (int i = 0; i < ds->train.n && found < n; i++)
        if (ds->train.y[i] == class)
            sample[found++] = i;
    return found;
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
