/* data_check: the parts check and generate. */
#include "cli/data.h"
#include "loaders/check.h"
#include "loaders/write.h"
#include "train/run.h"

int data_check(int argc, char **argv, struct err *e)
{
    struct arguments a;
    struct config c;
    union value value[MAX_PARAMETER];
    struct dataset_request q;
    if (data_arguments(&a, &c, NULL, argc, argv, "seed", 0, e))
        return -1;
    return run_request(&c, &q, value, e) < 0 ? -1 : dataset_check(&q, stdout, e);
}

int data_generate(int argc, char **argv, struct err *e)
{
    const char *out = NULL;
    struct arguments a;
    struct config c;
    struct written w;
    union value difficulty[MAX_PARAMETER];
    if (data_arguments(&a, &c, &out, argc, argv, "seed train_limit test_limit difficulty classes",
                       0, e))
        return -1;
    config_values(&c, dataset_write_parameter, difficulty);
    struct dataset_request q = {.name = c.dataset,
                                .dir = out,
                                .train_limit = (int)c.train_limit,
                                .test_limit = (int)c.test_limit,
                                .seed = (uint64_t)c.seed,
                                .classes = (int)c.classes};
    if (dataset_write(&w, &q, difficulty[0].number, e))
        return -1;
    if (w.keeps_numbers && (q.train_limit || q.test_limit))
        printf("%s: files of this form always hold as many samples as the official ones; give the\n"
               "limits when the files are read\n",
               c.dataset);
    printf("%s\nin %s\n", w.words, w.folder);
    return 0;
}
