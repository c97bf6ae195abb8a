/* Figures with lines: over epochs, and over an axis of numbers. */
#include "draw/gnuplot.h"
#include "draw/names.h"
#include "report/axis.h"
#include "report/svg.h"
#include "report/write.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The two kinds. */
struct kind {
    const char *what;
    int (*gather)(struct panel *panel, const struct plot *p, const struct levels *facet, int i,
                  int first, struct err *e);
    int is_over_axis;
};

/* The range of all panels that show the metric, so that they can be compared.  Diverged runs count
 * only if there are no others. */
static struct range range_of(const struct panel *panel, int n, int metric)
{
    struct extent all = extent_empty;
    for (int diverged = 0; diverged < 2 && all.low > all.high; diverged++)
        for (int i = 0; i < n; i++)
            for (int k = 0; k < panel[i].n_trace && panel[i].metric == metric; k++) {
                const struct trace *t = &panel[i].trace[k];
                for (int j = 0; j < t->n && t->diverged == diverged; j++)
                    extent_add(&all, t->at[j].low, t->at[j].mean, t->at[j].high);
            }
    return axis_of_metric(metric, &all);
}

static struct range x_range_of(const struct plot *p, const struct panel *panel, int n,
                               int is_over_axis)
{
    struct extent all = extent_empty;
    for (int i = 0; i < n; i++)
        for (int k = 0; k < panel[i].n_trace; k++)
            for (int j = 0; j < panel[i].trace[k].n; j++) {
                double x = panel[i].trace[k].at[j].x;
                extent_add(&all, x, x, x);
            }
    if (!is_over_axis)
        return (struct range){0, all.high, 0, p->ruler == NULL};
    struct range g = {all.low, all.high, all.low > 0 && all.high >= 4 * all.low, 0};
    double room = g.is_log ? pow(g.high / g.low, 0.08) : 0.08 * (g.high - g.low);
    return g.is_log ? (struct range){g.low / room, g.high * room, 1, 0}
                    : (struct range){g.low - room, g.high + room, 0, 0};
}

/* Put a tic at each value if there are few enough to be read, and leave out labels that would be
 * too close to the previous one. */
static void put_places(FILE *f, const struct plot *p, struct range x, double width)
{
    enum { MOST = 8 };
    struct levels place;
    double labelled[MOST];
    int n = 0;
    levels_open(&place, p->r, 1u << p->x_axis);
    for (int k = 0; k < place.n && place.n <= MOST; k++) {
        const char *text = results_axis(p->r, place.first[k], p->x_axis);
        double v = levels_number(p->r, place.first[k], p->x_axis), free = 1;
        double needed = (0.06 * (double)strlen(text) + 0.05) / width; /* a letter's inches */
        double at =
            x.is_log ? log(v / x.low) / log(x.high / x.low) : (v - x.low) / (x.high - x.low);
        for (int i = 0; i < n; i++)
            free = fmin(free, fabs(at - labelled[i]));
        fprintf(f, k ? ", " : "set xtics (");
        gnuplot_tic(f, free < needed ? "" : text, v);
        if (free >= needed)
            labelled[n++] = at;
    }
    fputs(place.n <= MOST ? ")\n" : "", f);
    levels_close(&place);
}

/* Print the trace as a named block of data; lines over an axis are shifted slightly against each
 * other. */
static void put_block(FILE *f, const struct trace *t, int number, struct range x, struct range y,
                      double apart)
{
    fprintf(f, "$t%d << EOD\n", number);
    for (int j = 0; j < t->n; j++) {
        const struct spot *s = &t->at[j];
        double edge = y.is_log ? y.low : -INFINITY, at = s->x;
        at = x.is_log ? at * pow(x.high / x.low, apart) : at + apart * (x.high - x.low);
        if (s->mean > edge || (!y.is_log && isfinite(s->mean)))
            fprintf(f, "%.9g %.9g %.9g %.9g\n", at, s->mean, fmax(s->low, edge), s->high);
    }
    fputs("EOD\n", f);
}

/* Mark, inside the panel, where a line ends because its run diverged. */
static void put_cross(FILE *f, const struct panel *panel, const struct trace *t, int number,
                      struct range y, int is_over_axis)
{
    double bad = lower_is_better(panel->metric) ? y.high : y.low;
    double at = is_over_axis || t->n == 0 ? bad : t->at[t->n - 1].mean;
    fprintf(f, "$t%d << EOD\n%.9g %.9g\nEOD\n", number, t->n ? t->at[t->n - 1].x : 0,
            fmin(fmax(at, y.low), y.high));
}

/* The label of the horizontal axis. */
static const char *x_name(const struct plot *p, const struct kind *kind, char buf[NAME_SHOWN])
{
    if (p->ruler)
        return p->ruler->name;
    if (!kind->is_over_axis)
        return p->is_toy ? "round" : "epoch";
    const char *key = p->r->axis[p->x_axis];
    return !strcmp(key, "workers") ? "number of workers" : name_of_key(key, buf);
}

