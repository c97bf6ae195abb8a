#include "report/figure.h"
#include "draw/gnuplot.h"
#include "draw/palette.h"
#include "report/write.h"
#include <stdlib.h>
#include <string.h>

/* In inches: the height of a line of text, the room above and below a panel's plot and at the
 * page's edges, and the approximate width of a letter. */
#define LINE    0.15
#define ABOVE   0.22
#define BELOW   0.42
#define EDGE    0.08
#define LETTER  0.062
#define CAPITAL 0.072 /* width of a letter in a name, since many are capitals */
#define SAMPLE  0.36  /* length of the line in a legend */
enum {
    DPI = 192 /* two pixels for each of a screen */,
    TITLE_SIZE = 9,
    TEXT_SIZE = 8,
    NOTE_SIZE = 7
};

const struct look looks[] = {
    {"screen", 3.4, 6.9, 0, 0}, {"one-column", 3.4, 5.5, 1, 0}, {"two-column", 3.4, 6.9, 1, 1}};

const struct look *look_find(const char *name, struct err *e)
{
    for (size_t i = 0; i < LENGTH(looks); i++)
        if (!strcmp(looks[i].name, name))
            return &looks[i];
    err_usage(e, "--style is '%.20s', but must be screen, one-column or two-column", name);
    return NULL;
}

/* The number of lines that the text takes at a width.  Unless f is NULL, print them from y
 * downwards. */
static int put_wrapped(FILE *f, const char *text, double width, double y, int size)
{
    size_t fit = (size_t)(width / (LETTER * size / TEXT_SIZE)), n;
    int n_line = 0;
    for (; text && *text; text += n + (text[n] == ' '), n_line++) {
        char line[256];
        n = strlen(text);
        if (n > fit)
            for (n = fit; n > fit / 2 && text[n] != ' ';)
                n--;
        snprintf(line, sizeof(line), "%.*s", (int)n, text);
        if (!f)
            continue;
        fputs("set label ", f);
        gnuplot_text(f, line);
        fprintf(f, " at %.3f,%.3f left noenhanced font ',%d'\n", EDGE, y - n_line * LINE, size);
    }
    return n_line;
}

/* The text for the page, or "" if it is left to the caption. */
static const char *shown(const struct figure *g, const char *text)
{
    return g->look->is_paper ? "" : text;
}

/* The number of legend entries that fit next to each other; *each: the width of one. */
static int legend_columns(const struct figure *g, double *each)
{
    size_t longest = 0;
    for (int i = 0; i < g->n_legend; i++)
        longest = strlen(g->legend[i]) > longest ? strlen(g->legend[i]) : longest;
    *each = SAMPLE + 0.25 + CAPITAL * (double)longest;
    int n = (int)((g->width - 2 * EDGE) / *each);
    return n < 1 ? 1 : n > g->n_legend ? g->n_legend : n;
}

static int rows_of(int n, int n_column)
{
    return n_column ? (n + n_column - 1) / n_column : 0;
}

static void put_legend(struct figure *g)
{
    double each, x[FIGURE_LINES] = {0}, y[FIGURE_LINES] = {0};
    int n_column = legend_columns(g, &each);
    for (int i = 0; i < g->n_legend; i++) {
        x[i] = (g->width - n_column * each) / 2 + i % n_column * each;
        y[i] = g->bottom - EDGE - LINE * (i / n_column + 0.5);
        fputs("set label ", g->f);
        gnuplot_text(g->f, g->legend[i]);
        fprintf(g->f, " at %.3f,%.3f left noenhanced\n", x[i] + SAMPLE + 0.06, y[i]);
    }
    fputs("plot NaN notitle", g->f); /* the labels, even if there are no lines */
    for (int i = 1; i <= g->n_legend; i++)
        fprintf(g->f, ", '-' with lines lt %d, '-' with points lt %d", g->type[i - 1],
                g->type[i - 1]);
    fputs("\n", g->f);
    for (int i = 0; i < g->n_legend; i++)
        fprintf(g->f, "%.3f %.3f\n%.3f %.3f\ne\n%.3f %.3f\ne\n", x[i], y[i], x[i] + SAMPLE, y[i],
                x[i] + SAMPLE / 2, y[i]);
}

/* The page behind the panels, in inches from its lower left corner: title, legend, note. */
static void put_page(struct figure *g)
{
    double y = g->height - EDGE - LINE / 2, size = g->width - 2 * EDGE;
    fprintf(g->f,
            "set lmargin at screen 0\nset rmargin at screen 1\nset bmargin at screen 0\n"
            "set tmargin at screen 1\nset xrange [0:%.3f]\nset yrange [0:%.3f]\n",
            g->width, g->height);
    y -= LINE * put_wrapped(g->f, shown(g, g->title), size, y, TITLE_SIZE);
    put_wrapped(g->f, shown(g, g->about), size, y, TEXT_SIZE);
    double below = EDGE + LINE * put_wrapped(NULL, shown(g, g->note), size, 0, NOTE_SIZE);
    put_wrapped(g->f, shown(g, g->note), size, below - LINE / 2, NOTE_SIZE);
    put_legend(g);
}

void figure_legend(struct figure *g, const struct levels *line, const struct style *style,
                   int first, unsigned used)
{
    for (int i = first; i < line->n && i < first + FIGURE_LINES; i++) {
        g->style[i - first] = style[i];
        if (!line->label[i][0] || !(used >> (i - first) & 1))
            continue; /* without an axis there is a single line, which needs no name */
        g->type[g->n_legend] = i - first + 1;
        snprintf(g->legend[g->n_legend++], LEVEL_TEXT, "%s", line->label[i]);
    }
}

