#include "train/schedule.h"
#include "core/csv.h"
#include "core/file.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* 0.55 of 100 epochs is 55.00000000000001 in floating point, but 55 is meant. */
static int has_come(double epoch, double e)
{
    return e * (1 + 1e-12) >= epoch;
}

const char *schedule_file(const char *name)
{
    return strncmp(name, "file:", 5) ? NULL : name + 5;
}

static int is_cosine(const struct config *c)
{
    return !strcmp(c->lr_schedule, "cosine");
}

/* The field as a number from 0 to most. */
static int read_number(const struct csv *csv, const struct csv_field *f, double most, double *v,
                       struct err *e)
{
    char word[32], *end;
    snprintf(word, sizeof(word), "%.*s", (int)f->n, f->text);
    *v = strtod(word, &end);
    if (f->n < sizeof(word) && end != word && !end[strspn(end, " ")] && *v >= 0 && *v <= most)
        return 0;
    return csv_refuse(csv, f->at, e, "'%s' is not a number from 0 to %g", word, most);
}

static int add_row(struct schedule *s, const struct csv *csv, const struct csv_field *field,
                   const int *at, struct err *e)
{
    double *epoch = &s->epoch[s->n], *factor = &s->factor[s->n];
    if (read_number(csv, &field[at[0]], 1e6, epoch, e) < 0 ||
        read_number(csv, &field[at[1]], 1e6, factor, e) < 0)
        return -1;
    if (s->n == 0 ? *epoch != 0 : *epoch <= epoch[-1])
        return csv_refuse(csv, field[at[0]].at, e,
                          "epochs must begin with 0 and ascend, but here is %g", *epoch);
    s->n++;
    return 0;
}

static int read_rows(struct schedule *s, struct csv *csv, struct err *e)
{
    enum { MAX_COLUMN = 8 };
    static const char *const epoch[] = {"epoch", NULL}, *const factor[] = {"factor", NULL};
    struct csv_field field[MAX_COLUMN];
    int n = csv_any_row(csv, MAX_COLUMN, field, e), more = 1;
    if (n < 0)
        return -1;
    int known = n <= MAX_COLUMN ? n : 0;
    const int at[] = {csv_find(field, known, epoch), csv_find(field, known, factor)};
    if (at[0] < 0 || at[1] < 0)
        return err_set(e, "%s: row 1 is not \"epoch,factor\", the heading", csv->path);
    while (more > 0 && (more = csv_row(csv, n, field, e)) > 0)
        more = add_row(s, csv, field, at, e) < 0 ? -1 : 1;
    if (more == 0 && s->n == 0)
        return err_set(e, "%s: has no row after the heading, as 0,1", csv->path);
    return more;
}

static int read_file(struct schedule *s, const char *path, struct err *e)
{
    enum { LIMIT = 1 << 26, SHORTEST_ROW = 4 };
    size_t size;
    char *text = file_read_text(path, LIMIT, &size, e);
    if (!text)
        return -1;
    s->epoch = xcalloc(size / SHORTEST_ROW + 1, sizeof(double));
    s->factor = xcalloc(size / SHORTEST_ROW + 1, sizeof(double));
    int status = read_rows(s, &(struct csv){.path = path, .bytes = text, .n = size}, e);
    free(text);
    return status;
}

int schedule_open(struct schedule *s, const struct config *c, struct err *e)
{
    const char *path = schedule_file(c->lr_schedule);
    *s = (struct schedule){.c = c};
    if (!path && !is_cosine(c) && strcmp(c->lr_schedule, "steps") != 0)
        return err_usage(e, "lr_schedule is '%.60s', but must be steps, cosine or file:PATH",
                         c->lr_schedule);
    if (is_cosine(c) && c->lr_min > c->lr)
        return err_usage(e, "lr_min is %g, but must not be above lr, which is %g", c->lr_min,
                         c->lr);
    if (!path || read_file(s, path, e) == 0)
        return 0;
    schedule_close(s);
    return -1;
}

void schedule_close(struct schedule *s)
{
    free(s->epoch), free(s->factor);
    memset(s, 0, sizeof(*s));
}

static double cosine(const struct config *c, double e)
{
    double length = (double)c->epochs - c->warmup_epochs, at = e - c->warmup_epochs;
    return c->lr_min + (c->lr - c->lr_min) * (1 + cos(acos(-1) * fmin(at / length, 1))) / 2;
}

/* The factor in the last row whose epoch has come. */
static double factor_at(const struct schedule *s, double e)
{
    int from = 0, to = s->n;
    while (to - from > 1) {
        int middle = from + (to - from) / 2;
        if (has_come(s->epoch[middle], e))
            from = middle;
        else
            to = middle;
    }
    return s->factor[from];
}

double schedule_lr(const struct schedule *s, long step, long steps_per_epoch)
{
    const struct config *c = s->c;
    double e = (double)step / (double)steps_per_epoch, lr = c->lr;
    if (e < c->warmup_epochs)
        lr = c->lr_start + (c->lr - c->lr_start) * e / c->warmup_epochs;
    else if (is_cosine(c))
        lr = cosine(c, e);
    if (s->n > 0)
        return lr * factor_at(s, e);
    for (int i = 0; i < c->n_milestone && !is_cosine(c); i++)
        if (has_come(c->milestone[i] * (double)c->epochs, e))
            lr *= c->lr_decay;
    return lr;
}
