/* sampler: shuffles keyed (seed, RANDOM_SHUFFLE, worker, epoch), augmentation keyed (seed,
 * RANDOM_AUGMENT, worker, step) with three draws per image: flip, row offset, column offset.  Flip
 * and crop with padding as in the QGM paper's code (Lin et al. 2021). */
#include "loaders/sampler.h"
#include "core/random.h"
#include "loaders/normalise.h"
#include <stdlib.h>
#include <string.h>

enum { PAD = 4 };

void sampler_open(struct sampler *s, const struct dataset *ds, const struct partition *part,
                  struct batches batch, uint64_t seed, int first, int count)
{
    CHECK(batch.size >= 1 && first >= 0 && count >= 0 && count <= part->n_worker - first);
    CHECK(partition_start(part, part->n_worker) >= part->n_worker &&
          ds->w * ds->c <= NORMALISE_MAX_ROW);
    batch.augment = batch.augment && !dataset_is_text(ds);
    CHECK(!batch.augment || (ds->w > PAD && ds->h > PAD));
    *s = (struct sampler){ds, part, batch, seed, first, count, NULL, NULL};
    s->epoch = xcalloc((size_t)count, sizeof(*s->epoch));
    s->order =
        xcalloc((size_t)(partition_start(part, first + count) - partition_start(part, first)),
                sizeof(*s->order));
    for (int i = 0; i < count; i++)
        s->epoch[i] = -1;
}

void sampler_close(struct sampler *s)
{
    free(s->epoch);
    free(s->order);
    memset(s, 0, sizeof(*s));
}

/* How many batches of this size n samples make. */
static long n_batch(const struct batches *b, long n, long size)
{
    return b->drop_last ? n / size : (n - 1) / size + 1;
}

int sampler_steps(const struct sampler *s)
{
    const struct partition *p = s->part;
    return (int)n_batch(&s->batch, partition_start(p, p->n_worker),
                        (long)p->n_worker * s->batch.size);
}

/* The worker's samples in the order of its epoch: always shuffled from the partition's order, so
 * that it does not matter which epochs were asked for before. */
static const int32_t *epoch_order(struct sampler *s, int worker, int epoch)
{
    int start = partition_start(s->part, worker);
    size_t n = (size_t)partition_size(s->part, worker);
    int32_t *order = s->order + (start - partition_start(s->part, s->first));
    if (s->epoch[worker - s->first] != epoch) {
        struct random r;
        random_init(&r, s->seed, RANDOM_SHUFFLE, (uint32_t)worker, (uint32_t)epoch);
        memcpy(order, s->part->index + start, n * sizeof(*order));
        random_shuffle(&r, order, n);
        s->epoch[worker - s->first] = epoch;
    }
    return order;
}

/* Row y of the image, mirrored if flip, moved dx columns to the left; zero where there is none. */
static void crop_row(const struct dataset *ds, const uint8_t *image, int y, int dx, int flip,
                     uint8_t *row)
{
    int w = ds->w, c = ds->c, begin = dx < 0 ? -dx : 0, end = dx > 0 ? w - dx : w;
    memset(row, 0, (size_t)(w * c));
    if (y < 0 || y >= ds->h)
        return;
    const uint8_t *in = image + (size_t)y * (size_t)(w * c);
    if (!flip) {
        memcpy(row + begin * c, in + (begin + dx) * c, (size_t)((end - begin) * c));
        return;
    }
    for (int j = begin; j < end; j++)
        for (int k = 0; k < c; k++)
            row[j * c + k] = in[(w - 1 - j - dx) * c + k];
}

static void augment_image(const struct dataset *ds, const struct normaliser *nz,
                          const uint8_t *image, struct random *r, real *x)
{
    uint8_t row[NORMALISE_MAX_ROW];
    int flip = (int)random_below(r, 2);
    int dy = (int)random_below(r, 2 * PAD + 1) - PAD;
    int dx = (int)random_below(r, 2 * PAD + 1) - PAD;
    for (int i = 0; i < ds->h; i++) {
        crop_row(ds, image, i + dy, dx, flip, row);
        normalise_row(nz, row, x + (size_t)i * (size_t)nz->n);
    }
}

/* The n samples of order as the network's input at the worker's step. */
static void image_batch(const struct sampler *s, int worker, int step, const int32_t *order, int n,
                        real *x)
{
    const struct dataset *ds = s->ds;
    size_t size = dataset_image_size(ds);
    struct normaliser nz;
    struct random r;
    normaliser_init(&nz, ds);
    random_init(&r, s->seed, RANDOM_AUGMENT, (uint32_t)worker, (uint32_t)step);
    for (int i = 0; i < n; i++) {
        const uint8_t *image = ds->train.x + (size_t)order[i] * size;
        if (s->batch.augment)
            augment_image(ds, &nz, image, &r, x + (size_t)i * size);
        else
            for (size_t at_byte = 0; at_byte < size; at_byte += (size_t)nz.n)
                normalise_row(&nz, image + at_byte, x + (size_t)i * size + at_byte);
    }
}

static void text_batch(const struct dataset *ds, const int32_t *order, int n, real *x)
{
    size_t length = (size_t)ds->h;
    for (int i = 0; i < n; i++)
        token_row(ds->train.token + (size_t)order[i] * length, length, x + (size_t)i * length);
}

int sampler_batch(struct sampler *s, int worker, int step, real *x, int32_t *y)
{
    CHECK(worker >= s->first && worker < s->first + s->count && step >= 0);
    int held = partition_size(s->part, worker), size = s->batch.size;
    int n_step = (int)n_batch(&s->batch, held, size);
    int at = step % n_step * size, left = held - at, n = left < size ? left : size;
    const int32_t *order = epoch_order(s, worker, step / n_step) + at;
    for (int i = 0; i < n; i++)
        y[i] = s->ds->train.y[order[i]];
    if (dataset_is_text(s->ds))
        text_batch(s->ds, order, n, x);
    else
        image_batch(s, worker, step, order, n, x);
    return n;
}
