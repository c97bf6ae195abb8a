#include "sweep/fit.h"
#include "core/interrupt.h"
#include "core/memory.h"
#include "core/message.h"
#include "core/shared.h"
#include "gossip/gossip.h"
#include "sweep/cost.h"
#include "sweep/process.h"
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

int fit_count(const struct sweep *s, double bytes)
{
    double have = memory_available();
    if (!s->may_shrink || have == 0 || bytes * s->n_process <= have)
        return s->n_process;
    return (int)fmax(1, floor(have / bytes));
}

/* Find the most that a missing run takes.  What cannot be opened says so when it is run. */
static int find_most(const struct sweep *s, const void *context)
{
    double *const *most = context, bytes;
    struct cost_model *model = xcalloc(1, sizeof(*model));
    struct err ignored;
    gossip_part(1);
    for (int i = 0; i < s->x->n_cell && !interrupted(); i++)
        if (sweep_is_chosen(s, i) && !sweep_is_done(s, i) &&
            cost_memory(model, &s->x->cell[i].c, &bytes, &ignored) == 0)
            **most = fmax(**most, bytes);
    free(model);
    return 0;
}

int fit_processes(const struct sweep *s)
{
    int fd;
    double *most = s->may_shrink && s->n_process > 1 ? shared_allocate(sizeof(*most), &fd) : NULL;
    if (!most)
        return s->n_process;
    close(fd);
    pid_t child = process_start(find_most, s, &most);
    while (waitpid(child, NULL, WNOHANG) == 0) {
        if (interrupted())
            kill(child, SIGKILL);
        nanosleep(&(struct timespec){.tv_nsec = 5000000}, NULL);
    }
    int n = fit_count(s, *most);
    if (n < s->n_process) {
        fprintf(message_begin(),
                "%s %s: %d at a time instead of %d, because a run takes up to %.0f MiB, and this "
                "machine allows %.0f MiB\n",
                s->x->name, s->x->index, n, s->n_process, *most / (1 << 20),
                memory_available() / (1 << 20));
        message_end();
    }
    shared_release(most, sizeof(*most));
    return n;
}
