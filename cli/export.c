#include "cli/cli.h"
#include "cli/model.h"
#include "gossip/gossip.h"
#include "sweep/source.h"
#include "train/model_save.h"

static int export_main(const struct arguments *a, struct err *e)
{
    const char *checkpoint = arguments_value(a, "checkpoint"), *out = arguments_value(a, "out");
    struct model_file m = {.manifest = NULL};
    int which, status = 0;
    if (!a->operand[0] == !checkpoint)
        status = err_usage(e, "export takes either a run's folder or a checkpoint");
    if (status == 0)
        status = model_which(arguments_value(a, "worker"), &which, e);
    if (status == 0)
        status = model_open_source(&m, checkpoint ? checkpoint : a->operand[0], e);
    status = gossip_agree(status, e);
    if (status == 0)
        status = gossip_agree(gossip_is_root() ? model_file_export(&m, which, out, e) : 0, e);
    model_file_close(&m);
    return status;
}

const struct verb verb_export = {
    .name = "export",
    .about = "a run's parameters as a file for PyTorch or NumPy",
    .operand = "[RUN]",
    .option =
        (const struct option[]){
            {"out", "FILE", NULL, "write FILE, whose name ends in .npz or .safetensors", REQUIRED},
            {"worker", "WORKER", NULL,
             "a worker's model, by its number from 0, or average (the default), or all"},

            {"checkpoint", "FILE", NULL, "read a checkpoint, in place of a run's folder"},
            {NULL}},
    .help = "RUN is the folder of a run with the key save_model, or one that has a checkpoint. A "
            "file of parameters in its place is written in the other format. Names and shapes are "
            "PyTorch's; docs/exchange.md describes the files.",
    .mpi = MPI,
    .main = export_main,
    .example = "export results/runs/single/RUN --out model.safetensors"};
