#include "loaders/writer.h"
#include "core/file.h"
#include "core/text.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { AT_ONCE = 64 };

int writer_file(const struct writing *w, const char *name, const void *bytes, size_t n,
                struct err *e)
{
    char path[PATH_LENGTH];
    return path_print(path, e, "%s/%s", w->path, name) || file_replace(path, bytes, n, e) ? -1 : 0;
}

const char *writer_class(const struct writing *w, int k, char name[WRITER_NAME])
{
    int width = snprintf(NULL, 0, "%d", w->n_class - 1);
    snprintf(name, WRITER_NAME, "generated-%0*d", width, k);
    return name;
}

int writer_names(const struct writing *w, const char *file,
                 void (*line)(FILE *f, int k, const char *name), const char *end, struct err *e)
{
    char path[PATH_LENGTH], name[WRITER_NAME];
    struct text text;
    if (path_print(path, e, "%s/%s", w->path, file))
        return -1;
    FILE *f = text_open(&text);
    for (int k = 0; k < w->n_class; k++)
        if (line)
            line(f, k, writer_class(w, k, name));
        else
            fprintf(f, "%s\n", writer_class(w, k, name));
    fputs(end, f);
    return text_save(&text, path, e);
}

int writer_images(const struct writing *w, int test, int first, int n,
                  int (*put)(void *to, int k, const uint8_t *x, int y), void *to)
{
    size_t size = (size_t)w->image_size * (size_t)w->image_size * 3;
    uint8_t *x = xcalloc(AT_ONCE, size);
    int32_t y[AT_ONCE];
    int rc = 0;
    for (int done = 0; done < n && !rc; done += AT_ONCE) {
        int some = n - done < AT_ONCE ? n - done : AT_ONCE;
        image_generator_draw(&w->images, test, first + done, some, x, y);
        for (int i = 0; i < some && !rc; i++)
            rc = put(to, first + done + i, x + (size_t)i * size, y[i]);
    }
    free(x);
    return rc ? -1 : 0;
}

int writer_image_file(const struct writing *w, const char *name, int test, int first, int n,
                      int (*put)(void *to, int k, const uint8_t *x, int y), struct err *e)
{
    char path[PATH_LENGTH];
    if (path_print(path, e, "%s/%s", w->path, name))
        return -1;
    FILE *f = fopen(path, "wb");
    if (!f)
        return err_set(e, "%s: cannot be written: %s", path, strerror(errno));
    int bad = writer_images(w, test, first, n, put, f);
    return fclose(f) != 0 || bad ? err_set(e, "%s: writing failed: %s", path, strerror(errno)) : 0;
}

void writer_planes(const uint8_t *x, uint8_t planes[WRITER_IMAGE])
{
    for (int c = 0; c < 3; c++)
        for (int p = 0; p < WRITER_PLANE; p++)
            planes[c * WRITER_PLANE + p] = x[3 * p + c];
}
