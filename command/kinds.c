#include "command/kinds.h"
#include "algorithms/algorithms.h"
#include "loaders/dataset.h"
#include "models/models.h"
#include "partitions/partitions.h"
#include "problems/problems.h"
#include "topologies/topologies.h"

#define OF(type, member) offsetof(struct type, member)
const struct kind kinds[] = {
    {"algorithm", algorithm_registry, &n_algorithm, OF(algorithm, about), OF(algorithm, parameter)},
    {"topology", topology_registry, &n_topology, OF(topology, about), OF(topology, parameter)},
    {"model", model_registry, &n_model, OF(model, example), (size_t)NONE},
    {"dataset", loader_registry, &n_loader, OF(loader, title), OF(loader, parameter)},
    {"partition", partition_registry, &n_partition, OF(partition_kind, about),
     OF(partition_kind, parameter)},
    {"problem", problem_registry, &n_problem, OF(problem, about), OF(problem, parameter)}};
const size_t n_kind = LENGTH(kinds);

const char *kind_about(const struct kind *k, const void *item)
{
    const char *about = *(const char *const *)((const char *)item + k->about);
    return about ? about : "";
}

const struct parameter *kind_parameters(const struct kind *k, const void *item)
{
    return k->parameters == (size_t)NONE
               ? NULL
               : *(const struct parameter *const *)((const char *)item + k->parameters);
}
