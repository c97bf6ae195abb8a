#include "core/csv.h"
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

int csv_refuse(const struct csv *c, size_t at, struct err *e, const char *fmt, ...)
{
    char what[256];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(what, sizeof(what), fmt, ap);
    va_end(ap);
    return err_set(e, "%.512s: row %ld, byte %zu: %s", c->path, c->row, at, what);
}

static int refuse_nul(const struct csv *c, const char *nul, struct err *e)
{
    return csv_refuse(c, (size_t)(nul - c->bytes), e, "a NUL byte cannot be in a CSV file");
}

static int read_quoted(struct csv *c, struct csv_field *f, struct err *e)
{
    char *to = c->bytes + c->at + 1, *from = to, *end = c->bytes + c->n;
    f->text = to;
    for (;;) {
        char *quote = memchr(from, '"', (size_t)(end - from)), *nul;
        if (!quote)
            return csv_refuse(c, f->at, e, "the quote that opens here is never closed");
        size_t n = (size_t)(quote - from);
        if ((nul = memchr(from, '\0', n)))
            return refuse_nul(c, nul, e);
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
        if (byte == '\0')
            return refuse_nul(c, c->bytes + c->at, e);
        if (byte == '"')
            return csv_refuse(c, c->at, e, "a quote inside a field that does not begin with one");
        if (byte == '\r')
            return csv_refuse(c, c->at, e, "a carriage return without a newline");
    }
    f->n = (size_t)(c->bytes + c->at - f->text);
    return 0;
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
        return csv_refuse(c, c->at, e,
                          "something follows a closing quote that is neither a comma nor the end "
                          "of the row");
    c->at += n;
    return 0;
}

int csv_row(struct csv *c, int n_field, struct csv_field *field, struct err *e)
{
    size_t begin = c->at;
    if (begin == c->n)
        return 0;
    c->row++;
    for (int n = 1;; n++) {
        struct csv_field f = {.at = c->at};
        int quoted = c->at < c->n && c->bytes[c->at] == '"';
        if ((quoted ? read_quoted : read_bare)(c, &f, e) < 0)
            return -1;
        if (n <= n_field)
            field[n - 1] = f;
        int more = read_separator(c, e);
        if (more < 0)
            return -1;
        if (!more && n != n_field)
            return csv_refuse(c, begin, e, "%d field%s, but %d are expected", n, n > 1 ? "s" : "",
                              n_field);
        if (!more)
            return 1;
    }
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
