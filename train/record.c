#include "train/record.h"
#include "core/file.h"
#include "train/checkpoint.h"
#include "train/manifest.h"
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { HEADER_TEXT = 512 };
const char *const run_files[N_RUN_FILE] = {"metrics.csv",  "timing.csv",     "split.csv",
                                           "classes.csv",  "vocabulary.txt", "path.csv",
                                           "manifest.json"};

struct record {
    FILE *metrics, *timing, *path; /* path: NULL unless the task is drawable */
    struct row *row;
    int n_row;
    char started[MANIFEST_TIME];
};

/* The first line of metrics.csv: the names of the columns. */
static void print_header(char text[HEADER_TEXT])
{
    size_t at = 0;
    for (int i = 0; i < N_COLUMN; i++)
        if (column_is_in_csv(i))
            at += (size_t)snprintf(text + at, HEADER_TEXT - at, "%s%s", at ? "," : "",
                                   columns[i].key);
    CHECK(at + 1 < HEADER_TEXT);
    strcpy(text + at, "\n");
}

/* A value that was not evaluated is left empty. */
static void print_row(FILE *f, const struct row *row)
{
    const char *before = "";
    for (int i = 0; i < N_COLUMN; i++) {
        if (!column_is_in_csv(i))
            continue;
        fputs(before, f), before = ",";
        if (!isnan(row_get(row, i)))
            column_print(f, i, row_get(row, i));
    }
    fputc('\n', f);
}

/* Parse one line of metrics.csv into a row; 0 if it is not a row. */
static int parse_row(const char *line, struct row *row)
{
    const char *next = line;
    row_clear(row);
    for (int i = 0; i < N_COLUMN; i++) {
        char *end;
        if (!column_is_in_csv(i))
            continue;
        if (next != line && *next++ != ',')
            return 0;
        if (*next == ',' || *next == '\n')
            continue;
        row_set(row, i, strtod(next, &end));
        next = end;
    }
    return *next == '\n' && row->step >= 0 && row->step <= 1e15;
}

static void keep_row(struct record *rec, const struct row *row)
{
    size_t n = (size_t)rec->n_row;
    if ((n & (n - 1)) == 0) { /* full: double the memory */
        struct row *more = xcalloc(2 * n + 1, sizeof(*more));
        if (rec->row)
            memcpy(more, rec->row, n * sizeof(*more));
        free(rec->row);
        rec->row = more;
    }
    rec->row[rec->n_row++] = *row;
}

/* Open a CSV file with its header and those lines whose second field is at most last_step; keep
 * them as rows if it is metrics.csv. */
static FILE *csv_open(struct record *rec, const char *path, const char *header, int is_metrics,
                      long last_step, struct err *e)
{
    enum { CSV_LIMIT = 1 << 28 };
    char *old = last_step >= 0 && file_exists(path) ? file_read(path, CSV_LIMIT, NULL, e) : NULL;
    FILE *f = fopen(path, "w");
    if (!f) {
        err_set(e, "%s: cannot be written: %s", path, strerror(errno));
        free(old);
        return NULL;
    }
    fputs(header, f);
    for (char *line = old ? strchr(old, '\n') : NULL; line && line[1]; line = strchr(line, '\n')) {
        struct row row;
        char *comma = strchr(++line, ','), *end = strchr(line, '\n');
        if (!comma || !end || strtol(comma + 1, NULL, 10) > last_step)
            break;
        fwrite(line, 1, (size_t)(end - line) + 1, f);
        if (is_metrics && parse_row(line, &row))
            keep_row(rec, &row);
    }
    fflush(f);
    free(old);
    return f;
}

/* Write one line with the position of each worker. */
static void print_path(FILE *f, const struct run *r)
{
    size_t d = r->o.w.d;
    for (int i = 0; i < r->o.w.n; i++) {
        fprintf(f, "%.9g,%ld,%d", (double)r->step / (double)r->task.steps_per_epoch, r->step, i);
        for (size_t k = 0; k < d; k++)
            fprintf(f, ",%.9g", r->path[(size_t)i * d + k]);
        fputc('\n', f);
    }
}

