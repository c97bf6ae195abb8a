#include "report/page.h"
#include "core/build.h"
#include "report/html.h"
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

static const char *const legend[N_OUTCOME] = {
    [OUTCOME_PASS] = "every claim of the experiment is reproduced.",
    [OUTCOME_INCONCLUSIVE] =
        "no claim is contradicted, but the seeds leave at least one undecided.",
    [OUTCOME_NO_CLAIMS] = "the experiment claims nothing, so there is nothing to judge.",
    [OUTCOME_INCOMPLETE] = "runs are missing, or a claim has fewer than two pairs of seeds.",
    [OUTCOME_FAIL] = "a claim is contradicted."};

static const char smoke[] = "The smoke tier only shows that everything runs; its numbers say "
                            "nothing about the methods.";

static char *command_of(const struct section *s)
{
    struct text text;
    section_command(s, text_open(&text));
    return text_close(&text);
}

/* The line VERDICT=... */
static char *line_of(const struct section *s)
{
    struct text text;
    verdict_line(&s->judged, &s->r, s->outcome, text_open(&text));
    return text_close(&text);
}

/* --- HTML --------------------------------------------------------------------------------------
 */

/* Print HTML; %s stands for a text, which is escaped. */
static PRINTF(2, 3) void print(FILE *f, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    for (; *fmt; fmt++)
        if (!strncmp(fmt, "%s", 2))
            html_text(f, va_arg(ap, const char *)), fmt++;
        else
            fputc(*fmt, f);
    va_end(ap);
}

static void put_outcome(FILE *f, enum outcome outcome)
{
    const char *name = outcome_name[outcome];
    print(f, "<span class=\"outcome %s\">%s</span>", name, name);
}

static void put_entry(FILE *f, const struct section *s)
{
    fputs("<li>", f);
    put_outcome(f, s->outcome);
    print(f, "<a href=\"#%s\">%s</a> <small>%s, tier %s; data: %s; runs: ", s->name, s->r.title,
          s->r.experiment, s->r.tier, results_data(&s->r));
    fprintf(f, "%d/%d%s</small></li>\n", s->r.n_ended, s->r.n_run,
            s->from->is_committed ? "; committed, not run here" : "");
}

static int put_figures(FILE *f, const struct section *s, struct err *e)
{
    char path[PATH_LENGTH];
    for (int i = 0; i < s->figures.n; i++) {
        if (path_print(path, e, "%s/%s", s->from->figures, s->figures.name[i]) < 0)
            return -1;
        fputs("<figure>", f);
        if (html_image(f, path, "", e) < 0) /* the caption names it */
            return -1;
        print(f, "<figcaption>%s</figcaption></figure>\n", path);
    }
    if (s->why[0])
        print(f, "<p class=\"from\">Not all figures could be drawn: %s</p>\n", s->why);
    return 0;
}

static int put_section(FILE *f, const struct section *s, struct err *e)
{
    char *command = command_of(s), *line = line_of(s);
    print(f, "<section id=\"%s\">\n<h2>%s</h2>\n<p>", s->name, s->r.title);
    put_outcome(f, s->outcome);
    print(f, "%s, tier %s", s->r.experiment, s->r.tier);
    fputs(s->from->is_committed ? " <span class=\"committed\">committed result of this code, not "
                                  "run here</span>"
                                : "",
          f);
    print(f, "</p>\n<p class=\"from\">How to get it: <code>%s</code></p>\n", command);
    write_html(&s->table, f);
    verdict_write(&s->judged, &s->with, &form_html, f);
    print(f, "<pre>%s</pre>\n", line);
    free(command), free(line);
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
            "<title>gossipbench: results</title>\n<style>\n%s</style>\n</head>\n"
            "<body id=\"top\">\n<h1>gossipbench: results</h1>\n<ul class=\"legend\">\n",
            html_style);
    for (int i = N_OUTCOME - 1; i >= 0; i--) {
        fputs("<li>", f);
        put_outcome(f, (enum outcome)i);
        fprintf(f, "%s</li>\n", legend[i]);
    }
    fprintf(f, "</ul>\n<p>%s</p>\n<ul class=\"contents\">\n", smoke);
    for (int i = 0; i < s->n; i++)
        put_entry(f, &s->list[i]);
    fputs("</ul>\n", f);
    for (int i = 0; i < s->n; i++)
        if (put_section(f, &s->list[i], e) < 0)
            return -1;
    print(f,
          "<p class=\"from\">Written by gossipbench %s. Every number comes from runs whose "
          "manifests name configuration, data and code.</p>\n</body>\n</html>\n",
          version);
    return 0;
}

/* --- Markdown ----------------------------------------------------------------------------------
 */

/* The last folder of a path. */
static const char *last_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static void put_markdown(FILE *f, const struct section *s)
{
    char *command = command_of(s);
    fprintf(f, "\n## %s\n\n**%s**\n\n`%s`\n\n", s->name, s->r.title, command);
    free(command);
    write_markdown_body(&s->table, f);
    fputs("\n", f);
    verdict_markdown(&s->judged, &s->with, &s->r, s->outcome, f);
    for (int k = 0; k < s->figures.n; k++)
        fprintf(f, "\n![%s](%s/%s/%s)\n", s->figures.name[k], last_of(s->from->runs),
                last_of(s->from->figures), s->figures.name[k]);
}

void page_markdown(FILE *f, const struct sections *s)
{
    fputs("# Results\n\nThe results that come with this code, written by `gossipbench report "
          "--markdown` from `expected/`, which holds the manifest and metrics.csv of every run. "
          "Each table names the SHA-256 of its data and of its code. Other files, including the "
          "official ones where copies were used here, give different numbers.\n\n",
          f);
    for (int i = N_OUTCOME - 1; i >= 0; i--)
        fprintf(f, "- **%s**: %s\n", outcome_name[i], legend[i]);
    fprintf(f,
            "\n%s\n\n| verdict | experiment | tier | data | runs |\n"
            "| --- | --- | --- | --- | --- |\n",
            smoke);
    for (int i = 0; i < s->n; i++) {
        const struct section *t = &s->list[i];
        fprintf(f, "| %s | [", outcome_name[t->outcome]);
        markdown_text(f, t->r.title);
        fprintf(f, "](#%s) | %s | %s | %d/%d |\n", t->name, t->r.tier, results_data(&t->r),
                t->r.n_ended, t->r.n_run);
    }
    for (int i = 0; i < s->n; i++)
        put_markdown(f, &s->list[i]);
}

int page_write(const char *path, const struct sections *s, int markdown, struct err *e)
{
    struct text text;
    char version[128];
    int status = 0;
    FILE *f = text_open(&text);
    snprintf(version, sizeof(version), "%s, commit %s", build.version, build.commit);
    if (markdown)
        page_markdown(f, s);
    else
        status = page_html(f, s, version, e);
    if (status == 0)
        return text_save(&text, path, e);
    free(text_close(&text));
    return -1;
}
