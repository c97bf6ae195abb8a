#include "report/html.h"
#include "core/file.h"
#include "report/write.h"
#include <ctype.h>
#include <openssl/evp.h>
#include <stdlib.h>
#include <string.h>

enum { IMAGE_LIMIT = 1 << 26 };

static void put_base64(FILE *f, const void *bytes, size_t n)
{
    unsigned char *text = xcalloc((n + 2) / 3 * 4 + 1, 1);
    fwrite(text, 1, (size_t)EVP_EncodeBlock(text, bytes, (int)n), f);
    free(text);
}

/* The width in the header of a PNG file; 0 if it is too short to have one. */
static unsigned width_of(const unsigned char *png, size_t n)
{
    return n < 24 ? 0 : (unsigned)png[18] << 8 | png[19];
}

int html_image(FILE *f, const char *path, const char *alt, struct err *e)
{
    size_t n;
    char *bytes = file_read(path, IMAGE_LIMIT, &n, e);
    if (!bytes)
        return -1;
    fputs("<img alt=\"", f);
    html_text(f, alt);
    unsigned width = width_of((const unsigned char *)bytes, n);
    if (width)
        fprintf(f, "\" width=\"%u", width / 2);
    fputs("\" src=\"data:image/png;base64,", f);
    put_base64(f, bytes, n);
    fputs("\">\n", f);
    free(bytes);
    return 0;
}

void html_badge(FILE *f, const char *class, const char *word)
{
    fprintf(f, "<span class=\"badge %s\">%s</span> ", class, word);
}

struct file_link link_of(const char *line)
{
    struct file_link to = {.name = ""};
    size_t name = strcspn(line, "\t"), path = line[name] ? strcspn(line + name + 1, "\n") : 0;
    if (name < sizeof(to.name) && path < sizeof(to.path)) {
        memcpy(to.name, line, name);
        memcpy(to.path, line + name + 1, path);
    }
    return to;
}

/* Copy only characters that need no escape in the path of a URL, and escape the others. */
static void put_address(FILE *f, const char *path)
{
    for (const char *c = path; *c; c++)
        if (isalnum((unsigned char)*c) || strchr("/._-,=+@~", *c))
            fputc(*c, f);
        else
            fprintf(f, "%%%02X", (unsigned char)*c);
}

void html_link(FILE *f, const char *page, const char *path, const char *title)
{
    char folder[PATH_LENGTH], *from, *to;
    size_t same = 0;
    const char *slash = strrchr(page, '/');
    snprintf(folder, sizeof(folder), "%.*s", slash ? (int)(slash - page) : 1,
             slash == page ? "/"
             : slash       ? page
                           : ".");
    from = realpath(folder, NULL), to = realpath(path, NULL);
    fprintf(f, "<a title=\"");
    html_text(f, title);
    fputs(" of this number\" href=\"", f);
    for (size_t i = 0; from && to && (!from[i] || from[i] == to[i]); i++) {
        if (to[i] == '/')
            same = i + 1;
        if (!from[i])
            break;
    }
    if (from && to && strcmp(from, "/") != 0)
        for (const char *rest = from + (same > strlen(from) ? strlen(from) : same); *rest;) {
            fputs("../", f);
            rest += strcspn(rest, "/");
            rest += *rest == '/';
        }
    put_address(f, from && to ? to + same : path);
    fputs("\">", f);
    free(from), free(to);
}
