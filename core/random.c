#include "core/random.h"
#include "core/core.h"
#include <Random123/philox.h>
#include <math.h>
#include <string.h>

void random_init(struct random *r, uint64_t seed, enum random_purpose purpose, uint32_t worker,
                 uint32_t step)
{
    memset(r, 0, sizeof(*r));
    r->key[0] = (uint32_t)seed, r->key[1] = (uint32_t)(seed >> 32);
    r->counter[1] = step, r->counter[2] = worker, r->counter[3] = (uint32_t)purpose;
    r->used = 4;
}

void random_seek(struct random *r, uint32_t block)
{
    r->counter[0] = block, r->used = 4;
}

uint32_t random_u32(struct random *r)
{
    if (r->used == 4) {
        philox4x32_ctr_t c;
        philox4x32_key_t k = {{r->key[0], r->key[1]}};
        memcpy(c.v, r->counter, sizeof(r->counter));
        c = philox4x32(c, k);
        memcpy(r->block, c.v, sizeof(r->block));
        r->counter[0]++, r->used = 0;
    }
    return r->block[r->used++];
}

uint32_t random_below(struct random *r, uint32_t n)
{
    CHECK(n >= 1);
    uint32_t excess = (uint32_t)((UINT64_C(1) << 32) % n), x;
    do
        x = random_u32(r);
    while (x > UINT32_MAX - excess);
    return x % n;
}

double random_uniform(struct random *r)
{
    uint64_t hi = random_u32(r), lo = random_u32(r);
    return ((double)((hi << 32 | lo) >> 12) + 0.5) * 0x1p-52;
}

double random_normal(struct random *r)
{
    double u = random_uniform(r), v = random_uniform(r);
    return sqrt(-2 * log(u)) * cos(6.283185307179586 * v);
}

double random_log_gamma(struct random *r, double shape)
{
    CHECK(shape > 0);
    if (shape < 1) /* Gamma(a) = Gamma(a + 1) U^(1/a) */
        return random_log_gamma(r, shape + 1) + log(random_uniform(r)) / shape;
    double d = shape - 1.0 / 3, c = 1 / sqrt(9 * d);
    for (;;) {
        double x = random_normal(r), v = 1 + c * x;
        if (v <= 0)
            continue;
        v = v * v * v;
        if (log(random_uniform(r)) < 0.5 * x * x + d - d * v + d * log(v))
            return log(d * v);
    }
}

void random_shuffle(struct random *r, int32_t *list, size_t n)
{
    for (size_t i = n; i > 1; i--) {
        size_t j = random_below(r, (uint32_t)i);
        int32_t t = list[i - 1];
        list[i - 1] = list[j], list[j] = t;
    }
}
