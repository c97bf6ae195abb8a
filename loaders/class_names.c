#include "loaders/class_names.h"
#include "core/file.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FILE_LIMIT = 1 << 20, MAX_NAME = 1000 };

void class_names_add(struct class_names *c, const char *text, size_t n)
{
    c->text = xgrow(c->text, c->n, sizeof(*c->text));
    c->text[c->n] = xcalloc(n + 1, 1);
    memcpy(c->text[c->n++], text, n);
}

int class_names_read(struct class_names *c, const char *dir, const char *file, struct err *e)
{
    char path[PATH_LENGTH];
    if (path_print(path, e, "%s/%s", dir, file))
        return -1;
    if (!file_exists(path))
        return 0;
    char *bytes = file_read_text(path, FILE_LIMIT, NULL, e);
    if (!bytes)
        return -1;
    for (char *at = bytes; *at;) {
        size_t n = strcspn(at, "\r\n");
        if (n == 0)
            break;
        if (c->n == MAX_NAME) {
            err_set(e, "%s:%d: names more than %d classes", path, c->n + 1, MAX_NAME);
            free(bytes);
            return -1;
        }
        class_names_add(c, at, n);
        at += n;
        at += *at == '\r';
        at += *at == '\n';
    }
    free(bytes);
    return 0;
}

int dataset_class_names(struct class_names *c, const char *name, const char *dir, struct err *e)
{
    *c = (struct class_names){.n = 0};
    const struct loader *l = loader_find(name, e);
    if (!l)
        return -1;
    if (!l->names || l->names(c, dir, e) == 0)
        return 0;
    class_names_release(c);
    return -1;
}

void class_names_print(const struct class_names *c, int k, char *buf, size_t size)
{
    if (k < c->n)
        snprintf(buf, size, "%s", c->text[k]);
    else
        snprintf(buf, size, "class %d", k);
}

void class_names_release(struct class_names *c)
{
    for (int i = 0; i < c->n; i++)
        free(c->text[i]);
    free(c->text);
    *c = (struct class_names){.n = 0};
}
