/* rates_file: the file of learning rates that a tuning comes to; sweep/rates.h says its form.  Each
 * row has, in addition to "when" and "lr":
 *
 *   edge           "lower" or "upper" if the rate is at this edge of what was tried; "" if inside
 *   metric         the result by which it is the best, after the last epoch
 *   holdout        how many training samples it was measured on; toy problems have none
 *   seeds, epochs  of the runs
 *   tried          each rate with the mean over the seeds and their values (null: diverged)
 *   data_files_sha256, code_sha256, git_commit, version
 *                  what the runs were made of; the first over the files of the data */
#pragma once
#include "core/hash.h"
#include "report/tuning.h"

/* Write the file.  done: for each row of t, whether it is to be written; other rows of an earlier
 * file that the tuning still has are kept.  The number of its rows; 0: there is none, and no file
 * is written; -1 with a sentence. */
int rates_file_write(const struct results *r, const struct tuning *t, const char *done,
                     const char *path, struct err *e);
/* SHA-256 over the data files of a run; "" if it has none. */
void data_files_sum(const struct results *r, int run, char sha256[HASH_TEXT]);
