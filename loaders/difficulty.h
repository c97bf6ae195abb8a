/* difficulty: the parameter of generated samples. */
#pragma once
#include "core/parameter.h"

#define PARAMETER_DIFFICULTY                                                                       \
    {                                                                                              \
        "difficulty", 0.5, 0, 1,                                                                   \
            "difficulty of generated samples: from 0, easy, to 1, impossible to learn"             \
    }