/* width: of the plot, in inches. */
static void put_panel(FILE *f, const struct plot *p, const struct panel *panel,
                      const struct kind *kind, struct range x, struct range y, double width)
{
    char name[NAME_SHOWN];
    int n = panel->n_trace;
    axis_put(f, 'x', x, x_name(p, kind, name));
    axis_put(f, 'y', y, plot_axis_name(p, panel->metric, name, sizeof(name)));
    if (kind->is_over_axis)
        put_places(f, p, x, width);
    for (int i = 0; i < n; i++) {
        const struct trace *t = &panel->trace[i];
        double apart = kind->is_over_axis ? 0.012 * (t->style - 0.5 - 0.5 * p->line.n) : 0;
        put_block(f, t, i, x, y, apart);
        if (t->diverged)
            put_cross(f, panel, t, n + i, y, kind->is_over_axis);
    }
    fputs("plot NaN notitle", f);
    for (int i = 0; i < n && !kind->is_over_axis && p->n_seed > 1; i++)
        if (!panel->trace[i].diverged)
            fprintf(f,
                    ", $t%d using 1:3:4 with filledcurves lt %d fs transparent solid 0.15 noborder",
                    i, panel->trace[i].style);
    for (int i = 0; i < n; i++) {
        const struct trace *t = &panel->trace[i];
        if (t->diverged)
            fprintf(f, ", $t%d with lines lt %d lw 0.6, $t%d with points lt %d pt 2 ps 0.9", i,
                    t->style, n + i, t->style);
        else
            fprintf(f, ", $t%d using 1:2 with linespoints lt %d pi %d", i, t->style,
                    t->n / 6 > 1 ? t->n / 6 : 1);
        if (kind->is_over_axis && !t->diverged && p->n_seed > 1)
            fprintf(f, ", $t%d using 1:2:3:4 with yerrorbars lt %d dt solid", i, t->style);
    }
    fputs("\n", f);
}

/* The lines that are drawn in one of the panels, as bits. */
static unsigned lines_of(const struct panel *panel, int n)
{
    unsigned used = 0;
    for (int i = 0; i < n; i++)
        for (int k = 0; k < panel[i].n_trace; k++)
            if (panel[i].trace[k].n)
                used |= 1u << (panel[i].trace[k].style - 1);
    return used;
}

/* Whether a value is missing because a logarithmic axis cannot show it. */
static int has_zeros(const struct panel *panel, int n)
{
    for (int i = 0; i < n; i++)
        for (int k = 0; k < panel[i].n_trace; k++)
            for (int j = 0; j < panel[i].trace[k].n; j++)
                if (panel[i].trace[k].at[j].mean <= 0 && range_of(panel, n, panel[i].metric).is_log)
                    return 1;
    return 0;
}

static void note_of(const struct plot *p, const struct kind *kind, int zeros,
                    const struct panel *panel, int n, char *buf, size_t size)
{
    char seeds[96] = "One seed.";
    int n_lone = 0;
    for (int i = 0; i < n; i++)
        n_lone += panel[i].n_lone;
    if (p->n_seed > 1)
        snprintf(seeds, sizeof(seeds), "Mean of %d seeds; %s.", p->n_seed,
                 kind->is_over_axis ? "bars: plus and minus their standard deviation"
                                    : "bands: from the lowest to the highest");
    snprintf(buf, size, "%s%s%s%s%s", seeds,
             n_lone ? " What would be a single point is among the bars." : "",
             zeros ? " Where a line is missing, the value is 0." : "",
             p->r->n_diverged ? " Crosses: a run diverged; it is not in the mean." : "",
             p->missing);
}

/* The same for an HTML page. */
static void put_html(const struct plot *p, const struct kind *kind, const struct panel *panel,
                     int n, int first, const char *note)
{
    char x[NAME_SHOWN], y[NAME_SHOWN];
    FILE *f = p->html;
    fprintf(f, "<figure class=\"lines%s\">\n", n == 1 ? " one" : "");
    svg_legend(f, p, first, lines_of(panel, n));
    fputs("<div class=\"panels\">\n", f);
    struct frame a = {.x = x_range_of(p, panel, n, kind->is_over_axis),
                      .x_name = x_name(p, kind, x),
                      .is_over_axis = kind->is_over_axis};
    for (int i = 0; i < n; i++) {
        a.y = range_of(panel, n, panel[i].metric);
        a.y_name = plot_axis_name(p, panel[i].metric, y, sizeof(y));
        fputs("<div><p>", f);
        if (strcmp(panel[i].title, columns[panel[i].metric].name) != 0 && *panel[i].title)
            fputs("<b>", f), html_text(f, panel[i].title), fputs("</b>: ", f);
        html_text(f, a.y_name), fputs("</p>\n", f);
        svg_panel(f, p, &panel[i], first, &a);
        fputs("</div>\n", f);
    }
    fputs("</div>\n<figcaption>", f), html_text(f, note), fputs("</figcaption></figure>\n", f);
}

