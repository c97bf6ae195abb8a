#include "report/page.h"
#include "core/build.h"
#include "draw/names.h"
#include "report/plot.h"
#include <stdlib.h>
#include <string.h>

const char *const outcome_legend[N_OUTCOME] = {
    [OUTCOME_PASS] = "every claim of the experiment is reproduced.",
    [OUTCOME_INCONCLUSIVE] =
        "no claim is contradicted, but the seeds leave at least one undecided.",
    [OUTCOME_NO_CLAIMS] = "the experiment claims nothing, so there is nothing to judge.",
    [OUTCOME_INCOMPLETE] = "runs are missing, or a claim has fewer than two pairs of seeds.",
    [OUTCOME_FAIL] = "a claim is contradicted."};

const char page_smoke[] = "The smoke tier only shows that everything runs; its numbers say "
                          "nothing about the methods.";

static void put_markdown(FILE *f, const struct section *s)
{
    char *command = section_command(s);
    fprintf(f, "\n## %s\n\n**%s**\n\n`%s`\n\n", s->name, s->r.title, command);
    free(command);
    write_markdown_body(&s->table, f);
    fputs("\n", f);
    verdict_markdown(&s->judged, &s->with, &s->r, s->outcome, f);
    for (int k = 0; k < s->figures.n; k++) {
        char caption[160];
        int is_line;
        fprintf(f, "\n![%s](%s/%s/%s)\n",
                plot_caption(&s->r, s->figures.name[k], caption, sizeof(caption), &is_line),
                path_name(s->from->runs), path_name(s->from->figures), s->figures.name[k]);
    }
}

/* A row for a claim of an abstract: "| REPRODUCED | … | +8.41 [4.75, 12.07] | 3 | … | …". */
static void put_claim(FILE *f, const struct section *s, const struct judgement *g)
{
    const struct sample *v = &g->ours.v;
    double half = mean_band(*v, 0.95);
    fprintf(f, "| %s | ", verdict_name[g->verdict]);
    markdown_text(f, g->what);
    if (v->n < 2)
        fputs(" | –", f);
    else
        fprintf(f, lower_is_better(g->metric) ? " | %+.3g [%.3g, %.3g]" : " | %+.2f [%.2f, %.2f]",
                v->mean, v->mean - half, v->mean + half);
    fprintf(f, " | %d | [%s](#%s) | ", v->n, s->name, s->name);
    markdown_text(f, g->source);
    fputs(" |\n", f);
}

/* Write one line for each claim of an abstract; nothing if there are none. */
static void put_claims(FILE *f, const struct sections *s)
{
    int n = 0;
    for (int i = 0; i < s->n; i++)
        for (int k = 0; k < s->list[i].judged.n; k++) {
            const struct judgement *g = &s->list[i].judged.list[k];
            if (!strstr(g->source, "abstract"))
                continue;
            if (n++ == 0)
                fputs("\n## What abstracts say, and what was found\n\nEach line is a claim whose "
                      "source is the abstract of a paper; the tables below have all claims. The "
                      "gain is the mean over seeds with its 95 % interval; the verdict takes all "
                      "claims of a table together, so that an interval above zero is not always "
                      "enough.\n\n| verdict | claim | gain | seeds | table | source |\n"
                      "| --- | --- | --- | --- | --- | --- |\n",
                      f);
            put_claim(f, &s->list[i], g);
        }
}

void page_markdown(FILE *f, const struct sections *s)
{
    fputs("# Results\n\nThe results that come with this code, written by `gossipbench report "
          "--markdown` from `expected/`, which holds the manifest and metrics.csv of every run. "
          "Each table names the SHA-256 of its data and of its code. Other files, including the "
          "official ones where copies were used here, give different numbers.\n\n",
          f);
    for (int i = N_OUTCOME - 1; i >= 0; i--)
        fprintf(f, "- **%s**: %s\n", outcome_name[i], outcome_legend[i]);
    fprintf(f,
            "\n%s\n\n| verdict | experiment | tier | data | runs |\n"
            "| --- | --- | --- | --- | --- |\n",
            page_smoke);
    for (int i = 0; i < s->n; i++) {
        const struct section *t = &s->list[i];
        char data[NAME_SHOWN];
        fprintf(f, "| %s | [", outcome_name[t->outcome]);
        markdown_text(f, t->r.title);
        fprintf(f, "](#%s) | %s | %s | %d/%d |\n", t->name, t->r.tier,
                name_of_value("dataset", results_data(&t->r), data), t->r.n_ended, t->r.n_run);
    }
    put_claims(f, s);
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
        status = page_html(f, s, version, path, e);
    if (status == 0)
        return text_save(&text, path, e);
    free(text_close(&text));
    return -1;
}
