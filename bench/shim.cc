#include "bench/shim.h"
#include "bench/machine.h"
#include <benchmark/benchmark.h>
#include <cmath>
#include <cstdarg>
#include <cstdio>

struct bench {
    benchmark::State &state;
    double begin, seconds; /* CPU time of the loop */
};

static bool any_wrong;

void bench_add(const char *name, void (*check)(struct bench *, const void *),
               void (*run)(struct bench *, const void *), const void *context)
{
    auto once = [=, checked = false](benchmark::State &state) mutable {
        bench b{state, 0, 0};
        if (check && !checked)
            check(&b, context);
        checked = !state.error_occurred();
        if (checked)
            run(&b, context);
    };
    benchmark::RegisterBenchmark(name, once)->Unit(benchmark::kMillisecond);
}

int bench_next(struct bench *b)
{
    bool first = b->begin == 0, more = b->state.KeepRunning();
    if (first)
        b->begin = machine_seconds();
    if (!more)
        b->seconds = machine_seconds() - b->begin;
    return more;
}

/* The library's own rates are not used: it would print the unit "/s" after a fraction. */
static void show(struct bench *b, const char *name, double per_iteration)
{
    b->state.counters[name] =
        per_iteration * static_cast<double>(b->state.iterations()) / b->seconds;
}

void bench_items(struct bench *b, double n)
{
    b->state.SetItemsProcessed(
        static_cast<int64_t>(n * static_cast<double>(b->state.iterations())));
}

void bench_flops(struct bench *b, double n)
{
    show(b, "GFLOP/s", n * 1e-9);
    show(b, "of_peak", n / machine_peak());
}

void bench_bytes(struct bench *b, double n)
{
    show(b, "GB/s", n * 1e-9);
    show(b, "of_triad", n / machine_triad());
}

void bench_number(struct bench *b, const char *name, double value)
{
    b->state.counters[name] = value;
}

void bench_share(struct bench *b, const char *name, double part, double whole)
{
    bench_number(b, name, std::round(1000 * part / whole) / 10);
}

void bench_note(struct bench *b, const char *text)
{
    b->state.SetLabel(text);
}

void bench_skip(struct bench *b, const char *why)
{
    b->state.SkipWithError(why);
}

void bench_wrong(struct bench *b, const char *fmt, ...)
{
    char why[512] = "wrong: ";
    va_list ap;
    va_start(ap, fmt);
    std::vsnprintf(why + 7, sizeof(why) - 7, fmt, ap);
    va_end(ap);
    b->state.SkipWithError(why);
    any_wrong = true;
}

void bench_context(const char *key, const char *fmt, ...)
{
    char value[512];
    va_list ap;
    va_start(ap, fmt);
    std::vsnprintf(value, sizeof(value), fmt, ap);
    va_end(ap);
    benchmark::AddCustomContext(key, value);
}

int bench_run(int argc, char **argv)
{
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv))
        return 2;
    benchmark::RunSpecifiedBenchmarks();
    benchmark::Shutdown();
    return any_wrong;
}
