/* text: a text in memory that is printed piece by piece. */
#pragma once
#include "core/core.h"
#include <stdio.h>

struct text {
    char *bytes;
    size_t n;
    FILE *f;
};
/* Begin a text; print to the stream. */
FILE *text_open(struct text *t);
/* End it and return it, NUL-terminated; free() it. */
char *text_close(struct text *t);
/* End it and write it to a file, atomically; -1 with a sentence on failure. */
int text_save(struct text *t, const char *path, struct err *e);
/* Whether the text is among the first n of a list. */
int text_is_among(const char *text, const char *const *list, size_t n);
/* The columns that a text of UTF-8 takes on a terminal, each character counting as one. */
int text_columns(const char *text);
