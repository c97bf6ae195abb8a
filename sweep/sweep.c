#include "sweep/sweep.h"
#include "core/file.h"
#include "core/interrupt.h"
#include "core/message.h"
#include "core/path.h"
#include "core/terminal.h"
#include "gossip/gossip.h"
#include "sweep/claim.h"
#include "sweep/fit.h"
#include "sweep/live.h"
#include "sweep/order.h"
#include "sweep/process.h"
#include "train/checkpoint.h"
#include "train/progress.h"
#include <errno.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

int sweep_set_folder(struct sweep *s, const char *runs, struct err *e)
{
    char dir[PATH_LENGTH];
    if (path_print(dir, e, "%s/%s", runs, s->x->name) < 0)
        return -1;
    return path_copy(s->runs, sizeof(s->runs), runs, e) < 0
               ? -1
               : path_copy(s->dir, sizeof(s->dir), dir, e);
}

void sweep_place(const struct sweep *s, int i, char dir[RUN_PATH])
{
    snprintf(dir, RUN_PATH, "%s/%s", s->dir, s->x->cell[i].dir);
}

int sweep_is_chosen(const struct sweep *s, int i)
{
    return !s->chosen || s->chosen[i];
}

enum run_state sweep_state(const struct sweep *s, int i, char why[WHY_TEXT])
{
    const struct config *c = &s->x->cell[i].c;
    char dir[RUN_PATH], hash[HASH_TEXT];
    struct err e;
    sweep_place(s, i, dir);
    return config_hash(c, hash, &e) == 0 ? identity_state(dir, c, hash, why) : RUN_ABSENT;
}

int sweep_is_done(const struct sweep *s, int i)
{
    return sweep_state(s, i, NULL) == RUN_DONE;
}

double sweep_left(const struct sweep *s, int i)
{
    char dir[RUN_PATH];
    double done, seconds;
    if (sweep_is_done(s, i))
        return 0;
    sweep_place(s, i, dir);
    int is_begun = claim_is_held(dir) || checkpoint_is_in(dir); /* else it will begin anew */
    return is_begun && progress_read(dir, &done, &seconds) == 0 ? 1 - done : 1;
}

static int count_chosen(const struct sweep *s)
{
    int n = 0;
    for (int i = 0; i < s->x->n_cell; i++)
        n += sweep_is_chosen(s, i);
    return n;
}

static int count_done(const struct sweep *s)
{
    int n = 0;
    for (int i = 0; i < s->x->n_cell; i++)
        n += sweep_is_chosen(s, i) && sweep_is_done(s, i);
    return n;
}

static void nap(void)
{
    nanosleep(&(struct timespec){.tv_nsec = 50000000}, NULL);
}

/* --- one process ------------------------------------------------------------------------------ */

/* What a claim says while a run is being made, and keeps saying if the process dies.  A run at
 * which MOST_DEAD processes have died is not tried again by the same sweep. */
static const char died[] = "%d processes died while making it";
enum { MOST_DEAD = 3 };

/* The state of one process of a sweep. */
struct process {
    const struct sweep *s;
    char id[SWEEP_ID];        /* the sweep's id, the same in all its processes */
    double begin, told, made; /* made: the work of the runs it has made (sweep/order.h) */
};

/* The work that is still to be done. */
static double work_left(const struct sweep *s)
{
    double work = 0;
    for (int i = 0; i < s->x->n_cell; i++)
        if (sweep_is_chosen(s, i))
            work += sweep_left(s, i) * order_work(&s->x->cell[i].c);
    return work;
}

static int count_held(const struct sweep *s)
{
    char dir[RUN_PATH];
    int n = 0;
    for (int i = 0; i < s->x->n_cell; i++) {
        sweep_place(s, i, dir);
        n += sweep_is_chosen(s, i) && claim_is_held(dir);
    }
    return n;
}

/* Print how far the sweep is.  On a terminal, the live line shows it instead. */
static void print_state(const struct process *p, FILE *f)
{
    const struct sweep *s = p->s;
    int n = count_chosen(s), done = count_done(s);
    double minutes =
        (seconds_now() - p->begin) / fmax(p->made, 1) * work_left(s) / s->n_process / 60;
    fprintf(f, "[%s %s: %d of %d done, %d running, ", s->x->name, s->x->index, done, n,
            count_held(s));
    fprintf(f, minutes < 1 ? "less than a minute left" : "about %.0f min left", ceil(minutes));
    fprintf(f, "] ");
}

