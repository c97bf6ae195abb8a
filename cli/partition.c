#include "cli/cli.h"
#include "draw/heat_map.h"
#include "draw/names.h"
#include "partitions/archive.h"
#include "partitions/describe.h"
#include "partitions/partitions.h"
#include "train/run.h"
#include <stdlib.h>

static int plot(const struct config *c, const struct dataset *d, const int *count, const char *path,
                struct err *e)
{
    char title[2 * CONFIG_TEXT], words[CONFIG_TEXT], data[NAME_SHOWN], kind[NAME_SHOWN];
    struct class_names names;
    if (dataset_class_names(&names, c->dataset, c->data_dir, e) < 0)
        return -1;
    snprintf(title, sizeof(title), "%.60s, %.60s%s, n = %ld, seed %ld",
             name_of_value("dataset", c->dataset, data),
             name_of_value("partition", c->partition, kind),
             config_words(c, partition_find(c->partition, e)->parameter, words, sizeof(words)),
             c->workers, c->seed);
    int status = heat_map_draw(count, (int)c->workers, d->n_class, &names, title, path, e);
    class_names_release(&names);
    return status;
}

static int partition_main(const struct arguments *a, struct err *e)
{
    const char *out = arguments_value(a, "out"), *picture = arguments_value(a, "plot");
    struct config c;
    struct dataset data;
    struct partition part;
    if (arguments_config(a, a->operand[0], &c, e) < 0 || config_check(&c, e) < 0 ||
        run_data(&c, &data, &part, e) < 0)
        return -1;
    const int32_t *y = data.train.y;
    int *count = xcalloc((size_t)part.n_worker * (size_t)data.n_class, sizeof(int));
    partition_histogram(&part, y, data.n_class, count);
    partition_describe(stdout, &part, y, data.train.n, data.n_class, count);
    int status = 0;
    if (out && partition_is_archive(out))
        status = partition_write_archive(&part, y, data.train.n, out, e);
    else if (out)
        status = partition_save(&part, out, e);
    if (status == 0 && picture)
        status = plot(&c, &data, count, picture, e);
    free(count);
    partition_close(&part);
    dataset_close(&data);
    return status;
}

const struct verb verb_partition = {
    .name = "partition",
    .about = "which worker holds which classes",
    .operand = "[CONFIG.json]",
    .option =
        (const struct option[]){
            {"out", "FILE", NULL,
             "write FILE.csv, rows worker,index, or FILE.npz, an array of sample numbers for each "
             "worker and all labels; --partition file --partition-file FILE reads either"},
            {"plot", "FILE", NULL,
             "draw a heat map of classes by worker as FILE.png, .svg or .pdf (needs gnuplot)"},
            {NULL}},
    .settings = "KEY",
    .main = partition_main,
    .example = "partition --dataset synthetic-images --train-limit 2000 --alpha 0.1\n"
               "16 workers' classes of generated images"};
