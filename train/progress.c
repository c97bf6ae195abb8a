#include "train/progress.h"
#include "core/file.h"
#include "core/message.h"
#include "core/path.h"
#include "core/terminal.h"
#include "core/text.h"
#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *label;
static double last_row, last_step, last_file;

void progress_label(const char *text)
{
    label = text, last_row = seconds_now();
}

/* Seconds of a step in this process; 0 before the first.  Those of the processes that it resumes do
 * not count: they may have been slower, or stopped for hours. */
static double seconds_a_step(const struct run *r)
{
    long made = r->step - r->step_first;
    double begin = r->seconds.start + r->seconds.before;
    return made > 0 ? (seconds_now() - begin) / (double)made : 0;
}

static void print_speed(const struct run *r, FILE *f)
{
    char left[16];
    double train = r->o.seconds_compute + r->o.seconds_mix;
    double done = (double)r->step, todo = (double)(r->n_step - r->step);
    fprintf(f, "  %.0f %s/s  %s left",
            done / (double)r->task.steps_per_epoch * r->task.units_per_epoch / fmax(train, 1e-9),
            r->task.kind->unit, message_duration(left, seconds_a_step(r) * todo));
}

void progress_data(const struct dataset *ds, double bytes)
{
    if (label)
        return;
    FILE *f = message_begin();
    fprintf(f, "%s: %d training and %d test %s, %.0f MiB %s\n", ds->name, ds->train.n, ds->test.n,
            dataset_samples(ds), bytes / (1 << 20), dataset_is_text(ds) ? "a rank" : "a machine");
    message_end();
}

void progress_unshared(void)
{
    FILE *f = message_begin();
    fputs("some ranks cannot read the memory of others on their machine: they hold the images "
          "themselves\n",
          f);
    message_end();
}

/* "learning rate 0.1 to 0.8 over 5 epochs, times 0.1 after epochs 150 and 225 (milestones)" */
static void print_rates(const struct config *c, FILE *f)
{
    const char *unit = config_problem(c) ? "round" : "epoch";
    fprintf(f, "learning rate ");
    if (c->warmup_epochs > 0)
        fprintf(f, "%g to %g over %g %ss", c->lr_start, c->lr, c->warmup_epochs, unit);
    else
        fprintf(f, "%g", c->lr);
    if (strcmp(c->lr_schedule, "steps") != 0)
        fprintf(f, ", then %s", c->lr_schedule);
    else if (c->n_milestone)
        fprintf(f, ", times %g after %ss ", c->lr_decay, unit);
    for (int i = 0; i < c->n_milestone && !strcmp(c->lr_schedule, "steps"); i++)
        fprintf(f, "%s%g",
                i == 0                    ? ""
                : i == c->n_milestone - 1 ? " and "
                                          : ", ",
                c->milestone[i] * (double)c->epochs);
    fputs(c->n_milestone && !strcmp(c->lr_schedule, "steps") ? " (milestones)\n" : "\n", f);
}

static void print_start(const struct run *r, FILE *f)
{
    const struct config *c = &r->c;
    fprintf(f, "%s, %s, n = %ld, ", c->algorithm,
            r->o.algorithm->mixed ? c->topology : "exact averaging", c->workers);
    r->task.kind->describe(&r->task, f);
    fprintf(f, "%zu parameters, %ld steps, %d rank%s, about %.0f MiB a rank; files in %s\n",
            r->task.d, r->n_step, gossip_n_rank(), gossip_n_rank() == 1 ? "" : "s",
            r->memory / (1 << 20), r->place.dir);
    print_rates(c, f);
    if (r->step > 0)
        fprintf(f, "resumed at step %ld\n", r->step);
}

void progress_start(const struct run *r)
{
    FILE *f = message_begin();
    if (r->note[0])
        fprintf(f, "%s%s%s\n", label ? label : "", label ? ": " : "", r->note);
    if (!label)
        print_start(r, f);
    message_end();
}

