#include "report/write.h"
#include <math.h>
#include <string.h>

/* Brackets and stars become groups: after the end of a row, LaTeX would read them as its
 * argument. */
static void put_text(FILE *f, const char *text)
{
    static const struct {
        char sign;
        const char *as;
    } special[] = {{'\\', "\\textbackslash{}"},
                   {'~', "\\textasciitilde{}"},
                   {'^', "\\textasciicircum{}"},
                   {'<', "\\textless{}"},
                   {'>', "\\textgreater{}"},
                   {'|', "\\textbar{}"},
                   {'"', "{''}"},
                   {'[', "{[}"},
                   {'*', "{*}"}};
    for (; *text; text++) {
        size_t i = 0;
        while (i < LENGTH(special) && special[i].sign != *text)
            i++;
        if (i < LENGTH(special))
            fputs(special[i].as, f);
        else
            fprintf(f, strchr("#$%&_{}", *text) ? "\\%c" : "%c", *text);
    }
}

static void put_cell(FILE *f, const struct table_cell *c)
{
    fputs(c->bold ? "\\textbf{" : "", f);
    if (c->is_mean && isnan(c->v.mean))
        fputs("--", f);
    else if (c->is_mean)
        sample_print(&c->v, c->metric, "$\\pm$", f);
    fputs(c->bold ? "}" : "", f);
    if (c->text)
        put_text(f, c->text);
}

void write_latex(const struct table *t, FILE *f)
{
    fprintf(f, "%% %s\n", t->title);
    write_lines(f, t->notes, "% ", "\n", NULL);
    fputs("\\begin{tabular}{", f);
    for (int k = 0; k < t->n_column; k++)
        fputc(t->column[k].is_left ? 'l' : 'c', f);
    fputs("}\n\\toprule\n", f);
    for (int k = 0; k < t->n_column; k++) {
        put_text(f, t->column[k].name);
        fputs(k < t->n_column - 1 ? " & " : " \\\\\n\\midrule\n", f);
    }
    for (int i = 0; i < t->n_cell; i++) {
        put_cell(f, &t->cell[i]);
        fputs((i + 1) % t->n_column ? " & " : " \\\\\n", f);
    }
    fputs("\\bottomrule\n\\end{tabular}\n", f);
    write_lines(f, t->code, "% ", "\n", NULL);
}
