/* partition: dividing 50,000 samples of ten classes among 16 workers in every way; items are
 * samples. */
#include "loaders/partition.h"
#include "bench/groups.h"
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { N = 50000, N_CLASS = 10, N_WORKER = 16 };

/* A split to read back, in a file of its own, which the caller removes. */
static void write_split(char *path, const int32_t *y)
{
    struct partition_request q = {.kind = "iid", .n_worker = N_WORKER, .seed = 1};
    struct partition p;
    struct err e;
    int fd = mkstemp(path);
    if (fd < 0 || close(fd) != 0)
        die("%s: cannot be made", path);
    if (partition_open(&p, &q, y, N, N_CLASS, &e) < 0 || partition_save(&p, path, &e) < 0)
        die("%s", e.text);
    partition_close(&p);
}

static void make(struct bench *b, const void *kind)
{
    char path[512];
    const char *base = getenv("TMPDIR");
    struct partition_request q = {
        .kind = kind, .file = path, .alpha = 0.1, .n_worker = N_WORKER, .seed = 1};
    struct partition p;
    struct err e;
    int32_t *y = xcalloc(N, sizeof(*y));
    for (int i = 0; i < N; i++)
        y[i] = i % N_CLASS;
    snprintf(path, sizeof(path), "%.400s/gossipbench-split-XXXXXX", base && *base ? base : "/tmp");
    write_split(path, y);
    while (bench_next(b)) {
        if (partition_open(&p, &q, y, N, N_CLASS, &e) < 0)
            die("%s", e.text);
        partition_close(&p);
    }
    bench_items(b, N);
    unlink(path);
    free(y);
}

void add_partitions(void)
{
    char name[96];
    for (size_t i = 0; i < n_partition_kind; i++) {
        snprintf(name, sizeof(name), "partition/%.80s", partition_kinds[i]);
        bench_add(name, make, partition_kinds[i]);
    }
}
