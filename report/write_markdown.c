#include "report/write.h"
#include <string.h>

void markdown_text(FILE *f, const char *text)
{
    for (; *text; text++)
        if ((unsigned char)*text < ' ')
            fputc(' ', f);
        else
            fprintf(f, strchr("|*\\", *text) ? "\\%c" : "%c", *text);
}

static void put_cell(FILE *f, const struct table_cell *c)
{
    fputs(c->bold ? "**" : "", f);
    if (c->is_mean)
        sample_print(&c->v, c->metric, "±", f);
    fputs(c->bold ? "**" : "", f);
    if (c->text)
        markdown_text(f, c->text);
}

void write_markdown_body(const struct table *t, FILE *f)
{
    write_lines(f, t->notes, "- ", "\n", NULL);
    fputs("\n", f);
    for (int k = 0; k < t->n_column; k++) {
        fputs("| ", f);
        markdown_text(f, t->column[k].name);
        fputs(k < t->n_column - 1 ? " " : " |\n|", f);
    }
    for (int k = 0; k < t->n_column; k++)
        fputs(" --- |", f);
    for (int i = 0; i < t->n_cell; i++) {
        fputs(i % t->n_column ? " | " : i ? " |\n| " : "\n| ", f);
        put_cell(f, &t->cell[i]);
    }
    fputs(t->n_cell ? " |\n" : "\n", f);
    if (t->code)
        fputs("\n", f);
    write_lines(f, t->code, "    ", "\n", NULL);
}

void write_markdown(const struct table *t, FILE *f)
{
    fprintf(f, "%s\n\n", t->title);
    write_markdown_body(t, f);
}

static void put_heading(FILE *f, const char *text)
{
    fprintf(f, "%s\n\n", text);
}

static void put_item(FILE *f, const char *word, const char *text)
{
    fprintf(f, "- **%s** %s\n", word, text);
}

const struct form form_markdown = {put_heading, put_item, ""};
