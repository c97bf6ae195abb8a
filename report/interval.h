/* interval: confidence intervals of a mean over a few seeds, by Student's t.  Reads no file. */
#pragma once

/* P(|T| >= t) for Student's T with df degrees of freedom: any real number from 1 to 10,000. */
double student_tail(double t, double df);
/* The t for which P(|T| < t) is the level, which must be less than 1. */
double student_quantile(double level, double df);

/* A mean of n seeds; std is their sample standard deviation, NAN if it is not known. */
struct sample {
    double mean, std;
    int n;
};
struct sample sample_of(const double *v, int n);
/* Half the width of the mean's confidence interval at this level; INFINITY for n < 2. */
double mean_band(struct sample a, double level);
/* The same for the difference of two means (Welch); b's mean counts as exact if b has fewer than
 * two seeds or no deviation. */
double difference_band(struct sample a, struct sample b, double level);
