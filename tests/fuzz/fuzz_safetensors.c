/* A safetensors file; what is read is written and read again. */
#include "core/safetensors.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct npz z, again;
    struct err e = {.text = ""};
    const char *path = fuzz_file("x.safetensors", bytes, n);
    if (safetensors_read(&z, path, &e) < 0) {
        fuzz_check_refusal(&e);
        return 0;
    }
    CHECK(safetensors_write(&z, path, &e) == 0 && safetensors_read(&again, path, &e) == 0);
    CHECK(again.n == z.n);
    npz_close(&z), npz_close(&again);
    return 0;
}
