/* load: reading (or generating) and hashing each data set.  augment: a worker's batch of 32 images,
 * flipped, cropped and normalised, to compare with a training step.  Items are images or texts.
 * tests/test_loaders.c and tests/test_sampler.c check what is timed here.
 * Files that are not in datasets/data are generated, and removed when the benchmarks end. */
#include "bench/groups.h"
#include "core/file.h"
#include "loaders/sampler.h"
#include "loaders/write.h"
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { BATCH = 32, N_WORKER = 16 };

static char made[256]; /* the folder of generated files; empty: nothing was generated */

static void remove_made(void)
{
    for (size_t i = 0; i < n_loader; i++)
        dataset_unwrite(loader_registry[i].name, made);
    rmdir(made);
}

int load_generate(struct dataset_request *q, struct err *e)
{
    const struct loader *l = loader_find(q->name, e);
    const char *folder = l && l->write ? l->folder : NULL, *base = getenv("TMPDIR");
    char path[512];
    struct written w;
    snprintf(path, sizeof(path), "%s/%s", q->dir, folder ? folder : "");
    if (!folder || file_exists(path))
        return -1;
    if (!made[0]) {
        snprintf(made, sizeof(made), "%.200s/gossipbench-XXXXXX", base && *base ? base : "/tmp");
        if (!mkdtemp(made))
            die("%s: the folder cannot be made", made);
        atexit(remove_made);
    }
    q->dir = made;
    snprintf(path, sizeof(path), "%s/%s", made, folder);
    return file_exists(path) ? 0 : dataset_write(&w, q, 0.5, e);
}

/* Open the data set, from existing or generated files; if it cannot be read, skip the benchmark. */
static int open_or_skip(struct bench *b, struct dataset *ds, const char *name)
{
    struct dataset_request q = {.name = name, .dir = path_in_root("datasets/data"), .seed = 1};
    struct err e;
    if (dataset_open(ds, &q, &e) == 0)
        return 1;
    if (load_generate(&q, &e) == 0 && dataset_open(ds, &q, &e) == 0) {
        bench_note(b, "generated files");
        return 1;
    }
    bench_skip(b, e.text);
    return 0;
}

static void load(struct bench *b, const void *name)
{
    struct dataset ds;
    double n = 0;
    while (bench_next(b) && open_or_skip(b, &ds, name)) {
        n = (double)ds.train.n + ds.test.n;
        dataset_close(&ds);
    }
    bench_items(b, n);
}

/* One worker's batches. */
struct setup {
    struct dataset ds;
    struct partition p;
    struct sampler sampler;
    real *x;
    int32_t y[BATCH];
};

static int setup_open(struct bench *b, struct setup *s, const char *name)
{
    struct partition_request q = {.kind = "iid", .n_worker = N_WORKER, .seed = 1};
    struct err e;
    if (!open_or_skip(b, &s->ds, name))
        return 0;
    if (partition_open(&s->p, &q, s->ds.train.y, s->ds.train.n, s->ds.n_class, &e) < 0)
        die("%s", e.text);
    sampler_open(&s->sampler, &s->ds, &s->p, (struct batches){BATCH, 1, 0}, 1, 0, 1);
    s->x = xcalloc(BATCH * dataset_image_size(&s->ds), sizeof(real));
    return 1;
}

static void setup_close(struct setup *s)
{
    free(s->x);
    sampler_close(&s->sampler);
    partition_close(&s->p);
    dataset_close(&s->ds);
}

static void augment(struct bench *b, const void *name)
{
    struct setup s;
    int step = 0;
    if (!setup_open(b, &s, name))
        return;
    int n_step = s.p.n_each / BATCH; /* full batches only */
    while (bench_next(b))
        sampler_batch(&s.sampler, 0, step++ % n_step, s.x, s.y);
    bench_items(b, BATCH);
    setup_close(&s);
}

void add_loads(void)
{
    char name[96];
    for (size_t i = 0; i < n_loader; i++) {
        snprintf(name, sizeof(name), "load/%.80s", loader_registry[i].name);
        bench_add(name, NULL, load, loader_registry[i].name);
    }
    for (size_t i = 0; i < n_loader; i++) {
        if (((const struct loader *)loader_registry[i].item)->text)
            continue; /* texts are not augmented */
        snprintf(name, sizeof(name), "augment/%.80s", loader_registry[i].name);
        bench_add(name, NULL, augment, loader_registry[i].name);
    }
}
