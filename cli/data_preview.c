/* data_preview: which samples the rows of a sheet show, and what they are called. */
#include "cli/data.h"
#include "draw/contact_sheet.h"
#include "partitions/partitions.h"
#include "train/run.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char keys[] = "train_limit test_limit holdout classes vocabulary text_length seed "
                           "difficulty workers partition alpha partition_file";

/* Whether rows are workers: a key of partitions was given. */
static int by_worker(const struct arguments *a)
{
    static const char *const of[] = {"workers", "partition", "alpha", "partition_file"};
    for (int i = 0; i < a->n_set; i++)
        for (size_t k = 0; k < LENGTH(of); k++)
            if (!strcmp(a->set[i].key, of[k]))
                return 1;
    return 0;
}

/* Names of all classes: what the files say, else numbers; free() them.  NULL on failure. */
static char (*name_classes(const struct config *c, const struct dataset *ds,
                           struct err *e))[CONTACT_LABEL]
{
    struct class_names names;
    if (dataset_class_names(&names, ds->name, c->data_dir, e))
        return NULL;
    char(*name)[CONTACT_LABEL] = xcalloc((size_t)ds->n_class, sizeof(*name));
    for (int k = 0; k < ds->n_class; k++)
        if (k < names.n)
            snprintf(name[k], CONTACT_LABEL, "%.*s", CONTACT_LABEL - 1, names.text[k]);
        else
            snprintf(name[k], CONTACT_LABEL, "class %d", k);
    class_names_release(&names);
    return name;
}

static void fill_classes(struct contact_sheet *s, char (*name)[CONTACT_LABEL])
{
    for (int k = 0; k < s->n_row; k++)
        memcpy(s->row[k].label, name[k], CONTACT_LABEL);
    for (int i = 0; i < s->ds->train.n; i++) {
        struct contact_row *row = &s->row[s->ds->train.y[i]];
        if (row->n < CONTACT_MOST)
            row->sample[row->n++] = i;
    }
}

/* Samples at even distances in a worker's list, where those of a class are together, so that its
 * classes are seen in their proportions. */
static void fill_workers(struct contact_sheet *s, const struct partition *p)
{
    for (int i = 0; i < s->n_row; i++) {
        struct contact_row *row = &s->row[i];
        snprintf(row->label, CONTACT_LABEL, "worker %d", i);
        row->n = p->n_each < CONTACT_MOST ? p->n_each : CONTACT_MOST;
        for (long k = 0; k < row->n; k++)
            row->sample[k] = p->index[(long)i * p->n_each + k * p->n_each / row->n];
    }
}

static int draw(const struct config *c, int workers, const struct dataset *ds,
                const struct partition *p, const char *path, struct err *e)
{
    char title[512], alpha[96] = "";
    const char *what = dataset_is_text(ds) ? "texts" : "images";
    struct contact_sheet s = {
        .ds = ds, .title = title, .n_row = workers ? p->n_worker : ds->n_class};
    char(*name)[CONTACT_LABEL] = name_classes(c, ds, e);
    if (!name)
        return -1;
    s.row = xcalloc((size_t)s.n_row, sizeof(*s.row));
    if (workers) {
        s.name = name;
        fill_workers(&s, p);
        struct err ignored;
        config_words(c, partition_find(c->partition, &ignored)->parameter, alpha, sizeof(alpha));
        snprintf(title, sizeof(title), "%.60s, partition %.60s%s, seed %ld: %d training %s each",
                 ds->name, c->partition, alpha, c->seed, p->n_each, what);
    } else {
        fill_classes(&s, name);
        snprintf(title, sizeof(title), "%.60s: %d training %s of %d classes", ds->name, ds->train.n,
                 what, ds->n_class);
    }
    int shown = contact_sheet_draw(&s, path, e);
    if (shown >= 0)
        printf("%s\n%s: %s of %d of %d %s\n", title, path, what, shown, s.n_row,
               workers ? "workers" : "classes");
    free(s.row);
    free(name);
    return shown < 0 ? -1 : 0;
}

int data_preview(int argc, char **argv, struct err *e)
{
    const char *out = NULL;
    struct arguments a;
    struct config c;
    struct dataset ds;
    struct partition p;
    if (data_arguments(&a, &c, &out, argc, argv, keys, e))
        return -1;
    int workers = by_worker(&a);
    if (!workers && (config_set(&c, "workers", "1", e) || config_set(&c, "partition", "iid", e)))
        return -1;
    if (config_check(&c, e) || run_data(&c, &ds, &p, e))
        return -1;
    int rc = draw(&c, workers, &ds, &p, out, e);
    partition_close(&p);
    dataset_close(&ds);
    return rc;
}
