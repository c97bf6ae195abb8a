#include "models/models.h"

#define REGISTER(pattern, symbol) {pattern, &model_##symbol},
const struct registry model_registry[] = {
#include "models/list.h"
};
#undef REGISTER
const size_t n_model = LENGTH(model_registry);

int model_build(struct net *t, const char *name, struct shape input, int n_class, struct err *e)
{
    for (size_t i = 0; i < n_model; i++) {
        const struct model *m = model_registry[i].item;
        int built = m->build(t, name, input, n_class);
        if (built < 0)
            return err_usage(e, "%s cannot take images of %d x %d", name, input.w, input.h);
        if (built)
            return 0;
    }
    registry_find(model_registry, n_model, "model", name, e); /* for its sentence */
    return -1;
}
