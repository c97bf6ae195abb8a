/* archive: a partition as an .npz archive: for each worker i an array "worker<i>" of sample
 * numbers.  Only for partitions/, except for writing. */
#pragma once
#include "partitions/partition.h"

/* Whether the path names such an archive: it ends in .npz. */
int partition_is_archive(const char *path);
/* Read the rows (worker, sample) of n_worker workers into arrays with room for n, the largest
 * possible number of rows; returns the number of rows, or -1 with a sentence. */
int partition_read_archive(const char *path, int n_worker, int n, int *worker, int *sample,
                           struct err *e);
/* Write int64 arrays, and "y" with the labels y (n) of all samples. */
int partition_write_archive(const struct partition *p, const int32_t *y, int n, const char *path,
                            struct err *e);
