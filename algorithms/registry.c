#include "algorithms/algorithms.h"

#define REGISTER(name, symbol) {name, &algorithm_##symbol, "algorithm_" #symbol},
const struct registry algorithm_registry[] = {
#include "algorithms/list.h"
};
#undef REGISTER
const size_t n_algorithm = LENGTH(algorithm_registry);

const struct algorithm *algorithm_find(const char *name, struct err *e)
{
    return registry_find(algorithm_registry, n_algorithm, "algorithm", name, e);
}

unsigned algorithm_averaged(const struct algorithm *a, const union value *h, struct tick k)
{
    return !a->averages || a->averages(h, k) ? a->averaged : 0;
}

unsigned algorithm_mixed(const struct algorithm *a, const union value *h, struct tick k)
{
    return a->mixed & ~algorithm_averaged(a, h, k);
}
