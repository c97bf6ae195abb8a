/* real: the number type of parameters and activations.  float in every build that trains;
 * double in `make VARIANT=double`, which is precise enough to check gradients and methods. */
#pragma once
#ifdef REAL_DOUBLE
typedef double real;
#else
typedef float real;
#endif
