#include "train/record.h"
#include "core/build.h"
#include "core/file.h"
#include "nn/blas.h"
#include "nn/kernels/kernels.h"
#include <cJSON.h>
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

static const char metrics_header[] =
    "epoch,step,lr,train_loss,acc_mean_pct,acc_std_pct,acc_worst_pct,acc_best_pct,"
    "acc_average_pct,test_loss_mean,consensus_distance,bytes_sent\n";
static const char timing_header[] =
    "epoch,step,wall_seconds,samples_per_second,compute_seconds,mix_seconds,evaluate_seconds,"
    "checkpoint_seconds\n";

struct record {
    FILE *metrics, *timing;
    struct row *row;
    int n_row;
    char started[32];
};

static void path_of(const struct run *r, const char *name, char path[RUN_PATH + 32])
{
    snprintf(path, RUN_PATH + 32, "%s/%s", r->place.dir, name);
}

static void time_now(char text[32])
{
    time_t now = time(NULL);
    struct tm t;
    strftime(text, 32, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&now, &t));
}

/* --- metrics.csv and timing.csv --------------------------------------------------------------- */

/* Nine significant digits, or the given decimals; empty where not evaluated. */
static void print_figure(FILE *f, double v)
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
    print_figure(f, w->lr), print_figure(f, w->train_loss);
    print_fixed(f, 4, w->acc_mean), print_fixed(f, 4, w->acc_std);
    print_fixed(f, 4, w->acc_worst), print_fixed(f, 4, w->acc_best);
    print_fixed(f, 4, w->acc_average), print_figure(f, w->test_loss);
    print_figure(f, w->consensus), print_fixed(f, 0, w->bytes_sent);
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
    struct row *more = xcalloc((size_t)rec->n_row + 1, sizeof(*more));
    if (rec->row)
        memcpy(more, rec->row, (size_t)rec->n_row * sizeof(*more));
    more[rec->n_row++] = *row;
    free(rec->row);
    rec->row = more;
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

int record_row(struct record *rec, const struct run *r, const struct row *row, struct err *e)
{
    const struct seconds *s = &r->seconds;
    double wall = seconds_now() - s->start;
    double samples = (double)r->step / (double)r->steps_per_epoch * r->part.n_each * r->o.w.n;
    keep_row(rec, row);
    print_row(rec->metrics, row);
    fprintf(rec->timing, "%.9g,%ld,%.3f,%.1f,%.3f,%.3f,%.3f,%.3f\n", row->epoch, row->step, wall,
            samples / fmax(r->o.seconds_compute + r->o.seconds_mix, 1e-9), r->o.seconds_compute,
            r->o.seconds_mix, s->evaluate, s->checkpoint);
    if (fflush(rec->metrics) != 0 || fflush(rec->timing) != 0)
        return err_set(e, "%s: writing results failed: %s", r->place.dir, strerror(errno));
    return 0;
}

/* --- manifest.json ---------------------------------------------------------------------------- */

static cJSON *configuration(const struct run *r)
{
    char value[4 * CONFIG_TEXT];
    cJSON *o = cJSON_CreateObject();
    for (int i = 0; config_key(i); i++)
        if (config_counts(&r->c, i))
            cJSON_AddRawToObject(o, config_key(i), config_value(&r->c, i, value, sizeof(value)));
    return o;
}

static void add_number(cJSON *o, const char *name, double v)
{
    if (isfinite(v))
        cJSON_AddNumberToObject(o, name, v);
    else
        cJSON_AddNullToObject(o, name);
}

struct scope {
    const char *name;
    size_t at;
};
static const struct scope scopes[] = {{"acc_mean_pct", offsetof(struct row, acc_mean)},
                                      {"acc_worst_pct", offsetof(struct row, acc_worst)},
                                      {"acc_average_pct", offsetof(struct row, acc_average)}};

static double scope_value(const struct row *row, const struct scope *s)
{
    return *(const double *)((const char *)row + s->at);
}

