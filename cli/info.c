#include "command/info.h"
#include "cli/cli.h"
#include "core/build.h"
#include "core/code.h"
#include "gossip/gossip.h"
#include "models/models.h"
#include "nn/blas.h"
#include "nn/kernels/kernels.h"
#include "train/keys.h"
#include <stdio.h>

static void print_names(const struct plugin_kind *k)
{
    printf("%-12s", k->name);
    for (size_t i = 0; i < *k->n; i++)
        printf(" %s", k->all[i].name);
    printf("\n");
}

static void print_build(void)
{
    static const char *const groups[] = {"core", "gossip", "train", "network", "toy"};
    char digest[HASH_TEXT];
    printf("gossipbench %s, commit %s, %s build\n%-12s", build.version, build.commit, build.variant,
           "shared code");
    for (size_t i = 0; i < LENGTH(groups); i++) {
        code_digest(groups[i], digest);
        printf(" %s %.12s", groups[i], digest);
    }
    printf("\n%-12s %s %s\n%-12s %s\n%-12s %s (products checked: right)\n%-12s %s\n\n", "compiler",
           build.compiler, build.flags, "kernels", kernels->name, "BLAS", blas_describe(), "MPI",
           gossip_describe());
}

static void print_all(void)
{
    struct config c;
    char value[CONFIG_VALUE];
    print_build();
    for (size_t i = 0; i < N_PLUGIN_KIND; i++)
        print_names(&plugin_kinds[i]);
    config_default(&c);
    printf("\nconfiguration keys, defaults:\n");
    for (int i = 0; config_key(i); i++)
        printf("  %-16s %-28s %s\n", config_key(i), config_value(&c, i, value, sizeof(value)),
               config_help(i));
}

static int info_main(const struct arguments *a, struct err *e)
{
    if (a->n_operand > 0)
        return info_of(a->operand[0], a->operand[1], e);
    if (nn_start(e) < 0)
        return -1;
    print_all();
    return EXIT_DONE;
}

const struct verb verb_info = {
    .name = "info",
    .about = "version, kernel set, libraries, all names and keys; what a method, graph or key is",
    .operand = "[KIND [NAME]]",
    .main = info_main,
    .help = "With a KIND (algorithm, topology, model, dataset, partition, problem, experiment or "
            "key), lists all of it.  With a NAME, too, says what it is: equations, source, and the "
            "keys that it takes with their defaults and ranges.",
    .example = "info algorithm qg-dsgdm-n\nwhat the method is, and its keys"};
