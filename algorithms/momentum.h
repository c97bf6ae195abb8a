/* momentum: the local momentum that several methods use. */
#pragma once
#include "core/parameter.h"
#include "core/real.h"

#define PARAMETER_MOMENTUM                                                                         \
    {                                                                                              \
        "momentum", 0.9, 0, 0.9999, "beta, the factor of the local momentum"                       \
    }

/* The parameters of a method with this one parameter. */
enum { MOMENTUM };
static const struct parameter momentum_parameters[] = {[MOMENTUM] = PARAMETER_MOMENTUM, {0}};

/* m <- beta m + g; returns the direction of the step: m (heavy ball), or g + beta m (Nesterov). */
static inline real momentum_step(real *m, real g, real beta, int nesterov)
{
    *m = beta * *m + g;
    return nesterov ? g + beta * *m : *m;
}
