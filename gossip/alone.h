/* alone: what a process without a launcher needs before MPI starts. */
#pragma once
#include "core/core.h"

/* Set the environment of a process that is to be the only rank; -1 with a sentence if srun has
 * started several without PMIx, which could not find each other. */
int gossip_prepare_alone(struct err *e);
