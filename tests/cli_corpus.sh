#!/bin/sh
# The fuzz targets, built with sanitizers, on their corpora: nothing crashes, leaks or hangs, and
# what is refused is refused with a sentence.
. "$(dirname "$0")/tap.sh"
for program in "$root"/build/san/tests/fuzz/fuzz_*; do
    target=${program##*/}
    [ -x "$program" ] && [ -f "$root/tests/fuzz/$target.c" ] || continue
    leaks=1
    [ "$target" != fuzz_checkpoint ] || leaks=0 # Open MPI leaks
    export ASAN_OPTIONS=detect_leaks=$leaks
    exits 0 "$target" timeout 60 "$program" "$root/tests/fuzz/corpus/${target#fuzz_}"
    says " inputs"
done
ok "there are nine" test "$n_test" -eq 18
finish
