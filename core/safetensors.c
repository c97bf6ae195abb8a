#include "core/safetensors.h"
#include "core/file.h"
#include "core/json.h"
#include "core/npy.h"
#include "core/replacement.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "numbers are taken as they lie");

enum { MAX_HEADER = 100000000, ALIGN = 8 };
static const char own[] = "gossipbench", about[] = "__metadata__", bytes_of_own[] = "metadata";
static const struct {
    const char *dtype, *type;
} types[] = {{"F32", "f4"}, {"F64", "f8"}, {"I32", "i4"},
             {"I64", "i8"}, {"U8", "u1"},  {"BOOL", "b1"}};

/* --- reading ---------------------------------------------------------------------------------- */

/* A file while it is read. */
struct reader {
    const char *path;
    FILE *f;
    size_t size; /* of the arrays' bytes */
    struct span {
        size_t from, to; /* in them */
        int array;
    } * span; /* (z->n) */
};

/* A whole number >= 0; 0 if v is none. */
static int take_whole(const cJSON *v, size_t *to)
{
    double x = cJSON_IsNumber(v) ? v->valuedouble : -1;
    if (!(x >= 0 && x <= 9007199254740992.0) || x != (double)(size_t)x)
        return 0;
    *to = (size_t)x;
    return 1;
}

/* Fill type and shape of a, and its span, from the header's entry; 0 if they are not written as
 * they should be. */
static int take_entry(struct npz_array *a, struct span *s, const cJSON *entry)
{
    const cJSON *shape = cJSON_GetObjectItem(entry, "shape"), *v;
    const cJSON *offsets = cJSON_GetObjectItem(entry, "data_offsets");
    a->n = 1;
    if (!cJSON_IsArray(shape) || cJSON_GetArraySize(shape) > NPZ_MAX_DIM ||
        !cJSON_IsArray(offsets) || cJSON_GetArraySize(offsets) != 2 ||
        !take_whole(cJSON_GetArrayItem(offsets, 0), &s->from) ||
        !take_whole(cJSON_GetArrayItem(offsets, 1), &s->to))
        return 0;
    cJSON_ArrayForEach (v, shape) {
        size_t *dim = &a->dim[a->n_dim++];
        if (!take_whole(v, dim) || (*dim && a->n > SIZE_MAX / a->item / *dim))
            return 0;
        a->n *= *dim;
    }
    return 1;
}

static int add_array(struct npz *z, struct reader *r, const cJSON *entry, struct err *e)
{
    struct npz_array *a = &z->array[z->n];
    struct span *s = &r->span[z->n];
    const char *name = entry->string, *dtype = json_field(entry, "dtype");
    if (strlen(name) >= sizeof(a->name))
        return err_set(e, "%s: the name '%.60s...' is longer than %zu characters", r->path, name,
                       sizeof(a->name) - 1);
    if (!strcmp(name, bytes_of_own))
        return err_set(e, "%s: '%s' is the name of no array, but of what \"%s\" holds", r->path,
                       name, about);
    strcpy(a->name, name);
    for (size_t i = 0; i < LENGTH(types); i++)
        if (!strcmp(dtype, types[i].dtype))
            strcpy(a->type, types[i].type), a->item = npy_item(a->type);
    if (*dtype && !a->item)
        return err_set(e,
                       "%s: '%s' has the dtype '%.20s', but only F32, F64, I32, I64, U8 and BOOL "
                       "are read; PyTorch's float() converts it",
                       r->path, name, dtype);
    if (!a->item || !take_entry(a, s, entry))
        return err_set(e,
                       "%s: '%s' is not described as {\"dtype\": \"F32\", \"shape\": [2, 3], "
                       "\"data_offsets\": [0, 24]}, with up to %d dimensions",
                       r->path, name, NPZ_MAX_DIM);
    if (s->from > s->to || s->to > r->size || s->to - s->from != a->n * a->item)
        return err_set(
            e, "%s: '%s' has %zu numbers of %zu bytes, but its data_offsets are %zu to %zu of %zu",
            r->path, name, a->n, a->item, s->from, s->to, r->size);
    s->array = z->n++;
    return 0;
}

static int by_place(const void *a, const void *b)
{
    const struct span *s = a, *t = b;
    if (s->from != t->from)
        return s->from < t->from ? -1 : 1;
    return (s->to > t->to) - (s->to < t->to);
}

/* Read the arrays in the order in which they lie: each begins where the one before it ends. */
static int read_data(struct npz *z, struct reader *r, struct err *e)
{
    size_t at = 0;
    qsort(r->span, (size_t)z->n, sizeof(*r->span), by_place);
    for (int i = 0; i < z->n; i++) {
        struct npz_array *a = &z->array[r->span[i].array];
        if (r->span[i].from != at)
            return err_set(
                e, "%s: '%s' begins at byte %zu of the data, but what precedes it ends at %zu",
                r->path, a->name, r->span[i].from, at);
        a->data = xcalloc(a->n, a->item);
        if (fread(a->data, a->item, a->n, r->f) != a->n)
            return err_set(e, "%s: reading failed", r->path);
        at = r->span[i].to;
    }
    return at == r->size ? 0
                         : err_set(e, "%s: has %zu bytes of data, but its arrays end at byte %zu",
                                   r->path, r->size, at);
}

/* Add our metadata as an array, if there are some. */
static void add_own(struct npz *z, const cJSON *header)
{
    const char *text = json_field(cJSON_GetObjectItem(header, about), own);
    size_t n = strlen(text);
    if (n)
        npz_add(z, bytes_of_own, "u1", 1, &n, text);
}

