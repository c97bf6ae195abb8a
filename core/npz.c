/* npz: zip archives of npy files, as numpy.savez and numpy.savez_compressed write them (zip through
 * libzip; reading is in npz_reader.c, the arrays' own format in npy.c).
 * Archives are written with a fixed date, so that equal arrays give equal files. */
#include "core/npz.h"
#include "core/npy.h"
#include "core/npz_reader.h"
#include "core/replacement.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DOS_DATE = 1 << 5 | 1 /* 1980-01-01 */, FASTEST = 1 };
static const char suffix[] = ".npy";

int npz_read(struct npz *z, const char *path, struct err *e)
{
    struct npz_reader r;
    int rc = 0;
    memset(z, 0, sizeof(*z));
    if (npz_reader_open(&r, path, e))
        return -1;
    for (int i = 0; i < r.all.n && !rc; i++) {
        struct npz_array *a = &r.all.array[i];
        rc = npz_reader_begin(&r, i, e);
        if (!rc)
            rc = (a->data = npz_reader_all(&r, e)) ? 0 : -1;
    }
    if (!rc) { /* the arrays change hands */
        *z = r.all, z->room = z->n;
        memset(&r.all, 0, sizeof(r.all));
    }
    npz_reader_close(&r);
    return rc;
}

void npz_close(struct npz *z)
{
    for (int i = 0; i < z->n; i++)
        free(z->array[i].data);
    free(z->array);
    memset(z, 0, sizeof(*z));
}

const struct npz_array *npz_find(const struct npz *z, const char *path, const char *name,
                                 struct err *e)
{
    char known[256] = "";
    for (size_t i = 0, len = 0; i < (size_t)z->n; i++) {
        if (!strcmp(z->array[i].name, name))
            return &z->array[i];
        if (len < sizeof(known))
            len += (size_t)snprintf(known + len, sizeof(known) - len, "%s%s", i ? ", " : "",
                                    z->array[i].name);
    }
    err_set(e, "%s: has no array '%.60s'; it has: %s", path, name, known);
    return NULL;
}

double *npz_doubles(const struct npz_array *a)
{
    double *x = xcalloc(a->n, sizeof(*x));
    const char *type = a->type;
    CHECK(type[0] != 'U');
    for (size_t i = 0; i < a->n; i++)
        if (!strcmp(type, "f4"))
            x[i] = (double)((const float *)a->data)[i];
        else if (!strcmp(type, "f8"))
            x[i] = ((const double *)a->data)[i];
        else if (!strcmp(type, "i4"))
            x[i] = ((const int32_t *)a->data)[i];
        else if (!strcmp(type, "i8"))
            x[i] = (double)((const int64_t *)a->data)[i];
        else
            x[i] = ((const uint8_t *)a->data)[i];
    return x;
}

void npz_add(struct npz *z, const char *name, const char *type, int n_dim, const size_t *dim,
             const void *data)
{
    struct npz_array a = {.n_dim = n_dim, .n = 1, .item = npy_item(type)};
    CHECK(a.item && n_dim >= 0 && n_dim <= NPZ_MAX_DIM && strlen(name) < sizeof(a.name));
    snprintf(a.name, sizeof(a.name), "%s", name);
    snprintf(a.type, sizeof(a.type), "%s", type);
    for (int i = 0; i < n_dim; i++)
        a.n *= a.dim[i] = dim[i];
    if (data || a.n == 0)
        a.data = xcalloc(a.n, a.item);
    if (a.n && data)
        memcpy(a.data, data, a.n * a.item);
    if (z->n == z->room) {
        struct npz_array *more = xcalloc(2 * (size_t)z->n + 1, sizeof(*more));
        if (z->n)
            memcpy(more, z->array, (size_t)z->n * sizeof(*more));
        free(z->array);
        z->array = more, z->room = 2 * z->n + 1;
    }
    z->array[z->n++] = a;
}

/* Put an array with its header, which must stay until the archive is closed, into the archive. */
static int write_member(zip_t *zip, const struct npz_array *a, int deflate,
                        char header[NPY_MAX_HEADER])
{
    char member[sizeof(a->name) + sizeof(suffix)];
    zip_buffer_fragment_t parts[] = {{(zip_uint8_t *)header, npy_format(a, header)},
                                     {a->data, a->n * a->item}};
    zip_source_t *source = zip_source_buffer_fragment(zip, parts, LENGTH(parts), 0);
    if (!source)
        return -1;
    snprintf(member, sizeof(member), "%s%s", a->name, suffix);
    zip_int64_t i = zip_file_add(zip, member, source, ZIP_FL_ENC_UTF_8);
    if (i < 0) {
        zip_source_free(source);
        return -1;
    }
    return zip_set_file_compression(zip, (zip_uint64_t)i, deflate ? ZIP_CM_DEFLATE : ZIP_CM_STORE,
                                    deflate ? FASTEST : 0) |
           zip_file_set_dostime(zip, (zip_uint64_t)i, 0, DOS_DATE, 0);
}

int npz_write(const struct npz *z, const char *path, struct err *e)
{
    struct replacement r;
    CHECK(z->n > 0); /* libzip writes no empty archives */
    if (replacement_open(&r, path, e) < 0)
        return -1;
    int bad = 0;
    zip_t *zip = zip_open(r.path, ZIP_TRUNCATE, NULL);
    if (!zip)
        return replacement_close(&r, err_set(e, "%s: cannot be written: %s", path, strerror(errno)),
                                 e);
    char(*header)[NPY_MAX_HEADER] = xcalloc((size_t)z->n, sizeof(*header));
    for (int i = 0; i < z->n && !bad; i++)
        bad = write_member(zip, &z->array[i], z->deflate, header[i]);
    if (bad || zip_close(zip) != 0) {
        bad = err_set(e, "%s: writing failed: %s", path, zip_strerror(zip));
        zip_discard(zip);
    }
    free(header);
    return replacement_close(&r, bad, e);
}
