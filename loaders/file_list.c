#include "loaders/file_list.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int file_list_add(struct file_list *l, const char *dir, struct err *e, const char *fmt, ...)
{
    char name[PATH_LENGTH], path[PATH_LENGTH];
    va_list ap;
    va_start(ap, fmt);
    int n = vsnprintf(name, sizeof(name), fmt, ap);
    va_end(ap);
    if (n < 0 || n >= PATH_LENGTH || path_print(path, e, "%s/%s", dir, name))
        return n >= PATH_LENGTH ? err_usage(e, "%.200s...: the path is longer than %d characters",
                                            name, PATH_LENGTH - 1)
                                : -1;
    l->file = xgrow(l->file, l->n, sizeof(*l->file));
    struct listed_file *f = &l->file[l->n++];
    f->path = xstrdup(path);
    f->name = f->path + strlen(dir) + 1;
    return 0;
}

static int by_name(const void *a, const void *b)
{
    const struct listed_file *f = a, *g = b;
    return strcmp(f->name, g->name);
}

void file_list_sort(struct file_list *l)
{
    if (l->n)
        qsort(l->file, (size_t)l->n, sizeof(*l->file), by_name);
}

void file_list_release(struct file_list *l)
{
    for (int i = 0; i < l->n; i++)
        free(l->file[i].path);
    free(l->file);
    *l = (struct file_list){.n = 0};
}
