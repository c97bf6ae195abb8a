#include "report/html.h"
#include "core/file.h"
#include <stdlib.h>
#include <string.h>

enum { IMAGE_LIMIT = 1 << 26 };

static void put_sign(FILE *f, char c)
{
    const char *as = c == '<' ? "&lt;" : c == '>' ? "&gt;" : c == '&' ? "&amp;" : "&quot;";
    if (strchr("<>&\"", c))
        fputs(as, f);
    else
        fputc(c, f);
}

void html_text(FILE *f, const char *text, size_t n)
{
    for (size_t i = 0; i < n && text[i]; i++)
        put_sign(f, text[i]);
}

/* A part of a line: **bold**, and signs that a backslash takes the meaning from. */
static void put_inline(FILE *f, const char *text, size_t n)
{
    int bold = 0;
    for (size_t i = 0; i < n; i++)
        if (text[i] == '\\' && i + 1 < n) {
            put_sign(f, text[++i]);
        } else if (text[i] == '*' && i + 1 < n && text[i + 1] == '*') {
            fputs(bold ? "</b>" : "<b>", f);
            bold = !bold, i++;
        } else {
            put_sign(f, text[i]);
        }
    fputs(bold ? "</b>" : "", f);
}

/* What a line belongs to. */
enum block { NONE, LIST, TABLE, CODE };

static enum block block_of(const char *line)
{
    return !strncmp(line, "- ", 2)     ? LIST
           : line[0] == '|'            ? TABLE
           : !strncmp(line, "    ", 4) ? CODE
                                       : NONE;
}

static void change(FILE *f, enum block from, enum block to)
{
    static const char *const begin[] = {[NONE] = "",
                                        [LIST] = "<ul>\n",
                                        [TABLE] = "<div class=\"scroll\"><table>\n",
                                        [CODE] = "<pre>"};
    static const char *const end[] = {
        [NONE] = "", [LIST] = "</ul>\n", [TABLE] = "</table></div>\n", [CODE] = "</pre>\n"};
    if (from != to)
        fprintf(f, "%s%s", end[from], begin[to]);
}

/* The end of a field: a bar without a backslash before it. */
static size_t field_length(const char *text, size_t n)
{
    size_t i = 0;
    while (i < n && text[i] != '|')
        i += text[i] == '\\' ? 2 : 1;
    return i < n ? i : n;
}

/* A row of a table; the first names the columns, and what is below it are dashes. */
static void put_row(FILE *f, const char *line, size_t n, int number)
{
    const char *tag = number == 0 ? "th" : "td";
    if (number == 1)
        return;
    fputs("<tr>", f);
    for (size_t i = 1; i < n;) {
        size_t length = field_length(line + i, n - i), begin = i, end = i + length;
        while (begin < end && line[begin] == ' ')
            begin++;
        while (end > begin && line[end - 1] == ' ')
            end--;
        fprintf(f, "<%s>", tag);
        put_inline(f, line + begin, end - begin);
        fprintf(f, "</%s>", tag);
        i += length + 1;
    }
    fputs("</tr>\n", f);
}

void html_markdown(FILE *f, const char *text)
{
    enum block now = NONE;
    int row = 0;
    while (*text) {
        size_t n = strcspn(text, "\n");
        enum block next = block_of(text);
        change(f, now, next);
        row = next == TABLE && now == TABLE ? row + 1 : 0;
        now = next;
        if (now == TABLE) {
            put_row(f, text, n, row);
        } else if (now == CODE) {
            html_text(f, text + 4, n - 4);
            fputs("\n", f);
        } else if (n > 0) {
            fputs(now == LIST ? "<li>" : "<p>", f);
            put_inline(f, text + (now == LIST ? 2 : 0), n - (now == LIST ? 2 : 0));
            fputs(now == LIST ? "</li>\n" : "</p>\n", f);
        }
        text += n + (text[n] == '\n');
    }
    change(f, now, NONE);
}

static void put_base64(FILE *f, const unsigned char *byte, size_t n)
{
    static const char digit[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < n; i += 3) {
        unsigned v = (unsigned)byte[i] << 16;
        v |= i + 1 < n ? (unsigned)byte[i + 1] << 8 : 0;
        v |= i + 2 < n ? byte[i + 2] : 0;
        fputc(digit[v >> 18], f);
        fputc(digit[v >> 12 & 63], f);
        fputc(i + 1 < n ? digit[v >> 6 & 63] : '=', f);
        fputc(i + 2 < n ? digit[v & 63] : '=', f);
    }
}

int html_image(FILE *f, const char *path, const char *alt, struct err *e)
{
    size_t n;
    char *bytes = file_read(path, IMAGE_LIMIT, &n, e);
    if (!bytes)
        return -1;
    fputs("<img alt=\"", f);
    html_text(f, alt, strlen(alt));
    fputs("\" src=\"data:image/png;base64,", f);
    put_base64(f, (const unsigned char *)bytes, n);
    fputs("\">\n", f);
    free(bytes);
    return 0;
}
