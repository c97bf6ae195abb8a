#include "sweep/rates.h"
#include "core/file.h"
#include "sweep/config_file.h"
#include "sweep/parts.h"
#include <stdio.h>
#include <string.h>

/* Whether x's file is experiments/NAME.json of the root or of the installed program. */
static int is_ours(const struct experiment *x)
{
    char below[EXPERIMENT_NAME + 32];
    snprintf(below, sizeof(below), "experiments/%s.json", x->name);
    return !strcmp(x->path, path_installed(below));
}

/* The path of something in the folder of x's file. */
static int beside(const struct experiment *x, const char *name, char path[PATH_LENGTH],
                  struct err *e)
{
    return path_print(path, e, "%.*s%s", (int)(path_name(x->path) - x->path), x->path, name);
}

int rates_path(const struct experiment *x, char path[PATH_LENGTH], struct err *e)
{
    char name[128];
    int ours = is_ours(x);
    snprintf(name, sizeof(name), "%srates/%s-%s.json", ours ? "experiments/" : "", x->name,
             x->tier);
    return ours ? path_copy(path, PATH_LENGTH, path_in_root(name), e) : beside(x, name, path, e);
}

/* The file that x names. */
static int find(const struct experiment *x, char path[PATH_LENGTH], struct err *e)
{
    const char *name = cJSON_GetStringValue(parts_get(x, "rates_file"));
    char below[PATH_LENGTH];
    if (name[0] == '/')
        return path_print(path, e, "%s", name);
    if (!is_ours(x))
        return beside(x, name, path, e);
    return path_print(below, e, "experiments/%s", name) < 0
               ? -1
               : path_copy(path, PATH_LENGTH, path_installed(below), e);
}

/* Check that the file has rows {"when": {axis: value}, "lr": rate}. */
static int check_rows(const char *path, const cJSON *rows, struct err *e)
{
    const cJSON *row;
    int i = 0;
    if (!cJSON_IsArray(rows))
        return err_usage(e, "%s: has no list \"rows\", so it is no file of learning rates", path);
    cJSON_ArrayForEach (row, rows) {
        if (!cJSON_IsObject(cJSON_GetObjectItem(row, "when")) ||
            !cJSON_IsNumber(cJSON_GetObjectItem(row, "lr")))
            return err_usage(e, "%s: rows[%d] must have an object \"when\" and a number \"lr\"",
                             path, i);
        i++;
    }
    return 0;
}

int rates_open(struct experiment *x, struct err *e)
{
    char path[PATH_LENGTH];
    if (x->tune || !parts_get(x, "rates_file"))
        return 0;
    if (find(x, path, e) < 0)
        return -1;
    if (!file_exists(path))
        return 0;
    x->rates = json_read(path, 1, e);
    return x->rates ? check_rows(path, cJSON_GetObjectItem(x->rates, "rows"), e) : -1;
}

static int matches(const struct experiment *x, const struct cell *cell, const cJSON *when)
{
    const cJSON *v;
    char text[VALUE_TEXT];
    struct err ignored;
    for (int a = 0; a < x->n_axis; a++)
        if (!cJSON_HasObjectItem(when, x->axis[a]) &&
            !(cell->lr_times > 0 && !strcmp(x->axis[a], variant)))
            return 0;
    cJSON_ArrayForEach (v, when)
        if (cell_has(x, cell, v->string, json_text(v, text), &ignored) != 1)
            return 0;
    return 1;
}

/* The command that makes the file, which follows from the file's name; "" if it does not. */
static void print_command(const struct experiment *x, const char *name, char *buf, size_t size)
{
    const char *dash = strrchr(name, '-');
    int n = (int)(dash ? dash - name : 0);
    int own = !is_ours(x) && !strncmp(name, x->name, (size_t)n) && !x->name[n];
    buf[0] = '\0';
    if (n)
        snprintf(buf, size, ": gossipbench sweep %.*s --tier %.*s --tune chooses it", own ? 300 : n,
                 own ? x->path : name, (int)strcspn(dash + 1, "."), dash + 1);
}

int rates_miss(const struct experiment *x, const struct cell *cell, struct err *e)
{
    char path[PATH_LENGTH], of[2 * AXIS_MAX * AXIS_VALUE] = "", command[512];
    if (find(x, path, e) < 0)
        return -1;
    for (int a = 0; a < x->n_axis; a++)
        snprintf(of + strlen(of), sizeof(of) - strlen(of), "%s%s %s", a ? ", " : "", x->axis[a],
                 cell->value[a]);
    print_command(x, path_name(path), command, sizeof(command));
    return err_usage(e, "%.300s: %.300s %s %.200s%s", x->path, path,
                     x->rates ? "has no learning rate for"
                              : "is not there; it has to have the learning rate of",
                     of, command);
}

int rates_apply(const struct experiment *x, struct cell *cell, struct err *e)
{
    const cJSON *row;
    char text[VALUE_TEXT];
    cJSON_ArrayForEach (row, cJSON_GetObjectItem(x->rates, "rows")) {
        if (!matches(x, cell, cJSON_GetObjectItem(row, "when")))
            continue;
        cell->rate = row;
        if (config_set(&cell->c, "lr", json_text(cJSON_GetObjectItem(row, "lr"), text), e) < 0)
            return -1;
        cell->c.lr *= cell->lr_times > 0 ? cell->lr_times : 1;
        return 0;
    }
    cell->is_unrated = 1;
    return 0;
}

cJSON *rates_source(const struct experiment *x)
{
    static const char *const key[] = {"experiment", "tier"};
    cJSON *o = cJSON_CreateObject();
    cJSON_AddStringToObject(o, "path", cJSON_GetStringValue(parts_get(x, "rates_file")));
    for (size_t i = 0; i < LENGTH(key); i++)
        cJSON_AddStringToObject(o, key[i], json_field(x->rates, key[i]));
    return o;
}

cJSON *rates_choice(const void *row)
{
    cJSON *o = cJSON_Duplicate(row, 1);
    cJSON_DeleteItemFromObject(o, "tried");
    return o;
}
