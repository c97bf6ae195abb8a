#include "partitions/partitions.h"
#include <string.h>

#define REGISTER(name, symbol) {name, &partition_##symbol, "partition_" #symbol},
const struct registry partition_registry[] = {
#include "partitions/list.h"
};
#undef REGISTER
const size_t n_partition = LENGTH(partition_registry);

const struct partition_kind *partition_find(const char *name, struct err *e)
{
    for (size_t i = 0; i < n_partition; i++) {
        const char *pattern = partition_registry[i].name;
        const struct partition_kind *k = partition_registry[i].item;
        size_t fixed = strcspn(pattern, "<");
        if (pattern[fixed] && !strncmp(pattern, name, fixed))
            return k->check(name, e) < 0 ? NULL : k;
    }
    return registry_find(partition_registry, n_partition, "partition", name, e);
}
