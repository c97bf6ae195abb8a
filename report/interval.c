#include "report/interval.h"
#include <math.h>

/* The incomplete beta function I_x(a, b) by its continued fraction, evaluated from the far end
 * (NIST's Digital Library of Mathematical Functions, 8.17.22).  y is 1 - x.  The fraction converges
 * fast where x is below the mean of the distribution; elsewhere I_x(a, b) = 1 - I_y(b, a). */
static double incomplete_beta(double x, double y, double a, double b)
{
    enum { TERMS = 200 };
    if (x <= 0 || y <= 0)
        return x > 0;
    if (x > (a + 1) / (a + b + 2))
        return 1 - incomplete_beta(y, x, b, a);
    double fraction = 1;
    for (int m = TERMS; m >= 0; m--) {
        double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
        double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
        fraction = 1 + odd / fraction;
        fraction = m ? 1 + even / fraction : fraction;
    }
    double log_beta = lgamma(a) + lgamma(b) - lgamma(a + b);
    return exp(a * log(x) + b * log(y) - log_beta) / a / fraction;
}

double student_tail(double t, double df)
{
    return incomplete_beta(df / (df + t * t), t * t / (df + t * t), df / 2, 0.5);
}

double student_quantile(double level, double df)
{
    double low = 0, high = 1;
    while (student_tail(high, df) > 1 - level)
        low = high, high *= 2;
    for (int i = 0; i < 60; i++) {
        double middle = (low + high) / 2;
        if (student_tail(middle, df) > 1 - level)
            low = middle;
        else
            high = middle;
    }
    return (low + high) / 2;
}

struct sample sample_of(const double *v, int n)
{
    struct sample s = {NAN, NAN, n};
    double sum = 0, square = 0;
    for (int i = 0; i < n; i++)
        sum += v[i];
    s.mean = n ? sum / n : NAN;
    for (int i = 0; i < n; i++)
        square += (v[i] - s.mean) * (v[i] - s.mean);
    s.std = n > 1 ? sqrt(square / (n - 1)) : NAN;
    return s;
}

double mean_band(struct sample a, double level)
{
    if (a.n < 2 || isnan(a.std))
        return INFINITY;
    return student_quantile(level, a.n - 1) * a.std / sqrt(a.n);
}

double difference_band(struct sample a, struct sample b, double level)
{
    if (a.n < 2 || isnan(a.std) || b.n < 2 || isnan(b.std))
        return mean_band(a, level);
    double va = a.std * a.std / a.n, vb = b.std * b.std / b.n;
    if (va + vb == 0)
        return 0;
    /* Satterthwaite's degrees of freedom */
    double df = (va + vb) * (va + vb) / (va * va / (a.n - 1) + vb * vb / (b.n - 1));
    return student_quantile(level, df) * sqrt(va + vb);
}

double mean_p(struct sample a, double against)
{
    if (a.n < 2 || isnan(a.std))
        return 1;
    if (a.std == 0)
        return a.mean == against;
    return student_tail((a.mean - against) * sqrt(a.n) / a.std, a.n - 1);
}

int seeds_for(struct sample a, double against, double p, int most)
{
    for (; a.n <= most; a.n++)
        if (mean_p(a, against) < p)
            return a.n;
    return 0;
}

/* The place of p[i] in ascending order, from 0. */
static int rank_of(const double *p, int n, int i)
{
    int rank = 0;
    for (int k = 0; k < n; k++)
        rank += p[k] < p[i] || (p[k] == p[i] && k < i);
    return rank;
}

void holm(const double *p, int n, double *adjusted)
{
    for (int i = 0; i < n; i++) {
        int rank = rank_of(p, n, i);
        adjusted[i] = 0;
        for (int k = 0; k < n; k++)
            if (rank_of(p, n, k) <= rank)
                adjusted[i] = fmax(adjusted[i], fmin(1, (n - rank_of(p, n, k)) * p[k]));
    }
}
