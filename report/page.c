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

/* The last folder of a path. */
static const char *last_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

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
                last_of(s->from->runs), last_of(s->from->figures), s->figures.name[k]);
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
