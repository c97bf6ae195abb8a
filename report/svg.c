#include "report/svg.h"
#include "report/write.h"
#include <math.h>
#include <string.h>

/* In units of the view, in which letters are 11 high. */
enum { WIDTH = 340, HEIGHT = 215, LEFT = 44, RIGHT = 8, TOP = 8, BOTTOM = 36 };
enum { MOST_PLACES = 240, MOST_HITS = 40, MOST_MARKERS = 12 };

static double share(double v, struct range g)
{
    double t = g.is_log ? log(v / g.low) / log(g.high / g.low) : (v - g.low) / (g.high - g.low);
    return fmin(fmax(t, -0.02), 1.02);
}

static double x_at(const struct frame *a, double v)
{
    return LEFT + share(v, a->x) * (WIDTH - LEFT - RIGHT);
}

static double y_at(const struct frame *a, double v)
{
    double low = a->y.is_log ? fmax(v, a->y.low) : v;
    return HEIGHT - BOTTOM - share(low, a->y) * (HEIGHT - TOP - BOTTOM);
}

/* The step with which to take about `most` of n points. */
static int every(int n, int most)
{
    return n > most ? (n + most - 1) / most : 1;
}

static void put_tic(FILE *f, const struct frame *a, int is_x, double v)
{
    double at = is_x ? x_at(a, v) : y_at(a, v);
    if (is_x)
        fprintf(f, "<path d=\"M%.1f %dv4\"/><text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">", at,
                HEIGHT - BOTTOM, at, HEIGHT - BOTTOM + 15);
    else
        fprintf(f,
                "<path class=\"grid\" d=\"M%d %.1fH%d\"/><text x=\"%d\" y=\"%.1f\" "
                "text-anchor=\"end\">",
                LEFT, at, WIDTH - RIGHT, LEFT - 5, at + 4);
    fprintf(f, "%.4g</text>\n", v);
}

static void put_tics(FILE *f, const struct frame *a, int is_x)
{
    struct range g = is_x ? a->x : a->y;
    if (!g.is_log) {
        double step = axis_step(g);
        for (double v = ceil(g.low / step - 1e-9) * step; v <= g.high + 1e-9 * step; v += step)
            put_tic(f, a, is_x, fabs(v) < 1e-9 * step ? 0 : v);
        return;
    }
    double low = ceil(log10(g.low) - 1e-9), high = floor(log10(g.high) + 1e-9);
    int step = every((int)(high - low) + 1, 6);
    static const double between[] = {1, 2, 5};
    for (double p = low; p <= high && high > low; p += step)
        put_tic(f, a, is_x, pow(10, p));
    for (double p = low - 1; p <= high && high <= low; p++) /* less than two powers of ten */
        for (size_t i = 0; i < LENGTH(between); i++)
            if (between[i] * pow(10, p) >= g.low && between[i] * pow(10, p) <= g.high)
                put_tic(f, a, is_x, between[i] * pow(10, p));
}

static void put_axes(FILE *f, const struct plot *p, const struct frame *a)
{
    fputs("<g class=\"axis\">\n", f);
    put_tics(f, a, 0);
    if (a->is_over_axis) { /* a tic at each value, as in the table */
        struct levels place;
        levels_open(&place, p->r, 1u << p->x_axis);
        for (int k = 0; k < place.n && place.n <= 8; k++)
            put_tic(f, a, 1, levels_number(p->r, place.first[k], p->x_axis));
        if (place.n > 8)
            put_tics(f, a, 1);
        levels_close(&place);
    } else
        put_tics(f, a, 1);
    fprintf(f, "<path d=\"M%d %dV%dH%d\"/><text x=\"%d\" y=\"%d\" text-anchor=\"middle\">", LEFT,
            TOP, HEIGHT - BOTTOM, WIDTH - RIGHT, (LEFT + WIDTH - RIGHT) / 2, HEIGHT - 5);
    html_text(f, a->x_name);
    fputs("</text></g>\n", f);
}

static void put_band(FILE *f, const struct frame *a, const struct trace *t, const struct style *s)
{
    int step = every(t->n, MOST_PLACES);
    fprintf(f, "<path fill=\"%s\" fill-opacity=\".16\" d=\"", s->color);
    for (int j = 0; j < t->n; j += step)
        fprintf(f, "%c%.1f %.1f", j ? 'L' : 'M', x_at(a, t->at[j].x), y_at(a, t->at[j].high));
    for (int j = (t->n - 1) / step * step; j >= 0; j -= step)
        fprintf(f, "L%.1f %.1f", x_at(a, t->at[j].x), y_at(a, t->at[j].low));
    fputs("z\"/>\n", f);
}

static void put_marker(FILE *f, double x, double y, const struct style *s)
{
    static const char *const shape[] = {
        "M-3-3h6v6h-6z",           "M-3.3 0a3.3 3.3 0 1 0 6.6 0a3.3 3.3 0 1 0-6.6 0",
        "M0-4l3.6 6.3h-7.2z",      "M0 4l3.6-6.3h-7.2z",
        "M0-4l3.5 4-3.5 4-3.5-4z", "M0-4L3.8-1.2 2.4 3.2-2.4 3.2-3.8-1.2z"};
    int kind = (s->point - 4) / 2 % 6, is_full = s->point % 2;
    fprintf(f, "<path transform=\"translate(%.1f %.1f)\" d=\"%s\" stroke=\"%s\" fill=\"%s\"/>\n", x,
            y, shape[kind], s->color, is_full ? s->color : "#fff");
}

