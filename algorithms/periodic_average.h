/* periodic_average: the parameter of methods that periodically average exactly over all workers. */
#pragma once
#include "core/parameter.h"

#define PARAMETER_TAU                                                                              \
    {                                                                                              \
        "tau", 4, 1, 1e6, "rounds between exact averages over all workers", WHOLE                  \
    }
