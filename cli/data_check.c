/* data_check: the parts check and generate. */
#include "cli/data.h"
#include "loaders/check.h"
#include "loaders/write.h"
#include "train/run.h"

int data_check(int argc, char **argv, struct err *e)
{
    struct arguments a;
    struct config c;
    struct dataset_request q;
    union value value[MAX_PARAMETER];
    return data_arguments(&a, &c, NULL, argc, argv, "seed", 0, e) ||
                   run_request(&c, &q, value, e) || dataset_check(&q, stdout, e)
               ? -1
               : 0;
}

int data_generate(int argc, char **argv, struct err *e)
{
    static const char keys[] = "seed train_limit test_limit difficulty classes";
    const char *out = NULL;
    struct arguments a;
    struct config c;
    struct dataset_request q;
    struct written w;
    union value value[MAX_PARAMETER];
    if (data_arguments(&a, &c, &out, argc, argv, keys, 0, e) || run_request(&c, &q, value, e))
        return -1;
    q.dir = out;
    if (dataset_write(&w, &q, config_number(&c, "difficulty"), e))
        return -1;
    if (w.keeps_numbers && (q.train_limit || q.test_limit))
        printf("%s: files of this form always hold as many samples as the official ones; give the\n"
               "limits when the files are read\n",
               c.dataset);
    printf("%s\nin %s\n", w.words, w.folder);
    return 0;
}
