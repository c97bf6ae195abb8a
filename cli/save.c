#include "cli/cli.h"
#include "core/file.h"
#include <stdlib.h>

FILE *save_open(struct save *s, const char *experiment, const char *tier, const char *ending)
{
    snprintf(s->path, sizeof(s->path), "results/tables/%.64s-%.32s%s", experiment, tier, ending);
    s->text = NULL, s->n = 0;
    return s->f = open_memstream(&s->text, &s->n);
}

int save_close(struct save *s, struct err *e)
{
    fclose(s->f);
    int status = dir_make("results/tables", e);
    if (status == 0)
        status = file_replace(s->path, s->text, s->n, e);
    free(s->text);
    return status;
}
