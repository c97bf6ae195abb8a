#include "train/record.h"
#include "core/file.h"
#include "core/text.h"
#include "train/checkpoint.h"
#include "train/manifest.h"
#include <cJSON.h>
#include <dirent.h>
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

const char *const run_files[N_RUN_FILE] = {"metrics.csv", "timing.csv",        "split.csv",
                                           "classes.csv", "workers.csv",       "vocabulary.txt",
                                           "path.csv",    "model.safetensors", "manifest.json"};
enum csv { METRICS, TIMING, PATH, WORKERS };
static const char *const csv_names[N_CSV] = {"metrics.csv", "timing.csv", "path.csv",
                                             "workers.csv"};
/* The order of the numbers in `beside`: the times, the path, the workers' accuracies. */
enum { WALL, SPEED, COMPUTE, MIX, EVALUATE, CHECKPOINT, N_TIME };

static size_t n_path(const struct run *r)
{
    return r->task.drawable ? (size_t)r->o.w.n * r->o.w.d : 0;
}

static size_t n_accuracy(const struct run *r)
{
    return r->task.accuracy ? (size_t)r->o.w.n : 0;
}

void record_time(char text[RECORD_TIME])
{
    time_t now = time(NULL);
    struct tm t;
    strftime(text, RECORD_TIME, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&now, &t));
}

/* The SHA-256 of each file that is the value of a key. */
static cJSON *sum_settings(const struct config *c)
{
    char sha256[HASH_TEXT];
    struct err e;
    cJSON *o = cJSON_CreateObject();
    for (int i = 0; config_key(i); i++) {
        size_t n;
        const char *path = config_file(c, i);
        char *bytes = path ? file_read(path, SIZE_MAX, &n, &e) : NULL;
        if (bytes) {
            hash_bytes(bytes, n, sha256);
            cJSON_AddStringToObject(o, config_key(i), sha256);
        }
        free(bytes);
    }
    return o;
}

struct record *record_new(const struct run *r)
{
    struct record *rec = xcalloc(1, sizeof(*rec));
    rec->setting_files = sum_settings(&r->c);
    record_time(rec->started);
    rec->n_beside = N_TIME + n_path(r) + n_accuracy(r);
    return rec;
}

/* The array, moved to a larger one that has room for more than its n objects. */
static void *grown(void *old, int64_t n, int64_t room, size_t size)
{
    void *new = xcalloc((size_t)room, size);
    if (old)
        memcpy(new, old, (size_t)n * size);
    free(old);
    return new;
}

void record_resize(struct record *rec, int64_t n)
{
    if (n > rec->room) {
        rec->room = 2 * n;
        rec->row = grown(rec->row, rec->n_row, rec->room, sizeof(*rec->row));
        rec->beside = grown(rec->beside, rec->n_row, rec->room, rec->n_beside * sizeof(double));
    }
    rec->n_row = n;
}

/* --- lines ------------------------------------------------------------------------------------ */

static int is_shown(const struct run *r, int column)
{
    return column_is_in_csv(column) &&
           (!columns[column].is_optional || r->c.eval_scopes & SCOPE_OWN);
}

/* A value that was not evaluated is left empty. */
static void print_metrics(FILE *f, const struct run *r, const struct row *row)
{
    const char *before = "";
    for (int i = 0; i < N_COLUMN; i++) {
        if (!is_shown(r, i))
            continue;
        fputs(before, f), before = ",";
        if (!isnan(row_get(row, i)))
            column_print(f, i, row_get(row, i));
    }
    fputc('\n', f);
}

static void print_timing(FILE *f, const struct row *row, const double *time)
{
    fprintf(f, "%.9g,%.0f,%.3f,%.1f,%.3f,%.3f,%.3f,%.3f\n", row->epoch, row->step, time[WALL],
            time[SPEED], time[COMPUTE], time[MIX], time[EVALUATE], time[CHECKPOINT]);
}

/* One line with the d numbers of each worker; x (n, d). */
static void print_workers(FILE *f, const struct run *r, double epoch, double step, const double *x,
                          size_t d)
{
    for (int i = 0; i < r->o.w.n; i++) {
        fprintf(f, "%.9g,%.0f,%d", epoch, step, i);
        for (size_t k = 0; k < d; k++)
            fprintf(f, ",%.9g", x[(size_t)i * d + k]);
        fputc('\n', f);
    }
}

/* Print row k into one of the files. */
static void print_row(FILE *f, enum csv csv, const struct run *r, int64_t k)
{
    const struct row *row = &r->record->row[k];
    const double *beside = r->record->beside + (size_t)k * r->record->n_beside;
    if (csv == METRICS)
        print_metrics(f, r, row);
    else if (csv == TIMING)
        print_timing(f, row, beside);
    else if (csv == PATH)
        print_workers(f, r, row->epoch, row->step, beside + N_TIME, r->o.w.d);
    else
        print_workers(f, r, row->epoch, row->step, beside + N_TIME + n_path(r), 1);
}

/* Print what precedes the rows: the names of the columns and, in path.csv, the starting points. */
static void print_head(FILE *f, enum csv csv, const struct run *r)
{
    const char *before = "";
    if (csv == METRICS) {
        for (int i = 0; i < N_COLUMN; i++)
            if (is_shown(r, i))
                fprintf(f, "%s%s", before, columns[i].key), before = ",";
        fputc('\n', f);
    } else if (csv == TIMING) {
        fprintf(f,
                "epoch,step,wall_seconds,%s_per_second,compute_seconds,mix_seconds,"
                "evaluate_seconds,checkpoint_seconds\n",
                r->task.kind->unit);
    } else if (csv == WORKERS) {
        fputs("epoch,step,worker,acc_pct\n", f);
    } else {
        fputs("epoch,step,worker", f);
        for (size_t k = 0; k < r->o.w.d; k++)
            fprintf(f, ",x_%zu", k + 1);
        fputc('\n', f);
        print_workers(f, r, 0, 0, r->path, r->o.w.d);
    }
}