/* Read what the header describes. */
static int read_arrays(struct npz *z, struct reader *r, const cJSON *header, struct err *e)
{
    const cJSON *entry;
    int status = 0, n = cJSON_GetArraySize(header);
    z->room = n + 1;
    z->array = xcalloc((size_t)z->room, sizeof(*z->array));
    r->span = xcalloc((size_t)n + 1, sizeof(*r->span));
    cJSON_ArrayForEach (entry, header) {
        if (status == 0 && strcmp(entry->string, about) != 0)
            status = add_array(z, r, entry, e);
    }
    if (status == 0)
        status = read_data(z, r, e);
    free(r->span);
    add_own(z, header);
    return status;
}

/* The header; NULL with a sentence if the file has none. */
static cJSON *read_header(struct reader *r, size_t size, struct err *e)
{
    uint64_t n;
    char name[PATH_LENGTH + 16];
    if (fread(&n, sizeof(n), 1, r->f) != 1 || n > size - sizeof(n) || n > MAX_HEADER) {
        err_set(e,
                "%s: is no safetensors file: its first 8 bytes are not the length of a header in "
                "its %zu bytes",
                r->path, size);
        return NULL;
    }
    char *text = xcalloc(n + 1, 1);
    cJSON *header = NULL;
    snprintf(name, sizeof(name), "%s, header", r->path);
    if (fread(text, 1, n, r->f) != n)
        err_set(e, "%s: reading failed", r->path);
    else if (strlen(text) != n)
        err_set(e, "%s: byte %zu is NUL, which cannot be in the header", r->path,
                sizeof(n) + strlen(text));
    else
        header = json_parse(name, text, e);
    free(text);
    r->size = size - sizeof(n) - n;
    return header;
}

int safetensors_read(struct npz *z, const char *path, struct err *e)
{
    struct reader r = {.path = path};
    size_t size;
    memset(z, 0, sizeof(*z));
    if (!(r.f = file_open(path, &size, e)))
        return -1;
    cJSON *header = read_header(&r, size, e);
    int status = header ? read_arrays(z, &r, header, e) : -1;
    cJSON_Delete(header);
    fclose(r.f);
    if (status < 0)
        npz_close(z);
    return status;
}

/* --- writing ---------------------------------------------------------------------------------- */

static int is_own(const struct npz_array *a)
{
    return !strcmp(a->name, bytes_of_own);
}

static const char *dtype_of(const struct npz_array *a)
{
    for (size_t i = 0; i < LENGTH(types); i++)
        if (!strcmp(types[i].type, a->type))
            return types[i].dtype;
    die("%s: elements of type %s have no name in safetensors", a->name, a->type);
}

static void add_entry(cJSON *header, const struct npz_array *a, size_t *at)
{
    cJSON *entry = cJSON_AddObjectToObject(header, a->name);
    cJSON_AddStringToObject(entry, "dtype", dtype_of(a));
    cJSON *shape = cJSON_AddArrayToObject(entry, "shape");
    for (int i = 0; i < a->n_dim; i++)
        cJSON_AddItemToArray(shape, cJSON_CreateNumber((double)a->dim[i]));
    cJSON *offsets = cJSON_AddArrayToObject(entry, "data_offsets");
    cJSON_AddItemToArray(offsets, cJSON_CreateNumber((double)*at));
    cJSON_AddItemToArray(offsets, cJSON_CreateNumber((double)(*at += a->n * a->item)));
}

/* Add "__metadata__" with our text; "format" is what other readers ask for. */
static void add_metadata(cJSON *header, const struct npz_array *a)
{
    char *text = xcalloc(a->n + 1, 1);
    memcpy(text, a->data, a->n);
    cJSON *o = cJSON_AddObjectToObject(header, about);
    cJSON_AddStringToObject(o, "format", "pt");
    cJSON_AddStringToObject(o, own, text);
    free(text);
}

void safetensors_write_header(const struct npz *z, FILE *f)
{
    size_t at = 0;
    cJSON *header = cJSON_CreateObject();
    for (int i = 0; i < z->n; i++)
        if (is_own(&z->array[i]))
            add_metadata(header, &z->array[i]);
        else
            add_entry(header, &z->array[i], &at);
    char *text = cJSON_PrintUnformatted(header);
    CHECK(text);
    uint64_t n = strlen(text), padded = (n + ALIGN - 1) / ALIGN * ALIGN;
    fwrite(&padded, sizeof(padded), 1, f);
    fprintf(f, "%s%*s", text, (int)(padded - n), "");
    cJSON_free(text);
    cJSON_Delete(header);
}

int safetensors_write(const struct npz *z, const char *path, struct err *e)
{
    struct replacement r;
    if (replacement_open(&r, path, e) < 0)
        return -1;
    FILE *f = fopen(r.path, "wb");
    if (!f)
        return replacement_close(&r, err_set(e, "%s: cannot be written: %s", path, strerror(errno)),
                                 e);
    safetensors_write_header(z, f);
    for (int i = 0; i < z->n; i++)
        if (!is_own(&z->array[i]) && z->array[i].n)
            fwrite(z->array[i].data, z->array[i].item, z->array[i].n, f);
    int bad = fflush(f) != 0 || ferror(f);
    bad = fclose(f) != 0 || bad ? err_set(e, "%s: writing failed: %s", path, strerror(errno)) : 0;
    return replacement_close(&r, bad, e);
}
