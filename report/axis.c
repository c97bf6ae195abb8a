#include "report/axis.h"
#include "draw/gnuplot.h"
#include <math.h>

const struct extent extent_empty = {INFINITY, -INFINITY, INFINITY, -INFINITY};

void extent_add(struct extent *s, double low, double value, double high)
{
    if (!isfinite(value) || !isfinite(low) || !isfinite(high))
        return;
    s->low = fmin(s->low, low), s->high = fmax(s->high, high);
    if (value <= 0)
        return;
    s->positive_low = fmin(s->positive_low, low > 0 ? low : value);
    s->positive_high = fmax(s->positive_high, high);
}

struct range axis_of_metric(int metric, const struct extent *s)
{
    if (lower_is_better(metric) && s->positive_high > 0 &&
        s->positive_high >= 10 * s->positive_low) {
        double room = pow(s->positive_high / s->positive_low, 0.05);
        return (struct range){s->positive_low / room, s->positive_high * room, 1, 0};
    }
    if (s->low > s->high)
        return (struct range){0, 1, 0, 0};
    double room = s->high > s->low ? 0.05 * (s->high - s->low) : 0.1 * fabs(s->high) + 1e-9;
    struct range g = {s->low - room, s->high + room, 0, 0};
    if (!lower_is_better(metric))
        g.low = fmax(0, g.low), g.high = fmin(100, g.high);
    return g;
}

double axis_step(struct range g)
{
    double rough = (g.high - g.low) / 5, power = pow(10, floor(log10(rough))), n = rough / power;
    double step = power * (n < 1.5 ? 1 : n < 3.5 ? 2 : n < 7.5 ? 5 : 10);
    return g.is_whole ? fmax(1, step) : step;
}

void axis_put(FILE *f, char axis, struct range g, const char *label)
{
    fprintf(f, "set %crange [%.9g:%.9g]\nset %clabel ", axis, g.low, g.high, axis);
    gnuplot_text(f, label);
    fprintf(f, " noenhanced offset %s\n", axis == 'x' ? "0,0.5" : "1,0");
    if (g.is_log)
        fprintf(f, "set logscale %c\n", axis);
    else
        fprintf(f, "set %ctics %.9g\n", axis, axis_step(g));
    if (g.is_log && g.high > 1000 * g.low)
        fprintf(f, "set format %c '10^{%%T}'\n", axis);
}
