#include "report/page.h"
#include "report/html.h"
#include <string.h>

static const char style[] =
    "body{font:1rem/1.5 system-ui,sans-serif;color:#1a1a1a;background:#fff;max-width:62rem;"
    "margin:0 auto;padding:1rem}\n"
    "h1{font-size:1.6rem;line-height:1.2}\n"
    "h2{font-size:1.25rem;line-height:1.3;margin:0 0 .3rem}\n"
    "section{border-top:2px solid #ccc;margin-top:2.5rem;padding-top:1rem}\n"
    "a{color:#0353a4}\n"
    ".contents{list-style:none;padding:0}\n"
    ".contents li{margin:.6rem 0;padding-left:7.2rem;text-indent:-7.2rem}\n"
    ".contents small,.contents a{text-indent:0}\n"
    "small,.from{color:#555;font-size:.85rem}\n"
    ".outcome{display:inline-block;box-sizing:border-box;width:6.6rem;margin-right:.6rem;"
    "text-align:center;text-indent:0;font:bold .75rem/1.6 system-ui,sans-serif;border-radius:.2rem;"
    "border:1px solid;color:#444;background:#f2f2f2}\n"
    ".PASS{color:#0b5d1e;background:#e5f5e9}\n"
    ".FAIL{color:#9b1c1c;background:#fdecec}\n"
    ".INCOMPLETE{color:#7a4b00;background:#fff4dc}\n"
    ".committed{display:inline-block;background:#eef3fb;border:1px solid #b8c9e4;"
    "border-radius:.2rem;padding:0 .4rem;color:#1d3d6b}\n"
    ".scroll{overflow-x:auto;margin:1rem 0}\n"
    "table{border-collapse:collapse;font-size:.9rem;font-variant-numeric:tabular-nums}\n"
    "th,td{padding:.25rem .7rem;text-align:left;white-space:nowrap;border-bottom:1px solid #ddd}\n"
    "th{border-bottom:2px solid #888}\n"
    "ul{padding-left:1.2rem}li{overflow-wrap:anywhere}\n"
    "pre,code{font:.8rem/1.45 ui-monospace,monospace;background:#f5f5f5}\n"
    "pre{white-space:pre-wrap;overflow-wrap:anywhere;padding:.5rem .7rem}\n"
    "code{padding:.1rem .3rem;overflow-wrap:anywhere}\n"
    "figure{margin:1.5rem 0}img{max-width:100%;height:auto}\n"
    "figcaption{color:#555;font-size:.8rem}\n"
    "@media(max-width:30rem){.contents li{padding-left:0;text-indent:0}"
    ".contents .outcome{display:block;margin-bottom:.1rem}}\n"
    "@media print{body{max-width:none;padding:0;font-size:9.5pt}a{color:inherit}"
    "section{break-before:page;border:0;margin:0;padding:0}.scroll{overflow:visible}"
    "table{font-size:8pt}th,td{padding:.1rem .35rem;white-space:normal}"
    "img{max-height:11.5cm}figure,tr{break-inside:avoid}h2{break-after:avoid}}\n";

static const char legend[] =
    "PASS: all runs are there, and the seeds speak against no claim. FAIL: they speak against one. "
    "INCOMPLETE: runs are missing. The smoke tier only shows that everything runs; it says nothing "
    "about methods.";

static void put(FILE *f, const char *text)
{
    html_text(f, text, strlen(text));
}

static const char *outcome(const struct section *s)
{
    return s->outcome[0] ? s->outcome : "NO VERDICT";
}

/* Behind the title, which both pages have elsewhere. */
static const char *body_of(const char *text)
{
    text += strcspn(text, "\n");
    return text + strspn(text, "\n");
}

static void put_outcome(FILE *f, const struct section *s)
{
    fputs("<span class=\"outcome ", f);
    put(f, s->outcome);
    fputs("\">", f);
    put(f, outcome(s));
    fputs("</span>", f);
}

static void put_entry(FILE *f, const struct section *s)
{
    fputs("<li>", f);
    put_outcome(f, s);
    fputs("<a href=\"#", f);
    put(f, s->stem);
    fputs("\">", f);
    put(f, s->title);
    fputs("</a> <small>", f);
    put(f, s->experiment);
    fputs(", tier ", f);
    put(f, s->tier);
    if (s->data[0]) {
        fputs("; data: ", f);
        put(f, s->data);
        fputs("; runs: ", f);
        put(f, s->runs);
    }
    fputs(s->from->is_committed ? "; committed, not run here</small></li>\n" : "</small></li>\n",
          f);
}

