/* file: a partition read from a CSV file such as partition_save writes: the line "worker,index",
 * then one row for each sample used, in any order of workers; a worker's samples keep the order of
 * their rows.  The two columns may be in either order, and others are ignored.  Workers may have
 * different numbers of samples, and some samples may be left out.  An .npz file is read as an
 * archive (archive.h). */
#include "core/file.h"
#include "core/csv.h"
#include "partitions/archive.h"
#include "partitions/partitions.h"
#include <stdlib.h>
#include <string.h>

enum { MAX_COLUMN = 8 };

/* The file while it is read; the heading is row 1. */
struct table {
    struct csv csv;
    int n_column, at_worker, at_sample; /* which columns */
    int n_row;
    int *worker, *sample; /* of the n_row samples read */
    int *seen;            /* (n) the row that a sample was in, or 0 */
};

/* The field as a number; -1 if it has anything but digits between blanks. */
static int number(const struct csv_field *f)
{
    long long x = 0;
    size_t k = 0, n = f->n;
    while (k < n && f->text[k] == ' ')
        k++;
    while (n > k && f->text[n - 1] == ' ')
        n--;
    int is_number = k < n;
    for (; k < n && is_number; k++) {
        is_number = f->text[k] >= '0' && f->text[k] <= '9';
        x = 10 * x + (f->text[k] - '0');
        is_number = is_number && x <= INT32_MAX;
    }
    return is_number ? (int)x : -1;
}

static int read_heading(struct table *t, struct err *e)
{
    static const char *const worker[] = {"worker", NULL}, *const sample[] = {"index", NULL};
    struct csv_field field[MAX_COLUMN];
    int n = csv_any_row(&t->csv, MAX_COLUMN, field, e);
    if (n < 0)
        return -1;
    t->n_column = n;
    t->at_worker = n <= MAX_COLUMN ? csv_find(field, n, worker) : -1;
    t->at_sample = n <= MAX_COLUMN ? csv_find(field, n, sample) : -1;
    if (t->at_worker < 0 || t->at_sample < 0)
        return err_set(e, "%s: row 1 is not \"worker,index\", the heading", t->csv.path);
    return 0;
}

static int add_row(struct table *t, const struct csv_field *field, int n_worker, int n,
                   struct err *e)
{
    const struct csv_field *of_worker = &field[t->at_worker], *of_sample = &field[t->at_sample];
    int worker = number(of_worker), sample = number(of_sample), row = (int)t->csv.row;
    const char *path = t->csv.path;
    if (worker < 0 || sample < 0)
        return err_set(e,
                       "%s: row %d is '%.*s','%.*s', not a worker's and a sample's number, as "
                       "in 3,17",
                       path, row, (int)of_worker->n, of_worker->text, (int)of_sample->n,
                       of_sample->text);
    if (worker >= n_worker)
        return err_set(e, "%s: row %d names worker %d; the workers are 0 to %d", path, row, worker,
                       n_worker - 1);
    if (sample >= n)
        return err_set(e, "%s: row %d names sample %d; the samples are 0 to %d", path, row, sample,
                       n - 1);
    if (t->seen[sample])
        return err_set(e, "%s: row %d names sample %d, which row %d already has", path, row, sample,
                       t->seen[sample]);
    t->seen[sample] = row;
    t->worker[t->n_row] = worker;
    t->sample[t->n_row++] = sample;
    return 0;
}

static int read_rows(struct table *t, int n_worker, int n, struct err *e)
{
    struct csv_field field[MAX_COLUMN];
    int more = read_heading(t, e) < 0 ? -1 : 1;
    while (more > 0 && (more = csv_row(&t->csv, t->n_column, field, e)) > 0)
        more = add_row(t, field, n_worker, n, e) < 0 ? -1 : 1;
    return more;
}

/* Set where each worker's samples begin, if every worker has some. */
static int set_sizes(struct partition *p, const struct table *t, struct err *e)
{
    int32_t *start = p->start = xcalloc((size_t)p->n_worker + 1, sizeof(*p->start));
    int same = 1;
    for (int i = 0; i < t->n_row; i++)
        start[t->worker[i] + 1]++;
    for (int j = 0; j < p->n_worker; j++) {
        if (!start[j + 1])
            return err_set(e, "%s: none of its %d rows is for worker %d of 0 to %d", t->csv.path,
                           (int)t->csv.row, j, p->n_worker - 1);
        same = same && start[j + 1] == start[1];
    }
    p->n_each = same ? start[1] : 0;
    for (int j = 0; j < p->n_worker; j++)
        start[j + 1] += start[j];
    return 0;
}

static int fill(struct partition *p, const struct table *t, struct err *e)
{
    if (set_sizes(p, t, e) < 0)
        return -1;
    int *held = xcalloc((size_t)p->n_worker, sizeof(*held));
    for (int i = 0; i < t->n_row; i++) {
        int j = t->worker[i];
        p->index[p->start[j] + held[j]++] = t->sample[i];
    }
    free(held);
    if (p->n_each) {
        free(p->start);
        p->start = NULL;
    }
    return 0;
}

enum { PARTITION_FILE };
static const struct parameter parameters[] = {
    {"partition_file", .help = "file with the partition: rows worker,index, or .npz",
     .type = FILE_PATH},
    {NULL}};

static int make(struct partition *p, const struct partition_request *q, const struct labels *l,
                struct err *e)
{
    enum { ROW_LENGTH = 64 }; /* more than three numbers of 10 digits need */
    const char *path = q->parameter[PARTITION_FILE].text;
    if (!path[0])
        return err_usage(e, "partition: the kind 'file' needs the name of a file");
    size_t n = (size_t)l->n, size = 0;
    int is_archive = partition_is_archive(path);
    char *text = is_archive ? NULL : file_read_text(path, (n + 1) * ROW_LENGTH, &size, e);
    if (!text && !is_archive)
        return -1;
    struct table t = {.csv = {.path = path, .bytes = text, .n = size}};
    t.worker = xcalloc(n, sizeof(*t.worker));
    t.sample = xcalloc(n, sizeof(*t.sample));
    t.seen = xcalloc(n, sizeof(*t.seen));
    int rc;
    if (is_archive)
        rc = t.n_row = partition_read_archive(path, p->n_worker, l->n, t.worker, t.sample, e);
    else
        rc = read_rows(&t, p->n_worker, l->n, e);
    if (rc >= 0)
        rc = fill(p, &t, e);
    free(t.worker);
    free(t.sample);
    free(t.seen);
    free(text);
    return rc;
}

const struct partition_kind partition_file = {
    .about = "read from a file of worker,index rows, or an .npz archive",
    .parameter = parameters,
    .make = make};
