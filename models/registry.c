#include "models/models.h"
#include <string.h>

#define REGISTER(pattern, symbol) {pattern, &model_##symbol, "model_" #symbol},
const struct registry model_registry[] = {
#include "models/list.h"
};
#undef REGISTER
const size_t n_model = LENGTH(model_registry);

int model_build(struct net *t, const char *name, struct shape input, int n_class, struct err *e)
{
    if (n_class > NN_MAX_CLASS)
        return err_usage(e, "model '%s' can have at most %d classes, but the data have %d", name,
                         NN_MAX_CLASS, n_class);
    for (size_t i = 0; i < n_model; i++) {
        const struct model *m = model_registry[i].item;
        int built = m->build(t, name, input, n_class, e);
        if (built)
            return built < 0 ? -1 : 0;
    }
    registry_find(model_registry, n_model, "model", name, e); /* writes the sentence */
    return -1;
}

int model_takes(const char *name, const char *what, struct shape input, struct err *e)
{
    const char *given = input.w == 1 && input.c == 1 ? "texts" : "images";
    if (!strcmp(what, given))
        return 0;
    return err_usage(e, "model '%s' reads %s, but the data are %s", name, what, given);
}
