#include "report/kept.h"
#include "core/file.h"
#include "core/json.h"
#include "report/sheet.h"
#include <stdlib.h>
#include <string.h>

static const char *value_of(const struct results *r, int run, const char *axis)
{
    const char *text = json_field(r->run[run].index, axis);
    return *text ? text : results_config(r, run, axis);
}

int kept_cell(const struct results *kept, const struct results *r, int cell)
{
    for (int c = 0; c < kept->n_cell; c++) {
        int same = 1;
        for (int a = 0; a < r->n_axis && same; a++)
            same = same_field(results_axis(r, r->first[cell], a),
                              value_of(kept, kept->first[c], r->axis[a]));
        if (same)
            return c;
    }
    return -1;
}

/* The first run of the cell that is not of the version's Major.Minor; -1 if there is none. */
static int find_other_version(const struct results *r, int cell, const char *version)
{
    for (int i = r->first[cell]; i < r->n_run && r->run[i].cell == cell; i++)
        if (r->run[i].manifest && !same_minor(results_manifest(r, i, "version"), version))
            return i;
    return -1;
}

int kept_same_version(struct judgement *g, const struct results *kept, int theirs,
                      const struct results *r, int cell)
{
    const char *version = results_manifest(kept, results_ended(kept, theirs), "version");
    int run = find_other_version(r, cell, version), old = find_other_version(kept, theirs, version);
    if (run >= 0)
        judgement_because(g, "version %s, expected %s", results_manifest(r, run, "version"),
                          version);
    else if (old >= 0)
        judgement_because(g, "expected runs of versions %s and %s", version,
                          results_manifest(kept, old, "version"));
    return run < 0 && old < 0;
}

int kept_other_settings(struct judgement *g, const struct results *kept, int theirs,
                        const struct results *r, int cell)
{
    const char *data = results_shared(r, cell, "data_sha256");
    const char *kept_data = results_shared(kept, theirs, "data_sha256");
    int n = strcmp(data, kept_data) != 0, run = results_ended(r, cell);
    if (n)
        judgement_because(g, "data_sha256 %.12s, expected %.12s", data, kept_data);
    const cJSON *key;
    cJSON_ArrayForEach (key, cJSON_GetObjectItem(r->run[run].manifest, "config")) {
        const char *ours =
            json_field(cJSON_GetObjectItem(r->run[run].manifest, "config"), key->string);
        const char *text = results_setting(kept, theirs, key->string);
        if (strcmp(key->string, "seed") == 0 || !*text || same_field(ours, text))
            continue;
        judgement_because(g, "%s %s, expected %s", key->string, ours, text);
        n++;
    }
    return n;
}

static int find_run(const struct results *kept, const char *config_sha256)
{
    for (int i = 0; i < kept->n_run && *config_sha256; i++)
        if (!strcmp(results_manifest(kept, i, "config_sha256"), config_sha256))
            return i;
    return -1;
}

/* What the numbers of a run depend on, apart from its configuration and data. */
static const char *path_part(const struct results *r, int run, int part, const char **name)
{
    static const char *const key[] = {"code_sha256", "kernels", "blas", "compiler",
                                      "compiler_flags"};
    static const char *const said[] = {"code", "kernels", "BLAS core", "compiler",
                                       "compiler flags"};
    const cJSON *manifest = r->run[run].manifest;
    if (part == LENGTH(key))
        return NULL;
    *name = said[part];
    const char *text = json_field(manifest, key[part]);
    if (!*text)
        text = json_field(cJSON_GetObjectItem(manifest, "machine"), key[part]);
    const char *core = part == 2 ? strstr(text, " core ") : NULL;
    return core ? core + strlen(" core ") : text;
}

/* A file of a plug-in, which code_sha256 does not count, or a group of files that differs between
 * the runs; NULL: none. */
static const char *other_code(const cJSON *ours, const cJSON *theirs)
{
    const cJSON *here = cJSON_GetObjectItem(ours, "code"), *part;
    const cJSON *there = cJSON_GetObjectItem(theirs, "code");
    cJSON_ArrayForEach (part, there)
        if (here && !cJSON_Compare(part, cJSON_GetObjectItem(here, part->string), 1))
            return part->string;
    return NULL;
}

