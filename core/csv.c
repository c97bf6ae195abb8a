#include "core/csv.h"
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

int csv_refuse(const struct csv *c, size_t at, struct err *e, const char *fmt, ...)
{
    char what[256];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(what, sizeof(what), fmt, ap);
    va_end(ap);
    return err_set(e, "%.512s: row %ld, byte %zu: %s", c->path, c->row, at, what);
}

static int read_quoted(struct csv *c, struct csv_field *f, struct err *e)
{
    char *to = c->bytes + c->at + 1, *from = to, *end = c->bytes + c->n;
    f->text = to;
    for (;;) {
        char *quote = memchr(from, '"', (size_t)(end - from));
        if (!quote)
            return csv_refuse(c, f->at, e, "the quote that opens here is never closed");
        size_t n = (size_t)(quote - from);
        memmove(to, from, n);
        to += n, from = quote + 1;
        if (from == end || *from != '"')
            break;
        *to++ = *from++;
    }
    f->n = (size_t)(to - f->text);
    c->at = (size_t)(from - c->bytes);
    return 0;
}

/* The number of bytes of the row end at a byte; 0 if no row ends there. */
static size_t row_end(const struct csv *c, size_t at)
{
    if (c->bytes[at] == '\n')
        return 1;
    return c->bytes[at] == '\r' && at + 1 < c->n && c->bytes[at + 1] == '\n' ? 2 : 0;
}

static int read_bare(struct csv *c, struct csv_field *f, struct err *e)
{
    f->text = c->bytes + c->at;
    for (; c->at < c->n && c->bytes[c->at] != ',' && !row_end(c, c->at); c->at++) {
        char byte = c->bytes[c->at];
        if (byte == '"')
            return csv_refuse(c, c->at, e,
                              "a quote inside a field that does not begin with one; no blanks may "
                              "stand before it");
        if (byte == '\r')
            return csv_refuse(c, c->at, e, "a carriage return without a newline");
    }
    f->n = (size_t)(c->bytes + c->at - f->text);
    return 0;
}

static int refuse_after_quote(const struct csv *c, struct err *e)
{
    char sign[] = {'\'', c->bytes[c->at], '\'', '\0'};
    return csv_refuse(c, c->at, e,
                      "%s follows a closing quote, where only a comma or the end of the row may; a "
                      "quote inside a field is written twice",
                      sign[1] == '\r'   ? "a carriage return without a newline"
                      : sign[1] == '\t' ? "a tab"
                                        : sign);
}

/* Read what follows a field: 1 a comma, 0 the end of the row, -1 with a sentence if neither. */
static int read_separator(struct csv *c, struct err *e)
{
    if (c->at == c->n)
        return 0;
    if (c->bytes[c->at] == ',') {
        c->at++;
        return 1;
    }
    size_t n = row_end(c, c->at);
    if (!n)
        return refuse_after_quote(c, e);
    c->at += n;
    return 0;
}

/* Whether only blanks, row ends and DOS's end-of-file mark are left. */
static int is_over(const struct csv *c)
{
    size_t at = c->at;
    while (at < c->n && c->bytes[at] && strchr(" \t\r\n\x1a", c->bytes[at]))
        at++;
    return at == c->n;
}

int csv_any_row(struct csv *c, int room, struct csv_field *field, struct err *e)
{
    if (is_over(c))
        return 0;
    c->row++;
    for (int n = 0;; n++) {
        struct csv_field f = {.at = c->at};
        int quoted = c->at < c->n && c->bytes[c->at] == '"';
        if ((quoted ? read_quoted : read_bare)(c, &f, e) < 0)
            return -1;
        if (n < room)
            field[n] = f;
        int more = read_separator(c, e);
        if (more <= 0)
            return more < 0 ? -1 : n + 1;
    }
}

int csv_row(struct csv *c, int n_field, struct csv_field *field, struct err *e)
{
    int n = csv_any_row(c, n_field, field, e);
    if (n > 0 && n != n_field)
        return csv_refuse(c, field[0].at, e, "%d field%s, but %d are expected", n, n > 1 ? "s" : "",
                          n_field);
    return n > 0 ? 1 : n;
}

/* Whether the field is the name, ignoring case and surrounding blanks. */
static int is_name(const struct csv_field *f, const char *name)
{
    const char *text = f->text, *end = f->text + f->n;
    while (text < end && *text == ' ')
        text++;
    while (end > text && end[-1] == ' ')
        end--;
    return (size_t)(end - text) == strlen(name) && !strncasecmp(text, name, strlen(name));
}

int csv_find(const struct csv_field *field, int n, const char *const *name)
{
    for (; *name; name++)
        for (int k = 0; k < n; k++)
            if (is_name(&field[k], *name))
                return k;
    return -1;
}

void csv_put(const char *text, FILE *f)
{
    if (!text[strcspn(text, ",\"\r\n")]) {
        fputs(text, f);
        return;
    }
    fputc('"', f);
    for (; *text; text++)
        fprintf(f, *text == '"' ? "\"%c" : "%c", *text);
    fputc('"', f);
}
