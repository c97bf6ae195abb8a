/* faults: lost messages, late workers and absent workers.  Every fault is a function of (seed,
 * round, edge or worker) alone.  So faults do not depend on the graph, on the method or on which
 * rank hosts which worker, and checkpoints need not store them.
 *
 *   message_loss   each message is lost with this probability, independently: the message from j to i
 *                  may be lost while that from i to j arrives, as in RelaySGD's experiment (Vogels
 *                  et al. 2021, table 5, and its code)
 *   straggle       in each round, each worker's stochastic gradient is late with this probability:
 *                  it is thrown away and replaced by 0
 *   absence        in each stretch of absence_rounds rounds except the first, each worker is away
 *                  with this probability: it neither computes nor sends nor receives, and returns
 *                  with the state that it left with
 *
 * All vectors that are sent along an edge in one exchange form one message; a method that mixes
 * twice in a round sends two. */
#pragma once
#include "core/core.h"
#include "core/random.h"

struct faults {
    double message_loss, straggle, absence; /* probabilities */
    long absence_rounds;
    uint64_t seed;
};
/* The exchanges of a round: the last one, and the first of two. */
enum exchange { MAIN_EXCHANGE, FIRST_EXCHANGE };
/* Who keeps the weight of a message that does not arrive.  Either the receiver adds it to the
 * weight of its own vector, which preserves the row sums of W; or the sender, who learns of the
 * loss, does so, which preserves the column sums, as push-sum needs. */
enum keeper { RECEIVER_KEEPS, SENDER_KEEPS };

int faults_is_late(const struct faults *f, int worker, long round);
int faults_is_away(const struct faults *f, int worker, long round);
int faults_is_lost(const struct faults *f, int from, int to, long round, enum exchange x);
/* Whether some messages may not arrive. */
int faults_on_edges(const struct faults *f);
/* Turn W (n, n) into the matrix of the messages that arrive.  Returns the number of messages sent,
 * including those that are lost but none from or to a worker that is away. */
long faults_apply(const struct faults *f, double *W, int n, long round, enum exchange x,
                  enum keeper keeper);
/* The sum over rounds from .. to - 1 of the number of workers that are not away. */
double faults_n_present(const struct faults *f, int n, long from, long to);
