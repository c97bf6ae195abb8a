/* fuzz: what the targets of `make fuzz` share.  A target is a file that defines
 * LLVMFuzzerTestOneInput: it gives the bytes to one reader, which may refuse them with a sentence
 * and may do nothing else.  tests/fuzz/replay.c gives it files instead, without a fuzzer. */
#ifndef TESTS_FUZZ_FUZZ_H
#define TESTS_FUZZ_FUZZ_H
#include "core/core.h"
#include "core/file.h"
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static char fuzz_dir[128];

static void fuzz_remove(void)
{
    char command[160];
    snprintf(command, sizeof(command), "rm -rf '%s'", fuzz_dir);
    if (system(command) != 0)
        fprintf(stderr, "%s: cannot be removed\n", fuzz_dir);
}

/* A folder of this process's own, in memory where the machine has such a place. */
static inline const char *fuzz_folder(void)
{
    if (!fuzz_dir[0]) {
        const char *base = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
        snprintf(fuzz_dir, sizeof(fuzz_dir), "%s/gossipbench-fuzz-XXXXXX", base);
        if (!mkdtemp(fuzz_dir))
            die("%s: cannot be made", fuzz_dir);
        atexit(fuzz_remove);
    }
    return fuzz_dir;
}

/* Write the bytes to a file in the folder; returns its path, valid until the next call.  Each file
 * gets a time of its own: clocks of file systems often advance by milliseconds only, and code that
 * remembers a file by its time would take the next input for the same file. */
static inline const char *fuzz_file(const char *name, const void *bytes, size_t n)
{
    static char path[256];
    static struct timespec time[2];
    snprintf(path, sizeof(path), "%s/%s", fuzz_folder(), name);
    char *slash = strrchr(path, '/');
    struct err e;
    *slash = '\0';
    if (dir_make(path, &e) < 0)
        die("%s", e.text);
    *slash = '/';
    FILE *f = fopen(path, "wb");
    time[0].tv_sec = ++time[1].tv_sec;
    if (!f || (n && fwrite(bytes, 1, n, f) != n) || fclose(f) != 0 ||
        utimensat(AT_FDCWD, path, time, 0) < 0)
        die("%s: cannot be written", path);
    return path;
}

/* A refusal is one sentence: not empty, and one line.  FUZZ_SAYS prints it, without the folder. */
static inline void fuzz_check_refusal(const struct err *e)
{
    CHECK(e->text[0] && !strchr(e->text, '\n'));
    if (!getenv("FUZZ_SAYS"))
        return;
    const char *text = e->text;
    for (const char *at; fuzz_dir[0] && (at = strstr(text, fuzz_dir)); text = at + strlen(fuzz_dir))
        printf("%s%.*s", text == e->text ? "  " : "", (int)(at - text), text);
    printf("%s%s\n", text == e->text ? "  " : "", text);
}
#endif
