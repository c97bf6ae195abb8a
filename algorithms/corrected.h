/* corrected: shared by the methods that correct a step by what the last mixing changed. */
#pragma once
#include "algorithms/algorithms.h"

/* Why they cannot take local steps: H of them would add one correction H times. */
#define CORRECTED "what it corrects a step by is the change of one mixing"
