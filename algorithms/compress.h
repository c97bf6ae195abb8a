/* compress: C(v), which methods with compressed messages send instead of a vector v of d numbers:
 *   top   keeps the 1 % of coordinates that are largest in size (number rounded up; among equals the
 *         first); a value and an index are sent for each
 *   sign  ||v||_1 / d sign(v), with sign(0) = 1; a bit per coordinate and the scale are sent
 *   byte  rounds v to multiples of max |v| / 127; a byte per coordinate and the scale are sent */
#pragma once
#include "core/parameter.h"
#include "core/real.h"
#include <stddef.h>
#include <stdint.h>

/* What a compression learns from the whole difference v before it changes any of it. */
struct look {
    real most[16];  /* sizes so far, side by side, so that no comparison waits for the last */
    double sum;     /* of the sizes */
    real scale;     /* of what is sent */
    double unit;    /* between values that are sent */
    uint64_t least; /* the smallest magnitude that is kept */
    size_t n_equal, quota; /* numbers of this magnitude, and how many of them are yet to be kept */
};

/* part: reads the next n numbers of v; whole: reads all of v again, after all parts; keep:
 * compresses the next n numbers. */
struct compression {
    void (*part)(struct look *l, const real *v, size_t n);
    void (*whole)(struct look *l, const real *v, size_t d);
    void (*keep)(struct look *l, real *v, size_t n);
};
extern const struct compression compress_top, compress_sign, compress_byte;
/* The size of what is sent, in 4-byte units. */
double compress_top_size(size_t d);
double compress_sign_size(size_t d);
double compress_byte_size(size_t d);

/* The length of the parts in which vectors stay in cache. */
enum { COMPRESS_STRETCH = 2048 };
/* copy <- copy + C(v), after all parts of v have been read; v becomes copy. */
void compress_add(const struct compression *c, struct look *l, real *v, real *copy, size_t d);

/* The parameters of a method whose only one is the consensus step size. */
enum { GAMMA };
static const struct parameter compress_parameters[] = {
    [GAMMA] = {"gamma", 0.1, 1e-12, 1, "consensus step size of choco-sgd and beer"}, {0}};
