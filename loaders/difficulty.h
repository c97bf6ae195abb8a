/* difficulty: the parameter of generated samples. */
#ifndef LOADERS_DIFFICULTY_H
#define LOADERS_DIFFICULTY_H
#include "core/parameter.h"

#define PARAMETER_DIFFICULTY                                                                       \
    {                                                                                              \
        "difficulty", 0.5, 0, 1,                                                                   \
            "how hard generated samples are to tell apart: 0 easy, 1 impossible", NUMBER           \
    }
#endif
