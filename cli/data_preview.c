/* data_preview: the part preview: a sheet of samples of each class or worker. */
#include "cli/data.h"
#include "draw/contact_sheet.h"
#include "partitions/partitions.h"
#include "train/run.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char keys[] = "train_limit test_limit holdout classes seed workers partition";

/* Whether rows are workers: a key of partitions was given. */
static int is_by_worker(const struct arguments *a)
{
    for (int i = 0; i < a->n_set; i++)
        if (!strcmp(a->set[i].key, "workers") || !strcmp(a->set[i].key, "partition") ||
            data_is_of_partition(a->set[i].key))
            return 1;
    return 0;
}

static void print_title(char *title, size_t size, const struct config *c, const struct dataset *ds,
                        const struct partition *p, int workers)
{
    char parameters[96];
    struct err e;
    const char *what = dataset_samples(ds);
    if (workers)
        snprintf(title, size, "%s, partition %s%s, seed %ld: %d training %s each", ds->name,
                 c->partition,
                 config_words(c, partition_find(c->partition, &e)->parameter, parameters,
                              sizeof(parameters)),
                 c->seed, p->n_each, what);
    else
        snprintf(title, size, "%s: %d training %s of %d classes", ds->name, ds->train.n, what,
                 ds->n_class);
}

/* Draw a row for each worker, or for each class, whose names are name (n_class). */
static int draw(const char *title, char (*name)[CONTACT_LABEL], int workers,
                const struct dataset *ds, const struct partition *p, const char *path,
                struct err *e)
{
    struct contact_sheet s = {.ds = ds,
                              .name = workers ? name : NULL,
                              .title = title,
                              .n_row = workers ? p->n_worker : ds->n_class};
    s.row = xcalloc((size_t)s.n_row, sizeof(*s.row));
    for (int i = 0; i < s.n_row; i++) {
        struct contact_row *row = &s.row[i];
        if (workers) {
            snprintf(row->label, CONTACT_LABEL, "worker %d", i);
            row->n = partition_spread(p, i, CONTACT_MOST, row->sample);
        } else {
            memcpy(row->label, name[i], CONTACT_LABEL);
            row->n = dataset_of_class(ds, i, CONTACT_MOST, row->sample);
        }
    }
    int shown = contact_sheet_draw(&s, path, e);
    if (shown >= 0)
        printf("%s\n%s: %s of %d of %d %s\n", title, path, dataset_samples(ds), shown, s.n_row,
               workers ? "workers" : "classes");
    free(s.row);
    return shown < 0 ? -1 : 0;
}

static int preview(const struct config *c, int workers, const struct dataset *ds,
                   const struct partition *p, const char *path, struct err *e)
{
    struct class_names names;
    char(*name)[CONTACT_LABEL], title[2 * CONFIG_TEXT];
    if (dataset_class_names(&names, ds->name, c->data_dir, e))
        return -1;
    name = xcalloc((size_t)ds->n_class, sizeof(*name));
    for (int k = 0; k < ds->n_class; k++)
        class_names_print(&names, k, name[k], CONTACT_LABEL);
    print_title(title, sizeof(title), c, ds, p, workers);
    int rc = draw(title, name, workers, ds, p, path, e);
    free(name);
    class_names_release(&names);
    return rc;
}

int data_preview(int argc, char **argv, struct err *e)
{
    const char *out = NULL;
    struct arguments a;
    struct config c;
    struct dataset ds;
    struct partition p;
    if (data_arguments(&a, &c, &out, argc, argv, keys, 1, e))
        return -1;
    int workers = is_by_worker(&a);
    if (!workers && (config_set(&c, "workers", "1", e) || config_set(&c, "partition", "iid", e)))
        return -1;
    if (config_check(&c, e) || run_data(&c, &ds, &p, e))
        return -1;
    int rc = preview(&c, workers, &ds, &p, out, e);
    partition_close(&p);
    dataset_close(&ds);
    return rc;
}
