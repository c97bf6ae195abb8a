#include "sweep/claim.h"
#include "core/file.h"
#include "train/checkpoint.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct flock whole_file(void)
{
    return (struct flock){.l_type = F_WRLCK, .l_whence = SEEK_SET};
}

/* Parse the two lines of the file: the sweep, and why it failed. */
static void parse(const char *text, char tried_by[SWEEP_ID], char why[CLAIM_TEXT])
{
    size_t n = strcspn(text, "\n");
    snprintf(tried_by, SWEEP_ID, "%.*s", (int)(n < SWEEP_ID ? n : SWEEP_ID - 1), text);
    text += n + (text[n] == '\n');
    snprintf(why, CLAIM_TEXT, "%.*s", (int)strcspn(text, "\n"), text);
}

/* Whether another process has removed or recreated the file before we got the lock. */
static int is_gone(const struct claim *c)
{
    struct stat ours, there;
    return fstat(c->fd, &ours) != 0 || stat(c->path, &there) != 0 || ours.st_ino != there.st_ino ||
           ours.st_dev != there.st_dev;
}

/* Lock the file; returns as claim_take. */
static int take(struct claim *c, struct err *e)
{
    struct flock lock = whole_file();
    c->fd = open(c->path, O_RDWR | O_CREAT, 0666);
    if (c->fd < 0)
        return err_set(e, "%s: cannot be written: %s", c->path, strerror(errno));
    if (fcntl(c->fd, F_SETLK, &lock) != 0) {
        int code = errno;
        close(c->fd);
        return code == EACCES || code == EAGAIN
                   ? 0
                   : err_set(
                         e,
                         "%s: cannot be locked: %s: take a folder on a file system that has locks",
                         c->path, strerror(code));
    }
    if (!is_gone(c))
        return 1;
    close(c->fd);
    return take(c, e);
}

int claim_take(struct claim *c, const char *dir, struct err *e)
{
    char text[SWEEP_ID + CLAIM_TEXT] = "";
    if (path_print(c->path, e, "%s/claim", dir) < 0 || dir_make(dir, e) < 0)
        return -1;
    int mine = take(c, e);
    if (mine <= 0)
        return mine;
    ssize_t n = pread(c->fd, text, sizeof(text) - 1, 0);
    text[n > 0 ? n : 0] = '\0';
    parse(text, c->tried_by, c->why);
    return 1;
}

void claim_note(struct claim *c, const char *sweep, const char *why)
{
    char text[SWEEP_ID + CLAIM_TEXT];
    int n = snprintf(text, sizeof(text), "%.63s\n%.1190s\n", sweep, why);
    if (pwrite(c->fd, text, (size_t)n, 0) != n || ftruncate(c->fd, n) != 0)
        die("%s: cannot be written: %s", c->path, strerror(errno));
}

void claim_drop(struct claim *c, int done)
{
    if (done)
        unlink(c->path);
    close(c->fd);
}

void claim_tidy(const char *dir)
{
    char path[PATH_LENGTH];
    struct claim c;
    struct err e;
    if (path_print(path, &e, "%s/claim", dir) < 0 ||
        (!file_exists(path) && !checkpoint_is_in(dir)) || claim_take(&c, dir, &e) != 1)
        return;
    checkpoint_remove(dir);
    claim_drop(&c, 1);
}

int claim_is_held(const char *dir)
{
    char path[PATH_LENGTH];
    struct flock lock = whole_file();
    struct err e;
    int fd = path_print(path, &e, "%s/claim", dir) < 0 ? -1 : open(path, O_RDWR);
    if (fd < 0)
        return 0;
    int held = fcntl(fd, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
    close(fd);
    return held;
}

void claim_read(const char *dir, char tried_by[SWEEP_ID], char why[CLAIM_TEXT])
{
    char path[PATH_LENGTH], *text = NULL;
    struct err e;
    if (path_print(path, &e, "%s/claim", dir) == 0 && file_exists(path))
        text = file_read(path, SWEEP_ID + CLAIM_TEXT, NULL, &e);
    parse(text ? text : "", tried_by, why);
    free(text);
}
