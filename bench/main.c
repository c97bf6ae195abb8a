/* main: `make bench`: everything on one thread and one rank; Google Benchmark's options apply. */
#include "bench/groups.h"
#include "bench/machine.h"
#include "core/build.h"
#include "gossip/gossip.h"
#include "nn/blas.h"
#include "nn/kernels/kernels.h"
#include "nn/nn.h"
#include <time.h>

static void describe(void)
{
    bench_context("gossipbench", "%s, %s build, commit %s", build.version, build.variant,
                  build.commit);
    bench_context("kernels", "%s", kernels->name);
    bench_context("blas", "%s", blas_describe());
    bench_context("peak", "%.1f GFLOP/s, one core, float, %s", machine_peak() * 1e-9,
                  machine_instructions());
    bench_context("triad", "%.1f GB/s, one core", machine_triad() * 1e-9);
}

int main(int argc, char **argv)
{
    struct err e;
    double begin = seconds_now(), loaded = (double)clock() / CLOCKS_PER_SEC;
    gossip_start(&argc, &argv);
    if (nn_start(&e) < 0)
        die("%s", e.text);
    double started = seconds_now() - begin;
    describe();
    add_runs(loaded + started);
    add_train_steps();
    add_layers();
    add_convs();
    add_mixings();
    add_rounds();
    add_loads();
    int code = bench_run(argc, argv);
    gossip_finish();
    return code;
}
