#!/bin/sh
# The fuzz targets, built with sanitizers, on their corpora: nothing crashes, leaks or hangs, and
# refusals have the sentence that tests/golden/malformed.txt holds in the indented line below the
# input's name: file, place, what is wrong, what was expected.
# After a sentence was changed on purpose, tests/cli_corpus.sh --accept rewrites the file, unless a
# target fails.
. "$(dirname "$0")/tap.sh"
export FUZZ_SAYS=1
golden=$root/tests/golden/malformed.txt
for program in "$root"/build/san/tests/fuzz/fuzz_*; do
    target=${program##*/}
    [ -x "$program" ] && [ -f "$root/tests/fuzz/$target.c" ] || continue
    leaks=1
    [ "$target" != fuzz_checkpoint ] || leaks=0 # Open MPI leaks
    export ASAN_OPTIONS=detect_leaks=$leaks
    exits 0 "$target" timeout $run_limit "$program" "$root/tests/fuzz/corpus/${target#fuzz_}"
    { echo "== $target" && grep -v '^exit code' said; } >>sentences
done
ok "there are eleven" test "$n_test" -eq 11
if [ "${1:-}" = --accept ]; then
    [ $n_failed -eq 0 ] || { echo "# nothing is accepted, because a target fails" && exit 1; }
    cp sentences "$golden"
fi
ok "the sentences are those of tests/golden/malformed.txt" diff "$golden" sentences
awk '/^[^ ]/ { name = $0 } /^  / && !seen[name]++ { n++ } END { print n " inputs are refused"; exit n < 60 }' \
    sentences >said
report $? "  for 60 inputs and more"
mkdir experiments && cp "$root"/experiments/*.json experiments
exits 0 "the experiments themselves" timeout $run_limit "$root/build/san/tests/fuzz/fuzz_json" \
    "$PWD/experiments" "$root/experiments/rates"
finish
