#!/bin/sh
# gossip/ gives the bits of a serial computation on any number of ranks: tests/test_mpi_gossip.c.
. "$(dirname "$0")/tap.sh"
for variant in release double; do
    for ranks in 1 2 3 5; do
        ok "test_mpi_gossip at $ranks ranks ($variant)" timeout 60 mpirun -np $ranks \
            "$root/build/$variant/tests/test_mpi_gossip"
        grep -qF "# at $ranks ranks" "$temp/said"
        report $? "  it was $ranks ranks"
    done
done
finish
