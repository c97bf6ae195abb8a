/* real: the number type of parameters and activations.  float in every build that trains;
 * double in `make VARIANT=double`, which is precise enough to check gradients and methods. */
#ifndef CORE_REAL_H
#define CORE_REAL_H
#ifdef REAL_DOUBLE
typedef double real;
#else
typedef float real;
#endif
#endif
