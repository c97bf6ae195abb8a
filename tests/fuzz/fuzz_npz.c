/* An archive, read whole, and as the only batch of downsampled ImageNet. */
#include "core/npz.h"
#include "loaders/dataset.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct npz z;
    struct dataset ds;
    struct err e = {.text = ""};
    fuzz_file("imagenet32/train_data_batch_1.npz", bytes, n);
    if (npz_read(&z, fuzz_file("imagenet32/val_data.npz", bytes, n), &e) < 0)
        fuzz_check_refusal(&e);
    else
        npz_close(&z);
    struct dataset_request q = {.name = "imagenet32", .dir = fuzz_folder(), .memory = 1 << 24};
    if (dataset_open(&ds, &q, &e) < 0)
        fuzz_check_refusal(&e);
    else
        dataset_close(&ds);
    return 0;
}
