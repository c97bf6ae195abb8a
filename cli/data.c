#include "cli/data.h"
#include "loaders/write.h"
#include <stdio.h>
#include <string.h>

/* Whether a list of words, apart by blanks, has the word. */
static int has_word(const char *list, const char *word)
{
    size_t n = strlen(word);
    for (const char *at = list; (at = strstr(at, word)); at += n)
        if ((at == list || at[-1] == ' ') && (at[n] == ' ' || !at[n]))
            return 1;
    return 0;
}

int data_arguments(struct arguments *a, struct config *c, const char **out, int argc, char **argv,
                   const char *keys, struct err *e)
{
    const char *dir = NULL;
    const struct option options[] = {{"dir", &dir, NULL}, {"out", out, NULL}};
    if (arguments_parse(a, argc, argv, options, out ? 2 : 1, "NAME", 1, e) < 0)
        return -1;
    if (!a->operand)
        return err_usage(e, "data %s takes the NAME of a data set; gossipbench info lists them",
                         argv[0]);
    for (int i = 0; i < a->n_set; i++)
        if (!has_word(keys, a->set[i].key))
            return err_usage(e, "data %s has no use for '%.60s'; of the keys it takes: %s", argv[0],
                             a->set[i].key, keys);
    if (out && !*out)
        return err_usage(e, "data %s takes --out; see gossipbench data --help", argv[0]);
    const char *name = a->operand;
    a->operand = NULL; /* it is no configuration's file */
    if (arguments_config(a, c, e) < 0 || config_set(c, "dataset", name, e) < 0 ||
        (dir && config_set(c, "data_dir", dir, e) < 0))
        return -1;
    return 0;
}

struct dataset_request data_request(const struct config *c, union value value[MAX_PARAMETER])
{
    const struct loader *l =
        registry_find(loader_registry, n_loader, "", c->dataset, &(struct err){0});
    int i = -1;
    if (l) {
        parameter_defaults(l->parameter, value);
        i = parameter_find(l->parameter, "difficulty");
    }
    if (i >= 0)
        value[i].number = config_number(c, "difficulty");
    return (struct dataset_request){.name = c->dataset,
                                    .dir = c->data_dir,
                                    .train_limit = (int)c->train_limit,
                                    .test_limit = (int)c->test_limit,
                                    .seed = (uint64_t)c->seed,
                                    .classes = (int)c->classes,
                                    .parameter = value};
}

int data_generate(int argc, char **argv, struct err *e)
{
    const char *out = NULL;
    struct arguments a;
    struct config c;
    struct written w;
    union value value[MAX_PARAMETER];
    if (data_arguments(&a, &c, &out, argc, argv, "seed train_limit test_limit difficulty classes",
                       e))
        return -1;
    struct dataset_request q = data_request(&c, value);
    q.dir = out;
    if (dataset_write(&w, &q, config_number(&c, "difficulty"), e))
        return -1;
    if (w.keeps_numbers && (q.train_limit || q.test_limit))
        printf(
            "%s: files of this form always hold as many samples as the official ones; take fewer "
            "with\ntrain_limit and test_limit when they are read\n",
            c.dataset);
    printf("%s\nin %s\n", w.words, w.folder);
    return 0;
}

static int data_main(int argc, char **argv)
{
    static const struct {
        const char *name;
        int (*main)(int argc, char **argv, struct err *e);
    } parts[] = {{"check", data_check}, {"generate", data_generate}, {"preview", data_preview}};
    struct err e;
    for (size_t i = 0; argc > 1 && i < LENGTH(parts); i++)
        if (!strcmp(argv[1], parts[i].name))
            return parts[i].main(argc - 1, argv + 1, &e) < 0 ? fail(&e) : EXIT_DONE;
    err_usage(&e, "data takes check, generate or preview, then NAME; see gossipbench data --help");
    return fail(&e);
}

const struct verb verb_data = {
    .name = "data",
    .about = "whether data are whole and official; generated files of their forms; a look at them",
    .main = data_main,
    .help =
        "usage: gossipbench data check NAME [--dir DIR] [--seed S] [--difficulty D]\n"
        "       gossipbench data generate NAME --out DIR [--seed S] [--difficulty D] "
        "[--classes K]\n"
        "                        [--train-limit N] [--test-limit N]\n"
        "       gossipbench data preview NAME --out SHEET.png [--dir DIR] [--KEY VALUE]...\n\n"
        "check reads all files of a data set (in datasets/data, or DIR), and says how many "
        "samples\n"
        "of each class there are, the SHA-256 of what was read, as in manifests, and whether "
        "it is\n"
        "the official content.  S and D are for synthetic data.  Exit 1: files are missing or\n"
        "damaged.\n\n"
        "generate writes generated samples as files of the form of cifar10, fashion-mnist,\n"
        "imagenet32, png-folder or ag_news into a folder of DIR, for --data-dir DIR: the images "
        "of\n"
        "synthetic-images (with K classes, 10 if not said; fashion-mnist: the middle of their red\n"
        "planes), the texts of synthetic-text.  cifar10 and fashion-mnist always hold as many as\n"
        "officially, the others N, or 2,000 and 500.  D is from 0, easy, to 1, where nothing can "
        "be\n"
        "learned.  A folder that was generated is replaced, any other is left alone.  The same\n"
        "command gives the same bytes.\n\n"
        "preview draws the first training images, or words of texts, of each class, with its name\n"
        "if the files have one.  With --workers, --partition, --alpha or --partition-file its "
        "rows\n"
        "are what each worker holds.  Of the other keys, those that choose samples can be given.\n"
        "Needs gnuplot.\n"};
