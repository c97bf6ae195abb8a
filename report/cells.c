/* The table for people: a row for each cell. */
#include "draw/names.h"
#include "report/levels.h"
#include "report/tables.h"
#include <math.h>
#include <string.h>

unsigned rival_axes(const struct results *r)
{
    unsigned axes = 0;
    for (int a = 0; a < r->n_axis; a++)
        if (strcmp(r->axis[a], "algorithm") != 0 && strcmp(r->axis[a], "variant") != 0)
            axes |= 1u << a;
    return axes;
}

int is_best(const struct results *r, const struct levels *group, int cell, int metric)
{
    struct summary own = results_summary(r, cell, metric, "last"), best = own;
    int n_rival = 0;
    if (isnan(own.v.mean) || own.n_diverged)
        return 0;
    for (int c = 0; c < r->n_cell; c++) {
        struct summary s = results_summary(r, c, metric, "last");
        if (group->of[r->first[c]] != group->of[r->first[cell]])
            continue;
        n_rival += s.v.n || s.n_diverged;
        if (!isnan(s.v.mean) && !s.n_diverged && is_better(metric, s.v.mean, best.v.mean))
            best = s;
    }
    double behind = fabs(best.v.mean - own.v.mean);
    return n_rival > 1 && (behind == 0 || behind <= best.v.std);
}

static void add_columns(struct table *t, const struct results *r, const char *const *extra,
                        int n_extra)
{
    char name[NAME_SHOWN];
    for (int a = 0; a < r->n_axis; a++)
        table_add_column(t, name_of_key(r->axis[a], name), 1);
    for (int x = 0; x < n_extra; x++)
        table_add_column(t, name_of_key(extra[x], name), 1);
    for (int k = 0; k < r->n_metric; k++)
        table_add_means(t, columns[r->metric[k]].name, NULL);
    table_add_column(t, "seeds", 0);
}

char *manifests_of(const struct results *r, int cell)
{
    struct text text;
    char path[PATH_LENGTH];
    struct err e;
    FILE *f = text_open(&text);
    for (int i = r->first[cell]; i < r->n_run && r->run[i].cell == cell; i++)
        if (r->run[i].manifest && results_path(r, i, "manifest.json", path, &e) == 0)
            fprintf(f, "seed %g\t%s\n",
                    cJSON_GetNumberValue(cJSON_GetObjectItem(r->run[i].index, "seed")), path);
    return text_close(&text);
}

/* "3", "2 (1 diverged)" */
static void add_seeds(struct table *t, const struct summary *s)
{
    char diverged[32] = "", missing[32] = "";
    if (s->n_diverged)
        snprintf(diverged, sizeof(diverged), " (%d diverged)", s->n_diverged);
    if (s->n_missing)
        snprintf(missing, sizeof(missing), " (%d missing)", s->n_missing);
    table_print(t, "%d%s%s", s->v.n, diverged, missing);
}

/* Whether any of the row's means is bold. */
static int add_row(struct table *t, const struct results *r, const struct levels *group, int cell,
                   const char *const *extra, int n_extra)
{
    struct summary s = results_summary(r, cell, r->scope, "last");
    int run = results_ended(r, cell), any = 0;
    char name[NAME_SHOWN];
    for (int a = 0; a < r->n_axis; a++)
        table_add_text(t, name_of_value(r->axis[a], results_axis(r, r->first[cell], a), name));
    for (int x = 0; x < n_extra; x++)
        table_add_text(t, name_of_value(extra[x], results_config(r, run, extra[x]), name));
    for (int k = 0; k < r->n_metric; k++) {
        struct summary m = results_summary(r, cell, r->metric[k], "last");
        int bold = is_best(r, group, cell, r->metric[k]);
        table_add_mean(t, &m.v, r->metric[k], bold, NULL);
        table_link(t, manifests_of(r, cell));
        any |= bold;
    }
    add_seeds(t, &s);
    table_link(t, manifests_of(r, cell));
    return any;
}

static void cells_table(struct table *t, const struct results *r, FILE *notes)
{
    const char *extra[MAX_EXTRA];
    int n_extra = find_extra(r, extra), any_bold = 0;
    struct levels group;
    levels_open(&group, r, rival_axes(r));
    add_columns(t, r, extra, n_extra);
    for (int c = 0; c < r->n_cell; c++)
        any_bold |= add_row(t, r, &group, c, extra, n_extra);
    levels_close(&group);
    if (any_bold)
        fputs("Bold: the best of the methods that differ in nothing else, and those within its "
              "standard deviation; cells with diverged runs are never bold\n",
              notes);
}

void table_of(struct table *t, const struct results *r)
{
    struct text title, notes;
    *t = (struct table){.title = NULL};
    fprintf(text_open(&title), "%s (%s, tier %s)", r->title, r->experiment, r->tier);
    t->title = text_close(&title);
    header_write(r, text_open(&notes));
    if (results_is_tuning(r))
        tuning_table(t, r);
    else
        cells_table(t, r, notes.f);
    t->notes = text_close(&notes);
}