static void because_once(struct judgement *g, const char *why)
{
    if (!strstr(g->why, why))
        judgement_because(g, "%s", why);
}

/* Whether the runs depend on the same things; if not, the judgement says, once, what differs. */
static int same_path(struct judgement *g, const struct results *kept, int theirs,
                     const struct results *r, int run)
{
    const char *name = NULL, *ours;
    const char *file = other_code(r->run[run].manifest, kept->run[theirs].manifest);
    char why[AXIS_VALUE * 2];
    int same = !file;
    for (int part = 0; (ours = path_part(r, run, part, &name)); part++) {
        const char *text = path_part(kept, theirs, part, &name);
        if (!strcmp(ours, text))
            continue;
        same = 0;
        snprintf(why, sizeof(why), "%s %.24s, expected %.24s", name, ours, text);
        because_once(g, why);
    }
    if (file) {
        snprintf(why, sizeof(why), "%s differs", file);
        because_once(g, why);
    }
    return same;
}

/* The bytes of metrics.csv, but "" if it is not there. */
static char *rows_of(const struct results *r, int run)
{
    char path[PATH_LENGTH];
    struct err e;
    int named = results_path(r, run, "metrics.csv", path, &e) == 0;
    char *text = named && file_exists(path) ? file_read(path, 1 << 26, NULL, &e) : NULL;
    return text ? text : xstrdup("");
}

/* An additional column in metrics.csv does not make the runs different. */
static int same_rows(const struct results *kept, int theirs, const struct results *r, int run)
{
    char *a = rows_of(kept, theirs), *b = rows_of(r, run);
    size_t n = strcspn(a, "\n");
    int same = n != strcspn(b, "\n") || strncmp(a, b, n) != 0 || !strcmp(a, b);
    free(a), free(b);
    return same;
}

/* Whether two results are equal; of their statistics, those that both have. */
static int same_result(const cJSON *a, const cJSON *b)
{
    const cJSON *v;
    if (!cJSON_IsObject(a) || !cJSON_IsObject(b))
        return cJSON_Compare(a, b, 1);
    cJSON_ArrayForEach (v, a)
        if (cJSON_HasObjectItem(b, v->string) &&
            !cJSON_Compare(v, cJSON_GetObjectItem(b, v->string), 1))
            return 0;
    return 1;
}

/* Whether parameters, results and rows are equal, as far as both have them. */
static int same_numbers(const struct results *kept, int theirs, const struct results *r, int run)
{
    const char *a = results_manifest(kept, theirs, "parameters_sha256");
    const char *b = results_manifest(r, run, "parameters_sha256");
    const cJSON *ours = cJSON_GetObjectItem(r->run[run].manifest, "results"), *v;
    if (kept->run[theirs].diverged != r->run[run].diverged || (*a && *b && strcmp(a, b) != 0))
        return 0;
    cJSON_ArrayForEach (v, cJSON_GetObjectItem(kept->run[theirs].manifest, "results")) {
        const cJSON *same = cJSON_GetObjectItem(ours, v->string);
        if (same && !same_result(v, same))
            return 0;
    }
    return same_rows(kept, theirs, r, run);
}

struct kept_match kept_compare(struct judgement *g, const struct results *kept,
                               const struct results *r, int cell)
{
    struct kept_match m = {0};
    for (int i = r->first[cell]; i < r->n_run && r->run[i].cell == cell; i++) {
        if (!r->run[i].manifest)
            continue;
        int theirs = find_run(kept, results_manifest(r, i, "config_sha256"));
        if (theirs >= 0 && same_numbers(kept, theirs, r, i)) {
            m.n_same++;
        } else if (theirs >= 0 && same_path(g, kept, theirs, r, i)) {
            char text[2][DIGITS];
            m.n_changed++;
            judgement_because(
                g, "seed %.0f gives %s, expected %s, although code and machine are the same",
                results_seed(r, i),
                sample_digits(results_value(r, i, g->metric, g->which), g->metric, text[0]),
                sample_digits(results_value(kept, theirs, g->metric, g->which), g->metric,
                              text[1]));
        } else {
            m.n_other++;
        }
    }
    return m;
}
