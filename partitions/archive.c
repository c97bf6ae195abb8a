#include "partitions/archive.h"
#include "core/npz.h"
#include <stdlib.h>
#include <string.h>

enum { NAME = 24 };

int partition_is_archive(const char *path)
{
    const char *dot = strrchr(path, '.');
    return dot && !strcmp(dot, ".npz");
}

/* The rows while they are read. */
struct rows {
    const char *path;
    int n_sample, n_row, *worker, *sample;
    int *holder; /* (n_sample) 1 more than the worker that has it; 0: none */
};

static int add_row(struct rows *r, int worker, size_t k, double sample, struct err *e)
{
    if (!(sample >= 0 && sample < r->n_sample))
        return err_set(e, "%s: worker%d[%zu] is %.0f; the samples are 0 to %d", r->path, worker, k,
                       sample, r->n_sample - 1);
    int *holder = &r->holder[(int)sample];
    if (*holder)
        return err_set(e, "%s: worker%d[%zu] is sample %d, which worker %d already has", r->path,
                       worker, k, (int)sample, *holder - 1);
    *holder = worker + 1;
    r->worker[r->n_row] = worker;
    r->sample[r->n_row++] = (int)sample;
    return 0;
}

static int add_worker(struct rows *r, const struct npz *z, int worker, struct err *e)
{
    char name[NAME];
    snprintf(name, NAME, "worker%d", worker);
    const struct npz_array *a = npz_find(z, r->path, name, e);
    if (!a)
        return -1;
    if (a->type[0] != 'i' || a->n_dim != 1 || a->n == 0)
        return err_set(e, "%s: %s must be a list of whole numbers, one or more", r->path, name);
    double *v = npz_doubles(a);
    int status = 0;
    for (size_t k = 0; k < a->n && status == 0; k++)
        status = add_row(r, worker, k, v[k], e);
    free(v);
    return status;
}

int partition_read_archive(const char *path, int n_worker, int n, int *worker, int *sample,
                           struct err *e)
{
    char more[NAME];
    struct npz z;
    struct rows r = {.path = path, .n_sample = n, .worker = worker, .sample = sample};
    if (npz_read(&z, path, e) < 0)
        return -1;
    int status = 0;
    snprintf(more, NAME, "worker%d", n_worker);
    for (int i = 0; i < z.n && status == 0; i++)
        if (!strcmp(z.array[i].name, more))
            status =
                err_set(e, "%s: has '%s', but the workers are 0 to %d", path, more, n_worker - 1);
    r.holder = xcalloc((size_t)n, sizeof(*r.holder));
    for (int j = 0; j < n_worker && status == 0; j++)
        status = add_worker(&r, &z, j, e);
    free(r.holder);
    npz_close(&z);
    return status < 0 ? -1 : r.n_row;
}

static void add(struct npz *z, const char *name, const int32_t *v, size_t n)
{
    int64_t *wide = xcalloc(n, sizeof(*wide));
    for (size_t i = 0; i < n; i++)
        wide[i] = v[i];
    npz_add(z, name, "i8", 1, &n, wide);
    free(wide);
}

int partition_write_archive(const struct partition *p, const int32_t *y, int n, const char *path,
                            struct err *e)
{
    char name[NAME];
    struct npz z = {0};
    for (int j = 0; j < p->n_worker; j++) {
        snprintf(name, NAME, "worker%d", j);
        add(&z, name, p->index + partition_start(p, j), (size_t)partition_size(p, j));
    }
    add(&z, "y", y, (size_t)n);
    int status = npz_write(&z, path, e);
    npz_close(&z);
    return status;
}