enum { PROGRESS_TEXT = 128 };
static int file_of(const char *dir, char path[PATH_LENGTH])
{
    struct err ignored;
    return path_print(path, &ignored, "%s/progress", dir);
}

/* Say in the file how far the run is.  No result depends on it, so a failure is no reason to stop.
 * All its versions are equally long, and each is written at once: a reader finds a whole one. */
static void save(const struct run *r)
{
    char path[PATH_LENGTH];
    if (!r->record || seconds_now() - last_file < 2)
        return;
    last_file = seconds_now();
    int fd = file_of(r->place.dir, path) < 0 ? -1 : open(path, O_WRONLY | O_CREAT, 0666);
    if (fd < 0)
        return;
    dprintf(fd, "%20ld %20ld %20.3f\n", r->step, r->n_step, seconds_a_step(r) * (double)r->step);
    close(fd);
}

int progress_read(const char *dir, double *done, double *seconds)
{
    char path[PATH_LENGTH], *text = NULL;
    long step = 0, n_step = 0;
    struct err ignored;
    if (file_of(dir, path) == 0 && file_exists(path))
        text = file_read(path, PROGRESS_TEXT, NULL, &ignored);
    int all = text && sscanf(text, "%ld %ld %lf", &step, &n_step, seconds) == 3;
    free(text);
    if (!all || step < 0 || step >= n_step)
        return -1;
    *done = (double)step / (double)n_step;
    return 0;
}

void progress_remove(const char *dir)
{
    char path[PATH_LENGTH];
    if (file_of(dir, path) == 0)
        unlink(path);
}

/* On a terminal, refresh the live line; elsewhere, as under mpirun, print a line after half a
 * minute of silence. */
void progress_step(const struct run *r)
{
    double pause = terminal_is_there() ? 0.5 : 30;
    struct text text;
    save(r);
    last_row = last_row > 0 ? last_row : seconds_now();
    if (label || seconds_now() - last_step < 0.5 ||
        seconds_now() - fmax(last_step, last_row) < pause)
        return;
    last_step = seconds_now();
    fprintf(text_open(&text), "step %ld/%ld", r->step, r->n_step);
    print_speed(r, text.f);
    char *line = text_close(&text);
    if (terminal_is_there())
        terminal_live(line);
    else
        puts(line), fflush(stdout);
    free(line);
}

static void print_number(FILE *f, const char *name, double v, const char *unit)
{
    if (!isnan(v))
        fprintf(f, "  %s %.4g%s", name, v, unit);
}

/* Rows that come faster than anyone can read are left out, except the last.  With a label, the last
 * row is left out as well, since the sweep reports the end of the run; and on a terminal all rows
 * are, since the sweep has a live line. */
static int is_shown(const struct run *r)
{
    double pause = seconds_now() - last_row;
    int ends = r->step == r->n_step || r->lost;
    int shown = label ? pause >= 30 && !ends && !terminal_is_there() : pause >= 0.1 || ends;
    if (shown)
        last_row = seconds_now();
    return shown;
}

void progress_row(const struct run *r, const struct row *row)
{
    if (!is_shown(r))
        return;
    FILE *f = message_begin();
    if (label)
        fprintf(f, "  %s: ", label);
    fprintf(f, "epoch %g/%ld", row->epoch, r->c.epochs);
    print_number(f, "loss", row->train_loss, "");
    print_number(f, "mean", row->acc_mean, " %");
    print_number(f, "worst", row->acc_worst, " %");
    print_number(f, "average", row->acc_average, " %");
    print_number(f, "own", row->acc_own, " %");
    if (isnan(row->acc_mean))
        print_number(f, "excess", row->test_loss, "");
    print_number(f, "consensus", row->consensus, "");
    print_speed(r, f);
    fprintf(f, "  evaluation %.0f %% of the time\n",
            100 * r->seconds.evaluate / fmax(seconds_now() - r->seconds.start, 1e-9));
    message_end();
}
