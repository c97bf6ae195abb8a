#include "gossip/alone.h"
#include <stdlib.h>
#include <string.h>

/* In a step of srun without PMIx, MPI_Init ends the process: refuse several tasks, and let a single
 * one start alone. */
static int check_step(struct err *e)
{
    const char *n = getenv("SLURM_STEP_NUM_TASKS");
    n = n ? n : getenv("SLURM_NTASKS");
    if (!getenv("SLURM_STEP_ID"))
        return 0;
    if (n && strcmp(n, "1") != 0)
        return err_set(e,
                       "srun has started %.20s processes without PMIx, and they cannot find each "
                       "other: use mpirun inside the allocation, or srun --mpi=pmix",
                       n);
    return unsetenv("SLURM_STEP_ID");
}

int gossip_prepare_alone(struct err *e)
{
    /* It needs neither networks nor a daemon of Open MPI's, which take 0.3 s to start; without a
     * daemon the session folders of all processes would have the same name, and one would remove
     * another's. */
    setenv("OMPI_MCA_pml", "ob1", 0);
    setenv("OMPI_MCA_ess_singleton_isolated", "1", 0);
    setenv("OMPI_MCA_orte_create_session_dirs", "0", 0);
    return check_step(e);
}