/* Print a line for people when a run has ended, at most one per second; on a terminal, only if the
 * run has not finished. */
static void tell(struct process *p, int i, int status, double seconds)
{
    const struct cell *cell = &p->s->x->cell[i];
    int has_line = terminal_is_there();
    p->made += order_work(&cell->c);
    if (has_line ? status == RUN_FINISHED : seconds_now() - p->told < 1)
        return;
    p->told = seconds_now();
    FILE *f = message_begin();
    if (!has_line)
        print_state(p, f);
    fprintf(f, "%s, seed %ld: %s, %.0f s\n", cell->name, cell->c.seed,
            status < 0 ? "failed" : run_status_name((enum run_status)status), seconds);
    message_end();
}

/* Train one run to its end.  Returns its status, or -1 with a sentence. */
static int make(const struct process *p, int i, const char *dir, struct err *e)
{
    const struct experiment *x = p->s->x;
    const struct cell *cell = &x->cell[i];
    struct run_place place = {.experiment = x->name, .tier = x->index, .cell = cell->name};
    struct run r;
    snprintf(place.dir, RUN_PATH, "%s", dir);
    int adopted = sweep_adopt(p->s, i, e);
    if (adopted)
        return adopted < 0 ? -1 : RUN_FINISHED;
    progress_label(cell->dir);
    if (run_open(&r, &cell->c, &place, START_RESUME_OR_ANEW, e) < 0)
        return -1;
    int status = run_train(&r, e);
    run_close(&r);
    return status;
}

/* Make run i unless another process has it; RUN_INTERRUPTED if this process was asked to stop. */
static int attempt(struct process *p, int i, int wait)
{
    char dir[RUN_PATH], why[CLAIM_TEXT];
    struct claim claim;
    struct err e;
    int mine, n_dead = 0;
    sweep_place(p->s, i, dir);
    if (!sweep_is_chosen(p->s, i) || sweep_is_done(p->s, i))
        return RUN_FINISHED;
    if (interrupted())
        return RUN_INTERRUPTED;
    while ((mine = claim_take(&claim, dir, &e)) == 0 && wait && !interrupted())
        nap();
    if (mine < 0)
        die("%s", e.text);
    if (!mine)
        return interrupted() ? RUN_INTERRUPTED : RUN_FINISHED;
    if (sweep_is_done(p->s, i)) {
        claim_drop(&claim, 1);
        return RUN_FINISHED;
    }
    if (!strcmp(claim.tried_by, p->id) && /* a process of this sweep failed at it */
        (sscanf(claim.why, died, &n_dead) != 1 || n_dead >= MOST_DEAD)) {
        claim_drop(&claim, 0);
        return RUN_FINISHED;
    }
    double begin = seconds_now();
    snprintf(why, sizeof(why), died, n_dead + 1);
    claim_note(&claim, p->id, why);
    FILE *f = message_begin();
    if (n_dead)
        fprintf(f, "%s: the process that made it died; trying again\n", p->s->x->cell[i].dir);
    message_end();
    int status = make(p, i, dir, &e);
    if (status < 0)
        claim_note(&claim, p->id, e.text);
    if (status == RUN_INTERRUPTED)
        claim_note(&claim, "", "");
    claim_drop(&claim, status == RUN_FINISHED || status == RUN_DIVERGED);
    if (status != RUN_INTERRUPTED)
        tell(p, i, status, seconds_now() - begin);
    return status;
}

/* Make all runs that no process has claimed, the longest first; then wait for the others, in case
 * their processes do not finish them. */
static int work(const struct sweep *s, const void *id)
{
    struct process p = {.s = s, .begin = seconds_now()};
    int *order = order_longest_first(s->x), status = RUN_FINISHED;
    snprintf(p.id, sizeof(p.id), "%s", (const char *)id);
    for (int wait = 0; wait < 2; wait++)
        for (int k = 0; k < s->x->n_cell && status != RUN_INTERRUPTED; k++)
            status = attempt(&p, order[k], wait);
    free(order);
    return status == RUN_INTERRUPTED ? SWEEP_INTERRUPTED : SWEEP_DONE;
}

