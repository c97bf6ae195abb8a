/* load: reading (or generating) and hashing each data set; items are images. */
#include "bench/groups.h"
#include "loaders/dataset.h"
#include <stdio.h>

static void load(struct bench *b, const void *name)
{
    struct dataset_request q = {.name = name, .dir = "datasets/data", .seed = 1};
    struct dataset ds;
    struct err e;
    double n = 0;
    if (dataset_open(&ds, &q, &e) < 0) {
        bench_skip(b, e.text);
        return;
    }
    dataset_close(&ds);
    while (bench_next(b)) {
        if (dataset_open(&ds, &q, &e) < 0)
            die("%s", e.text);
        n = (double)ds.train.n + ds.test.n;
        dataset_close(&ds);
    }
    bench_items(b, n);
}

void add_loads(void)
{
    char name[96];
    for (size_t i = 0; i < n_loader; i++) {
        snprintf(name, sizeof(name), "load/%.80s", loader_registry[i].name);
        bench_add(name, load, loader_registry[i].name);
    }
}
