/* models: networks by name, made of nn's builders only: no arithmetic, no data, no workers.
 * A model file is one family; its parameters have the order and the names that PyTorch's
 * named_parameters() gives for the same network. */
#pragma once
#include "core/registry.h"
#include "nn/nn.h"

/* A family of models.  build: 0 if name is not of this family; else build the net and return 1, or
 * -1 with a sentence if the model cannot read such input. */
struct model {
    const char *example; /* a name of this family that suits the default data */
    int (*build)(struct net *t, const char *name, struct shape input, int n_class, struct err *e);
};
#define REGISTER(pattern, symbol) extern const struct model model_##symbol;
#include "models/list.h"
#undef REGISTER
extern const struct registry model_registry[];
extern const size_t n_model;

/* Build the named model for images of the given shape, or for texts of h tokens: (h, 1, 1). */
int model_build(struct net *t, const char *name, struct shape input, int n_class, struct err *e);
/* For families: -1 with a sentence unless the input is of the kind that the model reads, "images"
 * or "texts" (what). */
int model_takes(const char *name, const char *what, struct shape input, struct err *e);
