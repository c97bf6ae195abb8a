/* models: networks by name, made of nn's builders only: no arithmetic, no data, no workers.
 * A model file is one family; its parameters come in the order and under the names that PyTorch's
 * named_parameters() gives for the same network. */
#ifndef MODELS_MODELS_H
#define MODELS_MODELS_H
#include "core/registry.h"
#include "nn/nn.h"

/* A family of models: build the net if name is of this family and return 1, else 0; -1 if images of
 * that shape are none for it. */
struct model {
    const char *example; /* a name of this family that suits the default data */
    int (*build)(struct net *t, const char *name, struct shape input, int n_class);
};
#define REGISTER(pattern, symbol) extern const struct model model_##symbol;
#include "models/list.h"
#undef REGISTER
extern const struct registry model_registry[];
extern const size_t n_model;

/* Build the named model for images of the given shape. */
int model_build(struct net *t, const char *name, struct shape input, int n_class, struct err *e);
#endif
