/* npz_reader: zip through libzip, which inflates as it is read; the arrays' own format is in
 * npy.c.  Members that are not called *.npy, or have names too long for struct npz_array, are
 * passed over. */
#include "core/npz_reader.h"
#include "core/file.h"
#include "core/npy.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { MAX_DEFLATE = 1040 }; /* deflate expands a byte to at most 1,032 */

/* Set a's name, empty so far, from the member's; 0 if it is not an npy file's or too long. */
static int set_name(struct npz_array *a, const char *member)
{
    static const char suffix[] = ".npy";
    size_t n = strlen(member), tail = sizeof(suffix) - 1;
    if (n <= tail || strcmp(member + n - tail, suffix) != 0 || n - tail >= sizeof(a->name))
        return 0;
    memcpy(a->name, member, n - tail);
    return 1;
}

static int list_arrays(struct npz_reader *r, struct err *e)
{
    zip_uint64_t n = (zip_uint64_t)zip_get_num_entries(r->zip, 0);
    r->all.array = xcalloc(n, sizeof(*r->all.array));
    r->member = xcalloc(n, sizeof(*r->member));
    for (zip_uint64_t i = 0; i < n; i++) {
        const char *name = zip_get_name(r->zip, i, ZIP_FL_ENC_GUESS);
        if (!name)
            return err_set(e, "%s: member %llu cannot be read: %s", r->path, (unsigned long long)i,
                           zip_strerror(r->zip));
        if (!set_name(&r->all.array[r->all.n], name))
            continue;
        for (int k = 0; k < r->all.n; k++)
            if (!strcmp(r->all.array[k].name, r->all.array[r->all.n].name))
                return err_set(e, "%s: has two members '%s', but must have one of each name",
                               r->path, name);
        r->member[r->all.n++] = i;
    }
    return 0;
}

int npz_reader_open(struct npz_reader *r, const char *path, struct err *e)
{
    struct stat s;
    int code = 0;
    *r = (struct npz_reader){.path = path};
    if (file_check_input(path, e) < 0)
        return -1;
    if (stat(path, &s) != 0)
        return err_set(e, "%s: cannot be read: %s", path, strerror(errno));
    if (!S_ISREG(s.st_mode))
        return err_set(e, "%s: cannot be read: not a regular file", path);
    r->left = (zip_uint64_t)s.st_size;
    r->zip = zip_open(path, ZIP_RDONLY, &code);
    if (!r->zip) {
        zip_error_t why;
        zip_error_init_with_code(&why, code);
        err_set(e, "%s: its %lld bytes cannot be read as a zip archive, which an npz file is: %s",
                path, (long long)s.st_size, zip_error_strerror(&why));
        zip_error_fini(&why);
        return -1;
    }
    if (list_arrays(r, e) == 0)
        return 0;
    npz_reader_close(r);
    return -1;
}

static void leave_file(struct npz_reader *r)
{
    if (r->file)
        zip_fclose(r->file);
    r->file = NULL;
}

void npz_reader_close(struct npz_reader *r)
{
    leave_file(r);
    if (r->zip)
        zip_discard(r->zip);
    npz_close(&r->all);
    free(r->member);
    memset(r, 0, sizeof(*r));
}

/* Explain a read that returned no bytes (got is 0) or failed. */
static int damaged(const struct npz_reader *r, zip_int64_t got, struct err *e)
{
    return err_set(e, "%s: member '%s.npy' is damaged at byte %zu of %zu: %s", r->path,
                   r->now->name, r->at, r->size,
                   got == 0 ? "it ends there" : zip_file_strerror(r->file));
}

int npz_reader_read(struct npz_reader *r, void *bytes, size_t n, struct err *e)
{
    CHECK(r->file && n <= r->size - r->at);
    for (size_t done = 0; done < n;) {
        zip_int64_t got = zip_fread(r->file, (char *)bytes + done, n - done);
        if (got <= 0)
            return damaged(r, got, e);
        done += (size_t)got, r->at += (size_t)got;
    }
    return 0;
}

int npz_reader_end(struct npz_reader *r, struct err *e)
{
    char more; /* libzip compares the checksum when it reaches the end */
    CHECK(r->file && r->at == r->size);
    zip_int64_t got = zip_fread(r->file, &more, 1);
    return got == 0 ? 0 : damaged(r, got, e);
}

void *npz_reader_all(struct npz_reader *r, struct err *e)
{
    enum { FIRST = 1 << 20 };
    size_t size = r->now->n * r->now->item, at = 0, room = size < FIRST ? size : FIRST;
    char *bytes = xcalloc(room, 1);
    int rc = npz_reader_read(r, bytes, room, e);
    while (!rc && room < size) {
        at = room, room = size - room < room ? size : 2 * room;
        char *more = xcalloc(room, 1);
        memcpy(more, bytes, at);
        free(bytes), bytes = more;
        rc = npz_reader_read(r, bytes + at, room - at, e);
    }
    if (!rc && npz_reader_end(r, e) == 0)
        return bytes;
    free(bytes);
    return NULL;
}

/* Read and parse the header of a, whose member is open. */
static int read_header(struct npz_reader *r, struct npz_array *a, struct err *e)
{
    char head[NPY_PREFIX] = "";
    size_t n = r->size < NPY_PREFIX ? r->size : NPY_PREFIX;
    if (npz_reader_read(r, head, n, e))
        return -1;
    size_t whole = npy_header_size(head, n);
    if (whole <= n || whole > r->size || whole > NPY_MAX_READ)
        whole = n; /* npy_parse says what is wrong with it */
    char *bytes = xcalloc(whole + 1, 1);
    memcpy(bytes, head, n);
    int rc = npz_reader_read(r, bytes + n, whole - n, e);
    if (!rc && !npy_parse(a, bytes, whole, r->size, r->path, e))
        rc = -1;
    free(bytes);
    return rc;
}

int npz_reader_begin(struct npz_reader *r, int i, struct err *e)
{
    const zip_uint64_t need = ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE;
    struct npz_array *a = &r->all.array[i];
    zip_stat_t s;
    leave_file(r);
    if (zip_stat_index(r->zip, r->member[i], 0, &s) != 0)
        return err_set(e, "%s: member '%s.npy' cannot be read: %s", r->path, a->name,
                       zip_strerror(r->zip));
    if ((s.valid & need) != need || s.comp_size > r->left || s.size / MAX_DEFLATE > s.comp_size)
        return err_set(e,
                       "%s: member '%s.npy' says it has %llu bytes, packed into %llu; that is "
                       "larger than the file allows, which has %llu left for it",
                       r->path, a->name, (unsigned long long)s.size,
                       (unsigned long long)s.comp_size, (unsigned long long)r->left);
    r->left -= s.comp_size;
    r->file = zip_fopen_index(r->zip, r->member[i], 0);
    if (!r->file)
        return err_set(e, "%s: member '%s.npy' cannot be read: %s", r->path, a->name,
                       zip_strerror(r->zip));
    r->now = a, r->size = s.size, r->at = 0;
    return read_header(r, a, e);
}

const struct npz_array *npz_reader_find(struct npz_reader *r, const char *name, struct err *e)
{
    const struct npz_array *a = npz_find(&r->all, r->path, name, e);
    return a && npz_reader_begin(r, (int)(a - r->all.array), e) == 0 ? a : NULL;
}
