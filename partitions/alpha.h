/* alpha: the parameter of the partitions that draw from a Dirichlet distribution. */
#pragma once
#include "core/parameter.h"

#define PARAMETER_ALPHA                                                                            \
    {                                                                                              \
        "alpha", 0.1, 1e-6, 1e6, "Dirichlet concentration: small values give uneven parts"         \
    }
