#include "nn/kernels/kernels.h"

const struct kernels *kernels = &kernels_plain;
