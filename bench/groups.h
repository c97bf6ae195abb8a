/* groups: the groups of benchmarks, a file each; each function registers one group. */
#pragma once
#include "bench/shim.h"

void add_machine(void);     /* machine/peak and machine/triad: flops; bytes */
void add_train_steps(void); /* train_step/<model>/batch:32 and eval/<model>: samples, flops */
void add_convs(void);       /* conv/<pass>/<c>x<h>-<o>-k<k>-s<stride>/batch:32: flops, bytes */
void add_mixings(void);     /* mix/<topology>/n:<n>/d:272474: numbers, bytes, on one rank */
void add_rounds(void);      /* round/<method>/n:16/d:272474: the cost of a method */
void add_loads(void);       /* load/<dataset> and augment/<dataset>: images */
