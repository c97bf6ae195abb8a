#include "bench/shim.h"
#include <benchmark/benchmark.h>

struct bench {
    benchmark::State &state;
};

void bench_add(const char *name, void (*run)(struct bench *, const void *), const void *context)
{
    benchmark::RegisterBenchmark(name, [=](benchmark::State &state) {
        bench b{state};
        run(&b, context);
    })->Unit(benchmark::kMillisecond);
}

int bench_next(struct bench *b)
{
    return b->state.KeepRunning();
}

void bench_items(struct bench *b, double n)
{
    b->state.SetItemsProcessed(static_cast<int64_t>(n * b->state.iterations()));
}

void bench_bytes(struct bench *b, double n)
{
    b->state.SetBytesProcessed(static_cast<int64_t>(n * b->state.iterations()));
}

void bench_skip(struct bench *b, const char *why)
{
    b->state.SkipWithError(why);
}

int bench_run(int argc, char **argv)
{
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv))
        return 2;
    benchmark::RunSpecifiedBenchmarks();
    benchmark::Shutdown();
    return 0;
}
