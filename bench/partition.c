/* partition: dividing 50,000 samples of ten classes among 16 workers with every kind of partition;
 * items are samples. */
#include "bench/groups.h"
#include "partitions/partitions.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { N = 50000, N_CLASS = 10, N_WORKER = 16 };

struct setup {
    struct partition_request q;
    union value value[1];
    int32_t y[N];
    char path[512]; /* a split to read back, for kind "file" */
};

static void divide(struct partition *p, const struct partition_request *q, const int32_t *y)
{
    struct err e;
    if (partition_open(p, q, y, N, N_CLASS, &e) < 0)
        die("%s", e.text);
}

static void write_split(struct setup *s)
{
    struct partition_request q = {.kind = "iid", .n_worker = N_WORKER, .seed = 1};
    struct partition p;
    struct err e;
    const char *base = getenv("TMPDIR");
    snprintf(s->path, sizeof(s->path), "%.400s/gossipbench-split-XXXXXX",
             base && *base ? base : "/tmp");
    int fd = mkstemp(s->path);
    if (fd < 0 || close(fd) != 0)
        die("%s: cannot be made", s->path);
    divide(&p, &q, s->y);
    if (partition_save(&p, s->path, &e) < 0)
        die("%s", e.text);
    partition_close(&p);
}

static struct setup *setup_open(const char *kind)
{
    struct setup *s = xcalloc(1, sizeof(*s));
    s->q = (struct partition_request){.kind = kind, .n_worker = N_WORKER, .seed = 1};
    if (!strcmp(kind, "file"))
        s->q.parameter = s->value, s->value[0].text = s->path;
    for (int i = 0; i < N; i++)
        s->y[i] = i % N_CLASS;
    write_split(s);
    return s;
}

static void setup_close(struct setup *s)
{
    unlink(s->path);
    free(s);
}

/* Check that all workers have the same number of samples, and that no sample occurs twice. */
static void check(struct bench *b, const void *kind)
{
    struct setup *s = setup_open(kind);
    struct partition p;
    char *seen = xcalloc(N, 1);
    divide(&p, &s->q, s->y);
    if (p.n_worker != N_WORKER || p.n_each != N / N_WORKER)
        bench_wrong(b, "%d workers have %d samples each, not %d and %d", p.n_worker, p.n_each,
                    N_WORKER, N / N_WORKER);
    for (int i = 0; i < p.n_worker * p.n_each; i++)
        if (p.index[i] < 0 || p.index[i] >= N || seen[p.index[i]]++) {
            bench_wrong(b, "sample %d is there twice, or is no sample", p.index[i]);
            break;
        }
    free(seen);
    partition_close(&p);
    setup_close(s);
}

static void make(struct bench *b, const void *kind)
{
    struct setup *s = setup_open(kind);
    struct partition p;
    while (bench_next(b)) {
        divide(&p, &s->q, s->y);
        partition_close(&p);
    }
    bench_items(b, N);
    setup_close(s);
}

void add_partitions(void)
{
    char name[96];
    for (size_t i = 0; i < n_partition; i++) {
        const char *kind = partition_registry[i].name;
        kind = strchr(kind, '<') ? "shards-5" : kind; /* 5 x 16 shards divide the samples */
        snprintf(name, sizeof(name), "partition/%.80s", kind);
        bench_add(name, check, make, kind);
    }
}
