#include "report/page.h"
#include "core/file.h"
#include <glob.h>
#include <stdlib.h>
#include <string.h>

enum { PATH = 512, NAME = 128, MOST = 1 << 26 };

/* One experiment's tier. */
struct item {
    char name[NAME];       /* <experiment>-<tier> */
    int expected;          /* it came with the code */
    char *table, *verdict; /* as Markdown; verdict: "" if there is none */
};

static const char head[] =
    "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
    "<title>gossipbench: tables, verdicts, figures</title>\n<style>\n"
    "body{font:16px/1.5 system-ui,sans-serif;color:#1b1b1b;background:#fff;margin:0 auto;"
    "max-width:62rem;padding:1rem}\n"
    "h1{font-size:1.6rem}h2{font-size:1.25rem;margin-top:3rem;border-top:2px solid #ccc;"
    "padding-top:1rem}\n"
    ".box{overflow-x:auto}table{border-collapse:collapse;font-variant-numeric:tabular-nums;"
    "margin:1rem 0}\n"
    "th,td{padding:.25rem .7rem;text-align:left;white-space:nowrap;border-bottom:1px solid #ddd}\n"
    "th{border-bottom:2px solid #555}thead{border-top:2px solid #555}\n"
    "img{max-width:100%;height:auto;margin:.7rem 0}ul{padding-left:1.2rem;color:#444}\n"
    "code,pre{font:.85rem/1.45 ui-monospace,monospace}pre{white-space:pre-wrap;"
    "overflow-wrap:anywhere;background:#f4f4f4;padding:.6rem}\n"
    ".PASS{color:#0a6b2d}.FAIL,.FAILED{color:#a31515}.INCOMPLETE{color:#8a5a00}\n"
    ".note{background:#fff6dd;padding:.4rem .7rem}\n"
    "@media print{body{max-width:none;font-size:10pt}h2{break-after:avoid}"
    "img,tr{break-inside:avoid}.box{overflow:visible}}\n"
    "</style>\n</head>\n<body>\n<h1>gossipbench: tables, verdicts, figures</h1>\n";

static void put_escaped(const char *text, size_t n, FILE *f)
{
    for (size_t i = 0; i < n; i++) {
        const char *as = text[i] == '&'   ? "&amp;"
                         : text[i] == '<' ? "&lt;"
                         : text[i] == '>' ? "&gt;"
                         : text[i] == '"' ? "&quot;"
                                          : NULL;
        if (as)
            fputs(as, f);
        else
            fputc(text[i], f);
    }
}

/* A stretch of Markdown: **bold**, all else as it is; a backslash before a mark goes. */
static void put_inline(const char *text, size_t n, FILE *f)
{
    int bold = 0;
    for (size_t i = 0; i < n; i++) {
        if (i + 1 < n && text[i] == '*' && text[i + 1] == '*') {
            fputs(bold ? "</strong>" : "<strong>", f);
            bold = !bold, i++;
        } else if (!(text[i] == '\\' && i + 1 < n && strchr("|*_`<[]\\", text[i + 1]))) {
            put_escaped(text + i, 1, f);
        }
    }
    if (bold)
        fputs("</strong>", f);
}

/* "| a | b |" as a row of cells. */
static void put_row(const char *line, size_t n, const char *cell, FILE *f)
{
    fputs("<tr>", f);
    for (size_t i = 1; i < n;) {
        size_t end = i;
        while (end < n && (line[end] != '|' || line[end - 1] == '\\'))
            end++;
        if (end == n)
            break;
        while (i < end && line[i] == ' ')
            i++;
        size_t last = end;
        while (last > i && line[last - 1] == ' ')
            last--;
        fprintf(f, "<%s>", cell);
        put_inline(line + i, last - i, f);
        fprintf(f, "</%s>", cell);
        i = end + 1;
    }
    fputs("</tr>\n", f);
}

/* What a line of Markdown belongs to, with the words before and after all lines of it. */
enum block { NOTHING, LIST, TABLE, TEXT };
static const char *const open_block[] = {"", "<ul>\n", "<div class=\"box\"><table>\n", "<pre>"};
static const char *const close_block[] = {"", "</ul>\n", "</tbody></table></div>\n", "</pre>\n"};

static void put_line(enum block in, int number, const char *line, size_t n, FILE *f)
{
    if (in == LIST) {
        fputs("<li>", f), put_inline(line + 2, n - 2, f), fputs("</li>\n", f);
    } else if (in == TEXT) {
        put_inline(line, n, f), fputs("\n", f);
    } else if (in == TABLE && number == 0) {
        fputs("<thead>", f), put_row(line, n, "th", f), fputs("</thead><tbody>\n", f);
    } else if (in == TABLE && number > 1) { /* the second says how columns are aligned */
        put_row(line, n, "td", f);
    }
}

/* The Markdown that this program writes, from its second line on: the first is the title. */
static void put_markdown(const char *text, FILE *f)
{
    enum block in = NOTHING;
    int number = 0;
    text += strcspn(text, "\n");
    while (*text) {
        size_t n = strcspn(++text, "\n");
        enum block now = n == 0                    ? NOTHING
                         : text[0] == '|'          ? TABLE
                         : !strncmp(text, "- ", 2) ? LIST
                                                   : TEXT;
        if (now != in)
            fputs(close_block[in], f), fputs(open_block[now], f), number = 0;
        put_line(in = now, number++, text, n, f);
        text += n;
    }
    fputs(close_block[in], f);
}

