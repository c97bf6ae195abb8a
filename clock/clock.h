/* clock: how long the rounds of a run would take on a network of hosts, from its graph, its method
 * and the bytes that it logged.  Nothing here trains, sends messages or reads the time of day.
 *
 * The model.  The n workers live on P hosts, in blocks of nearly equal size, as on MPI ranks.  In a
 * step, a host
 *   1. computes: `compute` seconds for each of its workers, one after the other;
 *   2. sends each worker's message once to every other host that has one of its neighbours, and waits
 *      until it has sent all its own messages and all messages to it have arrived.
 * Hosts wait for their neighbours only, so the delay that a slow host causes spreads by one hop per
 * step.  Between local steps (local_steps) nothing is sent.  All messages between two hosts in one
 * exchange travel together.  Links are shared fairly, so a transfer from a to b takes
 *   latency + max(bytes that a sends, bytes that b receives in this exchange) / bandwidth
 * With half-duplex links, the bytes of each side are those that it sends plus those that it
 * receives.
 * An exact average over all workers counts as a ring all-reduce (Patarasuk and Yuan 2009):
 *   2 (P - 1) latency + 2 (P - 1) / P bytes / bandwidth
 * for which all hosts wait for each other.  With `overlap` a round takes the longer of computing
 * and communicating, as if gradients were computed while messages travel. */
#pragma once
#include "train/config.h"

struct network {
    double latency;   /* seconds for a message, in addition to its transfer */
    double bandwidth; /* bytes per second in each direction, or in both together if half_duplex */
    double compute;   /* seconds of a worker's gradient */
    int overlap, half_duplex;
    int hosts; /* P; 0: one for each worker */
};

/* Write into seconds (n_step + 1), from step 0 on, the time at which the last host has ended each
 * step of the run. bytes: the total that all workers sent in these steps.  -1 with a sentence if
 * the run cannot be simulated. */
int clock_run(const struct config *c, const struct network *w, double bytes, long n_step,
              double *seconds, struct err *e);