void figure_open(struct figure *g)
{
    double each, size;
    g->width = g->n_column == 1 ? g->look->column : g->look->page;
    size = g->width - 2 * EDGE;
    g->top = 2 * EDGE + LINE * (put_wrapped(NULL, shown(g, g->title), size, 0, TITLE_SIZE) +
                                put_wrapped(NULL, shown(g, g->about), size, 0, TEXT_SIZE));
    g->bottom = 2 * EDGE + LINE * (rows_of(g->n_legend, legend_columns(g, &each)) +
                                   put_wrapped(NULL, shown(g, g->note), size, 0, NOTE_SIZE));
    g->height = g->top + g->bottom + rows_of(g->n_panel, g->n_column) * (ABOVE + g->inner + BELOW);
    g->f = open_memstream(&g->text, &g->size);
    fputs("set encoding utf8\nset multiplot\nunset key\nunset border\nunset tics\n", g->f);
    for (int i = 0; i < FIGURE_LINES && g->style[i].color; i++)
        style_put(g->f, i + 1, &g->style[i]);
    put_page(g);
}

double figure_width(const struct figure *g)
{
    double gaps = (g->n_column - 1) * g->gap;
    return (g->width - g->margin - g->right - 2 * EDGE - gaps) / g->n_column;
}

FILE *figure_panel(struct figure *g, int i, const char *title)
{
    int row = i / g->n_column, column = i % g->n_column;
    double wide = figure_width(g);
    double left = g->margin + column * (wide + g->gap);
    double top = g->height - g->top - ABOVE - row * (ABOVE + g->inner + BELOW);
    fprintf(g->f,
            "reset\nunset key\nset border 3 lw 0.7 lc rgb '#404040'\nset tics out nomirror scale "
            "0.5 font ',%d'\n"
            "set grid lc rgb '#d0d0d0' lw 0.5 dt solid\nset xlabel font ',%d'\nset ylabel font "
            "',%d'\nset lmargin at screen %.5f\nset rmargin at screen %.5f\n"
            "set tmargin at screen %.5f\nset bmargin at screen %.5f\nset title ",
            NOTE_SIZE, NOTE_SIZE, NOTE_SIZE, left / g->width, (left + wide) / g->width,
            top / g->height, (top - g->inner) / g->height);
    gnuplot_text(g->f, title);
    fprintf(g->f, " noenhanced offset 0,-0.7 font ',%d'\n",
            g->n_column > 2 ? NOTE_SIZE : TEXT_SIZE);
    return g->f;
}

/* Let gnuplot write the page to path. */
static int draw(const struct figure *g, const char *path, const char *terminal,
                int (*finish)(const char *path, struct err *e), struct err *e)
{
    FILE *to = gnuplot_open(path, e);
    if (!to)
        return -1;
    fprintf(to, "set terminal %s", terminal);
    gnuplot_output(to);
    fwrite(g->text, 1, g->size, to);
    fputs("unset multiplot\n", to);
    return gnuplot_close(to, finish, e);
}

/* The caption of a paper, with the picture beside this file. */
static int write_caption(const struct figure *g, const char *name, const char *path, struct err *e)
{
    struct text text;
    const char *kind = g->look->is_starred && g->n_column > 1 ? "figure*" : "figure";
    FILE *f = text_open(&text);
    fprintf(f,
            "%% \\usepackage{graphicx}; \\graphicspath{{FOLDER/}} names the folder of %s.pdf.\n"
            "\\begin{%s}\n\\centering\n\\includegraphics[width=%.2g\\linewidth]{%s.pdf}\n"
            "\\caption{",
            name, kind, g->look->is_starred ? 1 : g->width / g->look->page, name);
    latex_text(f, g->title);
    fputs(" (", f), latex_text(f, g->about), fputs("). ", f);
    latex_text(f, g->note);
    fprintf(f, "}\n\\label{fig:%s}\n\\end{%s}\n", name, kind);
    return text_save(&text, path, e);
}

/* The formats of a picture.  In each, gnuplot measures letters and lines differently. */
static const struct {
    const char *ending, *terminal, *unit, *more;
    double dots, letters, lengths; /* dots: of an inch */
    int (*finish)(const char *path, struct err *e);
} forms[] = {
    {"png", "pngcairo", "", "pointscale 2.667", DPI, DPI / 96.0, DPI / 72.0, palette_reduce},
    {"svg", "svg", "", "background rgb 'white'", 96, 1.333, 1.333, NULL},
    {"pdf", "pdfcairo", "in", "", 1, 0.75, 1.5, NULL}};

int figure_close(struct figure *g, const char *folder, const char *name, struct err *e)
{
    char path[PATH_LENGTH], terminal[160];
    int status = 0;
    fclose(g->f);
    for (size_t i = 0; i < LENGTH(forms) && status == 0; i++) {
        int digits = forms[i].dots > 1 ? 0 : 3;
        snprintf(terminal, sizeof(terminal),
                 "%s size %.*f%s,%.*f%s font 'Sans,%d' fontscale %.3f linewidth %.3f %s",
                 forms[i].terminal, digits, g->width * forms[i].dots, forms[i].unit, digits,
                 g->height * forms[i].dots, forms[i].unit, TEXT_SIZE, forms[i].letters,
                 forms[i].lengths, forms[i].more);
        status = path_print(path, e, "%s/%s.%s", folder, name, forms[i].ending);
        if (status == 0)
            status = draw(g, path, terminal, forms[i].finish, e);
    }
    if (status == 0)
        status = path_print(path, e, "%s/%s.tex", folder, name);
    if (status == 0)
        status = write_caption(g, name, path, e);
    free(g->text);
    return status;
}

void figure_drop(struct figure *g)
{
    fclose(g->f);
    free(g->text);
}
