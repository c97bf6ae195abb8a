/* draw: random numbers for random graphs: the same on every rank, whichever steps were requested
 * before. */
#pragma once
#include "core/random.h"
#include "topologies/topologies.h"

/* The stream of this step, for a graph that is redrawn at each step. */
struct random draw_of_step(const struct topology_spec *g, int step);
/* The stream of all steps, for a graph that is drawn once. */
struct random draw_of_seed(const struct topology_spec *g);
/* 0 .. n-1 in a random order; free() it. */
int32_t *draw_order(struct random *r, int n);
/* `period` of struct topology for graphs that never repeat: returns 0. */
int topology_never_repeats(const struct topology_spec *g);