int record_row(struct record *rec, const struct run *r, const struct row *row, struct err *e)
{
    const struct seconds *s = &r->seconds;
    double wall = seconds_now() - s->start;
    double units = (double)r->step / (double)r->task.steps_per_epoch * r->task.units_per_epoch;
    keep_row(rec, row);
    print_row(rec->metrics, row);
    fprintf(rec->timing, "%.9g,%.0f,%.3f,%.1f,%.3f,%.3f,%.3f,%.3f\n", row->epoch, row->step, wall,
            units / fmax(r->o.seconds_compute + r->o.seconds_mix, 1e-9), r->o.seconds_compute,
            r->o.seconds_mix, s->evaluate, s->checkpoint);
    if (rec->path)
        print_path(rec->path, r);
    if (fflush(rec->metrics) != 0 || fflush(rec->timing) != 0 ||
        (rec->path && fflush(rec->path) != 0))
        return err_set(e, "%s: writing results failed: %s", r->place.dir, strerror(errno));
    return 0;
}

/* Remove what an earlier run left: its checkpoint before this run's manifest takes the place of its
 * own, the rest after that. */
static int begin_manifest(struct record *rec, const struct run *r, struct err *e)
{
    char path[RUN_FILE];
    checkpoint_remove(r);
    if (manifest_write(r, RUN_STARTED, rec->started, NULL, 0, NULL, e) < 0)
        return -1;
    for (int i = 0; i < N_RUN_FILE - 1; i++)
        run_file(r, run_files[i], path), unlink(path);
    return 0;
}

static int open_path(struct record *rec, const struct run *r, long resume_step, struct err *e)
{
    char path[RUN_FILE], header[64] = "epoch,step,worker";
    run_file(r, "path.csv", path);
    for (size_t k = 0; k < r->o.w.d; k++)
        snprintf(header + strlen(header), sizeof(header) - strlen(header), ",x_%zu", k + 1);
    strcat(header, "\n");
    if (!(rec->path = csv_open(rec, path, header, 0, resume_step, e)))
        return -1;
    if (resume_step < 0)
        print_path(rec->path, r); /* the starting points */
    return 0;
}

static int open_files(struct record *rec, const struct run *r, long resume_step, struct err *e)
{
    char path[RUN_FILE], header[HEADER_TEXT];
    const struct task *t = &r->task;
    print_header(header);
    run_file(r, "metrics.csv", path);
    if ((t->kind->save && t->kind->save(t, r->place.dir, e) < 0) ||
        !(rec->metrics = csv_open(rec, path, header, 1, resume_step, e)))
        return -1;
    run_file(r, "timing.csv", path);
    snprintf(header, sizeof(header),
             "epoch,step,wall_seconds,%s_per_second,compute_seconds,mix_seconds,evaluate_seconds,"
             "checkpoint_seconds\n",
             t->kind->unit);
    if (!(rec->timing = csv_open(rec, path, header, 0, resume_step, e)))
        return -1;
    return t->drawable ? open_path(rec, r, resume_step, e) : 0;
}

struct record *record_open(const struct run *r, long resume_step, struct err *e)
{
    if (dir_make(r->place.dir, e) < 0)
        return NULL;
    struct record *rec = xcalloc(1, sizeof(*rec));
    manifest_time(rec->started);
    int status = resume_step < 0 ? begin_manifest(rec, r, e)
                                 : manifest_write(r, RUN_STARTED, rec->started, NULL, 0, NULL, e);
    if (status == 0 && open_files(rec, r, resume_step, e) == 0)
        return rec;
    record_close(rec);
    return NULL;
}

int record_finish(struct record *rec, const struct run *r, enum run_status status,
                  const char *parameters, struct err *e)
{
    return manifest_write(r, status, rec->started, rec->row, rec->n_row, parameters, e);
}

void record_close(struct record *rec)
{
    if (!rec)
        return;
    if (rec->metrics)
        fclose(rec->metrics);
    if (rec->timing)
        fclose(rec->timing);
    if (rec->path)
        fclose(rec->path);
    free(rec->row);
    free(rec);
}
