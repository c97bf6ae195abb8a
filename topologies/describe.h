/* describe: the properties of a graph, in words and numbers for people. */
#pragma once
#include "topologies/topologies.h"
#include <stdio.h>

/* Print degree, connectedness, eigenvalues and gap of the first round, whether D^2 is stable on the
 * graph, and how fast its rounds average.  g has passed topology_check. */
void topology_describe(FILE *f, const struct topology_spec *g);
