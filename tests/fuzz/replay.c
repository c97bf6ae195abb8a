/* replay: runs a fuzz target on files, for the test suite: every file in the folders that are
 * named, and an empty file.  Prints their names and how many there were. */
#include "tests/fuzz/fuzz.h"
#include <dirent.h>

int LLVMFuzzerInitialize(int *argc, char ***argv) __attribute__((weak));

static int replay(const char *dir)
{
    char path[1024];
    struct err e;
    size_t n;
    struct dirent **entry;
    int all = scandir(dir, &entry, NULL, alphasort), count = 0;
    for (int i = 0; i < all; free(entry[i++])) {
        if (entry[i]->d_name[0] == '.')
            continue;
        snprintf(path, sizeof(path), "%.600s/%.255s", dir, entry[i]->d_name);
        printf("%s/%s\n", strrchr(dir, '/') + 1, entry[i]->d_name);
        char *bytes = file_read(path, 1 << 24, &n, &e);
        if (!bytes)
            die("%s", e.text);
        LLVMFuzzerTestOneInput((const uint8_t *)bytes, n);
        free(bytes);
        count++;
    }
    if (all >= 0)
        free(entry);
    return count;
}

int main(int argc, char **argv)
{
    int n = 0;
    if (LLVMFuzzerInitialize)
        LLVMFuzzerInitialize(&argc, &argv);
    printf("nothing\n");
    LLVMFuzzerTestOneInput((const uint8_t *)"", 0);
    for (int i = 1; i < argc; i++)
        n += replay(argv[i]);
    printf("%d inputs\n", n);
    return n == 0;
}
