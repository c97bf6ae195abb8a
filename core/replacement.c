#include "core/replacement.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Follow the links at path until `to` is not a link.  -1 with errno if they form a loop. */
static int follow(char to[PATH_LENGTH], const char *path)
{
    enum { MOST = 40 };
    char link[PATH_LENGTH];
    strcpy(to, path);
    for (int i = 0; i < MOST; i++) {
        ssize_t n = readlink(to, link, sizeof(link) - 1);
        if (n < 0)
            return 0;
        link[n] = '\0';
        char *slash = strrchr(to, '/');
        size_t folder = link[0] == '/' || !slash ? 0 : (size_t)(slash - to) + 1;
        if (folder + (size_t)n >= PATH_LENGTH)
            break;
        strcpy(to + folder, link);
    }
    errno = ELOOP;
    return -1;
}

static int is_same(const struct stat *a, const struct stat *b)
{
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

/* The descriptor of standard output or error if that is this file, else -1. */
static int standard_of(const struct stat *s)
{
    struct stat of;
    for (int fd = STDOUT_FILENO; fd <= STDERR_FILENO; fd++)
        if (fstat(fd, &of) == 0 && is_same(&of, s))
            return fd;
    return -1;
}

/* Create the file that is written first: beside the target, or in the temporary folder. */
static int create(struct replacement *r, struct err *e)
{
    const char *temporary = getenv("TMPDIR");
    int status = r->is_copied ? path_print(r->path, e, "%s/gossipbench-XXXXXX",
                                           temporary && *temporary ? temporary : "/tmp")
                              : path_print(r->path, e, "%s.part%ld", r->target, (long)getpid());
    if (status < 0)
        return -1;
    if (!r->is_copied)
        unlink(r->path);
    int fd = r->is_copied ? mkstemp(r->path) : open(r->path, O_WRONLY | O_CREAT | O_EXCL, 0666);
    struct stat fresh;
    if (fd < 0 || fstat(fd, &fresh) != 0)
        return err_set(e, "%s: cannot be written: %s", r->is_copied ? r->path : r->asked,
                       strerror(errno));
    r->mode = fresh.st_mode & 07777;
    return close(fd);
}

int replacement_open(struct replacement *r, const char *asked, struct err *e)
{
    struct stat old, target;
    r->asked = asked, r->is_copied = 0;
    if (path_copy(r->target, sizeof(r->target), asked, e) < 0)
        return -1;
    if (follow(r->target, asked) < 0)
        return err_set(e, "%s: cannot be written: %s", asked, strerror(errno));
    if (stat(asked, &old) == 0) {
        if (S_ISDIR(old.st_mode))
            errno = EISDIR;
        if (S_ISDIR(old.st_mode) || access(asked, W_OK) != 0)
            return err_set(e, "%s: cannot be written: %s", asked, strerror(errno));
        r->is_copied = !S_ISREG(old.st_mode) || old.st_nlink != 1 || standard_of(&old) >= 0 ||
                       stat(r->target, &target) != 0 || !is_same(&old, &target);
    }
    return create(r, e);
}

/* Write all bytes of one file to another. */
static int copy_bytes(int from, int to)
{
    char bytes[1 << 16];
    ssize_t n;
    while ((n = read(from, bytes, sizeof(bytes))) > 0)
        for (ssize_t done = 0, some; done < n; done += some)
            if ((some = write(to, bytes + done, (size_t)(n - done))) < 0)
                return -1;
    return n < 0 ? -1 : 0;
}

static int copy(const struct replacement *r)
{
    struct stat s;
    int own = stat(r->asked, &s) == 0 ? standard_of(&s) : -1;
    int from = open(r->path, O_RDONLY), to = -1;
    if (own < 0)
        to = open(r->asked, O_WRONLY | O_TRUNC);
    else if (fflush(stdout) == 0) /* what was printed before comes before */
        to = dup(own);
    int status = from >= 0 && to >= 0 ? copy_bytes(from, to) : -1;
    int code = errno;
    if (from >= 0)
        close(from);
    if (to >= 0 && close(to) != 0 && status == 0)
        status = -1, code = errno;
    errno = code;
    return status;
}

/* Give the new file its mode and, if allowed, the owner of the old one; sync it to the disk, and
 * put it in its place.  If that is a mount point, renaming is impossible, and it is copied. */
static int put(const struct replacement *r)
{
    struct stat old;
    int has_old = stat(r->target, &old) == 0, fd = open(r->path, O_RDONLY);
    if (fd < 0)
        return -1;
    int ok = (!has_old || fchown(fd, old.st_uid, old.st_gid) == 0 || errno == EPERM) &&
             fchmod(fd, has_old ? old.st_mode & 07777 : r->mode) == 0 && fsync(fd) == 0;
    int code = errno;
    close(fd);
    errno = code;
    if (ok && rename(r->path, r->target) == 0)
        return 0;
    return ok && errno == EBUSY ? copy(r) : -1;
}

int replacement_close(struct replacement *r, int status, struct err *e)
{
    if (status == 0 && (r->is_copied ? copy(r) : put(r)) != 0)
        status = err_set(e, "%s: writing failed: %s", r->asked, strerror(errno));
    unlink(r->path); /* if it is still there */
    return status < 0 ? -1 : 0;
}
