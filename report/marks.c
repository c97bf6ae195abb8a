#include "report/marks.h"
#include <string.h>

static void put_markdown(const char *text, FILE *f)
{
    for (; *text; text++)
        fprintf(f, strchr("|*\\", *text) ? "\\%c" : "%c", *text);
}

/* As a brace group, so that a bracket or star after a row's end is not taken for its argument. */
static void put_latex(const char *text, FILE *f)
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
        while (i < sizeof(special) / sizeof(*special) && special[i].sign != *text)
            i++;
        if (i < sizeof(special) / sizeof(*special))
            fputs(special[i].as, f);
        else
            fprintf(f, strchr("#$%&_{}", *text) ? "\\%c" : "%c", *text);
    }
}

static void put_names(const struct marks *m, const char *const *name, int n, FILE *f)
{
    fputs(m->open, f);
    for (int i = 0; i < n; i++) {
        m->put(name[i], f);
        fputs(i < n - 1 ? m->between : m->close, f);
    }
}

static void begin_markdown(const struct marks *m, const char *const *name, int n, int n_left,
                           FILE *f)
{
    (void)n_left;
    fputs("\n", f);
    put_names(m, name, n, f);
    fputs("|", f);
    for (int i = 0; i < n; i++)
        fputs(" --- |", f);
    fputs("\n", f);
}

static void begin_latex(const struct marks *m, const char *const *name, int n, int n_left, FILE *f)
{
    fputs("\\begin{tabular}{", f);
    for (int i = 0; i < n; i++)
        fputs(i < n_left ? "l" : "c", f);
    fputs("}\n\\toprule\n", f);
    put_names(m, name, n, f);
    fputs("\\midrule\n", f);
}

const struct marks markdown = {.title = "",
                               .item = "- ",
                               .open = "| ",
                               .between = " | ",
                               .close = " |\n",
                               .plus_minus = "±",
                               .none = "–",
                               .bold = {"**", "**"},
                               .code = "    ",
                               .put = put_markdown,
                               .begin = begin_markdown,
                               .end = ""};
const struct marks latex = {.title = "% ",
                            .item = "% ",
                            .open = "",
                            .between = " & ",
                            .close = " \\\\\n",
                            .plus_minus = "$\\pm$",
                            .none = "--",
                            .bold = {"\\textbf{", "}"},
                            .code = "% ",
                            .put = put_latex,
                            .begin = begin_latex,
                            .end = "\\bottomrule\n\\end{tabular}\n"};
