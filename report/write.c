#include "report/write.h"
#include <stdlib.h>
#include <string.h>

void write_lines(FILE *f, const char *text, const char *before, const char *after,
                 void (*put)(FILE *f, const char *line))
{
    while (text && *text) {
        size_t n = strcspn(text, "\n");
        char *line = xcalloc(n + 1, 1);
        memcpy(line, text, n);
        fputs(before, f);
        if (put)
            put(f, line);
        else
            fputs(line, f);
        fputs(after, f);
        free(line);
        text += n + (text[n] == '\n');
    }
}

static void put_heading(FILE *f, const char *text)
{
    fprintf(f, "%s\n", text);
}

static void put_item(FILE *f, const char *word, const char *text)
{
    fprintf(f, "%-15s%s\n", word, text);
}

const struct form form_text = {put_heading, put_item, ""};
