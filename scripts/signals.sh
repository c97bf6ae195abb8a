# shellcheck shell=sh
# How scripts run what can be interrupted.  To be sourced.
stopped='' child=''

# pass_on SIGNAL: signals that ask this script to stop are passed on as SIGNAL to the process $child.
pass_on() {
    passed=$1
    trap 'stopped=1; [ -z "$child" ] || kill -s "$passed" "$child" 2>/dev/null' \
        HUP INT PIPE TERM USR1 USR2 XCPU
}
# wait_for PID: set $code to its exit code, however often a signal interrupts the waiting.
wait_for() {
    code=0
    wait "$1" || code=$?
    while kill -0 "$1" 2>/dev/null; do
        code=0
        wait "$1" || code=$?
    done
}
# run COMMAND...: its exit code.  If this script is asked to stop, so is the command, and the script
# ends with 75.
run() {
    pass_on TERM
    "$@" </dev/null &
    child=$!
    [ -z "$stopped" ] || kill -s TERM "$child"
    wait_for "$child"
    child=
    [ -z "$stopped" ] || exit 75
    return $code
}
# leave CODE FILE...: ends a script that make starts: removes the files, and prints the code if it is
# not 0, since make turns it into 2.
leave() {
    [ -z "$stopped" ] || set -- 75 "$@"
    [ "$1" -eq 0 ] || [ "${CODE_IS_SAID:-}" ] || echo "EXIT=$1" >&2
    code=$1
    shift
    rm -f -- "$@"
    exit "$code"
}
