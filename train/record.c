#include "train/record.h"
#include "core/file.h"
#include "train/manifest.h"
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char metrics_header[] =
    "epoch,step,lr,train_loss,acc_mean_pct,acc_std_pct,acc_worst_pct,acc_best_pct,"
    "acc_average_pct,test_loss_mean,consensus_distance,bytes_sent\n";

struct record {
    FILE *metrics, *timing, *path; /* path: of a toy problem that can be drawn, else NULL */
    struct row *row;
    int n_row;
    char started[MANIFEST_TIME];
};

static void path_of(const struct run *r, const char *name, char path[RUN_PATH + 32])
{
    snprintf(path, RUN_PATH + 32, "%s/%s", r->place.dir, name);
}

/* --- metrics.csv, timing.csv and path.csv ------------------------------------------------------
 */

/* Nine significant digits, or the given decimals; empty where not evaluated. */
static void print_number(FILE *f, double v)
{
    fputc(',', f);
    if (!isnan(v))
        fprintf(f, "%.9g", v);
}

static void print_fixed(FILE *f, int decimals, double v)
{
    fputc(',', f);
    if (!isnan(v))
        fprintf(f, "%.*f", decimals, v);
}

static void print_row(FILE *f, const struct row *w)
{
    fprintf(f, "%.9g,%ld", w->epoch, w->step);
    print_number(f, w->lr), print_number(f, w->train_loss);
    print_fixed(f, 4, w->acc_mean), print_fixed(f, 4, w->acc_std);
    print_fixed(f, 4, w->acc_worst), print_fixed(f, 4, w->acc_best);
    print_fixed(f, 4, w->acc_average), print_number(f, w->test_loss);
    print_number(f, w->consensus), print_fixed(f, 0, w->bytes_sent);
    fputc('\n', f);
}

/* One line of metrics.csv back into a row; 0 if it is not one. */
static int parse_row(const char *line, struct row *w)
{
    double v[12];
    for (int i = 0; i < 12; i++) {
        char *end;
        v[i] = *line == ',' || *line == '\n' ? NAN : strtod(line, &end);
        if (!isnan(v[i]))
            line = end;
        if (*line != (i < 11 ? ',' : '\n'))
            return 0;
        line++;
    }
    if (!(v[1] >= 0 && v[1] <= 1e15)) /* no step */
        return 0;
    *w = (struct row){.epoch = v[0],
                      .step = (long)v[1],
                      .lr = v[2],
                      .train_loss = v[3],
                      .acc_mean = v[4],
                      .acc_std = v[5],
                      .acc_worst = v[6],
                      .acc_best = v[7],
                      .acc_average = v[8],
                      .test_loss = v[9],
                      .consensus = v[10],
                      .bytes_sent = v[11]};
    return 1;
}

static void keep_row(struct record *rec, const struct row *row)
{
    size_t n = (size_t)rec->n_row;
    if ((n & (n - 1)) == 0) { /* full: twice the room */
        struct row *more = xcalloc(2 * n + 1, sizeof(*more));
        if (rec->row)
            memcpy(more, rec->row, n * sizeof(*more));
        free(rec->row);
        rec->row = more;
    }
    rec->row[rec->n_row++] = *row;
}

/* Open a CSV file with its header and those lines whose second field is at most last_step. */
static FILE *csv_open(struct record *rec, const char *path, const char *header, long last_step,
                      struct err *e)
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
        if (header == metrics_header && parse_row(line, &row))
            keep_row(rec, &row);
    }
    fflush(f);
    free(old);
    return f;
}

/* Where all workers are: a line for each. */
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
    fprintf(rec->timing, "%.9g,%ld,%.3f,%.1f,%.3f,%.3f,%.3f,%.3f\n", row->epoch, row->step, wall,
            units / fmax(r->o.seconds_compute + r->o.seconds_mix, 1e-9), r->o.seconds_compute,
            r->o.seconds_mix, s->evaluate, s->checkpoint);
    if (rec->path)
        print_path(rec->path, r);
    if (fflush(rec->metrics) != 0 || fflush(rec->timing) != 0 ||
        (rec->path && fflush(rec->path) != 0))
        return err_set(e, "%s: writing results failed: %s", r->place.dir, strerror(errno));
    return 0;
}

static int open_path(struct record *rec, const struct run *r, long resume_step, struct err *e)
{
    char path[RUN_PATH + 32], header[64] = "epoch,step,worker";
    path_of(r, "path.csv", path);
    for (size_t k = 0; k < r->o.w.d; k++)
        snprintf(header + strlen(header), sizeof(header) - strlen(header), ",x_%zu", k + 1);
    strcat(header, "\n");
    if (!(rec->path = csv_open(rec, path, header, resume_step, e)))
        return -1;
    if (resume_step < 0)
        print_path(rec->path, r); /* where they start */
    return 0;
}

static int open_files(struct record *rec, const struct run *r, long resume_step, struct err *e)
{
    char path[RUN_PATH + 32], timing_header[128];
    const struct task *t = &r->task;
    snprintf(timing_header, sizeof(timing_header),
             "epoch,step,wall_seconds,%s_per_second,compute_seconds,mix_seconds,evaluate_seconds,"
             "checkpoint_seconds\n",
             t->kind->unit);
    path_of(r, "metrics.csv", path);
    if ((t->kind->save && t->kind->save(t, r->place.dir, e) < 0) ||
        !(rec->metrics = csv_open(rec, path, metrics_header, resume_step, e)))
        return -1;
    path_of(r, "timing.csv", path);
    if (!(rec->timing = csv_open(rec, path, timing_header, resume_step, e)))
        return -1;
    return t->drawable ? open_path(rec, r, resume_step, e) : 0;
}

struct record *record_open(const struct run *r, long resume_step, struct err *e)
{
    if (dir_make(r->place.dir, e) < 0)
        return NULL;
    struct record *rec = xcalloc(1, sizeof(*rec));
    manifest_time(rec->started);
    if (manifest_write(r, RUN_STARTED, rec->started, NULL, 0, NULL, e) == 0 &&
        open_files(rec, r, resume_step, e) == 0)
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
