/* file: a partition read from a CSV file such as partition_save writes: the line "worker,index",
 * then one row for each sample used, in any order of workers; a worker's samples keep the order of
 * their rows.  All workers must have the same number of samples; some samples may be left out. */
#include "core/file.h"
#include "partitions/partitions.h"
#include <stdlib.h>
#include <string.h>

/* The file while it is read; rows count from 1, the heading being row 1. */
struct table {
    const char *path, *at, *end;
    int row, n_row;
    int *worker, *sample; /* of the n_row samples read */
    int *seen;            /* (n) the row that a sample was in, or 0 */
};

/* Digits up to the character stop, which is passed over; -1 if it is anything else. */
static int number(struct table *t, char stop)
{
    long long x = 0;
    const char *begin = t->at;
    while (t->at < t->end && *t->at >= '0' && *t->at <= '9') {
        x = 10 * x + (*t->at++ - '0');
        if (x > INT32_MAX)
            return -1;
    }
    if (t->at == begin)
        return -1;
    if (stop == '\n' && t->at < t->end && *t->at == '\r')
        t->at++;
    if (t->at == t->end)
        return stop == '\n' ? (int)x : -1;
    return *t->at++ == stop ? (int)x : -1;
}

static int read_heading(struct table *t, struct err *e)
{
    static const char heading[] = "worker,index";
    size_t n = sizeof(heading) - 1;
    t->row = 1;
    if ((size_t)(t->end - t->at) > n && !memcmp(t->at, heading, n)) {
        t->at += n;
        t->at += *t->at == '\r';
        if (t->at < t->end && *t->at++ == '\n')
            return 0;
    }
    return err_set(e, "%s: row 1 is not \"worker,index\", the heading", t->path);
}

static int read_row(struct table *t, int n_worker, int n, struct err *e)
{
    t->row++;
    int worker = number(t, ',');
    int sample = worker < 0 ? -1 : number(t, '\n');
    if (sample < 0)
        return err_set(e, "%s: row %d is not a worker's and a sample's number, as in 3,17", t->path,
                       t->row);
    if (worker >= n_worker)
        return err_set(e, "%s: row %d names worker %d; the workers are 0 to %d", t->path, t->row,
                       worker, n_worker - 1);
    if (sample >= n)
        return err_set(e, "%s: row %d names sample %d; the samples are 0 to %d", t->path, t->row,
                       sample, n - 1);
    if (t->seen[sample])
        return err_set(e, "%s: row %d names sample %d, which row %d already has", t->path, t->row,
                       sample, t->seen[sample]);
    t->seen[sample] = t->row;
    t->worker[t->n_row] = worker;
    t->sample[t->n_row++] = sample;
    return 0;
}

/* Fill p, if all workers have the same number of rows. */
static int fill(struct partition *p, const struct table *t, struct err *e)
{
    int *held = xcalloc((size_t)p->n_worker, sizeof(*held)), rc = 0;
    for (int i = 0; i < t->n_row; i++)
        held[t->worker[i]]++;
    for (int j = 0; j < p->n_worker && !rc; j++)
        if (!held[j])
            rc = err_set(e, "%s: none of its %d rows is for worker %d of 0 to %d", t->path, t->row,
                         j, p->n_worker - 1);
    for (int j = 1; j < p->n_worker && !rc; j++)
        if (held[j] != held[0])
            rc = err_set(e,
                         "%s: worker %d has %d rows and worker 0 has %d; all workers must have the "
                         "same number",
                         t->path, j, held[j], held[0]);
    if (!rc) {
        p->n_each = held[0];
        memset(held, 0, (size_t)p->n_worker * sizeof(*held));
        for (int i = 0; i < t->n_row; i++) {
            int j = t->worker[i];
            p->index[j * p->n_each + held[j]++] = t->sample[i];
        }
    }
    free(held);
    return rc;
}

enum { PARTITION_FILE };
static const struct parameter parameters[] = {
    {"partition_file", .help = "file with the partition, rows worker,index", .type = FILE_PATH},
    {NULL}};

static int make(struct partition *p, const struct partition_request *q, const struct labels *l,
                struct err *e)
{
    enum { ROW_LENGTH = 32 }; /* more than two numbers of 10 digits need */
    const char *path = q->parameter[PARTITION_FILE].text;
    if (!path[0])
        return err_usage(e, "partition: the kind 'file' needs the name of a file");
    size_t n = (size_t)l->n, size;
    char *text = file_read(path, (n + 1) * ROW_LENGTH, &size, e);
    if (!text)
        return -1;
    struct table t = {.path = path, .at = text, .end = text + size};
    t.worker = xcalloc(n, sizeof(*t.worker));
    t.sample = xcalloc(n, sizeof(*t.sample));
    t.seen = xcalloc(n, sizeof(*t.seen));
    int rc = read_heading(&t, e);
    while (!rc && t.at < t.end)
        rc = read_row(&t, p->n_worker, l->n, e);
    if (!rc)
        rc = fill(p, &t, e);
    free(t.worker);
    free(t.sample);
    free(t.seen);
    free(text);
    return rc;
}

const struct partition_kind partition_file = {
    .about = "read from a CSV file of worker,index rows", .parameter = parameters, .make = make};