/* By scope: the last evaluation, the mean of the last five, and the best with its epoch. */
static cJSON *results(const struct record *rec)
{
    cJSON *o = cJSON_CreateObject();
    for (size_t i = 0; i < LENGTH(scopes) && rec->n_row; i++) {
        double best = -1, best_epoch = NAN, sum = 0;
        int last5 = rec->n_row < 5 ? rec->n_row : 5;
        for (int k = 0; k < rec->n_row; k++) {
            double v = scope_value(&rec->row[k], &scopes[i]);
            if (v > best)
                best = v, best_epoch = rec->row[k].epoch;
            sum += k >= rec->n_row - last5 ? v : 0;
        }
        if (best < 0) /* never evaluated */
            continue;
        cJSON *s = cJSON_AddObjectToObject(o, scopes[i].name);
        add_number(s, "last", scope_value(&rec->row[rec->n_row - 1], &scopes[i]));
        add_number(s, "last5_mean", sum / last5);
        add_number(s, "best", best);
        add_number(s, "best_epoch", best_epoch);
    }
    if (rec->n_row) {
        const struct row *w = &rec->row[rec->n_row - 1];
        add_number(o, "epoch", w->epoch), add_number(o, "train_loss", w->train_loss);
        add_number(o, "test_loss_mean", w->test_loss);
        add_number(o, "consensus_distance", w->consensus),
            add_number(o, "bytes_sent", w->bytes_sent);
    }
    return o;
}

static void add_machine(cJSON *o, const struct run *r)
{
    char line[256], cpu[256] = "unknown";
    FILE *f = fopen("/proc/cpuinfo", "r");
    while (f && fgets(line, sizeof(line), f))
        if (!strncmp(line, "model name", 10) && strchr(line, ':')) {
            snprintf(cpu, sizeof(cpu), "%s", strchr(line, ':') + 2);
            cpu[strcspn(cpu, "\n")] = '\0';
            break;
        }
    if (f)
        fclose(f);
    cJSON *m = cJSON_AddObjectToObject(o, "machine");
    cJSON_AddStringToObject(m, "cpu", cpu);
    cJSON_AddNumberToObject(m, "ranks", gossip_n_rank());
    cJSON_AddStringToObject(m, "mpi", gossip_describe());
    cJSON_AddStringToObject(m, "blas", blas_describe());
    cJSON_AddStringToObject(m, "kernels", kernels->name);
    struct rusage u;
    getrusage(RUSAGE_SELF, &u);
    cJSON_AddNumberToObject(m, "peak_memory_mib", (double)u.ru_maxrss / 1024);
    const struct seconds *s = &r->seconds;
    cJSON *t = cJSON_AddObjectToObject(o, "seconds");
    add_number(t, "wall", seconds_now() - s->start), add_number(t, "compute", r->o.seconds_compute);
    add_number(t, "mix", r->o.seconds_mix), add_number(t, "evaluate", s->evaluate);
    add_number(t, "checkpoint", s->checkpoint);
}

static cJSON *manifest(const struct record *rec, const struct run *r, enum run_status status)
{
    char now[32];
    time_now(now);
    cJSON *o = cJSON_CreateObject();
    cJSON_AddStringToObject(o, "status", run_status_name(status));
    if (r->place.experiment)
        cJSON_AddStringToObject(o, "experiment", r->place.experiment);
    if (r->place.tier)
        cJSON_AddStringToObject(o, "tier", r->place.tier);
    if (r->place.cell)
        cJSON_AddStringToObject(o, "cell", r->place.cell);
    cJSON_AddItemToObject(o, "config", configuration(r));
    cJSON_AddStringToObject(o, "config_sha256", r->hash);
    cJSON_AddStringToObject(o, "started", rec->started);
    cJSON_AddStringToObject(o, "written", now);
    cJSON_AddStringToObject(o, "version", build.version);
    cJSON_AddStringToObject(o, "git_commit", build.commit);
    cJSON_AddStringToObject(o, "code_sha256", build.code);
    cJSON_AddStringToObject(o, "variant", build.variant);
    cJSON_AddStringToObject(o, "compiler", build.compiler);
    cJSON_AddStringToObject(o, "compiler_flags", build.flags);
    cJSON_AddStringToObject(o, "data_sha256", r->data.sha256);
    cJSON_AddStringToObject(o, "split_sha256", r->part.sha256);
    cJSON_AddNumberToObject(o, "train_samples", r->data.train.n);
    cJSON_AddNumberToObject(o, "test_samples", r->data.test.n);
    add_number(
        o, "label_heterogeneity_tv",
        partition_heterogeneity(&r->part, r->data.train.y, r->data.train.n, r->data.n_class));
    cJSON_AddNumberToObject(o, "parameters", (double)r->net.n_param);
    cJSON_AddItemToObject(o, "results", results(rec));
    add_machine(o, r);
    return o;
}

