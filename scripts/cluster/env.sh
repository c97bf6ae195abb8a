# Settings and a function for jobs on a cluster.  To be sourced, from the folder of the checkout.
# shellcheck shell=sh
. scripts/signals.sh
# Different processors round alike only with the same kernel set and the same core of OpenBLAS.
export GOSSIPBENCH_KERNELS="${GOSSIPBENCH_KERNELS:-avx2}"
export OPENBLAS_CORETYPE="${OPENBLAS_CORETYPE:-Haswell}"
# Without these, a host that no longer answers is noticed only after many minutes: ask after 10
# seconds of silence, every 5 seconds, at most 4 times.
export OMPI_MCA_oob_tcp_keepalive_time=10 OMPI_MCA_oob_tcp_keepalive_intvl=5
export OMPI_MCA_oob_tcp_keepalive_probes=4

# until_limit SIGNAL COMMAND...: run the command, and pass SIGNAL on to it when Slurm says that the
# time limit is near (--signal=B:USR1@SECONDS).  If it then exits with 75, interrupted and
# resumable, the job goes back into the queue.
until_limit() {
    pass_on "$1"
    shift
    "$@" &
    child=$!
    wait_for $child
    [ $code -ne 75 ] || scontrol requeue "$SLURM_JOB_ID"
    return $code
}