/* The word after VERDICT= in the item's texts; "no verdict" if there is none. */
static const char *verdict_of(const struct item *item, char word[32])
{
    const char *at = strstr(item->verdict, "VERDICT=");
    at = at ? at : strstr(item->table, "VERDICT=");
    snprintf(word, 32, "%.*s", at ? (int)strcspn(at + 8, " \n") : 10, at ? at + 8 : "no verdict");
    return word;
}

static void put_base64(const unsigned char *b, size_t n, FILE *f)
{
    static const char digit[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < n; i += 3) {
        unsigned long v = (unsigned long)b[i] << 16 |
                          (i + 1 < n ? (unsigned long)b[i + 1] << 8 : 0) |
                          (i + 2 < n ? (unsigned long)b[i + 2] : 0);
        fputc(digit[v >> 18 & 63], f), fputc(digit[v >> 12 & 63], f);
        fputc(i + 1 < n ? digit[v >> 6 & 63] : '=', f), fputc(i + 2 < n ? digit[v & 63] : '=', f);
    }
}

static int put_figures(const char *dir, const struct item *item, FILE *f, struct err *e)
{
    char pattern[PATH];
    glob_t found;
    int status = 0;
    snprintf(pattern, sizeof(pattern), "%.200s/%s/%s-*.png", dir,
             item->expected ? "expected/figures" : "figures", item->name);
    if (glob(pattern, 0, NULL, &found) != 0)
        return 0;
    for (size_t i = 0; i < found.gl_pathc && status == 0; i++) {
        size_t n;
        char *bytes = file_read(found.gl_pathv[i], MOST, &n, e);
        if (!bytes) {
            status = -1;
            break;
        }
        const char *name = strrchr(found.gl_pathv[i], '/') + 1;
        fprintf(f, "<figure><img alt=\"%s\" src=\"data:image/png;base64,", name);
        put_base64((unsigned char *)bytes, n, f);
        fputs("\"></figure>\n", f);
        free(bytes);
    }
    globfree(&found);
    return status;
}

static int put_item(const char *dir, const struct item *item, FILE *f, struct err *e)
{
    char word[32];
    verdict_of(item, word);
    fprintf(f, "<h2 id=\"%s\">", item->name);
    put_inline(item->table, strcspn(item->table, "\n"), f);
    fprintf(f, "</h2>\n<p><strong class=\"%s\">%s</strong></p>\n", word, word);
    if (item->expected)
        fputs(
            "<p class=\"note\">Not made here: this came with the code, in results/expected.</p>\n",
            f);
    put_markdown(item->table, f);
    if (item->verdict[0])
        put_markdown(item->verdict, f);
    return put_figures(dir, item, f, e);
}

static void put_contents(const struct item *item, int n, FILE *f)
{
    char word[32];
    fputs("<p>To make one of these: <code>make reproduce TABLE=… TIER=…</code>; each number's run "
          "has a manifest.json.</p>\n<div class=\"box\"><table>\n<thead><tr><th>table and tier</th>"
          "<th>verdict</th><th></th></tr></thead><tbody>\n",
          f);
    for (int i = 0; i < n; i++) {
        verdict_of(&item[i], word);
        fprintf(f,
                "<tr><td><a href=\"#%s\">%s</a></td><td><strong class=\"%s\">%s</strong></td>"
                "<td>%s</td></tr>\n",
                item[i].name, item[i].name, word, word,
                item[i].expected ? "came with the code" : "made here");
    }
    fputs("</tbody></table></div>\n", f);
}

/* Add the tables of a folder that are not in the list yet. */
static int add_items(struct item **list, int *n, const char *dir, int expected, struct err *e)
{
    char pattern[PATH], path[PATH];
    glob_t found;
    struct err none;
    snprintf(pattern, sizeof(pattern), "%.200s/%s/*.md", dir, expected ? "expected" : "tables");
    if (glob(pattern, 0, NULL, &found) != 0)
        return 0;
    for (size_t i = 0; i < found.gl_pathc; i++) {
        struct item item = {.expected = expected};
        const char *name = strrchr(found.gl_pathv[i], '/') + 1;
        int known = strstr(name, "-verdict.md") != NULL;
        snprintf(item.name, NAME, "%.*s", (int)(strlen(name) - 3), name);
        for (int k = 0; k < *n; k++)
            known |= !strcmp((*list)[k].name, item.name);
        if (known)
            continue;
        snprintf(path, sizeof(path), "%.200s/%s/%s-verdict.md", dir,
                 expected ? "expected" : "tables", item.name);
        if (!(item.table = file_read(found.gl_pathv[i], MOST, NULL, e)))
            return -1;
        item.verdict = file_exists(path) ? file_read(path, MOST, NULL, &none) : NULL;
        item.verdict = item.verdict ? item.verdict : xstrdup("");
        *list = realloc(*list, (size_t)(*n + 1) * sizeof(**list));
        if (!*list)
            die("out of memory for %d tables", *n + 1);
        (*list)[(*n)++] = item;
    }
    globfree(&found);
    return 0;
}

int page_write(const char *dir, FILE *f, struct err *e)
{
    struct item *list = NULL;
    int n = 0;
    int status =
        add_items(&list, &n, dir, 0, e) < 0 || add_items(&list, &n, dir, 1, e) < 0 ? -1 : 0;
    if (status == 0 && n == 0)
        status = err_set(e, "%s: has no tables; make reproduce makes some", dir);
    if (status == 0) {
        fputs(head, f);
        put_contents(list, n, f);
        for (int i = 0; i < n && status == 0; i++)
            status = put_item(dir, &list[i], f, e);
        fputs("</body>\n</html>\n", f);
    }
    for (int i = 0; i < n; i++)
        free(list[i].table), free(list[i].verdict);
    free(list);
    return status;
}
