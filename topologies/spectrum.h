/* spectrum: how fast a topology mixes, and which methods work on it.
 * Properties of a matrix, for people and for checks before a run; no training result depends on
 * them.  spectrum.c is the only file that uses LAPACK. */
#pragma once
#include "topologies/topologies.h"

struct spectrum {
    int symmetric;                  /* W = W' to rounding */
    double largest, smallest;       /* largest and smallest real part of an eigenvalue of W */
    double second;                  /* largest singular value of W - 11'/n */
    double gap;                     /* 1 - second; 1: averages in one round, 0: never averages */
    double row_error, column_error; /* largest distance of a sum from 1 */
    int max_degree;                 /* most neighbours of a worker, itself not counted */
    int edges;                      /* vectors sent in a round: weights != 0 off the diagonal */
    int diameter; /* rounds until every worker's value can have reached all; -1: never */
};
/* Compute the properties of one matrix W (n, n), row major, which stays unchanged. */
void spectrum_of(struct spectrum *s, const double *W, int n);

/* D^2 (Tang et al., ICML 2018) needs a symmetric W with all eigenvalues above -1/3: a mode of
 * eigenvalue w follows z^2 = w (2 z - 1), which has |z| = 1 at w = -1/3 and |z| > 1 below it.  For
 * complex eigenvalues the bound is different, so the answer for asymmetric W is D2_UNKNOWN.  On the
 * border, where every even ring lies, D^2 is not stable. */
enum spectrum_d2 { D2_STABLE, D2_ON_BORDER, D2_UNSTABLE, D2_UNKNOWN };
enum spectrum_d2 spectrum_d2(const struct spectrum *s);
/* The verdict as words for the user, without a full stop. */
const char *spectrum_d2_words(const struct spectrum *s);

/* The factor per round by which the slowest mode of the workers' disagreement shrinks (below 1: D^2
 * is stable) or grows under D^2 without gradients:
 *   x_{t+1} = W_t (2 x_t - x_{t-1})
 * It is computed from the eigenvalues of a whole period, so it is also valid for asymmetric and
 * time-varying graphs.  NaN if the graph never repeats or n is above SPECTRUM_MAX_GROWTH; exactly 1
 * if it is 1 up to rounding. */
double spectrum_d2_growth(const struct topology_spec *g);
enum { SPECTRUM_MAX_GROWTH = 256 };

/* The combined effect of rounds 0, 1, 2 ...: P_T = W_{T-1} ... W_1 W_0. */
struct spectrum_rounds {
    int period;  /* as topology_period; 0: never repeats */
    double norm; /* largest singular value of P_T - 11'/n after T = one period, or, when the graph
                    never repeats, after SPECTRUM_ROUNDS */
    int heard;   /* first T with all P_T > 0: all have heard from all; 0: not within the limit */
    int exact; /* first T at which P_T becomes 11'/n in a finite number of rounds: all |P_T - 1/n| <
                    1e-12, of P_{T-1} not all < 1e-6; 0: not within SPECTRUM_ROUNDS */
    long
        near; /* rounds that reduce any disagreement to 1/SPECTRUM_NEAR, from the norm; 0: none do */
};
enum { SPECTRUM_ROUNDS = 64, SPECTRUM_NEAR = 1000 };
/* n has passed topology_check. */
void spectrum_rounds(struct spectrum_rounds *r, const struct topology_spec *g);