/* --- several processes ------------------------------------------------------------------------ */

/* Start the processes, replace those that are killed, and wait for all of them.  If this process or
 * one of them is interrupted, interrupt all. */
static int work_here(const struct sweep *s, const char *id)
{
    pid_t *child = xcalloc((size_t)s->n_process, sizeof(*child));
    int spare = MOST_DEAD * count_chosen(s), stop = 0, status;
    struct live live;
    live_begin(&live, s);
    for (int k = 0; k < s->n_process; k++)
        child[k] = process_start(work, s, id);
    for (int left = s->n_process; left > 0; nap()) {
        live_draw(&live);
        stop = stop || interrupted();
        for (int k = 0; k < s->n_process; k++) {
            if (stop && child[k])
                kill(child[k], SIGTERM);
            if (!child[k] || waitpid(child[k], &status, WNOHANG) == 0)
                continue;
            stop = stop || (WIFEXITED(status) && WEXITSTATUS(status) == SWEEP_INTERRUPTED);
            int again = !stop && WIFSIGNALED(status) && spare-- > 0;
            child[k] = again ? process_start(work, s, id) : 0;
            left -= !again;
        }
    }
    live_end(&live);
    free(child);
    return stop ? SWEEP_INTERRUPTED : SWEEP_DONE;
}

/* Each rank makes runs of its own. */
static int work_ranks(struct sweep *s, char id[SWEEP_ID])
{
    s->n_process = gossip_n_rank();
    gossip_share(id, SWEEP_ID);
    gossip_part(1);
    int status = work(s, id);
    gossip_part(0);
    return gossip_any(status == SWEEP_INTERRUPTED) ? SWEEP_INTERRUPTED : status;
}

static int report(const struct sweep *s, int before)
{
    char dir[RUN_PATH], tried_by[SWEEP_ID], why[CLAIM_TEXT];
    int n = count_chosen(s), done = count_done(s);
    FILE *f = message_begin();
    for (int i = 0; i < s->x->n_cell; i++) {
        if (!sweep_is_chosen(s, i))
            continue;
        sweep_place(s, i, dir);
        if (sweep_is_done(s, i)) {
            claim_tidy(dir);
            continue;
        }
        claim_read(dir, tried_by, why);
        fprintf(f, "failed: %s: %s\n", s->x->cell[i].dir, why[0] ? why : "it was not made");
    }
    fprintf(f, "%s %s: %d runs: %d run now, %d finished before, %d failed\n", s->x->name,
            s->x->index, n, done - before, before, n - done);
    message_end();
    return done < n ? SWEEP_FAILED : SWEEP_DONE;
}

/* Compute the SHA-256 of the data files once, before several processes need it. */
static void sum_data(const struct sweep *s)
{
    struct identity *id = xcalloc(1, sizeof(*id));
    struct err ignored; /* the run will report it */
    for (int i = 0; i < s->x->n_cell; i++)
        if (sweep_is_chosen(s, i))
            identity_of(id, &s->x->cell[i].c, "", &ignored);
    free(id);
}

/* Write the index.  Collective. */
static int write_index(const struct sweep *s, struct err *e)
{
    int status = 0;
    if (!gossip_is_launched() || gossip_is_root())
        status = dir_make(s->dir, e) < 0 ? -1 : experiment_write_index(s->x, s->dir, e);
    return gossip_is_launched() ? gossip_agree(status, e) : status;
}

int sweep_all(struct sweep *s, struct err *e)
{
    char id[SWEEP_ID];
    int before = count_done(s), left = count_chosen(s) - before, status = SWEEP_DONE;
    if (write_index(s, e) < 0)
        return -1;
    snprintf(id, sizeof(id), "%ld-%ld", (long)getpid(), (long)time(NULL));
    if (!gossip_is_launched() || gossip_is_root())
        sum_data(s);
    interrupt_catch();
    if (gossip_is_launched()) {
        status = work_ranks(s, id);
    } else if (left > 0) {
        s->n_process = s->n_process < left ? s->n_process : left;
        s->n_process = fit_processes(s);
        status = work_here(s, id);
    }
    if (status == SWEEP_INTERRUPTED)
        err_set(e, "interrupted; the same command continues from here");
    else if (!gossip_is_launched() || gossip_is_root())
        status = report(s, before);
    return status;
}