static int manifest_write(const struct record *rec, const struct run *r, enum run_status status,
                          const char *parameters, struct err *e)
{
    char path[RUN_PATH + 32];
    cJSON *o = manifest(rec, r, status);
    if (parameters)
        cJSON_AddStringToObject(o, "parameters_sha256", parameters);
    char *text = cJSON_Print(o);
    path_of(r, "manifest.json", path);
    int rc = file_replace(path, text, strlen(text), e);
    cJSON_free(text);
    cJSON_Delete(o);
    return rc;
}

static int split_write(const struct run *r, struct err *e)
{
    char path[RUN_PATH + 32], *text = NULL;
    size_t n = 0;
    FILE *f = open_memstream(&text, &n);
    partition_write(&r->part, f);
    fclose(f);
    path_of(r, "split.csv", path);
    int rc = file_replace(path, text, n, e);
    free(text);
    return rc;
}

struct record *record_open(const struct run *r, long resume_step, struct err *e)
{
    char path[RUN_PATH + 32];
    if (dir_make(r->place.dir, e) < 0)
        return NULL;
    struct record *rec = xcalloc(1, sizeof(*rec));
    time_now(rec->started);
    path_of(r, "metrics.csv", path);
    if (manifest_write(rec, r, RUN_STARTED, NULL, e) == 0 && split_write(r, e) == 0 &&
        (rec->metrics = csv_open(rec, path, metrics_header, resume_step, e))) {
        path_of(r, "timing.csv", path);
        if ((rec->timing = csv_open(rec, path, timing_header, resume_step, e)))
            return rec;
    }
    record_close(rec);
    return NULL;
}

int record_finish(struct record *rec, const struct run *r, enum run_status status,
                  const char *parameters, struct err *e)
{
    return manifest_write(rec, r, status, parameters, e);
}

void record_close(struct record *rec)
{
    if (!rec)
        return;
    if (rec->metrics)
        fclose(rec->metrics);
    if (rec->timing)
        fclose(rec->timing);
    free(rec->row);
    free(rec);
}

int run_is_done(const char *dir, const char *hash)
{
    enum { MANIFEST_LIMIT = 1 << 20 };
    char path[RUN_PATH + 32];
    struct err e;
    snprintf(path, sizeof(path), "%s/manifest.json", dir);
    char *text = file_exists(path) ? file_read(path, MANIFEST_LIMIT, NULL, &e) : NULL;
    cJSON *o = text ? cJSON_Parse(text) : NULL;
    const char *status = cJSON_GetStringValue(cJSON_GetObjectItem(o, "status"));
    const char *config = cJSON_GetStringValue(cJSON_GetObjectItem(o, "config_sha256"));
    const char *code = cJSON_GetStringValue(cJSON_GetObjectItem(o, "code_sha256"));
    const char *variant = cJSON_GetStringValue(cJSON_GetObjectItem(o, "variant"));
    int done = status && config && code && variant && !strcmp(config, hash) &&
               !strcmp(code, build.code) && !strcmp(variant, build.variant) &&
               (!strcmp(status, "finished") || !strcmp(status, "diverged"));
    cJSON_Delete(o);
    free(text);
    return done;
}
