#include "report/section.h"
#include "core/file.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PATH = 1200, FILE_LIMIT = 1 << 24 };

/* Copy up to a sign or the end of the line. */
static void copy_until(char to[SECTION_TEXT], const char *from, const char *signs)
{
    snprintf(to, SECTION_TEXT, "%.*s", (int)strcspn(from, signs), from);
}

/* What the line VERDICT=... says, wherever it stands. */
static void read_outcome(struct section *s, const char *text)
{
    const char *line = strstr(text, "VERDICT=");
    if (!line)
        return;
    copy_until(s->outcome, line + strlen("VERDICT="), " \n");
    const char *data = strstr(line, " data="), *runs = strstr(line, " runs=");
    if (data)
        copy_until(s->data, data + strlen(" data="), " \n");
    if (runs)
        copy_until(s->runs, runs + strlen(" runs="), " \n");
}

/* The first line: "Title (experiment, tier quick)". */
static int read_title(struct section *s, const char *path, struct err *e)
{
    size_t n = strcspn(s->table, "\n");
    char *line = s->title = xcalloc(n + 1, 1);
    memcpy(line, s->table, n);
    char *open = strrchr(line, '('), *comma = open ? strstr(open, ", tier ") : NULL;
    if (!comma || line[n - 1] != ')')
        return err_set(e, "%s: does not begin with a line 'TITLE (EXPERIMENT, tier TIER)'", path);
    copy_until(s->experiment, open + 1, ",");
    copy_until(s->tier, comma + strlen(", tier "), ")");
    while (open > line && open[-1] == ' ')
        open--;
    *open = '\0';
    return 0;
}

/* Without the figures of its tuning, which is a table of its own. */
static void leave_tuning(struct folder *figures, size_t n_begin)
{
    int n = 0;
    for (int i = 0; i < figures->n; i++) {
        if (strncmp(figures->name[i] + n_begin, "tune-", strlen("tune-")) != 0)
            figures->name[n++] = figures->name[i];
        else
            free(figures->name[i]);
    }
    figures->n = n;
}

static int section_open(struct section *s, const struct source *from, const char *stem,
                        struct err *e)
{
    char path[PATH], begin[SECTION_TEXT + 1];
    s->from = from;
    snprintf(s->stem, SECTION_TEXT, "%s", stem);
    snprintf(begin, sizeof(begin), "%s-", s->stem);
    folder_open(&s->figures, from->figures, begin, ".png");
    leave_tuning(&s->figures, strlen(begin));
    snprintf(path, sizeof(path), "%.800s/%s-verdict.md", from->tables, s->stem);
    s->verdict = file_exists(path) ? file_read(path, FILE_LIMIT, NULL, e) : xstrdup("");
    snprintf(path, sizeof(path), "%.800s/%s.md", from->tables, s->stem);
    s->table = file_read(path, FILE_LIMIT, NULL, e);
    if (!s->verdict || !s->table || read_title(s, path, e) < 0)
        return -1;
    read_outcome(s, s->table), read_outcome(s, s->verdict);
    return 0;
}

static int has(const struct sections *s, const char *stem)
{
    for (int i = 0; i < s->n; i++)
        if (!strcmp(s->list[i].stem, stem))
            return 1;
    return 0;
}

/* Smoke tests stand last; what was made here before what is committed. */
static int by_interest(const void *a, const void *b)
{
    const struct section *x = a, *y = b;
    int smoke = !strcmp(x->tier, "smoke") - !strcmp(y->tier, "smoke");
    int committed = x->from->is_committed - y->from->is_committed;
    return smoke ? smoke : committed ? committed : strcmp(x->stem, y->stem);
}

int sections_open(struct sections *s, const struct source *source, int n_source, struct err *e)
{
    int status = 0, most = 0;
    struct folder files[2];
    CHECK(n_source <= 2);
    for (int i = 0; i < n_source; i++) {
        folder_open(&files[i], source[i].tables, "", ".md");
        most += files[i].n;
    }
    s->list = xcalloc((size_t)most + 1, sizeof(*s->list)), s->n = 0;
    for (int i = 0; i < n_source; i++) {
        for (int k = 0; k < files[i].n && status == 0; k++) {
            char *stem = files[i].name[k];
            stem[strlen(stem) - strlen(".md")] = '\0';
            if (ends_in(stem, "-verdict") || !strcmp(stem, "README") || has(s, stem) ||
                strlen(stem) >= SECTION_TEXT)
                continue;
            status = section_open(&s->list[s->n++], &source[i], stem, e);
        }
        folder_close(&files[i]);
    }
    if (status == 0 && s->n == 0)
        status = err_set(e, "there is no table in %s%s%s: gossipbench table --save writes one",
                         source[0].tables, n_source > 1 ? " or " : "",
                         n_source > 1 ? source[1].tables : "");
    if (status < 0)
        sections_close(s);
    else
        qsort(s->list, (size_t)s->n, sizeof(*s->list), by_interest);
    return status;
}

void sections_close(struct sections *s)
{
    for (int i = 0; i < s->n; i++) {
        free(s->list[i].title), free(s->list[i].table), free(s->list[i].verdict);
        folder_close(&s->list[i].figures);
    }
    free(s->list);
    memset(s, 0, sizeof(*s));
}

const char *section_command(const struct section *s, char *buf)
{
    int n = (int)strlen(s->tier) - (int)strlen("-tune");
    if (ends_in(s->tier, "-tune"))
        snprintf(buf, 4 * SECTION_TEXT, "build/gossipbench sweep %s --tier %.*s --tune",
                 s->experiment, n, s->tier);
    else
        snprintf(buf, 4 * SECTION_TEXT, "make reproduce TABLE=%s TIER=%s", s->experiment, s->tier);
    return buf;
}