static int put_figures(FILE *f, const struct section *s, struct err *e)
{
    char path[1200];
    for (int i = 0; i < s->figures.n; i++) {
        snprintf(path, sizeof(path), "%.800s/%.255s", s->from->figures, s->figures.name[i]);
        fputs("<figure>", f);
        if (html_image(f, path, "", e) < 0) /* the caption names it, the table says the same */
            return -1;
        fputs("<figcaption>", f);
        put(f, path);
        fputs("</figcaption></figure>\n", f);
    }
    if (s->figures.n == 0) {
        fputs("<p class=\"from\">No figures are there; <code>build/gossipbench plot ", f);
        put(f, s->experiment);
        fputs(" --tier ", f);
        put(f, s->tier);
        fputs("</code> draws them from runs, with gnuplot.</p>\n", f);
    }
    return 0;
}

static int put_section(FILE *f, const struct section *s, struct err *e)
{
    char command[4 * SECTION_TEXT];
    fputs("<section id=\"", f);
    put(f, s->stem);
    fputs("\">\n<h2>", f);
    put(f, s->title);
    fputs("</h2>\n<p>", f);
    put_outcome(f, s);
    put(f, s->experiment);
    fputs(", tier ", f);
    put(f, s->tier);
    fputs(s->from->is_committed ? " <span class=\"committed\">committed result of this code, not "
                                  "run here</span></p>\n"
                                : "</p>\n",
          f);
    fputs("<p class=\"from\">How to get it: <code>", f);
    put(f, section_command(s, command));
    fputs("</code></p>\n", f);
    html_markdown(f, body_of(s->table));
    html_markdown(f, body_of(s->verdict));
    if (put_figures(f, s, e) < 0)
        return -1;
    fputs("<p class=\"from\"><a href=\"#top\">Contents</a></p>\n</section>\n", f);
    return 0;
}

int page_html(FILE *f, const struct sections *s, const char *version, struct err *e)
{
    fprintf(f,
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
            "<title>gossipbench: results</title>\n<style>\n%s</style>\n</head>\n<body id=\"top\">\n"
            "<h1>gossipbench: results</h1>\n<p>%s</p>\n<ul class=\"contents\">\n",
            style, legend);
    for (int i = 0; i < s->n; i++)
        put_entry(f, &s->list[i]);
    fputs("</ul>\n", f);
    for (int i = 0; i < s->n; i++)
        if (put_section(f, &s->list[i], e) < 0)
            return -1;
    fputs("<p class=\"from\">Written by gossipbench ", f);
    put(f, version);
    fputs(". Each number is of runs whose manifests name configuration, data and code.</p>\n"
          "</body>\n</html>\n",
          f);
    return 0;
}

/* In a table's field, where a bar would end it. */
static void put_field(FILE *f, const char *text)
{
    for (; *text; text++)
        fprintf(f, *text == '|' ? "\\%c" : "%c", *text);
}

/* The last folder of a path. */
static const char *last_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

void page_markdown(FILE *f, const struct sections *s)
{
    char command[4 * SECTION_TEXT];
    fprintf(
        f,
        "# Results\n\nWhat this code has given, written by `gossipbench report --markdown` from "
        "`expected/`, which also holds the runs' manifests. Each table names its data by their "
        "SHA-256 and its code; other data, as the official files where these are copies, give "
        "other numbers.\n\n%s\n\n| verdict | experiment | tier | data | runs |\n"
        "| --- | --- | --- | --- | --- |\n",
        legend);
    for (int i = 0; i < s->n; i++) {
        const struct section *t = &s->list[i];
        fprintf(f, "| %s | [", outcome(t));
        put_field(f, t->title);
        fprintf(f, "](#%s) | %s | %s | %s |\n", t->stem, t->tier, t->data, t->runs);
    }
    for (int i = 0; i < s->n; i++) {
        const struct section *t = &s->list[i];
        fprintf(f, "\n## %s\n\n**%s**\n\n`%s`\n\n%s\n%s", t->stem, t->title,
                section_command(t, command), body_of(t->table), body_of(t->verdict));
        for (int k = 0; k < t->figures.n; k++)
            fprintf(f, "\n![%s](%s/%s/%s)\n", t->figures.name[k], last_of(t->from->tables),
                    last_of(t->from->figures), t->figures.name[k]);
    }
}
