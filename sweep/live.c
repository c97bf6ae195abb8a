#include "sweep/live.h"
#include "core/json.h"
#include "core/message.h"
#include "core/terminal.h"
#include "core/text.h"
#include "sweep/claim.h"
#include "sweep/order.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The last mean accuracy of a finished run; NAN if it has none or has diverged. */
static double accuracy_of(const char *dir)
{
    char path[RUN_FILE];
    struct err ignored;
    snprintf(path, sizeof(path), "%s/manifest.json", dir);
    cJSON *o = json_read(path, 0, &ignored), *results = cJSON_GetObjectItem(o, "results");
    const cJSON *accuracy = cJSON_GetObjectItem(results, columns[COLUMN_acc_mean].key);
    double v = cJSON_GetNumberValue(cJSON_GetObjectItem(accuracy, "last"));
    v = strcmp(json_field(o, "status"), "finished") != 0 ? NAN : v;
    cJSON_Delete(o);
    return v;
}

/* Find the runs that have finished since the last call.  Returns the work that is left; *held gets
 * the number of runs under way. */
static double look(struct live *l, int *held)
{
    char dir[RUN_PATH];
    double left = 0;
    *held = 0;
    for (int i = 0; i < l->s->x->n_cell; i++) {
        if (!sweep_is_chosen(l->s, i) || l->done[i])
            continue;
        double part = sweep_left(l->s, i);
        sweep_place(l->s, i, dir), l->done[i] = part == 0;
        if (!l->done[i]) {
            *held += claim_is_held(dir), left += part * order_work(&l->s->x->cell[i].c);
            continue;
        }
        l->n_done++;
        double v = accuracy_of(dir);
        if (v > l->best || isnan(l->best))
            l->best = v, l->best_run = i;
    }
    return left;
}

static char *line_of(const struct live *l, double work_left, int held, int is_named)
{
    char left[16];
    struct text text;
    FILE *f = text_open(&text);
    const struct cell *best = &l->s->x->cell[l->best_run];
    message_bar(f, (double)l->n_done / l->n, 10);
    fprintf(f, " %d/%d done, %d running", l->n_done, l->n, held);
    double made = l->work - work_left;
    if (made > 0)
        fprintf(f, ", %s left",
                message_duration(left, (seconds_now() - l->begin) / made * work_left));
    if (!isnan(l->best))
        fprintf(f, ", best %.2f %%", l->best);
    if (!isnan(l->best) && is_named)
        fprintf(f, ": %s-s%ld", best->name, best->c.seed);
    return text_close(&text);
}

void live_draw(struct live *l)
{
    int held;
    double now = seconds_now();
    if (!terminal_is_there() || now < l->next)
        return;
    double left = look(l, &held);
    l->work = isnan(l->work) ? left : l->work;
    char *line = line_of(l, left, held, 0), *named = line_of(l, left, held, 1);
    terminal_live(text_columns(named) < terminal_columns() ? named : line);
    free(line), free(named);
    l->next = seconds_now() + fmax(0.5, 19 * (seconds_now() - now));
}

void live_begin(struct live *l, const struct sweep *s)
{
    *l = (struct live){.s = s, .best = NAN, .next = -INFINITY, .work = NAN};
    l->done = xcalloc((size_t)s->x->n_cell, 1);
    for (int i = 0; i < s->x->n_cell; i++)
        l->n += sweep_is_chosen(s, i);
    live_draw(l);
    l->begin = seconds_now();
}

void live_end(struct live *l)
{
    terminal_clear(stdout);
    free(l->done);
}
