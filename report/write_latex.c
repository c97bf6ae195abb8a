#include "report/write.h"
#include <math.h>
#include <string.h>

/* Brackets and stars become groups: after the end of a row, LaTeX would read them as its
 * argument. */
void latex_text(FILE *f, const char *text)
{
    static const char *const special[][2] = {{"\\", "\\textbackslash{}"},
                                             {"~", "\\textasciitilde{}"},
                                             {"^", "\\textasciicircum{}"},
                                             {"<", "\\textless{}"},
                                             {">", "\\textgreater{}"},
                                             {"|", "\\textbar{}"},
                                             {"\"", "{''}"},
                                             {"[", "{[}"},
                                             {"*", "{*}"},
                                             {"²", "$^2$"},
                                             {"₊", "$_+$"},
                                             {"α", "$\\alpha$"},
                                             {"±", "$\\pm$"},
                                             {"–", "--"},
                                             {"×", "$\\times$"}};
    while (*text) {
        size_t i = 0;
        while (i < LENGTH(special) && strncmp(special[i][0], text, strlen(special[i][0])) != 0)
            i++;
        if (i < LENGTH(special)) {
            fputs(special[i][1], f);
            text += strlen(special[i][0]);
        } else {
            fprintf(f, strchr("#$%&_{}", *text) ? "\\%c" : "%c", *text);
            text++;
        }
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
        latex_text(f, c->text);
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
        latex_text(f, t->column[k].name);
        fputs(k < t->n_column - 1 ? " & " : " \\\\\n\\midrule\n", f);
    }
    for (int i = 0; i < t->n_cell; i++) {
        put_cell(f, &t->cell[i]);
        fputs((i + 1) % t->n_column ? " & " : " \\\\\n", f);
    }
    fputs("\\bottomrule\n\\end{tabular}\n", f);
    write_lines(f, t->code, "% ", "\n", NULL);
}
