/* The bytes as each of Fashion-MNIST's four files, of which a few samples are read. */
#include "loaders/dataset.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    static const char *const names[] = {
        "fashion-mnist/train-labels-idx1-ubyte.gz", "fashion-mnist/train-images-idx3-ubyte.gz",
        "fashion-mnist/t10k-labels-idx1-ubyte.gz", "fashion-mnist/t10k-images-idx3-ubyte.gz"};
    static const uint8_t label[] = {0, 0, 8, 1, 0, 0, 0xea, 0x60, 1, 2};
    struct dataset ds;
    struct err e = {.text = ""};
    struct dataset_request q = {.name = "fashion-mnist",
                                .dir = fuzz_folder(),
                                .train_limit = 2,
                                .test_limit = 2,
                                .memory = 1 << 24};
    int images = n && bytes[0] & 1; /* with valid labels, the reader gets to the images */
    for (size_t i = 0; i < LENGTH(names); i++)
        fuzz_file(names[i], bytes + (n > 0), n - (n > 0));
    if (images)
        fuzz_file(names[0], label, sizeof(label));
    if (dataset_open(&ds, &q, &e) < 0)
        fuzz_check_refusal(&e);
    else
        dataset_close(&ds);
    return 0;
}
