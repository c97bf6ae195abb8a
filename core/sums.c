#include "core/sums.h"
#include "core/file.h"
#include "core/path.h"
#include <errno.h>
#include <fcntl.h>
#include <search.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static const char memory[] = "results/sums.csv"; /* lines "size,seconds.nanoseconds,sha256,path" */

struct sum {
    char *path, sha256[HASH_TEXT];
    long long size, seconds;
    long nanoseconds;
};
static void *known; /* a tree ordered by path, kept until the program ends */
static int is_read;

static int by_path(const void *a, const void *b)
{
    return strcmp(((const struct sum *)a)->path, ((const struct sum *)b)->path);
}

/* Later lines replace earlier ones of the same path. */
static void remember(const struct sum *sum)
{
    struct sum **at = tfind(sum, &known, by_path);
    if (at) {
        char *path = (*at)->path;
        **at = *sum;
        (*at)->path = path;
        return;
    }
    struct sum *kept = xcalloc(1, sizeof(*kept));
    *kept = *sum;
    kept->path = xstrdup(sum->path);
    if (!tsearch(kept, &known, by_path))
        die("out of memory for the sums of files");
}

static void read_memory(void)
{
    enum { LIMIT = 1 << 28 };
    struct err e;
    const char *path = path_in_root(memory);
    char *text = file_exists(path) ? file_read(path, LIMIT, NULL, &e) : NULL;
    is_read = 1;
    for (char *line = text, *end; line && (end = strchr(line, '\n')); line = end + 1) {
        struct sum sum;
        int n = 0;
        *end = '\0';
        if (sscanf(line, "%lld,%lld.%9ld,%64[0-9a-f],%n", &sum.size, &sum.seconds, &sum.nanoseconds,
                   sum.sha256, &n) == 4 &&
            n > 0 && strlen(sum.sha256) == HASH_TEXT - 1) {
            sum.path = line + n;
            remember(&sum);
        }
    }
    free(text);
}

/* Append one line with one write, so that lines of several processes do not mix. */
static void append(const struct sum *sum)
{
    char line[PATH_LENGTH + 160];
    int n = snprintf(line, sizeof(line), "%lld,%lld.%09ld,%s,%s\n", sum->size, sum->seconds,
                     sum->nanoseconds, sum->sha256, sum->path);
    int fd = n < (int)sizeof(line) ? open(path_in_root(memory), O_WRONLY | O_APPEND | O_CREAT, 0666)
                                   : -1;
    if (fd < 0)
        return;
    if (write(fd, line, (size_t)n) != n) /* the next process hashes the file again */
        n = 0;
    close(fd);
}

static int sum_file(const char *path, char sha256[HASH_TEXT], struct err *e)
{
    enum { BLOCK = 1 << 20 };
    FILE *f = file_open(path, NULL, e);
    if (!f)
        return -1;
    char *block = xcalloc(BLOCK, 1);
    struct hash *h = hash_begin();
    for (size_t n; (n = fread(block, 1, BLOCK, f)) > 0;)
        hash_add(h, block, n);
    int failed = ferror(f);
    hash_end(h, sha256);
    free(block);
    fclose(f);
    return failed ? err_set(e, "%s: reading failed", path) : 0;
}

/* Whether a file that changed at this time could change again without a new time: file systems'
 * clocks are as coarse as two seconds (FAT), and after a clock is set back, times lie ahead. */
static int is_fresh(const struct stat *s)
{
    enum { COARSEST = 2 };
    return time(NULL) - s->st_mtim.tv_sec <= COARSEST;
}

int sums_of(const char *path, char sha256[HASH_TEXT], struct err *e)
{
    char whole[PATH_LENGTH];
    struct stat s;
    if (!is_read)
        read_memory();
    if (!realpath(path, whole) || stat(whole, &s) != 0)
        return err_set(e, "%s: cannot be read: %s", path, strerror(errno));
    struct sum now = {.path = whole,
                      .size = (long long)s.st_size,
                      .seconds = (long long)s.st_mtim.tv_sec,
                      .nanoseconds = s.st_mtim.tv_nsec};
    struct sum **at = tfind(&now, &known, by_path);
    if (at && (*at)->size == now.size && (*at)->seconds == now.seconds &&
        (*at)->nanoseconds == now.nanoseconds) {
        memcpy(sha256, (*at)->sha256, HASH_TEXT);
        return 0;
    }
    if (sum_file(path, now.sha256, e) < 0)
        return -1;
    if (!is_fresh(&s)) {
        remember(&now);
        if (!strchr(whole, '\n'))
            append(&now);
    }
    memcpy(sha256, now.sha256, HASH_TEXT);
    return 0;
}
