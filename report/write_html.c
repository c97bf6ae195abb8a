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

static void put_cell(FILE *f, const struct table_cell *c)
{
    fputs(c->bold ? "<td><b>" : "<td>", f);
    if (c->is_mean)
        sample_print(&c->v, c->metric, "±", f);
    fputs(c->bold ? "</b>" : "", f);
    if (c->text)
        html_text(f, c->text);
    fputs("</td>", f);
}

void write_html(const struct table *t, FILE *f)
{
    fputs(t->notes ? "<ul>\n" : "", f);
    write_lines(f, t->notes, "<li>", "</li>\n", html_text);
    fputs(t->notes ? "</ul>\n" : "", f);
    fputs("<div class=\"scroll\"><table>\n<tr>", f);
    for (int k = 0; k < t->n_column; k++) {
        fputs("<th>", f);
        html_text(f, t->column[k].name);
        fputs("</th>", f);
    }
    for (int i = 0; i < t->n_cell; i++) {
        fputs(i % t->n_column ? "" : "</tr>\n<tr>", f);
        put_cell(f, &t->cell[i]);
    }
    fputs("</tr>\n</table></div>\n", f);
    fputs(t->code ? "<pre>" : "", f);
    write_lines(f, t->code, "", "\n", html_text);
    fputs(t->code ? "</pre>\n" : "", f);
}

static void put_heading(FILE *f, const char *text)
{
    fputs("<p>", f);
    html_text(f, text);
    fputs("</p>\n<ul>\n", f);
}

static void put_item(FILE *f, const char *word, const char *text)
{
    fprintf(f, "<li><b>%s</b> ", word);
    html_text(f, text);
    fputs("</li>\n", f);
}

const struct form form_html = {put_heading, put_item, "</ul>\n"};
