#include "core/text.h"
#include "core/file.h"
#include <stdlib.h>
#include <string.h>

FILE *text_open(struct text *t)
{
    *t = (struct text){.bytes = NULL};
    if (!(t->f = open_memstream(&t->bytes, &t->n)))
        die("out of memory for a text");
    return t->f;
}

char *text_close(struct text *t)
{
    if (fclose(t->f) != 0)
        die("out of memory for a text");
    return t->bytes;
}

int text_save(struct text *t, const char *path, struct err *e)
{
    char *bytes = text_close(t);
    int status = file_replace(path, bytes, t->n, e);
    free(bytes);
    return status;
}

int text_columns(const char *text)
{
    int n = 0;
    for (; *text; text++)
        n += (*text & 0xc0) != 0x80;
    return n;
}

int text_is_among(const char *text, const char *const *list, size_t n)
{
    while (n > 0 && strcmp(list[n - 1], text) != 0)
        n--;
    return n > 0;
}
