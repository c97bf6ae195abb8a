# shellcheck shell=sh
# The core of OpenBLAS with which the expected bits were made, unless the environment names another:
# other processors that have its instructions then give the same bits.  To be sourced.
if [ -z "${OPENBLAS_CORETYPE:-}" ]; then
    OPENBLAS_CORETYPE=$(cat results/expected/smoke-*.txt 2>/dev/null | sed -n 's/^# BLAS core: //p' | head -n 1)
    export OPENBLAS_CORETYPE
    [ -n "$OPENBLAS_CORETYPE" ] && build/release/gossipbench info >/dev/null 2>&1 || unset OPENBLAS_CORETYPE
fi
