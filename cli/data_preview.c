#include "cli/data.h"
#include "draw/contact_sheet.h"
#include "partitions/partitions.h"
#include "train/run.h"
#include <stdio.h>
#include <stdlib.h>

static const char keys[] = "train_limit test_limit holdout classes seed workers partition";

/* p: NULL for classes. */
static void print_title(char *title, size_t size, const struct config *c, const struct dataset *ds,
                        const struct partition *p)
{
    char parameters[96], sizes[32];
    struct err e;
    const char *what = dataset_samples(ds);
    if (p)
        snprintf(title, size, "%s, partition %s%s, seed %ld: %s training %s each", ds->name,
                 c->partition,
                 config_words(c, partition_find(c->partition, &e)->parameter, parameters,
                              sizeof(parameters)),
                 c->seed, partition_size_words(p, sizes, sizeof(sizes)), what);
    else
        snprintf(title, size, "%s: %d training %s of %d classes", ds->name, ds->train.n, what,
                 ds->n_class);
}

/* Draw a row for each worker, or for each class. */
static int preview(const struct config *c, const struct dataset *ds, const struct partition *p,
                   const char *path, struct err *e)
{
    struct class_names names;
    char title[2 * CONFIG_TEXT];
    if (dataset_class_names(&names, ds->name, c->data_dir, e))
        return -1;
    print_title(title, sizeof(title), c, ds, p);
    struct contact_sheet s = contact_sheet_of(ds, &names, p, title);
    int shown = contact_sheet_draw(&s, path, e);
    if (shown >= 0)
        printf("%s\n%s: %s of %d of %d %s\n", title, path, dataset_samples(ds), shown, s.n_row,
               p ? "workers" : "classes");
    free(s.row);
    class_names_release(&names);
    return shown < 0 ? -1 : 0;
}

static int data_preview_main(const struct arguments *a, struct err *e)
{
    struct config c;
    struct dataset ds;
    struct partition p;
    int workers = data_is_by_worker(a);
    if (data_config(a, &c, arguments_value(a, "dir"), keys, 1, e) < 0)
        return -1;
    if (!workers && (config_set(&c, "workers", "1", e) || config_set(&c, "partition", "iid", e)))
        return -1;
    if (config_check(&c, e) || run_data(&c, &ds, &p, e))
        return -1;
    int status = preview(&c, &ds, workers ? &p : NULL, arguments_value(a, "out"), e);
    partition_close(&p);
    dataset_close(&ds);
    return status;
}

const struct verb verb_data_preview = {
    .name = "data preview",
    .about = "draw a sheet of samples of each class or worker",
    .operand = "DATASET",
    .option = (const struct option[]){{"out", "SHEET.png", NULL, "the file to draw", REQUIRED},
                                      DIR_OPTION,
                                      {NULL}},
    .settings = "KEY",
    .main = data_preview_main,
    .help = "Draws the first training images, or words of texts, of each class, with its name if "
            "the files have one (needs gnuplot).  With --workers, --partition or a parameter of a "
            "partition, its rows are what each worker holds.  It also takes the keys that choose "
            "samples.",
    .example = "data preview synthetic-images --out sheet.png\nimages that are generated"};
