#include "core/path.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int path_print(char buf[PATH_LENGTH], struct err *e, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    int n = vsnprintf(buf, PATH_LENGTH, fmt, ap);
    va_end(ap);
    if (n >= 0 && n < PATH_LENGTH)
        return 0;
    return err_usage(e, "%.200s...: the path is longer than %d characters", buf, PATH_LENGTH - 1);
}

const char *path_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

int path_copy(char *to, size_t size, const char *path, struct err *e)
{
    size_t n = strlen(path);
    if (n >= size)
        return err_usage(e, "%.200s...: the path is longer than %zu characters", path, size - 1);
    memcpy(to, path, n + 1);
    return 0;
}

static char root[PATH_LENGTH]; /* "": not determined yet; ".": the working folder */

static int is_folder(const char *path)
{
    struct stat s;
    return stat(path, &s) == 0 && S_ISDIR(s.st_mode);
}

static int holds_experiments(const char *dir)
{
    char path[PATH_LENGTH];
    struct err e;
    return path_print(path, &e, "%s/experiments", dir) == 0 && is_folder(path);
}

/* Find the nearest folder above the program's own that holds `below`/experiments, and add `below`
 * to it; 0 if there is none. */
static int above_program(char dir[PATH_LENGTH], const char *below)
{
    ssize_t n = readlink("/proc/self/exe", dir, PATH_LENGTH - 1);
    dir[n > 0 ? n : 0] = '\0';
    for (char *slash; (slash = strrchr(dir, '/'));) {
        if ((size_t)(slash - dir) + strlen(below) >= PATH_LENGTH)
            return 0;
        strcpy(slash, below);
        if (holds_experiments(dir))
            return 1;
        *slash = '\0';
    }
    return 0;
}

int path_set_root(const char *dir, struct err *e)
{
    if (!is_folder(dir))
        return err_usage(e, "%.200s: is not a folder, so it cannot be the root", dir);
    return path_copy(root, sizeof(root), dir, e);
}

/* Paths requested so far, so that each is composed only once. */
static struct known {
    struct known *next;
    char *path;
} * known;

static const char *compose(const char *dir, const char *below)
{
    size_t n = strlen(dir) + strlen(below) + 2;
    struct known *k = xcalloc(1, sizeof(*k));
    *k = (struct known){known, xcalloc(n, 1)};
    snprintf(k->path, n, "%s/%s", dir, below);
    for (const struct known *old = known; old; old = old->next)
        if (!strcmp(old->path, k->path)) {
            free(k->path), free(k);
            return old->path;
        }
    known = k;
    return k->path;
}

const char *path_in_root(const char *below)
{
    if (!root[0] && (holds_experiments(".") || !above_program(root, "")))
        strcpy(root, ".");
    return strcmp(root, ".") != 0 ? compose(root, below) : below;
}

/* The path below a folder that comes with the program; NULL: it is not there. */
static const char *beside_program(const char *above, const char *below)
{
    char dir[PATH_LENGTH];
    const char *path = above_program(dir, above) ? compose(dir, below) : NULL;
    return path && access(path, F_OK) == 0 ? path : NULL;
}

const char *path_shared(const char *below)
{
    return beside_program("/share/gossipbench", below);
}

const char *path_installed(const char *below)
{
    const char *path = path_in_root(below), *shared = path_shared(below);
    return access(path, F_OK) != 0 && shared ? shared : path;
}

const char *path_of_asset(const char *below)
{
    const char *path = path_installed(below), *tree = beside_program("", below);
    return access(path, F_OK) != 0 && tree ? tree : path;
}