static void put_line(FILE *f, const struct frame *a, const struct trace *t, const struct style *s)
{
    int step = every(t->n, MOST_PLACES), mark = every(t->n, MOST_MARKERS);
    fprintf(f, "<path fill=\"none\" stroke=\"%s\" stroke-width=\"%g\" stroke-dasharray=\"%s\" d=\"",
            s->color, t->diverged ? 0.8 : 1.3 * s->width, s->dash);
    for (int j = 0; j < t->n; j++)
        if (j % step == 0 || j == t->n - 1)
            fprintf(f, "%c%.1f %.1f", j ? 'L' : 'M', x_at(a, t->at[j].x), y_at(a, t->at[j].mean));
    fputs("\"/>\n", f);
    if (a->is_over_axis && !t->diverged) {
        fprintf(f, "<path stroke=\"%s\" d=\"", s->color);
        for (int j = 0; j < t->n; j++)
            fprintf(f, "M%.1f %.1fV%.1f", x_at(a, t->at[j].x), y_at(a, t->at[j].low),
                    y_at(a, t->at[j].high));
        fputs("\"/>\n", f);
    }
    for (int j = 0; j < t->n && !t->diverged; j += mark)
        put_marker(f, x_at(a, t->at[j].x), y_at(a, t->at[j].mean), s);
}

/* A cross where the run ended. */
static void put_cross(FILE *f, const struct frame *a, const struct panel *panel,
                      const struct trace *t, const struct style *s)
{
    double bad = lower_is_better(panel->metric) ? a->y.high : a->y.low;
    double y = a->is_over_axis || t->n == 0 ? bad : t->at[t->n - 1].mean;
    y = fmin(fmax(y, a->y.low), a->y.high);
    fprintf(f,
            "<path transform=\"translate(%.1f %.1f)\" stroke=\"%s\" stroke-width=\"1.6\" "
            "d=\"M-4-4l8 8M-4 4l8-8\"/>\n",
            x_at(a, t->n ? t->at[t->n - 1].x : 0), y_at(a, y), s->color);
}

/* The text shown at a point: "DSGD, epoch 2: 31.4 (30.1 to 33)". */
static void put_hits(FILE *f, const struct plot *p, const struct frame *a, const struct trace *t,
                     int line)
{
    int step = every(t->n, MOST_HITS);
    for (int j = 0; j < t->n; j++) {
        const struct spot *s = &t->at[j];
        if ((j % step != 0 && j != t->n - 1) || !isfinite(s->mean))
            continue;
        fprintf(f, "<circle class=\"hit\" cx=\"%.1f\" cy=\"%.1f\" r=\"7\"><title>", x_at(a, s->x),
                y_at(a, s->mean));
        html_text(f, p->line.label[line]);
        fprintf(f, "%s%s %.5g: %.4g", *p->line.label[line] ? ", " : "", a->x_name, s->x, s->mean);
        if (s->low < s->mean || s->high > s->mean)
            fprintf(f, " (%.4g to %.4g)", s->low, s->high);
        fprintf(f, "%s</title></circle>\n", t->diverged ? ", diverged" : "");
    }
}

void svg_panel(FILE *f, const struct plot *p, const struct panel *panel, int first,
               const struct frame *a)
{
    fprintf(f, "<svg class=\"panel\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"", WIDTH,
            HEIGHT);
    html_text(f, a->y_name), fputs(" over ", f), html_text(f, a->x_name);
    fputs("; the table has the last values\">\n", f);
    put_axes(f, p, a);
    for (int i = 0; i < panel->n_trace && !a->is_over_axis && p->n_seed > 1; i++)
        if (!panel->trace[i].diverged && panel->trace[i].n)
            put_band(f, a, &panel->trace[i], &p->style[first + panel->trace[i].style - 1]);
    for (int i = 0; i < panel->n_trace; i++) {
        const struct trace *t = &panel->trace[i];
        const struct style *s = &p->style[first + t->style - 1];
        if (t->n)
            put_line(f, a, t, s);
        if (t->diverged)
            put_cross(f, a, panel, t, s);
    }
    for (int i = 0; i < panel->n_trace; i++)
        put_hits(f, p, a, &panel->trace[i], first + panel->trace[i].style - 1);
    fputs("</svg>\n", f);
}

/* A line with its marker. */
static void put_sample(FILE *f, const struct style *s)
{
    fprintf(f,
            "<svg class=\"sample\" viewBox=\"0 0 36 12\" aria-hidden=\"true\"><path fill=\"none\" "
            "stroke=\"%s\" stroke-width=\"%g\" stroke-dasharray=\"%s\" d=\"M0 6h36\"/>",
            s->color, 1.3 * s->width, s->dash);
    put_marker(f, 18, 6, s);
    fputs("</svg>", f);
}

void svg_legend(FILE *f, const struct plot *p, int first, unsigned used)
{
    fputs("<ul class=\"key\">\n", f);
    for (int i = first; i < p->line.n && i < first + FIGURE_LINES; i++) {
        if (!(used >> (i - first) & 1) || !*p->line.label[i])
            continue;
        fputs("<li>", f), put_sample(f, &p->style[i]), fputs(" ", f);
        html_text(f, p->line.label[i]), fputs("</li>\n", f);
    }
    fputs("</ul>\n", f);
}
