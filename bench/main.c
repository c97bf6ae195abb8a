/* main: `make bench`: everything on one thread and one rank; Google Benchmark's options apply. */
#include "bench/groups.h"
#include "core/build.h"
#include "gossip/gossip.h"
#include "nn/kernels/kernels.h"
#include "nn/nn.h"
#include <stdio.h>

int main(int argc, char **argv)
{
    struct err e;
    gossip_start(&argc, &argv);
    if (nn_start(&e) < 0)
        die("%s", e.text);
    fprintf(stderr, "gossipbench %s, %s build, commit %s, kernels %s\n", build.version,
            build.variant, build.commit, kernels->name);
    add_train_steps();
    add_mixings();
    add_loads();
    add_partitions();
    int code = bench_run(argc, argv);
    gossip_finish();
    return code;
}