/* Draw one page: panels with the lines from `first` on. */
static int draw_page(struct plot *p, const struct kind *kind, const struct panel *panel, int n,
                     int first, const char *what, int part, struct err *e)
{
    char note[512] = "";
    note_of(p, kind, has_zeros(panel, n), panel, n, note, sizeof(note));
    if (p->html) {
        put_html(p, kind, panel, n, first, note);
        return 0;
    }
    struct figure g = plot_figure(p, n, note);
    figure_legend(&g, &p->line, p->style, first, lines_of(panel, n));
    figure_open(&g);
    struct range x = x_range_of(p, panel, n, kind->is_over_axis);
    for (int i = 0; i < n; i++)
        put_panel(figure_panel(&g, i, panel[i].title), p, &panel[i], kind, x,
                  range_of(panel, n, panel[i].metric), figure_width(&g));
    return plot_save(p, &g, what, part, e);
}

/* Whether a line of the panel has as many points as the kind needs. */
static int has_lines(const struct panel *panel, const struct kind *kind)
{
    for (int k = 0; k < panel->n_trace; k++)
        if (panel->trace[k].n > !kind->is_over_axis)
            return 1;
    return 0;
}

/* Make a panel for each metric and level of the other axes.  A page has a few panels with up to ten
 * lines each. */
static int draw_panels(struct plot *p, const struct kind *kind, const struct levels *facet,
                       const int *metric, int n_metric, const char *what, struct err *e)
{
    int n = 0, part = 0, status = 0;
    struct panel panel[PLOT_PANELS];
    for (int first = 0; first < p->line.n; first += FIGURE_LINES)
        for (int i = 0; i < n_metric * facet->n && status == 0; i++) {
            struct panel *last = &panel[n];
            last->metric = metric[i / facet->n];
            snprintf(last->title, sizeof(last->title), "%s",
                     facet->n > 1   ? facet->label[i % facet->n]
                     : n_metric > 1 ? columns[last->metric].name
                                    : "");
            status = kind->gather(last, p, facet, i % facet->n, first, e);
            if (status == 0 && has_lines(last, kind))
                n++;
            else
                panel_release(last);
            if (status == 0 && n && (n == PLOT_PANELS || i == n_metric * facet->n - 1)) {
                status = draw_page(p, kind, panel, n, first, what, ++part, e);
                while (n > 0)
                    panel_release(&panel[--n]);
            }
        }
    while (n > 0)
        panel_release(&panel[--n]);
    return status;
}

static int draw_kind(struct plot *p, const struct kind *kind, const int *metric, int n_metric,
                     struct err *e)
{
    struct levels facet;
    char what[40];
    int status = 0;
    levels_open(&facet, p->r,
                plot_other_axes(p, p->line_axis, kind->is_over_axis ? p->x_axis : -1));
    if (facet.n == 1)
        status = draw_panels(p, kind, &facet, metric, n_metric, kind->what, e);
    for (int m = 0; m < n_metric && facet.n > 1 && status == 0; m++) {
        snprintf(what, sizeof(what), "%.12s-%.24s", kind->what, columns[metric[m]].key);
        status = draw_panels(p, kind, &facet, &metric[m], 1, what, e);
    }
    levels_close(&facet);
    return status;
}

int plot_curves_of(struct plot *p, int metric, struct err *e)
{
    const struct kind curves = {p->ruler ? p->ruler->what : "curves", panel_of_curves, 0};
    return draw_kind(p, &curves, &metric, 1, e);
}

int plot_curves(struct plot *p, struct err *e)
{
    static const struct kind curves = {"curves", panel_of_curves, 0};
    int metric[2 * N_COLUMN], n = 0;
    for (; n < p->r->n_metric; n++)
        metric[n] = p->r->metric[n];
    for (int c = 0; c < N_COLUMN && !p->is_toy; c++) { /* for networks, every accuracy and loss */
        int shown =
            (columns[c].kind != ACCURACY && columns[c].kind != LOSS) || columns[c].is_optional;
        for (int k = 0; k < p->r->n_metric; k++)
            shown |= p->r->metric[k] == c;
        if (!shown)
            metric[n++] = c;
    }
    return draw_kind(p, &curves, metric, n, e);
}

int plot_over_axis(struct plot *p, struct err *e)
{
    struct kind over = {"over", panel_over_axis, 1};
    char what[40];
    if (p->x_axis < 0)
        return 0;
    snprintf(what, sizeof(what), "over-%.24s", p->r->axis[p->x_axis]);
    over.what = what;
    return draw_kind(p, &over, p->r->metric, p->r->n_metric, e);
}
