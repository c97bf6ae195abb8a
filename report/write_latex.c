#include "report/write.h"
#include <math.h>
#include <stdlib.h>
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
                                             {"†", "$^\\dagger$"},
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

/* "1.49e-10" as a power of ten. */
static void put_sample(FILE *f, const struct table_cell *c)
{
    struct text text;
    sample_print(&c->v, c->metric, "$\\pm$", text_open(&text));
    char *number = text_close(&text);
    for (const char *p = number; *p; p++) {
        char *end;
        if (*p != 'e') {
            fputc(*p, f);
            continue;
        }
        fprintf(f, "$\\cdot10^{%ld}$", strtol(p + 1, &end, 10));
        p = end - 1;
    }
    free(number);
}

static void put_cell(FILE *f, const struct table_cell *c)
{
    fputs(c->bold ? "\\textbf{" : "", f);
    if (c->is_mean && isnan(c->v.mean))
        fputs("--", f);
    else if (c->is_mean)
        put_sample(f, c);
    fputs(c->bold ? "}" : "", f);
    if (c->text)
        latex_text(f, c->text);
}

/* A table wider than a line is scaled down to the width of a line. */
static const char fit[] =
    "\\resizebox{\\ifdim\\width>\\linewidth\\linewidth\\else\\width\\fi}{!}{%\n";

static void put_rows(const struct table *t, FILE *f)
{
    for (int i = 0; i < t->n_cell; i++) {
        if (t->cell[i].is_group) {
            fprintf(f, "%s\\multicolumn{%d}{l}{\\emph{", i ? "\\addlinespace\n" : "", t->n_column);
            latex_text(f, t->cell[i].text);
            fputs("}} \\\\\n", f);
            i += t->n_column - 1;
            continue;
        }
        put_cell(f, &t->cell[i]);
        fputs((i + 1) % t->n_column ? " & " : " \\\\\n", f);
    }
}

void write_latex(const struct table *t, FILE *f)
{
    fputs("% \\usepackage{booktabs,graphicx}\n", f);
    write_lines(f, t->notes, "% ", "\n", NULL);
    fputs("\\begin{table}\n\\centering\\small\\setlength{\\tabcolsep}{4pt}\n\\caption{", f);
    latex_text(f, t->caption ? t->caption : t->title);
    fputs("}\n", f);
    if (t->label)
        fprintf(f, "\\label{tab:%s}\n", t->label);
    fprintf(f, "\\smallskip\n%s\\begin{tabular}{", fit);
    for (int k = 0; k < t->n_column; k++)
        fputc(t->column[k].is_left ? 'l' : 'c', f);
    fputs("}\n\\toprule\n", f);
    for (int k = 0; k < t->n_column; k++) {
        latex_text(f, t->column[k].name);
        fputs(k < t->n_column - 1 ? " & " : " \\\\\n\\midrule\n", f);
    }
    put_rows(t, f);
    fputs("\\bottomrule\n\\end{tabular}}\n\\end{table}\n", f);
}
