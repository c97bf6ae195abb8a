#include "report/rates_file.h"
#include "core/file.h"
#include "core/hash.h"
#include "core/json.h"
#include "core/text.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

void data_files_sum(const struct results *r, int run, char sha256[HASH_TEXT])
{
    const cJSON *files = cJSON_GetObjectItem(r->run[run].manifest, "data_files");
    char *text = files && files->child ? cJSON_PrintUnformatted(files) : NULL;
    sha256[0] = '\0';
    if (text)
        hash_bytes(text, strlen(text), sha256);
    cJSON_free(text);
}

/* Add a value, given as text, with the type that it would have in a JSON file: a number, true,
 * false, or else a text. */
static void add_value(cJSON *object, const char *key, const char *value)
{
    cJSON *v = cJSON_Parse(value);
    if (cJSON_IsNumber(v) || cJSON_IsBool(v)) {
        cJSON_AddItemToObject(object, key, v);
        return;
    }
    cJSON_Delete(v);
    cJSON_AddStringToObject(object, key, value);
}

static cJSON *when_of(const struct results *r, const struct tuning *t, int row)
{
    cJSON *when = cJSON_CreateObject();
    for (int a = 0; a < r->n_axis; a++)
        if (a != t->lr)
            add_value(when, r->axis[a], results_axis(r, t->row.first[row], a));
    return when;
}

/* {"lr", "mean", "values"} of a cell; the mean is null where a run diverged. */
static cJSON *tried_of(const struct results *r, int cell, const char *rate)
{
    struct summary s = results_summary(r, cell, r->scope, "last");
    cJSON *o = cJSON_CreateObject(), *values = cJSON_CreateArray();
    for (int i = r->first[cell]; i < r->n_run && r->run[i].cell == cell; i++) {
        double v = results_value(r, i, r->scope, "last");
        cJSON_AddItemToArray(values, r->run[i].diverged || !isfinite(v) ? cJSON_CreateNull()
                                                                        : cJSON_CreateNumber(v));
    }
    add_value(o, "lr", rate);
    if (s.n_diverged || !s.v.n)
        cJSON_AddNullToObject(o, "mean");
    else
        cJSON_AddNumberToObject(o, "mean", s.v.mean);
    cJSON_AddItemToObject(o, "values", values);
    return o;
}

/* Add the code and data with which the runs of the chosen cell were made. */
static void add_origin(cJSON *o, const struct results *r, int cell)
{
    static const char *const config[] = {"holdout", "epochs"}, *const manifest[] = {"code_sha256",
                                                                                    "git_commit",
                                                                                    "version"};
    char sha256[HASH_TEXT];
    int first = r->first[cell];
    for (size_t i = 0; i < LENGTH(config); i++)
        if (*results_config(r, first, config[i]))
            add_value(o, config[i], results_config(r, first, config[i]));
    cJSON *seeds = cJSON_AddArrayToObject(o, "seeds");
    for (int i = first; i < r->n_run && r->run[i].cell == cell; i++)
        cJSON_AddItemToArray(seeds,
                             cJSON_Duplicate(cJSON_GetObjectItem(r->run[i].index, "seed"), 1));
    data_files_sum(r, first, sha256);
    cJSON_AddStringToObject(o, "data_files_sha256", sha256);
    for (size_t i = 0; i < LENGTH(manifest); i++)
        cJSON_AddStringToObject(o, manifest[i], results_shared(r, cell, manifest[i]));
}

/* The row of the file; NULL: a run diverged at every rate. */
static cJSON *row_of(const struct results *r, const struct tuning *t, int row)
{
    static const char *const edge[] = {"lower", "", "upper"};
    struct choice c = tuning_choose(t, r, row);
    if (c.best < 0)
        return NULL;
    cJSON *o = cJSON_CreateObject();
    cJSON_AddItemToObject(o, "when", when_of(r, t, row));
    add_value(o, "lr", tuning_rate(t, r, c.best));
    cJSON_AddStringToObject(o, "edge", edge[1 + choice_edge(&c)]);
    cJSON_AddStringToObject(o, "metric", columns[r->scope].key);
    add_origin(o, r, tuning_cell(t, r, row, c.best));
    cJSON *tried = cJSON_AddArrayToObject(o, "tried");
    for (int k = c.lowest; k <= c.highest; k++)
        if (tuning_cell(t, r, row, k) >= 0)
            cJSON_AddItemToArray(tried,
                                 tried_of(r, tuning_cell(t, r, row, k), tuning_rate(t, r, k)));
    return o;
}

/* A copy of the row that an earlier file has for the same values; NULL: none. */
static cJSON *kept_of(const cJSON *earlier, const struct results *r, const struct tuning *t,
                      int row)
{
    cJSON *when = when_of(r, t, row), *kept = NULL;
    const cJSON *v;
    cJSON_ArrayForEach (v, cJSON_GetObjectItem(earlier, "rows"))
        if (!kept && cJSON_Compare(cJSON_GetObjectItem(v, "when"), when, 1))
            kept = cJSON_Duplicate(v, 1);
    cJSON_Delete(when);
    return kept;
}

static void put(FILE *f, const char *before, const cJSON *v)
{
    char *text = cJSON_PrintUnformatted(v);
    fprintf(f, "%s%s", before, text);
    cJSON_free(text);
}

/* Write the file with one line per row, so that diffs show which rows have changed. */
static int write(const struct results *r, const cJSON *rows, const char *path, struct err *e)
{
    char dir[PATH_LENGTH];
    const char *slash = strrchr(path, '/');
    if (slash &&
        (path_print(dir, e, "%.*s", (int)(slash - path), path) < 0 || dir_make(dir, e) < 0))
        return -1;
    struct text text;
    FILE *f = text_open(&text);
    const cJSON *row;
    put(f, "{\n\"experiment\": ", cJSON_GetObjectItem(r->index, "experiment"));
    fprintf(f, ",\n\"tier\": \"%.*s\",\n\"rows\": [", (int)(strlen(r->tier) - strlen("-tune")),
            r->tier);
    cJSON_ArrayForEach (row, rows)
        put(f, row->prev->next ? ",\n" : "\n", row);
    fputs("\n]\n}\n", f);
    return text_save(&text, path, e);
}

int rates_file_write(const struct results *r, const struct tuning *t, const char *done,
                     const char *path, struct err *e)
{
    cJSON *earlier = file_exists(path) ? json_read(path, 0, e) : NULL;
    if (file_exists(path) && !earlier)
        return -1;
    cJSON *rows = cJSON_CreateArray();
    for (int i = 0; i < t->row.n; i++) {
        cJSON *row = done[i] ? row_of(r, t, i) : kept_of(earlier, r, t, i);
        if (row)
            cJSON_AddItemToArray(rows, row);
    }
    int n = cJSON_GetArraySize(rows), status = n ? write(r, rows, path, e) : 0;
    cJSON_Delete(earlier), cJSON_Delete(rows);
    return status < 0 ? -1 : n;
}
