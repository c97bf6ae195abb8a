#include "sweep/source.h"
#include "core/file.h"
#include "gossip/gossip.h"
#include "sweep/config_file.h"
#include "train/model_save.h"

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

int model_open_source(struct model_file *m, const char *from, struct err *e)
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
        return err_set(
            e, "%s: has neither %s, which a run with \"save_model\": true leaves, nor a checkpoint",
            from, model_name);
    return open_checkpoint(m, from, e);
}
