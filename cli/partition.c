#include "cli/cli.h"
#include "train/run.h"
#include <stdio.h>
#include <stdlib.h>

static void print_histogram(const struct dataset *d, const struct partition *p)
{
    int *count = xcalloc((size_t)p->n_worker * (size_t)d->n_class, sizeof(int));
    partition_histogram(p, d->train.y, d->n_class, count);
    printf("worker");
    for (int k = 0; k < d->n_class; k++)
        printf(" %5d", k);
    printf("\n");
    for (int i = 0; i < p->n_worker; i++) {
        printf("%6d", i);
        for (int k = 0; k < d->n_class; k++)
            printf(" %5d", count[i * d->n_class + k]);
        printf("\n");
    }
    printf("%d workers, %d samples each; mean total-variation distance to all labels %.4f\n"
           "split sha256 %s\n",
           p->n_worker, p->n_each, partition_heterogeneity(p, d->train.y, d->train.n, d->n_class),
           p->sha256);
    free(count);
}

static int partition_main(int argc, char **argv)
{
    const char *out = NULL;
    const struct option options[] = {{"out", &out, NULL}};
    struct arguments a;
    struct config c;
    struct dataset data;
    struct partition part;
    struct err e;
    if (arguments_parse(&a, argc, argv, options, 1, "CONFIG.json", 1, &e) < 0 ||
        arguments_config(&a, &c, &e) < 0 || config_check(&c, &e) < 0 ||
        run_data(&c, 0, &data, &part, &e) < 0)
        return fail(&e);
    print_histogram(&data, &part);
    int status = out ? partition_save(&part, out, &e) : 0;
    partition_close(&part);
    dataset_close(&data);
    return status < 0 ? fail(&e) : EXIT_DONE;
}

const struct verb verb_partition = {
    .name = "partition",
    .about = "which worker holds which classes",
    .main = partition_main,
    .help = "usage: gossipbench partition [CONFIG.json] [--KEY VALUE]... [--out split.csv]\n\n"
            "--out writes worker,index rows, readable as \"partition\": \"file\" with\n"
            "\"partition_file\": \"split.csv\".\n"};