/* --- files ------------------------------------------------------------------------------------ */

/* Replace the file by one with all rows so far, and keep it open for those to come. */
static int open_csv(struct record *rec, enum csv csv, const struct run *r, struct err *e)
{
    char path[RUN_FILE];
    struct text text;
    FILE *f = text_open(&text);
    run_file(r, csv_names[csv], path);
    print_head(f, csv, r);
    for (int64_t k = 0; k < rec->n_row; k++)
        print_row(f, csv, r, k);
    int status = text_save(&text, path, e);
    if (status == 0 && !(rec->csv[csv] = fopen(path, "a")))
        status = err_set(e, "%s: cannot be written: %s", path, strerror(errno));
    return status;
}

/* Remove partly written files that a process left if it was killed while replacing a file. */
static void remove_parts(const struct run *r)
{
    char path[RUN_PATH + 256 + 2];
    DIR *dir = opendir(r->place.dir);
    run_file(r, "checkpoint.part", path), unlink(path);
    for (struct dirent *d; dir && (d = readdir(dir));)
        for (int i = 0; i < N_RUN_FILE; i++) {
            size_t n = strlen(run_files[i]);
            if (!strncmp(d->d_name, run_files[i], n) && !strncmp(d->d_name + n, ".part", 5)) {
                snprintf(path, sizeof(path), "%s/%s", r->place.dir, d->d_name);
                unlink(path);
            }
        }
    if (dir)
        closedir(dir);
}

/* Write the first manifest.  If the run is not resumed, remove what an earlier one left: its
 * checkpoints before the new manifest replaces the old one, the rest after that. */
static int begin(const struct run *r, struct err *e)
{
    char path[RUN_FILE];
    if (!r->before)
        checkpoint_remove(r->place.dir);
    remove_parts(r);
    if (manifest_write(r, RUN_STARTED, NULL, e) < 0)
        return -1;
    for (int i = 0; i < N_RUN_FILE - 1 && !r->before; i++)
        run_file(r, run_files[i], path), unlink(path);
    return 0;
}

int record_open(const struct run *r, struct err *e)
{
    const struct task *t = &r->task;
    struct err ignored;
    int status = begin(r, e);
    if (status == 0 && t->kind->save)
        status = t->kind->save(t, r->place.dir, e);
    for (int i = 0; i < N_CSV && status == 0; i++)
        if ((i != PATH || t->drawable) && (i != WORKERS || t->accuracy))
            status = open_csv(r->record, (enum csv)i, r, e);
    if (status < 0)
        manifest_write(r, RUN_FAILED, NULL, &ignored);
    return status;
}

int record_row(const struct run *r, const struct row *row, struct err *e)
{
    const struct seconds *s = &r->seconds;
    struct record *rec = r->record;
    double units = (double)r->step / (double)r->task.steps_per_epoch * r->task.units_per_epoch;
    double train = r->o.seconds_compute + r->o.seconds_mix;
    record_resize(rec, rec->n_row + 1);
    rec->row[rec->n_row - 1] = *row;
    double *beside = rec->beside + (size_t)(rec->n_row - 1) * rec->n_beside;
    beside[WALL] = seconds_now() - s->start, beside[SPEED] = units / fmax(train, 1e-9);
    beside[COMPUTE] = r->o.seconds_compute, beside[MIX] = r->o.seconds_mix;
    beside[EVALUATE] = s->evaluate, beside[CHECKPOINT] = s->checkpoint;
    if (r->path)
        memcpy(beside + N_TIME, r->path, n_path(r) * sizeof(double));
    if (r->task.accuracy)
        memcpy(beside + N_TIME + n_path(r), r->task.accuracy, n_accuracy(r) * sizeof(double));
    for (int i = 0; i < N_CSV; i++) {
        if (!rec->csv[i])
            continue;
        print_row(rec->csv[i], (enum csv)i, r, rec->n_row - 1);
        if (fflush(rec->csv[i]) != 0)
            return err_set(e, "%s: writing results failed: %s", r->place.dir, strerror(errno));
    }
    return 0;
}

int record_sync(const struct record *rec, const struct run *r, struct err *e)
{
    struct stat s;
    for (int i = 0; i < N_CSV; i++) {
        int file = rec->csv[i] ? fileno(rec->csv[i]) : -1;
        if (file >= 0 && fsync(file) != 0)
            return err_set(e, "%s/%s: writing failed: %s", r->place.dir, csv_names[i],
                           strerror(errno));
        if (file >= 0 && fstat(file, &s) == 0 && s.st_nlink == 0)
            return err_set(e, "%s/%s: was removed during the run", r->place.dir, csv_names[i]);
    }
    return 0;
}

double record_worst_of_means(const struct run *r, int64_t n)
{
    const struct record *rec = r->record;
    double worst = NAN;
    for (size_t i = 0; i < n_accuracy(r); i++) {
        double sum = 0;
        for (int64_t k = rec->n_row - n; k < rec->n_row; k++)
            sum += rec->beside[(size_t)k * rec->n_beside + N_TIME + n_path(r) + i];
        worst = fmin(worst, sum / (double)n);
    }
    return worst;
}

void record_close(struct record *rec)
{
    if (!rec)
        return;
    for (int i = 0; i < N_CSV; i++)
        if (rec->csv[i])
            fclose(rec->csv[i]);
    free(rec->row), free(rec->beside);
    cJSON_Delete(rec->setting_files);
    free(rec);
}
