#include "problems/problems.h"
#include <stdlib.h>
#include <string.h>

#define REGISTER(name, symbol) {name, &problem_##symbol, "problem_" #symbol},
const struct registry problem_registry[] = {
#include "problems/list.h"
};
#undef REGISTER
const size_t n_problem = LENGTH(problem_registry);

const struct problem *problem_find(const char *name)
{
    for (size_t i = 0; i < n_problem; i++)
        if (!strcmp(problem_registry[i].name, name))
            return problem_registry[i].item;
    return NULL;
}

/* The value of a parameter, or `otherwise` if the problem has no parameter of that name. */
static double value_of(const struct toy *t, const char *name, double otherwise)
{
    int i = parameter_find(t->problem->parameter, name);
    return i < 0 ? otherwise : t->value[i].number;
}

void toy_open(struct toy *t, const struct problem *p, const union value *value, int n,
              uint64_t seed)
{
    *t = (struct toy){.problem = p, .value = value, .n = n, .seed = seed};
    t->d = (size_t)value_of(t, "dim", (double)p->dim);
    t->noise = value_of(t, "noise", 0);
}

static size_t n_vector(const struct toy *t, int count)
{
    return (size_t)t->problem->n_shared + (size_t)t->problem->n_own * (size_t)count;
}

double toy_memory(const struct toy *t, int count)
{
    return (double)n_vector(t, count) * (double)t->d * sizeof(double);
}

void toy_draw(struct toy *t, int first, int count)
{
    CHECK(first >= 0 && count >= 1 && first + count <= t->n);
    t->first = first, t->count = count;
    t->shared = xcalloc(n_vector(t, count) * t->d, sizeof(double));
    t->own = t->shared + (size_t)t->problem->n_shared * t->d;
    if (t->problem->draw)
        t->problem->draw(t);
}

void toy_close(struct toy *t)
{
    free(t->shared);
    memset(t, 0, sizeof(*t));
}

void toy_start(const struct toy *t, int worker, real *x)
{
    if (t->problem->start)
        t->problem->start(t, worker, x);
    else
        memset(x, 0, t->d * sizeof(*x));
}

double toy_gradient(const struct toy *t, int i, int step, const real *x, real *g)
{
    double value = t->problem->gradient(t, i, x, g);
    if (t->noise > 0) {
        struct random r;
        random_init(&r, t->seed, RANDOM_NOISE, (uint32_t)(t->first + i), (uint32_t)step);
        for (size_t k = 0; k < t->d; k++)
            g[k] = (real)((double)g[k] + t->noise * random_normal(&r));
    }
    return value;
}
