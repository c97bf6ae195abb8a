# shellcheck shell=sh
# tap: what every tests/cli_*.sh sources: TAP output and a folder of its own, which is the working
# folder, so that results/ of the checkout stays untouched.
set -u
cd "$(dirname "$0")/.." || exit 1
. scripts/mpi-env.sh
export OMPI_MCA_odls_base_sigkill_timeout=0 # runs that fail end at once
export OMPI_MCA_pml=ob1 # no search for fast networks, which takes 0.2 s
root=$PWD
program=$root/build/${CLI_VARIANT:-release}/gossipbench
temp=$(mktemp -d) || exit 1
n_test=0 n_failed=0 complete=
cd "$temp" || exit 1
run_limit=120 # seconds; sanitizers make a run several times slower
[ "${CLI_VARIANT:-}" != san ] || run_limit=600
export GOSSIPBENCH_ROOT=. # not the tree that the program was built in
# release: undo what is outside the folder; for tests to redefine.
release() { :; }
trap 'release; cd "$root" && rm -rf "$temp"
    [ -n "$complete" ] || echo "not ok $((n_test + 1)) - the script ended before its last test"' EXIT
trap 'exit 1' HUP INT TERM

# report STATUS NAME: one test; if it failed, the content of $temp/said is shown.
report() {
    n_test=$((n_test + 1))
    if [ "$1" -eq 0 ]; then
        echo "ok $n_test - $2"
    else
        n_failed=$((n_failed + 1))
        echo "not ok $n_test - $2"
        head -c 4000 "$temp/said" | awk '{ print "# " $0 }'
    fi
}
# ok NAME COMMAND...: the command succeeds.
ok() {
    name=$1
    shift
    "$@" >"$temp/said" 2>&1
    report $? "$name"
}
# exits CODE NAME COMMAND...: the command exits with CODE.
exits() {
    want=$1 name=$2
    shift 2
    "$@" >"$temp/said" 2>&1
    got=$?
    echo "exit code $got, expected $want" >>"$temp/said"
    [ $got -eq "$want" ]
    report $? "$name"
}
# skip NAME REASON: a test that cannot be run here.
skip() {
    n_test=$((n_test + 1))
    echo "ok $n_test - $1 # SKIP $2"
}
finish() {
    complete=1
    echo "1..$n_test"
    exit $((n_failed > 0))
}

# on RANKS VERB...: the program, alone if RANKS is 1.
on() {
    ranks=$1
    shift
    if [ "$ranks" -eq 1 ]; then
        timeout $run_limit "$program" "$@" </dev/null
    else
        timeout $run_limit mpirun -np "$ranks" "$program" "$@" </dev/null
    fi
}
# field FILE NAME: the value of a text in a manifest.
field() {
    sed -n 's/^[[:space:]]*"'"$2"'":[[:space:]]*"\(.*\)",*$/\1/p' "$1" | head -n 1
}
# settings FILE --KEY VALUE...: a configuration, for runs that override some of its keys.
settings() {
    file=$1 comma='{'
    shift
    while [ $# -gt 1 ]; do
        case $2 in
            [0-9]* | \[* | true | false) value=$2 ;;
            *) value="\"$2\"" ;;
        esac
        printf '%s"%s": %s' "$comma" "$(echo "${1#--}" | tr - _)" "$value"
        comma=', '
        shift 2
    done >"$file"
    echo '}' >>"$file"
}
# same A B: two finished runs are the same, bit for bit.
same() {
    cmp "$1/metrics.csv" "$2/metrics.csv" || return 1
    a=$(field "$1/manifest.json" parameters_sha256) b=$(field "$2/manifest.json" parameters_sha256)
    echo "parameters $a and $b"
    [ ${#a} -eq 64 ] && [ "$a" = "$b" ]
}
# alike A B: the same files in both folders, and the same figures: all but times and machines.
alike() {
    for dir; do
        [ -s "$dir/manifest.json" ] || return 1
        (cd "$dir" && ls && cat metrics.csv && for file in split.csv classes.csv workers.csv path.csv; do
            [ ! -e $file ] || cat $file
        done && sed '/"seconds":/,/}/d; /"machine":/,/}/d; /"resumed":/,/\],/d
            /"started":/d; /"written":/d' manifest.json) >"$temp/of-${dir##*/}"
    done
    cmp "$temp/of-${1##*/}" "$temp/of-${2##*/}"
}
# resum FILE SCRIPT: change a checkpoint with sed, and correct its digest.
resum() {
    head -c -65 "$1" | LC_ALL=C sed "$2" >"$temp/body"
    { cat "$temp/body" && sha256sum <"$temp/body" | head -c 64 && printf '\0'; } >"$1"
}
status_is() { # DIR STATUS
    status=$(field "$1/manifest.json" status)
    echo "status '$status', expected '$2'"
    [ "$status" = "$2" ]
}
# has_terminal: whether a command can be run on a terminal; if not, why_not has the reason.
has_terminal() {
    if ! command -v script >/dev/null; then
        why_not="there is no script command"
    elif ! script -qec true /dev/null </dev/null >/dev/null 2>&1; then
        why_not="no pseudo-terminal can be made here"
    else
        return 0
    fi
    return 1
}
# says WORDS: the last command of ok or exits printed these words.
says() {
    grep -qF -e "$1" "$temp/said"
    report $? "it says: $1"
}
# started DIR FILE LINES: wait until the run in DIR has written this many lines of a file.

started() {
    for i in $(seq $((5 * run_limit))); do
        [ -f "$1/$2" ] && [ "$(wc -l <"$1/$2")" -ge "$3" ] && return
        sleep 0.05
    done
    return 1
}
# interrupt SIGNAL DIR COMMAND...: start a run, signal it after its first row; its exit code.
interrupt() {
    signal=$1 dir=$2
    shift 2
    "$@" </dev/null &
    pid=$!
    started "$dir" metrics.csv 2
    kill -s "$signal" $pid
    wait $pid
}
