/* conformance_model: the outputs and gradients of a model for given parameters and a given batch,
 * for comparison with its executable specification. */
#pragma once
#include "core/core.h"

/* Read parameters (under their PyTorch names and in their shapes), x (n, c, h, w) or token numbers
 * (n, l), y (n) and logits (n, classes) from the archive `in`; write logits, loss, grads (flat),
 * eval_logits and buffer/<name> to the archive `out`.  -1 with a sentence on failure. */
int conformance_model(const char *model, const char *in, const char *out, struct err *e);
