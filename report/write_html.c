#include "report/html.h"
#include "report/write.h"
#include <string.h>

void html_text(FILE *f, const char *text)
{
    for (; *text; text++) {
        const char *as = *text == '<'   ? "&lt;"
                         : *text == '>' ? "&gt;"
                         : *text == '&' ? "&amp;"
                         : *text == '"' ? "&quot;"
                                        : NULL;
        if (as)
            fputs(as, f);
        else
            fputc(*text, f);
    }
}

/* A mean is a link to the first of its files; a text is followed by links to all of them. */
static void put_links(FILE *f, const struct table_cell *c, const char *page)
{
    for (const char *line = c->link; *line; line += strcspn(line, "\n") + 1) {
        struct file_link to = link_of(line);
        fputs(c->is_mean ? "" : line == c->link ? ": " : " ", f);
        html_link(f, page, to.path, to.name);
        if (c->is_mean)
            sample_print(&c->v, c->metric, "±", f);
        else
            html_text(f, strrchr(to.name, ' ') ? strrchr(to.name, ' ') + 1 : to.name);
        fputs("</a>", f);
        if (c->is_mean)
            return;
    }
}

/* A setting that repeats the row above is pale, so that those that differ stand out. */
static const char *class_of(const struct table *t, int i)
{
    const struct table_cell *c = &t->cell[i], *above = i >= t->n_column ? c - t->n_column : NULL;
    if (!t->column[i % t->n_column].is_left)
        return "";
    return above && c->text && above->text && !strcmp(c->text, above->text) ? " class=\"same\""
                                                                            : "";
}

static void put_cell(FILE *f, const struct table *t, int i)
{
    const struct table_cell *c = &t->cell[i];
    int linked = t->page && c->link && *c->link;
    fprintf(f, "<td%s>%s", class_of(t, i), c->bold ? "<b>" : "");
    if (c->is_mean && !linked)
        sample_print(&c->v, c->metric, "±", f);
    if (c->is_mean && linked)
        put_links(f, c, t->page);
    fputs(c->bold ? "</b>" : "", f);
    if (c->text)
        html_text(f, c->text);
    if (!c->is_mean && linked)
        put_links(f, c, t->page);
    fputs("</td>", f);
}

static void put_notes(FILE *f, const char *notes)
{
    if (!notes)
        return;
    fputs("<details><summary>Data, rates and code</summary>\n<ul>\n", f);
    write_lines(f, notes, "<li>", "</li>\n", html_text);
    fputs("</ul></details>\n", f);
}

void write_html(const struct table *t, FILE *f)
{
    put_notes(f, t->notes);
    int n_setting = 0;
    while (n_setting < t->n_column && t->column[n_setting].is_left)
        n_setting++;
    fprintf(f, "<div class=\"scroll\"><table data-settings=\"%d\">\n<thead><tr>", n_setting);
    for (int k = 0; k < t->n_column; k++) {
        fputs("<th scope=\"col\">", f);
        html_text(f, t->column[k].name);
        fputs("</th>", f);
    }
    fputs("</tr></thead>\n<tbody>", f);
    for (int i = 0; i < t->n_cell; i++) {
        fputs(i % t->n_column ? "" : i ? "</tr>\n<tr>" : "<tr>", f);
        put_cell(f, t, i);
    }
    fprintf(f, "%s</tbody>\n</table></div>\n", t->n_cell ? "</tr>\n" : "");
}

static void put_heading(FILE *f, const char *text)
{
    fputs("<details open><summary>", f);
    html_text(f, text);
    fputs("</summary>\n<ul class=\"verdicts\">\n", f);
}

static void put_item(FILE *f, const char *word, const char *text)
{
    static const char *const plain[][2] = {{"PASS", "passes"},
                                           {"SAME", "the same"},
                                           {"OUTSIDE", "outside"},
                                           {"NOT-COMPARABLE", "not comparable"},
                                           {"REPRODUCED", "reproduced"},
                                           {"NOT-REPRODUCED", "contradicted"},
                                           {"INCONCLUSIVE", "undecided"},
                                           {"NOT-RUN", "not run"}};
    size_t i = 0;
    while (i < LENGTH(plain) && strcmp(plain[i][0], word) != 0)
        i++;
    fputs("<li>", f);
    html_badge(f, word, i < LENGTH(plain) ? plain[i][1] : word);
    html_text(f, text);
    fputs("</li>\n", f);
}

const struct form form_html = {put_heading, put_item, "</ul></details>\n"};
