#include "cli/data.h"
#include <string.h>

static int data_main(int argc, char **argv)
{
    static const struct {
        const char *name;
        int (*main)(int argc, char **argv, struct err *e);
    } parts[] = {{"get", data_get},
                 {"check", data_check},
                 {"generate", data_generate},
                 {"preview", data_preview}};
    struct err e;
    for (size_t i = 0; argc > 1 && i < LENGTH(parts); i++)
        if (!strcmp(argv[1], parts[i].name))
            return parts[i].main(argc - 1, argv + 1, &e) < 0 ? fail(&e) : EXIT_DONE;
    err_usage(&e, "data takes get, check, generate or preview; see gossipbench data --help");
    return fail(&e);
}

const struct verb verb_data = {
    .name = "data",
    .about = "get or check a data set, generate files like it, or preview samples",
    .main = data_main,
    .help =
        "usage: gossipbench data get NAME [--dir DIR] [--real]\n"
        "       gossipbench data get --for EXPERIMENT [--tier TIER]\n"
        "       gossipbench data check NAME [--dir DIR] [--seed S] [--KEY VALUE]...\n"
        "       gossipbench data generate NAME --out DIR [--seed S] [--difficulty D]\n"
        "                        [--classes K] [--train-limit N] [--test-limit N]\n"
        "       gossipbench data preview NAME --out SHEET.png [--dir DIR] [--KEY VALUE]...\n\n"
        "get uses the files in DIR (datasets/data) if they are there.  Otherwise it downloads "
        "them\n"
        "or, if that is impossible, names another data set that can stand in.  It says which in\n"
        "one sentence.  With --real it fails instead of naming a stand-in.  --for finds the data\n"
        "of experiments/EXPERIMENT.json and prints settings for gossipbench sweep on stdout; the\n"
        "smoke tier gets generated files.\n\n"
        "check reads all files of a data set and prints how many samples of each class there are,\n"
        "the SHA-256 of what was read, as manifests have it, and whether it is the official\n"
        "content.  Exit code 1: files are missing or damaged.\n\n"
        "generate writes generated samples as files of a data set's form into a folder of DIR, to\n"
        "be used with --data-dir DIR: the texts of synthetic-text, or the images of\n"
        "synthetic-images, of K classes (default 10; fashion-mnist gets the middle of their red\n"
        "planes).  cifar10 and fashion-mnist get as many samples as the official files have, the\n"
        "others N (default 2000 and 500).  D runs from 0, easy, to 1, where nothing can be\n"
        "learned.  A folder that was generated is replaced; any other is left alone.  The same\n"
        "command writes the same bytes.\n\n"
        "preview draws the first training images, or words of texts, of each class, with its name\n"
        "if the files have one.  With --workers, --partition or a parameter of a partition, its\n"
        "rows are what each worker holds.  It also takes the keys that choose samples.  It needs\n"
        "gnuplot.\n"};
