#include "train/samples.h"
#include "core/npz.h"
#include "train/network.h"
#include "train/run.h"
#include <stdlib.h>
#include <string.h>

/* Turn an image of bytes (h, w, c) into (c, h, w). */
static void turn(const struct dataset *d, const uint8_t *from, uint8_t *to)
{
    size_t area = (size_t)d->h * (size_t)d->w, n_c = (size_t)d->c;
    for (size_t c = 0; c < n_c; c++)
        for (size_t p = 0; p < area; p++)
            to[c * area + p] = from[p * n_c + c];
}

static void add_images(struct npz *z, const char *name, const struct dataset *d,
                       const struct split *s)
{
    size_t size = dataset_image_size(d), n = (size_t)s->n;
    size_t dim[] = {n, (size_t)d->c, (size_t)d->h, (size_t)d->w};
    uint8_t *x = xcalloc(n * size, 1);
    for (size_t i = 0; i < n; i++)
        turn(d, s->x + i * size, x + i * size);
    npz_add(z, name, "u1", 4, dim, x);
    free(x);
}

static void add_numbers(struct npz *z, const char *name, int n_dim, const size_t *dim,
                        const int32_t *v)
{
    size_t n = n_dim == 2 ? dim[0] * dim[1] : dim[0];
    int64_t *wide = xcalloc(n, sizeof(*wide));
    for (size_t i = 0; i < n; i++)
        wide[i] = v[i];
    npz_add(z, name, "i8", n_dim, dim, wide);
    free(wide);
}

static void add_split(struct npz *z, const char *x, const char *y, const struct dataset *d,
                      const struct split *s)
{
    size_t dim[] = {(size_t)s->n, (size_t)d->h};
    if (dataset_is_text(d))
        add_numbers(z, x, 2, dim, s->token);
    else
        add_images(z, x, d, s);
    add_numbers(z, y, 1, dim, s->y);
}

static int add_metadata(struct npz *z, const struct config *c, const struct dataset *d,
                        struct err *e)
{
    struct class_names names;
    if (dataset_class_names(&names, d->name, c->data_dir, e) < 0)
        return -1;
    cJSON *o = cJSON_CreateObject();
    cJSON_AddItemToObject(o, "network", network_form(d));
    cJSON_AddStringToObject(o, "data_sha256", d->sha256);
    cJSON *list = cJSON_AddArrayToObject(o, "class_names");
    for (int k = 0; k < names.n && k < d->n_class; k++)
        cJSON_AddItemToArray(list, cJSON_CreateString(names.text[k]));
    if (dataset_is_text(d))
        model_file_add_words(o, d->vocabulary.text, d->vocabulary.size);
    model_file_add_metadata(z, o);
    cJSON_Delete(o);
    class_names_release(&names);
    return 0;
}

int samples_export(const struct config *c, const char *path, struct err *e)
{
    struct dataset d;
    struct partition p;
    struct npz z = {0};
    if (run_data(c, &d, &p, e) < 0)
        return -1;
    int status = add_metadata(&z, c, &d, e);
    if (status == 0) {
        add_split(&z, "x_train", "y_train", &d, &d.train);
        add_split(&z, "x_test", "y_test", &d, &d.test);
        status = npz_write(&z, path, e);
    }
    npz_close(&z);
    partition_close(&p);
    dataset_close(&d);
    return status;
}
