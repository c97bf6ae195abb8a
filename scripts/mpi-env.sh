# shellcheck shell=sh
# Settings for Open MPI on one machine, as root, and with more ranks than cores.  To be sourced.
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
export OMPI_MCA_rmaps_base_oversubscribe=1
export OMPI_MCA_hwloc_base_binding_policy=none
# A rank that waits lets others have its core.  Where other programs run, too, two ranks on two cores
# otherwise take ten times as long, or more.
export OMPI_MCA_mpi_yield_when_idle="${OMPI_MCA_mpi_yield_when_idle:-1}"
# Containers often forbid the system call behind single-copy messages.
export OMPI_MCA_btl_vader_single_copy_mechanism=none
# Ctrl-C on mpirun itself: the ranks get SIGTERM after this many seconds and SIGKILL after the same
# time again, which must suffice for a step and a checkpoint; a run that fails may wait as long.
# mpirun passes SIGUSR1 on at once instead.
export OMPI_MCA_odls_base_sigkill_timeout="${OMPI_MCA_odls_base_sigkill_timeout:-3}"
