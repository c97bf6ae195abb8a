/* random: counter-based random streams (Philox 4x32-10, Salmon et al. 2011, through Random123).
 * A stream is identified by (seed, purpose, worker, step) and has no other state, so no draw
 * depends on the order of calls, on the number of ranks, or on an interruption. */
#pragma once
#include <stddef.h>
#include <stdint.h>

/* What a stream is used for: streams of different purposes never overlap.  Append only: changing a
 * number changes every result. */
enum random_purpose {
    RANDOM_INIT = 1,  /* initial parameters */
    RANDOM_PARTITION, /* which worker holds which sample */
    RANDOM_HOLDOUT,   /* which training samples are held out for validation */
    RANDOM_SHUFFLE,   /* order of a worker's samples in an epoch */
    RANDOM_AUGMENT,   /* crops and flips of a worker's step */
    RANDOM_TOPOLOGY,  /* random graphs */
    RANDOM_SYNTHETIC, /* generated data */
    RANDOM_TEST,      /* tests and self-checks */
    RANDOM_PROBLEM,   /* functions of toy problems */
    RANDOM_NOISE,     /* noise of a toy problem's gradient at a worker's step */
    RANDOM_DROPOUT,   /* which activations a worker's step drops */
    RANDOM_LOSS,      /* which messages to a worker are lost in a round */
    RANDOM_STRAGGLE,  /* whether a worker is late in a round */
    RANDOM_ABSENCE,   /* whether a worker is away in a stretch of rounds */
    RANDOM_FEATURES   /* noise of a training image, by its number in place of a worker's */
};

struct random {
    uint32_t key[2], counter[4], block[4];
    int used; /* words of block that have been used */
};

/* At most 2^31 workers, 2^32 steps and 2^32 blocks of four words per stream. */
void random_init(struct random *r, uint64_t seed, enum random_purpose purpose, uint32_t worker,
                 uint32_t step);
/* Move the stream to a block of four words, counted from 0. */
void random_seek(struct random *r, uint32_t block);
uint32_t random_u32(struct random *r);
/* Uniform on 0 .. n-1, without bias; n >= 1. */
uint32_t random_below(struct random *r, uint32_t n);
/* Uniform on the open interval (0, 1), 53 bits. */
double random_uniform(struct random *r);
/* Standard normal (Box and Muller 1958). */
double random_normal(struct random *r);
/* Logarithm of a Gamma(shape, 1) variable, shape > 0 (Marsaglia and Tsang 2000): the logarithm,
 * because at small shapes the variable itself underflows and a Dirichlet draw becomes 0/0. */
double random_log_gamma(struct random *r, double shape);
/* Shuffle n numbers in place (Fisher and Yates). */
void random_shuffle(struct random *r, int32_t *list, size_t n);
