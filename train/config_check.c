#include "algorithms/algorithms.h"
#include "loaders/dataset.h"
#include "partitions/partitions.h"
#include "topologies/topologies.h"
#include "train/keys.h"
#include "train/schedule.h"
#include <string.h>

/* A data set or a toy problem by its name. */
static const void *find_dataset(const char *name, struct err *e)
{
    struct registry all[64];
    CHECK(n_loader + n_problem <= LENGTH(all));
    memcpy(all, loader_registry, n_loader * sizeof(*all));
    memcpy(all + n_loader, problem_registry, n_problem * sizeof(*all));
    return registry_find(all, n_loader + n_problem, "dataset", name, e);
}

/* Check that every plug-in in use that reads a file has been given one. */
static int check_files(const struct config *c, struct err *e)
{
    size_t n;
    const struct key *k = keys_all(&n);
    for (size_t i = 0; i < n; i++) {
        const char *file = k[i].parameter ? config_file(c, (int)i) : NULL;
        if (file && !*file)
            return err_usage(e, "%s names no file, but this run needs one", k[i].name);
    }
    return 0;
}

/* Refuse lost messages and absences where the method does not define what they do. */
static int check_faults(const struct config *c, struct err *e)
{
    const struct algorithm *a = algorithm_find(c->algorithm, e);
    const char *fault = c->faults.message_loss > 0 ? "message_loss" : "absence";
    if (!faults_on_edges(&c->faults) || !(a->averaged || a->needs & NEEDS_STATIC))
        return 0;
    return err_usage(e, "%s is not defined for %s, which %s: set %s to 0, or take another method",
                     fault, c->algorithm,
                     a->averaged ? "averages exactly over all workers"
                                 : "keeps copies of its neighbours, to which no change may be lost",
                     fault);
}

static int check_schedule(const struct config *c, struct err *e)
{
    struct schedule s;
    if (schedule_open(&s, c, e) < 0)
        return -1;
    schedule_close(&s);
    return 0;
}

/* Toy problems have no networks. */
static int check_model(const struct config *c, struct err *e)
{
    const char *key = c->save_model ? "save_model" : "init_from";
    if (!config_problem(c) || !(c->save_model || c->init_from[0]))
        return 0;
    return err_usage(e, "%s is about the parameters of a network, but %s is a toy problem", key,
                     c->dataset);
}

int config_check(const struct config *c, struct err *e)
{
    union value value[MAX_PARAMETER];
    struct topology_spec graph = config_topology(c, value);
    if (!topology_find(c->topology, e) || !algorithm_find(c->algorithm, e) ||
        !find_dataset(c->dataset, e) || !partition_find(c->partition, e) ||
        topology_check(&graph, e) < 0 || check_files(c, e) < 0 || check_faults(c, e) < 0 ||
        check_schedule(c, e) < 0 || check_model(c, e) < 0)
        return -1;
    if (c->epochs > 0 && c->warmup_epochs > (double)c->epochs)
        return err_usage(e,
                         "warmup_epochs is %g, but there are only %ld epochs: set warmup_epochs to "
                         "0, or take more epochs",
                         c->warmup_epochs, c->epochs);
    return 0;
}
