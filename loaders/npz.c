/* npz: zip archives of npy files, as numpy.savez and numpy.savez_compressed write them (zip through
 * libzip; the arrays' own format is in npy.c).  Members that are not called *.npy, or
 * have names too long for struct npz_array, are passed over.
 * Archives are written with a fixed date, so that equal arrays give equal files. */
#include "loaders/npz.h"
#include "loaders/npy.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zip.h>

enum { MAX_DEFLATE = 1040 }; /* deflate makes at most 1,032 bytes of one */
enum { PATH_LENGTH = 4096, DOS_DATE = 1 << 5 | 1 /* 1980-01-01 */ };
static const char suffix[] = ".npy";

/* Set a's name, empty so far, from the member's; 0 if it is not an npy file's or too long. */
static int set_name(struct npz_array *a, const char *member)
{
    size_t n = strlen(member), tail = sizeof(suffix) - 1;
    if (n <= tail || strcmp(member + n - tail, suffix) != 0 || n - tail >= sizeof(a->name))
        return 0;
    memcpy(a->name, member, n - tail);
    return 1;
}

/* The bytes of a member; *left, what the archive may still hold compressed, is lowered.  free(). */
static char *read_member(zip_t *zip, zip_uint64_t i, const zip_stat_t *s, zip_uint64_t *left,
                         const char *path, struct err *e)
{
    const zip_uint64_t need = ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE;
    if ((s->valid & need) != need || s->comp_size > *left ||
        s->size > (s->comp_size + 1) * MAX_DEFLATE) {
        err_set(e, "%s: member '%.200s' says it is larger than the file allows", path, s->name);
        return NULL;
    }
    *left -= s->comp_size;
    zip_file_t *f = zip_fopen_index(zip, i, 0);
    if (!f) {
        err_set(e, "%s: member '%.200s' cannot be read: %s", path, s->name, zip_strerror(zip));
        return NULL;
    }
    char *bytes = xcalloc(s->size + 1, 1), more;
    zip_int64_t got = zip_fread(f, bytes, s->size);
    /* the checksum is compared when the end is met */
    if (got < 0 || (zip_uint64_t)got != s->size || zip_fread(f, &more, 1) != 0) {
        err_set(e, "%s: member '%.200s' is damaged: %s", path, s->name, zip_file_strerror(f));
        free(bytes), bytes = NULL;
    }
    zip_fclose(f);
    return bytes;
}

static int read_all(struct npz *z, zip_t *zip, zip_uint64_t size, const char *path, struct err *e)
{
    zip_int64_t n = zip_get_num_entries(zip, 0);
    z->array = xcalloc((size_t)n, sizeof(*z->array));
    for (zip_int64_t i = 0; i < n; i++) {
        zip_stat_t s;
        if (zip_stat_index(zip, (zip_uint64_t)i, 0, &s) != 0 || !(s.valid & ZIP_STAT_NAME))
            return err_set(e, "%s: member %lld cannot be read: %s", path, (long long)i,
                           zip_strerror(zip));
        struct npz_array *a = &z->array[z->n];
        if (!set_name(a, s.name))
            continue;
        char *bytes = read_member(zip, (zip_uint64_t)i, &s, &size, path, e);
        if (!bytes)
            return -1;
        size_t data = npy_parse(a, bytes, s.size, path, e);
        if (!data) {
            free(bytes);
            return -1;
        }
        memmove(bytes, bytes + data, s.size - data); /* to where it is aligned */
        a->data = bytes;
        z->n++;
    }
    return 0;
}

int npz_read(struct npz *z, const char *path, struct err *e)
{
    struct stat s;
    int code = 0, rc;
    memset(z, 0, sizeof(*z));
    if (stat(path, &s) != 0)
        return err_set(e, "%s: cannot be read: %s", path, strerror(errno));
    if (!S_ISREG(s.st_mode))
        return err_set(e, "%s: cannot be read: not a regular file", path);
    zip_t *zip = zip_open(path, ZIP_RDONLY, &code);
    if (!zip) {
        zip_error_t why;
        zip_error_init_with_code(&why, code);
        rc = err_set(e, "%s: cannot be read as a zip archive: %s", path, zip_error_strerror(&why));
        zip_error_fini(&why);
        return rc;
    }
    rc = read_all(z, zip, (zip_uint64_t)s.st_size, path, e);
    zip_discard(zip);
    if (rc)
        npz_close(z);
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
    a.data = xcalloc(a.n, a.item);
    if (a.n)
        memcpy(a.data, data, a.n * a.item);
    struct npz_array *more = xcalloc((size_t)z->n + 1, sizeof(*more));
    if (z->n)
        memcpy(more, z->array, (size_t)z->n * sizeof(*more));
    free(z->array);
    more[z->n++] = a;
    z->array = more;
}

/* Put an array with its header, which must stay until the archive is closed, into the archive. */
static int write_member(zip_t *zip, const struct npz_array *a, char header[NPY_MAX_HEADER])
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
    return zip_set_file_compression(zip, (zip_uint64_t)i, ZIP_CM_STORE, 0) |
           zip_file_set_dostime(zip, (zip_uint64_t)i, 0, DOS_DATE, 0);
}

/* Write the archive to a file that is not there yet, down to the disk. */
static int write_archive(const struct npz *z, const char *part, const char *path, struct err *e)
{
    zip_t *zip = zip_open(part, ZIP_CREATE | ZIP_TRUNCATE, NULL);
    if (!zip)
        return err_set(e, "%s: cannot be written: %s", path, strerror(errno));
    char(*header)[NPY_MAX_HEADER] = xcalloc((size_t)z->n, sizeof(*header));
    int bad = 0;
    for (int i = 0; i < z->n && !bad; i++)
        bad = write_member(zip, &z->array[i], header[i]);
    if (bad || zip_close(zip) != 0) {
        err_set(e, "%s: writing failed: %s", path, zip_strerror(zip));
        zip_discard(zip);
        free(header);
        return -1;
    }
    free(header);
    int fd = open(part, O_RDONLY);
    if (fd < 0 || fsync(fd) != 0)
        bad = err_set(e, "%s: writing failed: %s", path, strerror(errno));
    if (fd >= 0)
        close(fd);
    return bad;
}

int npz_write(const struct npz *z, const char *path, struct err *e)
{
    char part[PATH_LENGTH];
    CHECK(z->n > 0); /* libzip writes no empty archives */
    if (snprintf(part, sizeof(part), "%s.part%ld", path, (long)getpid()) >= (int)sizeof(part))
        return err_set(e, "%.200s: the path is too long", path);
    int rc = write_archive(z, part, path, e);
    if (!rc && rename(part, path) != 0)
        rc = err_set(e, "%s: writing failed: %s", path, strerror(errno));
    if (rc)
        unlink(part);
    return rc;
}
