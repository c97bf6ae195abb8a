/* machine: the peak and the triad, each the best of several rounds. */
#include "bench/machine.h"
#include "core/core.h"
#include <stdlib.h>
#include <time.h>
#ifdef __x86_64__
#include <immintrin.h>
#endif

double machine_seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* The least CPU seconds of several runs. */
static double best_of(int n, void (*run)(void *context), void *context)
{
    double best = 0;
    for (int i = 0; i < n; i++) {
        double begin = machine_seconds();
        run(context);
        double seconds = machine_seconds() - begin;
        best = i == 0 || seconds < best ? seconds : best;
    }
    return best;
}

/* --- peak ------------------------------------------------------------------------------------- */

/* Enough independent chains for two units with a latency of five cycles, and few enough for the
 * registers of AVX2. */
enum { N_CHAIN = 12, N_LINK = 1 << 22, PEAK_ROUNDS = 10 };

/* Every lane of every chain repeats x <- x / 2 + 1 from its own start; returns the sum of their
 * final values, which are 2 each. */
#define DEFINE_CHAINS(function, isa, vector, multiply_add)                                         \
    __attribute__((isa)) static float function(void)                                               \
    {                                                                                              \
        vector x[N_CHAIN], half = (vector){0} + 0.5f, one = (vector){0} + 1, all = {0};            \
        float sum = 0;                                                                             \
        for (int k = 0; k < N_CHAIN; k++)                                                          \
            x[k] = one * (float)k;                                                                 \
        for (long i = 0; i < N_LINK; i++)                                                          \
            for (int k = 0; k < N_CHAIN; k++)                                                      \
                x[k] = multiply_add(x[k], half, one);                                              \
        for (int k = 0; k < N_CHAIN; k++)                                                          \
            all += x[k];                                                                           \
        for (size_t lane = 0; lane < sizeof(vector) / sizeof(float); lane++)                       \
            sum += all[lane];                                                                      \
        return sum;                                                                                \
    }

#define MULTIPLY_ADD(x, a, b) ((x) * (a) + (b))
typedef float float4 __attribute__((vector_size(16)));
DEFINE_CHAINS(chains_plain, , float4, MULTIPLY_ADD)
#ifdef __x86_64__
DEFINE_CHAINS(chains_avx2, target("avx2,fma"), __m256, _mm256_fmadd_ps)
DEFINE_CHAINS(chains_avx512, target("avx512f"), __m512, _mm512_fmadd_ps)
#endif

struct unit {
    const char *name;
    int n_lane;
    float (*chains)(void);
};

static struct unit widest(void)
{
#ifdef __x86_64__
    if (__builtin_cpu_supports("avx512f"))
        return (struct unit){"avx512", 16, chains_avx512};
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
        return (struct unit){"avx2", 8, chains_avx2};
#endif
    return (struct unit){"plain", 4, chains_plain};
}

static double flops_of(const struct unit *u)
{
    return 2.0 * N_LINK * N_CHAIN * u->n_lane;
}

static void run_chains(void *unit)
{
    const struct unit *u = unit;
    CHECK(u->chains() == 2.0f * (float)(N_CHAIN * u->n_lane));
}

double machine_peak(void)
{
    static double peak;
    struct unit u = widest();
    if (peak == 0)
        peak = flops_of(&u) / best_of(PEAK_ROUNDS, run_chains, &u);
    return peak;
}

const char *machine_instructions(void)
{
    return widest().name;
}

/* --- triad ------------------------------------------------------------------------------------ */

enum { N_TRIAD = 1 << 25, TRIAD_ROUNDS = 5 };

struct triad {
    float *a, *b, *c;
};

static void run_triad(void *triad)
{
    const struct triad *t = triad;
    float *restrict a = t->a;
    const float *restrict b = t->b, *restrict c = t->c;
    for (int i = 0; i < N_TRIAD; i++)
        a[i] = b[i] + 3 * c[i];
}

static double measure_triad(void)
{
    size_t size = N_TRIAD * sizeof(float);
    struct triad t = {xcalloc(1, size), xcalloc(1, size), xcalloc(1, size)};
    for (int i = 0; i < N_TRIAD; i++)
        t.b[i] = (float)(i % 5), t.c[i] = (float)(i % 7);
    double seconds = best_of(TRIAD_ROUNDS, run_triad, &t);
    for (int i = 0; i < N_TRIAD; i++) /* what was timed was right */
        CHECK(t.a[i] == (float)(i % 5 + 3 * (i % 7)));
    free(t.a), free(t.b), free(t.c);
    return 3 * (double)size / seconds;
}

double machine_triad(void)
{
    static double triad;
    if (triad == 0)
        triad = measure_triad();
    return triad;
}
