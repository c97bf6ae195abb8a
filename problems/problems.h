/* problems: toy problems: for each of n workers a function of a few numbers whose value, gradient
 * and optimum are known in closed form.  Only mathematics and random draws: nothing here knows
 * methods, graphs, ranks, files or configurations. */
#pragma once
#include "core/parameter.h"
#include "core/random.h"
#include "core/real.h"
#include "core/registry.h"

/* Parameters that toy.c looks up by name, for every problem that lists them. */
#define PARAMETER_DIM                                                                              \
    {                                                                                              \
        "dim", 10, 1, 1e8, "dimension of the toy problem", WHOLE                                   \
    }
#define PARAMETER_NOISE                                                                            \
    {                                                                                              \
        "noise", 0, 0, 1e6, "standard deviation of the noise on each coordinate of a gradient"     \
    }

/* An instance of a problem.  The problem says how many vectors it needs and what they are. */
struct toy {
    const struct problem *problem;
    const union value *value; /* the values of its parameters; the caller keeps them */
    size_t d;
    double noise;
    uint64_t seed;
    int n, first, count; /* the local workers: first .. first + count - 1 of n */
    double *shared;      /* (n_shared, d) the same for all workers */
    double *own;         /* (count, d) if n_own; directly after shared in memory */
};

struct problem {
    const char *about;
    const struct parameter *parameter; /* NULL: none */
    size_t dim;                        /* the dimension, if PARAMETER_DIM is not listed */
    int n_shared, n_own;               /* vectors of d doubles; n_own: 0 or 1 per worker */
    /* Fill the vectors; NULL: the problem has no vectors. */
    void (*draw)(struct toy *t);
    /* Write the starting point of a worker, 0 .. n - 1, into x; NULL: 0. */
    void (*start)(const struct toy *t, int worker, real *x);
    /* f_i(x) of local worker i, and its gradient into g. */
    double (*gradient)(const struct toy *t, int i, const real *x, real *g);
    /* f(x) - f*, where f is the mean of all n functions and f* its minimum. */
    double (*excess)(const struct toy *t, const real *x);
};
#define REGISTER(name, symbol) extern const struct problem problem_##symbol;
#include "problems/list.h"
#undef REGISTER
extern const struct registry problem_registry[];
extern const size_t n_problem;

/* The problem of this name, or NULL. */
const struct problem *problem_find(const char *name);

/* Set the problem, a value for each of its parameters, n workers and the seed; t->d is known
 * afterwards. */
void toy_open(struct toy *t, const struct problem *p, const union value *value, int n,
              uint64_t seed);
void toy_close(struct toy *t);
/* Bytes that toy_draw allocates for count local workers. */
double toy_memory(const struct toy *t, int count);
/* Draw the instance for these local workers; before any call below. */
void toy_draw(struct toy *t, int first, int count);
void toy_start(const struct toy *t, int worker, real *x);
/* The stochastic gradient of local worker i at a step: the gradient, and noise that is a function
 * of (seed, worker, step); returns f_i(x), which is without noise. */
double toy_gradient(const struct toy *t, int i, int step, const real *x, real *g);
