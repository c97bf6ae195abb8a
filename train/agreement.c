#include "train/agreement.h"
#include "core/build.h"
#include "gossip/gossip.h"
#include "nn/blas.h"
#include "nn/kernels/kernels.h"
#include <string.h>

/* Two keys that do not affect results must agree as well, because all ranks act on them
 * together. */
static int agree_on_keys(const struct config *c, struct err *e)
{
    char value[CONFIG_VALUE];
    const char *key;
    for (int i = 0; (key = config_key(i)); i++)
        if ((config_counts(c, i) || !strcmp(key, "checkpoint_every") ||
             !strcmp(key, "save_model")) &&
            gossip_same(key, config_value(c, i, value, sizeof(value)),
                        "start all ranks with the same configuration", e) < 0)
            return -1;
    return 0;
}

int agree_on_config(const struct config *c, const char hash[HASH_TEXT], struct err *e)
{
    return agree_on_keys(c, e) < 0
               ? -1
               : gossip_same("the hash of the configuration", hash,
                             "give all hosts the same graph and partition files", e);
}

int agree_on_settings(const struct run *r, struct err *e)
{
    const char *const made[] = {build.variant, build.compiler, build.flags};
    if (agree_on_config(&r->c, r->hash, e) < 0)
        return -1;
    for (size_t i = 0; i < LENGTH(made); i++)
        if (gossip_same("the build of the program", made[i], "start one program on all hosts", e) <
            0)
            return -1;
    if (config_problem(&r->c)) /* uses neither kernels nor BLAS */
        return 0;
    if (gossip_same("the set of kernels", kernels->name,
                    "set GOSSIPBENCH_KERNELS for all ranks to one that all processors have "
                    "(mpirun -x GOSSIPBENCH_KERNELS=avx2)",
                    e) < 0)
        return -1;
    return gossip_same("BLAS", blas_describe(),
                       "install the same OpenBLAS on all hosts, and set OPENBLAS_CORETYPE for all "
                       "ranks (mpirun -x OPENBLAS_CORETYPE=Haswell)",
                       e);
}

int agree_on_identity(const struct run *r, struct err *e)
{
    char code[HASH_TEXT], data[HASH_TEXT];
    identity_code(&r->identity, code), identity_data(&r->identity, data);
    return gossip_same("the hash of the code", code, "start one program on all hosts", e) < 0
               ? -1
               : gossip_same("the hash of the data files", data,
                             "`gossipbench data check` says on which host they are damaged", e);
}
