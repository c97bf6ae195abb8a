/* synthetic_text: generated documents, for tests and first runs without any download. */
#pragma once
#include "loaders/dataset.h"

enum { SYNTHETIC_TEXT_TRAIN = 2000, SYNTHETIC_TEXT_TEST = 500, SYNTHETIC_TEXT_MOST = 1000000 };

/* The first n_row documents of the training or the test split, as the bytes (n) of a file of AG
 * News's form; free() it. */
char *synthetic_text_csv(uint64_t seed, double difficulty, int test, int n_row, size_t *n);
