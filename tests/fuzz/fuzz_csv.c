/* The bytes as AG News' training and test texts. */
#include "loaders/dataset.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct dataset ds;
    struct err e = {.text = ""};
    struct dataset_request q = {.name = "ag_news",
                                .dir = fuzz_folder(),
                                .parameter = (union value[]){{50}, {8}, {1}},
                                .memory = 1 << 24};
    fuzz_file("ag_news_csv/train.csv", bytes, n);
    fuzz_file("ag_news_csv/test.csv", bytes, n);
    if (dataset_open(&ds, &q, &e) < 0)
        fuzz_check_refusal(&e);
    else
        dataset_close(&ds);
    return 0;
}
