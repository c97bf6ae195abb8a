#include "draw/names.h"
#include "report/html.h"
#include "report/page.h"
#include "report/plot.h"
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

/* The word on a badge. */
static const char *const plain[N_OUTCOME] = {[OUTCOME_PASS] = "reproduced",
                                             [OUTCOME_INCONCLUSIVE] = "undecided",
                                             [OUTCOME_NO_CLAIMS] = "no claims",
                                             [OUTCOME_INCOMPLETE] = "incomplete",
                                             [OUTCOME_FAIL] = "contradicted"};

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
    html_badge(f, outcome_name[outcome], plain[outcome]);
}

static void put_entry(FILE *f, const struct section *s)
{
    char data[NAME_SHOWN];
    fputs("<li>", f);
    put_outcome(f, s->outcome);
    print(f, "<a href=\"#%s\">%s</a> <small>%s, tier %s; %s; ", s->name, s->r.title,
          s->r.experiment, s->r.tier, name_of_value("dataset", results_data(&s->r), data));
    fprintf(f, "%d of %d runs%s</small></li>\n", s->r.n_ended, s->r.n_run,
            s->from->is_committed ? "; committed, not run here" : "");
}

/* Entries below the headings of their groups. */
static void put_contents(FILE *f, const struct sections *s)
{
    for (int i = 0; i < s->n; i++) {
        const char *group = section_group(&s->list[i]);
        if (i == 0 || strcmp(group, section_group(&s->list[i - 1])) != 0)
            print(f,
                  i ? "</ul>\n<h3>%s</h3>\n<ul class=\"contents\">\n"
                    : "<h3>%s</h3>\n<ul class=\"contents\">\n",
                  group);
        put_entry(f, &s->list[i]);
    }
    fputs("</ul>\n", f);
}

/* Pictures, except those of lines, which are drawn in the page itself. */
static int put_images(FILE *f, const struct section *s, struct err *e)
{
    char path[PATH_LENGTH], caption[160];
    int is_line;
    for (int i = 0; i < s->figures.n; i++) {
        plot_caption(&s->r, s->figures.name[i], caption, sizeof(caption), &is_line);
        if (is_line)
            continue;
        if (path_print(path, e, "%s/%s", s->from->figures, s->figures.name[i]) < 0)
            return -1;
        struct text alt;
        fprintf(text_open(&alt), "%s. %s", caption, s->r.title);
        char *text = text_close(&alt);
        fputs("<figure class=\"image\">", f);
        int status = html_image(f, path, text, e);
        free(text);
        if (status < 0)
            return -1;
        print(f, "<figcaption>%s</figcaption></figure>\n", caption);
    }
    if (s->why[0])
        print(f, "<p class=\"from\">Not all figures could be drawn: %s</p>\n", s->why);
    return 0;
}

/* Figures of lines, if the files that they are drawn from can be read. */
static void put_lines(FILE *f, const struct section *s)
{
    struct text text;
    struct err e = {.text = ""};
    int status = plot_html(text_open(&text), &s->r, &e);
    char *lines = text_close(&text);
    fputs(status < 0 ? "" : lines, f);
    if (status < 0 && !s->why[0])
        print(f, "<p class=\"from\">Not all figures could be drawn: %s</p>\n", e.text);
    free(lines);
}

/* Judgements and runs in one sentence. */
static void put_sum(FILE *f, const struct section *s)
{
    const struct judgements *j = &s->judged;
    const struct results *r = &s->r;
    int n_claim = judgements_count(j, CLAIM, N_VERDICT);
    fprintf(f, "<p>%d of %d runs have ended", r->n_ended, r->n_run);
    if (r->n_diverged)
        fprintf(f, ", %d of them diverged", r->n_diverged);
    if (n_claim)
        fprintf(f, "; %d of %d claims are reproduced, %d undecided, %d contradicted",
                judgements_count(j, CLAIM, REPRODUCED), n_claim,
                judgements_count(j, CLAIM, INCONCLUSIVE),
                judgements_count(j, CLAIM, NOT_REPRODUCED));
    if (judgements_count(j, PUBLISHED, N_VERDICT))
        fprintf(f,
                "; of %d published numbers %d agree, %d do not, and the others are not comparable",
                judgements_count(j, PUBLISHED, N_VERDICT), judgements_count(j, PUBLISHED, PASS),
                judgements_count(j, PUBLISHED, OUTSIDE));
    fputs(".</p>\n", f);
}

static int put_section(FILE *f, const struct section *s, const char *page, struct err *e)
{
    char *command = section_command(s);
    struct table t = s->table;
    t.page = page;
    print(f, "<section id=\"%s\">\n<h2>%s</h2>\n<p>", s->name, s->r.title);
    put_outcome(f, s->outcome);
    print(f, "%s, tier %s", s->r.experiment, s->r.tier);
    fputs(s->from->is_committed
              ? " <span class=\"badge\">committed result of this code, not run here</span>"
              : "",
          f);
    print(f, "</p>\n<p class=\"from\">How to get it: <code>%s</code></p>\n", command);
    free(command);
    put_sum(f, s);
    write_html(&t, f);
    verdict_write(&s->judged, &s->with, &form_html, f);
    put_lines(f, s);
    if (put_images(f, s, e) < 0)
        return -1;
    fputs("<p class=\"from\"><a href=\"#top\">Contents</a></p>\n</section>\n", f);
    return 0;
}

int page_html(FILE *f, const struct sections *s, const char *version, const char *page,
              struct err *e)
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
        fprintf(f, "%s</li>\n", outcome_legend[i]);
    }
    fprintf(f,
            "</ul>\n<p>%s Means are links to the manifest of their first run, and the seeds to "
            "those of all.</p>\n",
            page_smoke);
    put_contents(f, s);
    for (int i = 0; i < s->n; i++)
        if (put_section(f, &s->list[i], page, e) < 0)
            return -1;
    print(f,
          "<p class=\"from\">Written by gossipbench %s. Every number comes from runs whose "
          "manifests name configuration, data and code.</p>\n",
          version);
    fprintf(f, "<script>\n%s</script>\n</body>\n</html>\n", html_script);
    return 0;
}
