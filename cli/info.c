#include "cli/cli.h"
#include "core/build.h"
#include "core/code.h"
#include "gossip/gossip.h"
#include "loaders/dataset.h"
#include "models/models.h"
#include "nn/blas.h"
#include "nn/kernels/kernels.h"
#include "partitions/partitions.h"
#include "problems/problems.h"
#include "topologies/topologies.h"
#include "train/keys.h"
#include <stdio.h>
#include <string.h>

static void print_names(const char *what, const struct registry *all, size_t n)
{
    printf("%-12s", what);
    for (size_t i = 0; i < n; i++)
        printf(" %s", all[i].name);
    printf("\n");
}

/* "qg-dsgdm: momentum 0.9, mu 0.9, every 1", a line for each plug-in that has parameters. */
static void print_parameters(const struct config *c)
{
    const struct parameter *list;
    const char *name;
    char words[512];
    printf("\nparameters of plug-ins, defaults (each is a key below):\n");
    for (int i = 0; (list = keys_plugin(i, &name)); i++) {
        config_words(c, list, words, sizeof(words));
        if (words[0])
            printf("  %-28s %s\n", name, words + strlen(", "));
    }
}

static int info_main(const struct arguments *a)
{
    struct config c;
    struct err e;
    static const char *const groups[] = {"core", "gossip", "train", "network", "toy"};
    char value[CONFIG_VALUE], digest[HASH_TEXT];
    if (nn_start(&e) < 0)
        return fail(&e);
    printf("gossipbench %s, commit %s, %s build\n%-12s", build.version, build.commit, build.variant,
           "shared code");
    for (size_t i = 0; i < LENGTH(groups); i++) {
        code_digest(groups[i], digest);
        printf(" %s %.12s", groups[i], digest);
    }
    printf("\n");
    printf("%-12s %s %s\n%-12s %s\n%-12s %s (products checked: right)\n%-12s %s\n\n", "compiler",
           build.compiler, build.flags, "kernels", kernels->name, "BLAS", blas_describe(), "MPI",
           gossip_describe());
    print_names("datasets", loader_registry, n_loader);
    print_names("toy problems", problem_registry, n_problem);
    print_names("models", model_registry, n_model);
    print_names("algorithms", algorithm_registry, n_algorithm);
    print_names("topologies", topology_registry, n_topology);
    print_names("partitions", partition_registry, n_partition);
    config_default(&c);
    print_parameters(&c);
    printf("\nconfiguration keys, defaults:\n");
    for (int i = 0; config_key(i); i++)
        printf("  %-16s %-28s %s\n", config_key(i), config_value(&c, i, value, sizeof(value)),
               config_help(i));
    return EXIT_DONE;
}

const struct verb verb_info = {.name = "info",
                               .about = "version, kernel set, libraries, all names and keys",
                               .main = info_main,
                               .example = "info"};
