/* The header of one array, at all lengths that a reader may have of it. */
#include "core/npy.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct err e = {.text = ""};
    char *copy = xcalloc(n + 1, 1); /* no byte after it may be read */
    struct npz_array a = {.name = "x"};
    if (n)
        memcpy(copy, bytes, n);
    size_t header = npy_header_size(copy, n);
    CHECK(header == 0 || header >= 10);
    size_t at = npy_parse(&a, copy, n, n, "x.npz", &e);
    if (!at)
        fuzz_check_refusal(&e);
    else
        CHECK(at <= n && a.n * a.item == n - at);
    free(copy);
    return 0;
}
