/* draw: the lines of the live view. */
#include "core/message.h"
#include "core/terminal.h"
#include "core/text.h"
#include "report/metric.h"
#include "watch/watch.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* A screen.  No line is longer than its width, and no more lines are written than fit. */
struct screen {
    FILE *f;
    int columns, rows, used;
    int name; /* columns of the longest run's name */
};

/* Write a text in n columns; one that is longer is cut, with a mark at its end. */
static void put_cut(FILE *f, const char *text, int n)
{
    int length = text_columns(text);
    if (length <= n)
        fprintf(f, "%s%*s", text, n - length, "");
    else
        fprintf(f, "%.*s…", terminal_fit(text, n - 1), text);
}

/* The same, but cut at its beginning: runs of a table differ most in what they are called last. */
static void put_end(FILE *f, const char *text, int n)
{
    int more = text_columns(text) - n;
    if (more <= 0)
        fprintf(f, "%s%*s", text, -more, "");
    else
        fprintf(f, "…%s", text + terminal_fit(text, more + 1));
}

/* Draw the last n values, scaled to the lowest and the highest of all values. */
static void put_sparkline(FILE *f, const struct watched_run *w, int n)
{
    static const char *const bar[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    double low = INFINITY, high = -INFINITY;
    int first = w->n > n ? w->n - n : 0;
    for (int i = 0; i < w->n; i++)
        low = fmin(low, w->value[i]), high = fmax(high, w->value[i]);
    for (int i = first; i < w->n; i++) {
        double at = high > low ? (w->value[i] - low) / (high - low) : 0.5;
        fputs(bar[(int)(at * 7.999)], f);
    }
    fprintf(f, "%*s", n - (w->n - first), "");
}

static int begin_line(struct screen *s)
{
    return s->used < s->rows ? (s->used++, 1) : 0;
}

static void put_value(FILE *f, int metric, double v)
{
    char text[DIGITS];
    if (isnan(v))
        fprintf(f, "%9s", "");
    else if (!strcmp(columns[metric].unit, "%"))
        fprintf(f, "%7.2f %%", v);
    else
        snprintf(text, sizeof(text), "%.3g", v), fprintf(f, "%9s", text);
}

/* NAME   EPOCH/EPOCHS  SPARKLINE  VALUE  LEFT: all but the name have fixed widths. */
static void put_run(struct screen *s, const struct watched_run *w)
{
    static const char *const state[] = {"", "failed", "stopped"};
    enum { FIXED = 2 + 2 + 11 + 2 + 9 + 2 + 8 };
    int wide = s->columns - FIXED, spark = wide / 3 > 40 ? 40 : wide / 3;
    int name = s->name < wide - spark - 2 ? s->name : wide - spark - 2;
    char text[64], left[16];
    if (!begin_line(s))
        return;
    fputs("  ", s->f);
    put_end(s->f, w->name, name);
    if (w->state == WATCHED_FAILED && *w->why) {
        fputs("  failed: ", s->f);
        put_cut(s->f, w->why, s->columns - name - 12);
        fputs("\n", s->f);
        return;
    }
    snprintf(text, sizeof(text), "%.4g/%.4g", w->epoch, w->epochs);
    fprintf(s->f, "  %11s  ", w->epoch > 0 && !isnan(w->epochs) ? text : "starting");
    put_sparkline(s->f, w, spark);
    put_value(s->f, w->metric, w->n ? w->value[w->n - 1] : NAN);
    fprintf(s->f, "  %8s\n",
            w->state == WATCHED_RUNNING ? message_duration(left, w->left) : state[w->state]);
}

static void put_tier(struct screen *s, const struct watched_tier *t)
{
    int done = t->n_state[WATCHED_DONE];
    char text[128], left[16];
    if (!begin_line(s))
        return;
    put_cut(s->f, t->name, 28);
    fputs(" ", s->f);
    message_bar(s->f, t->n_run ? (double)done / t->n_run : 1, 16);
    fprintf(s->f, " %4d/%-4d", done, t->n_run);
    put_value(s->f, t->metric, t->best);
    if (t->n_state[WATCHED_FAILED])
        snprintf(text, sizeof(text), "%d failed", t->n_state[WATCHED_FAILED]);
    else
        snprintf(text, sizeof(text), "%s%s", message_duration(left, t->left),
                 isnan(t->left) ? "" : " left");
    fprintf(s->f, "  %s\n", text);
    for (int i = 0; i < t->n_shown; i++)
        put_run(s, &t->run[i]);
}

/* The first line: how many runs are in which state. */
static void put_totals(struct screen *s, const struct watched *w)
{
    char clock[16];
    time_t now = time(NULL);
    int n[WATCHED_DONE + 1] = {0};
    for (int i = 0; i < w->n; i++)
        for (int k = 0; k <= WATCHED_DONE; k++)
            n[k] += w->tier[i].n_state[k];
    strftime(clock, sizeof(clock), "%H:%M:%S", localtime(&now));
    if (begin_line(s))
        fprintf(s->f, "%s  %d running, %d to run, %d done, %d failed\n", clock, n[WATCHED_RUNNING],
                n[WATCHED_OPEN] + n[WATCHED_INTERRUPTED], n[WATCHED_DONE], n[WATCHED_FAILED]);
}

void watch_draw(const struct watched *w, int width, int height, FILE *f)
{
    struct screen s = {.f = f, .columns = width < 60 ? 60 : width, .rows = height - 1};
    int lines = 1;
    for (int i = 0; i < w->n; i++) {
        lines += 1 + w->tier[i].n_shown;
        for (int k = 0; k < w->tier[i].n_shown; k++)
            if (text_columns(w->tier[i].run[k].name) > s.name)
                s.name = text_columns(w->tier[i].run[k].name);
    }
    put_totals(&s, w);
    for (int i = 0; i < w->n; i++)
        put_tier(&s, &w->tier[i]);
    if (w->n == 0)
        fputs("no experiment has runs here\n", f);
    else if (lines > s.used)
        fprintf(f, "… and %d more lines\n", lines - s.used);
}
