#define _DEFAULT_SOURCE /* madvise */
#include "core/core.h"
#include "core/terminal.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>

static PRINTF(3, 0) int set(struct err *e, int usage, const char *fmt, va_list ap)
{
    enum { ENDS = sizeof(e->text) / 2 - 3 };
    char whole[8192]; /* one or two paths of any length, and words */
    e->usage = usage;
    vsnprintf(whole, sizeof(whole), fmt, ap);
    size_t n = strlen(whole);
    if (n < sizeof(e->text))
        memcpy(e->text, whole, n + 1);
    else /* drop the middle, since the cause is at the end */
        snprintf(e->text, sizeof(e->text), "%.*s...%s", ENDS, whole, whole + n - ENDS);
    for (char *p = e->text; *p; p++) /* control characters from a file must not reach a terminal */
        *p = (unsigned char)*p < ' ' || *p == 127 ? ' ' : *p;
    return -1;
}

int err_set(struct err *e, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    set(e, 0, fmt, ap);
    va_end(ap);
    return -1;
}

int err_usage(struct err *e, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    set(e, 1, fmt, ap);
    va_end(ap);
    return -1;
}

static void leave(void)
{
    exit(1);
}
static void (*die_hook)(void) = leave;

void die_set_hook(void (*hook)(void))
{
    die_hook = hook;
}

void die(const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    terminal_clear(stderr);
    fputs("gossipbench: ", stderr);
    vfprintf(stderr, fmt, ap);
    fputc('\n', stderr);
    va_end(ap);
    die_hook();
    abort();
}

void *xcalloc(size_t n, size_t size)
{
    CHECK(size == 0 || n <= (SIZE_MAX - 63) / size);
    enum { HUGE_PAGE = 2 << 20 };
    size_t bytes = (n * size + 63) / 64 * 64, align = bytes < HUGE_PAGE ? 64 : HUGE_PAGE;
    void *p = NULL;
    if (posix_memalign(&p, align, bytes ? bytes : 64) != 0)
        die("out of memory: %zu bytes were asked for", bytes);
    if (align == HUGE_PAGE)
        madvise(p, bytes, MADV_HUGEPAGE);
    memset(p, 0, bytes);
    return p;
}

void *xgrow(void *list, int n, size_t size)
{
    if (n & (n - 1)) /* room is doubled whenever n is a power of two */
        return list;
    list = realloc(list, (n ? 2 * (size_t)n : 1) * size);
    if (!list)
        die("out of memory for a list of more than %d objects", n);
    return list;
}

char *xstrdup(const char *text)
{
    size_t n = strlen(text) + 1;
    return memcpy(xcalloc(n, 1), text, n);
}

double seconds_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}
