/* The bytes as a partition's file. */
#include "partitions/partition.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    static const int32_t y[12] = {0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2};
    struct partition p;
    struct err e = {.text = ""};
    struct partition_request q = {.kind = "file",
                                  .n_worker = 3,
                                  .parameter =
                                      &(union value){.text = fuzz_file("split.csv", bytes, n)}};
    if (partition_open(&p, &q, y, 12, 3, &e) < 0)
        fuzz_check_refusal(&e);
    else
        partition_close(&p);
    return 0;
}
