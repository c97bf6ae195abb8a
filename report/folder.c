#include "report/folder.h"
#include "core/core.h"
#include <dirent.h>
#include <stdlib.h>
#include <string.h>

int ends_in(const char *text, const char *end)
{
    size_t n = strlen(text), m = strlen(end);
    return n >= m && !strcmp(text + n - m, end);
}

static int by_bytes(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

void folder_open(struct folder *d, const char *path, const char *end)
{
    struct dirent **entry;
    int n = scandir(path, &entry, NULL, by_bytes);
    d->n = 0;
    d->name = xcalloc((size_t)(n > 0 ? n : 1), sizeof(*d->name));
    for (int i = 0; i < n; i++) {
        const char *name = entry[i]->d_name;
        if (ends_in(name, end))
            d->name[d->n++] = xstrdup(name);
        free(entry[i]);
    }
    if (n >= 0)
        free(entry);
}

void folder_close(struct folder *d)
{
    for (int i = 0; i < d->n; i++)
        free(d->name[i]);
    free(d->name);
}
