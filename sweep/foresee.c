#include "sweep/foresee.h"
#include "core/memory.h"
#include "gossip/gossip.h"
#include "sweep/check.h"
#include "sweep/cost.h"
#include "sweep/fit.h"
#include "train/progress.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static void list(const struct sweep *s)
{
    static const char *const word[] = {
        [RUN_ABSENT] = "to run", [RUN_STALE] = "stale, to run", [RUN_DONE] = "finished"};
    for (int i = 0; i < s->x->n_cell; i++)
        if (sweep_is_chosen(s, i))
            printf("%-60s %s\n", s->x->cell[i].dir, word[sweep_state(s, i, NULL)]);
}

/* Warn if n processes with these bytes each need more memory than this machine has.  With a
 * launcher, ranks may be on several machines. */
static void say_memory(double bytes, int n)
{
    double have = memory_available();
    if (gossip_is_launched() || have == 0 || bytes * n <= have)
        return;
    printf("This machine allows %.0f MiB", have / (1 << 20));
    if (have >= bytes)
        printf(", enough for --jobs %.0f", floor(have / bytes));
    printf(".\n");
}

/* Only this process measures. */
static int dry_run(const struct sweep *s, struct err *e)
{
    struct cost_model *model = xcalloc(1, sizeof(*model));
    struct cost c, all = {0, 0};
    char why[WHY_TEXT];
    int n = 0, status = 0;
    progress_label("");
    for (int i = 0; i < s->x->n_cell && status == 0; i++) {
        enum run_state state = sweep_is_chosen(s, i) ? sweep_state(s, i, why) : RUN_DONE;
        if (state == RUN_DONE)
            continue;
        status = cost_of(model, &s->x->cell[i].c, &c, e);
        if (status < 0)
            break;
        printf("%-60s %7.1f min %6.0f MiB%s%s\n", s->x->cell[i].dir, c.seconds / 60,
               c.bytes / (1 << 20), state == RUN_STALE ? "  stale: " : "",
               state == RUN_STALE ? why : "");
        all.seconds += c.seconds, n++;
        all.bytes = c.bytes > all.bytes ? c.bytes : all.bytes;
    }
    free(model);
    if (status < 0)
        return status;
    int n_process = gossip_is_launched() ? s->n_process : fit_count(s, all.bytes);
    printf("%s %s: %d runs to make, %.2f hours in %d process%s, at most %.0f MiB in all\n",
           s->x->name, s->x->index, n, all.seconds / 3600 / n_process, n_process,
           n_process == 1 ? "" : "es", all.bytes * n_process / (1 << 20));
    say_memory(all.bytes, s->n_process);
    if (s->x->tune)
        printf("further runs follow where the best rate of a row is the lowest or highest tried\n");
    return 0;
}

int sweep_foresee(struct sweep *s, enum preview preview, struct err *e)
{
    int launched = gossip_is_launched(), status = 0;
    if (launched)
        s->n_process = gossip_n_rank();
    else
        gossip_start(&(int){0}, &(char **){NULL});
    int first = gossip_is_root();
    gossip_part(1);
    if (first && preview == PREVIEW_COST)
        status = dry_run(s, e);
    else if (first && preview == PREVIEW_CHECK)
        status = sweep_check(s, e);
    else if (first)
        list(s);
    gossip_part(0);
    if (!launched)
        gossip_finish();
    return status;
}
