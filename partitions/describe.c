#include "partitions/describe.h"

void partition_describe(FILE *f, const struct partition *p, const int32_t *y, int n, int n_class,
                        const int *count)
{
    char sizes[32];
    fprintf(f, "worker");
    for (int k = 0; k < n_class; k++)
        fprintf(f, " %5d", k);
    fprintf(f, "\n");
    for (int i = 0; i < p->n_worker; i++) {
        fprintf(f, "%6d", i);
        for (int k = 0; k < n_class; k++)
            fprintf(f, " %5d", count[i * n_class + k]);
        fprintf(f, "\n");
    }
    fprintf(f,
            "%d workers, %s samples each; mean total-variation distance to all labels %.4f\n"
            "split sha256 %s\n",
            p->n_worker, partition_size_words(p, sizes, sizeof(sizes)),
            partition_heterogeneity(p, y, n, n_class), p->sha256);
    partition_print_unused(f, p, y, n, n_class);
}
