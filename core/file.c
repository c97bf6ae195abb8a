#include "core/file.h"
#include "core/path.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int file_exists(const char *path)
{
    return access(path, F_OK) == 0;
}

FILE *file_open(const char *path, size_t *size, struct err *e)
{
    struct stat s;
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

/* Write the bytes to `at`, and to the disk if that is a file; sentences name path. */
static int put(const char *at, const char *path, const void *bytes, size_t n, struct err *e)
{
    FILE *f = fopen(at, "wb");
    if (!f)
        return err_set(e, "%s: cannot be written: %s", path, strerror(errno));
    int ok = fwrite(bytes, 1, n, f) == n && fflush(f) == 0 &&
             (fsync(fileno(f)) == 0 || errno == EINVAL || errno == EROFS);
    int code = errno;
    if (fclose(f) == 0 && ok)
        return 0;
    return err_set(e, "%s: writing failed: %s", path, strerror(ok ? errno : code));
}

int file_replace(const char *path, const void *bytes, size_t n, struct err *e)
{
    char part[PATH_LENGTH], real[PATH_LENGTH];
    const char *target = realpath(path, real) ? real : path; /* a link stays one */
    struct stat s;
    if (stat(path, &s) == 0 && !S_ISREG(s.st_mode)) /* a pipe, a device: nothing replaces it */
        return put(path, path, bytes, n, e);
    if (path_print(part, e, "%s.part%ld", target, (long)getpid()) < 0)
        return -1;
    int status = put(part, path, bytes, n, e);
    if (status == 0 && rename(part, target) != 0)
        status = err_set(e, "%s: writing failed: %s", path, strerror(errno));
    if (status < 0)
        unlink(part);
    return status;
}

int dir_make(const char *path, struct err *e)
{
    char at[PATH_LENGTH];
    if (path_copy(at, sizeof(at), path, e) < 0)
        return -1;
    for (char *p = at + 1; *p; p++)
        if (*p == '/') {
            *p = '\0';
            mkdir(at, 0777);
            *p = '/';
        }
    struct stat s;
    if (mkdir(at, 0777) != 0 && errno != EEXIST)
        return err_set(e, "%s: the folder cannot be made: %s", path, strerror(errno));
    if (stat(at, &s) != 0 || !S_ISDIR(s.st_mode))
        return err_set(e, "%s: is not a folder", path);
    if (access(at, W_OK | X_OK) != 0)
        return err_set(e, "%s: the folder cannot be written to: %s", path, strerror(errno));
    return 0;
}
