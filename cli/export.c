#include "cli/cli.h"
#include "cli/model.h"
#include "core/file.h"
#include "gossip/gossip.h"
#include "sweep/config_file.h"
#include "train/model_save.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int open_checkpoint(struct model_file *m, const char *path, struct err *e)
{
    struct checkpoint_file s = {.f = NULL};
    struct config c;
    config_default(&c);
    int status = path_copy(s.path, sizeof(s.path), path, e);
    if (status == 0)
        status = checkpoint_open(&s, e);
    if (status == 0 && !s.manifest)
        status = err_set(e, "%s: was written by another version of the program", path);
    if (status == 0)
        status = config_set_object(&c, path, "the configuration",
                                   cJSON_GetObjectItem(s.manifest, "config"), e);
    if (gossip_agree(status, e) == 0)
        status = model_open_checkpoint(m, &s, &c, e);
    checkpoint_close(&s);
    return status;
}

/* What the path names: a file of parameters, a checkpoint, or a run's folder with one of them. */
static int open_source(struct model_file *m, const char *from, struct err *e)
{
    char model[PATH_LENGTH], checkpoint[PATH_LENGTH];
    if (model_file_is(from))
        return model_file_open(m, from, e);
    if (path_print(model, e, "%s/%s", from, model_name) < 0 ||
        path_print(checkpoint, e, "%s/checkpoint", from) < 0)
        return -1;
    if (file_exists(model))
        return model_file_open(m, model, e);
    if (file_exists(checkpoint))
        return open_checkpoint(m, checkpoint, e);
    if (path_print(model, e, "%s/.", from) == 0 && file_exists(model))
        return err_set(e,
                       "%s: has neither %s, which a run with \"save_model\": true leaves, nor a "
                       "checkpoint",
                       from, model_name);
    return open_checkpoint(m, from, e);
}

static int export_main(const struct arguments *a)
{
    const char *checkpoint = arguments_value(a, "checkpoint"), *out = arguments_value(a, "out");
    struct model_file m = {.manifest = NULL};
    struct err e;
    int which, status = 0;
    if (!a->operand[0] == !checkpoint)
        status = err_usage(&e, "export takes either a run's folder or a checkpoint");
    if (status == 0)
        status = model_which(arguments_value(a, "worker"), &which, &e);
    if (status == 0)
        status = open_source(&m, checkpoint ? checkpoint : a->operand[0], &e);
    status = gossip_agree(status, &e);
    if (status == 0)
        status = gossip_agree(gossip_is_root() ? model_file_export(&m, which, out, &e) : 0, &e);
    model_file_close(&m);
    return status < 0 ? fail(&e) : EXIT_DONE;
}

const struct verb verb_export = {
    .name = "export",
    .about = "a run's parameters as a file for PyTorch or NumPy",
    .operand = "[RUN]",
    .option =
        (const struct option[]){
            {"out", "FILE", NULL, "write FILE, whose name ends in .npz or .safetensors", REQUIRED},
            {"worker", "WORKER", NULL,
             "the model of a worker, by its number from 0, of average (the default), or of all"},
            {"checkpoint", "FILE", NULL, "read a checkpoint, in place of a run's folder"},
            {NULL}},
    .help = "RUN is the folder of a run with the key save_model, or one that has a checkpoint. A "
            "file of parameters in its place is written in the other format. Names and shapes are "
            "PyTorch's; docs/exchange.md describes the files.",
    .mpi = MPI,
    .main = export_main,
    .example = "export results/runs/single/RUN --out model.safetensors"};
