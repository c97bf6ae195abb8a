#include "cli/data.h"
#include "loaders/write.h"
#include "train/run.h"

static const char keys[] = "seed train_limit test_limit difficulty classes";

static int data_generate_main(const struct arguments *a, struct err *e)
{
    struct config c;
    struct dataset_request q;
    struct written w;
    union value value[MAX_PARAMETER];
    if (data_config(a, &c, NULL, keys, 0, e) || run_request(&c, &q, value, e))
        return -1;
    q.dir = arguments_value(a, "out");
    if (dataset_write(&w, &q, config_number(&c, "difficulty"), e))
        return -1;
    if (w.keeps_numbers && (q.train_limit || q.test_limit))
        printf("%s: files of this form always hold as many samples as the official ones; give the\n"
               "limits when the files are read\n",
               c.dataset);
    printf("%s\nin %s\n", w.words, w.folder);
    return EXIT_DONE;
}

const struct verb verb_data_generate = {
    .name = "data generate",
    .about = "write generated samples as files of a data set's form",
    .operand = "DATASET",
    .option =
        (const struct option[]){
            {"out", "DIR", NULL, "write a folder in DIR, to be used with --data-dir DIR", REQUIRED},
            {NULL}},
    .settings = "KEY",
    .main = data_generate_main,
    .help = "Writes the texts of synthetic-text, or the images of synthetic-images (fashion-mnist "
            "gets the middle of their red planes).  The keys that it takes:\n"
            "- --classes K: the number of classes (default: 10).\n"
            "- --train-limit N, --test-limit N: the number of samples (default: 2000 and 500).  "
            "cifar10 and fashion-mnist always get as many as the official files have.\n"
            "- --difficulty D: from 0, easy, to 1, where nothing can be learned.\n"
            "- --seed S: the same command writes the same bytes.\n"
            "A folder that was generated is replaced; any other is left alone.",
    .example = "data generate ag_news --out look-alike --train-limit 400 --test-limit 100\n"
               "files for gossipbench partition --dataset ag_news --data-dir look-alike"};
