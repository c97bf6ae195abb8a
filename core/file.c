#include "core/file.h"
#include "core/path.h"
#include "core/replacement.h"
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int file_exists(const char *path)
{
    return access(path, F_OK) == 0;
}

static struct output {
    dev_t device;
    ino_t number;
} * output;
static int n_output;

void file_will_write(const char *path)
{
    struct stat s;
    if (stat(path, &s) != 0 || !S_ISREG(s.st_mode))
        return;
    output = xgrow(output, n_output, sizeof(*output));
    output[n_output++] = (struct output){s.st_dev, s.st_ino};
}

int file_check_input(const char *path, struct err *e)
{
    struct stat s;
    if (n_output == 0 || stat(path, &s) != 0)
        return 0;
    for (int i = 0; i < n_output; i++)
        if (s.st_dev == output[i].device && s.st_ino == output[i].number)
            return err_usage(
                e,
                "%s: is read by this command, which therefore cannot write it: name another output",
                path);
    return 0;
}

FILE *file_open(const char *path, size_t *size, struct err *e)
{
    struct stat s;
    if (!*path) {
        err_set(e, "the name of a file to read is empty");
        return NULL;
    }
    if (file_check_input(path, e) < 0)
        return NULL;
    int fd = open(path, O_RDONLY | O_NONBLOCK);
    if (fd < 0 || fstat(fd, &s) != 0 || !S_ISREG(s.st_mode)) {
        err_set(e, "%s: cannot be read: %s", path, fd < 0 ? strerror(errno) : "not a regular file");
        if (fd >= 0)
            close(fd);
        return NULL;
    }
    if (size)
        *size = (size_t)s.st_size;
    FILE *f = fdopen(fd, "rb");
    if (!f)
        die("%s: %s", path, strerror(errno));
    return f;
}

char *file_read(const char *path, size_t limit, size_t *n, struct err *e)
{
    size_t size;
    FILE *f = file_open(path, &size, e);
    if (!f)
        return NULL;
    if (size > limit) {
        err_set(e, "%s: %zu bytes, but at most %zu are expected", path, size, limit);
        fclose(f);
        return NULL;
    }
    char *bytes = xcalloc(size + 1, 1);
    if (fread(bytes, 1, size, f) != size) {
        err_set(e, "%s: reading failed: %s", path, strerror(errno));
        free(bytes), bytes = NULL;
    }
    fclose(f);
    if (n)
        *n = size;
    return bytes;
}

/* Check that the bytes (n) are a text without NUL bytes. */
static int check_text(const char *path, const char *bytes, size_t n, struct err *e)
{
    if (n >= 2 && (!memcmp(bytes, "\xff\xfe", 2) || !memcmp(bytes, "\xfe\xff", 2)))
        return err_set(e, "%s: is UTF-16, but must be UTF-8; iconv -f UTF-16 -t UTF-8 converts it",
                       path);
    const char *nul = memchr(bytes, '\0', n);
    int line = 1;
    for (const char *p = bytes; nul && p < nul; p++)
        line += *p == '\n';
    return nul ? err_set(e, "%s:%d: has a NUL byte, which no text has", path, line) : 0;
}

char *file_read_text(const char *path, size_t limit, size_t *n, struct err *e)
{
    static const char mark[] = "\xef\xbb\xbf";
    size_t size;
    char *bytes = file_read(path, limit, &size, e);
    if (bytes && check_text(path, bytes, size, e) < 0)
        free(bytes), bytes = NULL;
    if (bytes && !strncmp(bytes, mark, 3))
        memmove(bytes, bytes + 3, (size -= 3) + 1);
    if (n)
        *n = size;
    return bytes;
}

int file_replace(const char *path, const void *bytes, size_t n, struct err *e)
{
    struct replacement r;
    if (replacement_open(&r, path, e) < 0)
        return -1;
    FILE *f = fopen(r.path, "wb");
    int ok = f && fwrite(bytes, 1, n, f) == n, code = errno;
    if (f && fclose(f) != 0 && ok)
        ok = 0, code = errno;
    return replacement_close(
        &r, ok ? 0 : err_set(e, "%s: writing failed: %s", path, strerror(code)), e);
}

/* Whether the folder is that of the whole file system. */
static int is_top(const char *path)
{
    struct stat s, top;
    return stat(path, &s) == 0 && stat("/", &top) == 0 && s.st_dev == top.st_dev &&
           s.st_ino == top.st_ino;
}

int dir_make_one(const char *path, struct err *e)
{
    char above[PATH_LENGTH];
    if (path_copy(above, sizeof(above), path, e) < 0)
        return -1;
    if (is_top(dirname(above)) && !file_exists(path))
        return err_set(e,
                       "%s: is not made, as it would stand at the root of the file system; make it "
                       "with mkdir if it is meant, or name another folder",
                       path);
    return mkdir(path, 0777) == 0
               ? 0
               : err_set(e, "%s: the folder cannot be made: %s", path, strerror(errno));
}

int dir_make(const char *path, struct err *e)
{
    char at[PATH_LENGTH];
    struct stat s;
    if (path_copy(at, sizeof(at), path, e) < 0)
        return -1;
    for (size_t i = 1, n = strlen(at); i <= n; i++)
        if (path[i] == '/' || i == n) {
            at[i] = '\0';
            if (!file_exists(at) && dir_make_one(at, e) < 0 && !file_exists(at))
                return -1; /* another process may have made it */
            at[i] = path[i];
        }
    if (stat(at, &s) != 0 || !S_ISDIR(s.st_mode))
        return err_set(e, "%s: is not a folder", path);
    if (access(at, W_OK | X_OK) != 0)
        return err_set(e, "%s: the folder cannot be written to: %s", path, strerror(errno));
    return 0;
}
