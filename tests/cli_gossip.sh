#!/bin/sh
# gossip/, and the optimizer with every method on every graph, give the bits of a serial computation
# on any number of ranks: tests/test_mpi_gossip.c, tests/test_mpi_optimizer.c.
. "$(dirname "$0")/tap.sh"
for variant in release double; do
    for binary in test_mpi_gossip test_mpi_optimizer; do
        for ranks in 1 2 3 5; do
            ok "$binary at $ranks ranks ($variant)" timeout 300 mpirun -np $ranks \
                "$root/build/$variant/tests/$binary"
            grep -qF "# at $ranks ranks" "$temp/said"
            report $? "  it was $ranks ranks"
        done
    done
done
finish
