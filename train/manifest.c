#include "train/manifest.h"
#include "core/build.h"
#include "core/file.h"
#include "core/json.h"
#include "core/memory.h"
#include "nn/blas.h"
#include "nn/kernels/kernels.h"
#include "train/record.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static cJSON *configuration(const struct run *r)
{
    char value[CONFIG_VALUE];
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

/* Add an accuracy: its last value, the mean of the last five, and the best with its epoch; for the
 * worst worker, also the lowest of the workers' own means over the last two. */
static void add_accuracy(cJSON *o, int column, const struct run *r)
{
    const struct row *row = r->record->row;
    int64_t n_row = r->record->n_row;
    double best = -1, best_epoch = NAN, sum = 0;
    int64_t last5 = n_row < 5 ? n_row : 5;
    for (int64_t k = 0; k < n_row; k++) {
        double v = row_get(&row[k], column);
        if (v > best)
            best = v, best_epoch = row[k].epoch;
        sum += k >= n_row - last5 ? v : 0;
    }
    if (best < 0) /* never evaluated */
        return;
    cJSON *s = cJSON_AddObjectToObject(o, columns[column].key);
    add_number(s, "last", row_get(&row[n_row - 1], column));
    add_number(s, "last5_mean", sum / (double)last5);
    if (column == COLUMN_acc_worst)
        add_number(s, "last2_worst", record_worst_of_means(r, n_row < 2 ? n_row : 2));
    add_number(s, "best", best);
    add_number(s, "best_epoch", best_epoch);
}

/* The summary of all rows. */
static cJSON *results(const struct run *r)
{
    const struct row *row = r->record->row;
    int64_t n_row = r->record->n_row;
    cJSON *o = cJSON_CreateObject();
    for (int i = 0; i < N_COLUMN && n_row; i++)
        switch (columns[i].kind) {
        case ACCURACY:
            add_accuracy(o, i, r);
            break;
        case POSITION:
        case LOSS:
        case COST:
            add_number(o, columns[i].key, row_get(&row[n_row - 1], i));
            break;
        case SPREAD:
        case SPLIT:
            break;
        }
    return o;
}

/* If the run was resumed, add at which steps, and what had changed by then. */
static void add_resumed(cJSON *o, const struct run *r)
{
    if (!r->before)
        return;
    const cJSON *before = cJSON_GetObjectItem(r->before, "resumed");
    cJSON *all = before ? cJSON_Duplicate(before, 1) : cJSON_CreateArray();
    cJSON *now = cJSON_CreateObject();
    cJSON_AddItemToObject(o, "resumed", all);
    cJSON_AddItemToArray(all, now);
    cJSON_AddNumberToObject(now, "step", (double)r->step_first);
    cJSON_AddStringToObject(now, "at", r->record->started);
    cJSON_AddNumberToObject(now, "ranks", gossip_n_rank());
    if (r->changes[0])
        cJSON_AddStringToObject(now, "changes", r->changes);
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
    cJSON_AddNumberToObject(m, "peak_memory_mib", memory_taken() / (1 << 20));
    const struct seconds *s = &r->seconds;
    cJSON *t = cJSON_AddObjectToObject(o, "seconds");
    add_number(t, "wall", seconds_now() - s->start), add_number(t, "compute", r->o.seconds_compute);
    add_number(t, "mix", r->o.seconds_mix), add_number(t, "evaluate", s->evaluate);
    add_number(t, "checkpoint", s->checkpoint);
}

char *manifest_text(const struct run *r, enum run_status status, const char *parameters)
{
    char now[RECORD_TIME], shared[HASH_TEXT];
    const struct record *rec = r->record;
    record_time(now);
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
    if (cJSON_GetArraySize(rec->setting_files) > 0)
        cJSON_AddItemToObject(o, "setting_files", cJSON_Duplicate(rec->setting_files, 1));
    cJSON_AddStringToObject(o, "started",
                            r->before ? json_field(r->before, "started") : rec->started);
    cJSON_AddStringToObject(o, "written", now);
    add_resumed(o, r);
    cJSON_AddStringToObject(o, "version", build.version);
    cJSON_AddStringToObject(o, "git_commit", build.commit);
    identity_shared(&r->identity, shared);
    cJSON_AddStringToObject(o, "code_sha256", shared);
    cJSON_AddItemToObject(o, "code", identity_json(&r->identity, 0));
    cJSON_AddItemToObject(o, "data_files", identity_json(&r->identity, 1));
    cJSON_AddStringToObject(o, "variant", build.variant);
    cJSON_AddStringToObject(o, "compiler", build.compiler);
    cJSON_AddStringToObject(o, "compiler_flags", build.flags);
    r->task.kind->trace(&r->task, o);
    cJSON_AddNumberToObject(o, "parameters", (double)r->task.d);
    cJSON_AddItemToObject(o, "results", results(r));
    add_machine(o, r);
    if (parameters)
        cJSON_AddStringToObject(o, "parameters_sha256", parameters);
    char *text = cJSON_Print(o);
    CHECK(text);
    cJSON_Delete(o);
    return text;
}

/* A full disk has no room for another manifest: change the status in the one that is there. */
static void mark_failed(const char *path)
{
    static const char started[] = "\"status\":\t\"started\"", failed[] = "\"status\":\t \"failed\"";
    struct err ignored;
    char *text = file_read(path, SIZE_MAX, NULL, &ignored);
    const char *at = text ? strstr(text, started) : NULL;
    FILE *f = at ? fopen(path, "r+b") : NULL;
    if (f) {
        fseek(f, at - text, SEEK_SET);
        fputs(failed, f);
        fclose(f);
    }
    free(text);
}

int manifest_write(const struct run *r, enum run_status status, const char *parameters,
                   struct err *e)
{
    int synced =
        status == RUN_FINISHED || status == RUN_DIVERGED ? record_sync(r->record, r, e) : 0;
    char path[RUN_FILE];
    char *text = manifest_text(r, synced < 0 ? RUN_FAILED : status, parameters);
    struct err ignored;
    run_file(r, "manifest.json", path);
    int written = file_replace(path, text, strlen(text), synced < 0 ? &ignored : e);
    free(text);
    if (written < 0)
        mark_failed(path);
    return synced < 0 ? -1 : written;
}
