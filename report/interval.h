/* interval: confidence intervals and tests of a mean over a few seeds, by Student's t.  Reads no
 * file. */
#pragma once

/* P(|T| >= t) for Student's T with df degrees of freedom, which may be any real number from 1 to
 * 10,000. */
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
/* The same for the difference of two means (Welch); b's mean is taken as exact if b has fewer than
 * two seeds or no deviation. */
double difference_band(struct sample a, struct sample b, double level);
/* The p-value of the two-sided t-test of the mean against a number; 1 for n < 2. */
double mean_p(struct sample a, double against);
/* The smallest number of seeds, from a.n to most, with which the test would give less than p if the
 * mean and the deviation stayed the same; 0 if there is none. */
int seeds_for(struct sample a, double against, double p, int most);
/* Adjust the p-values of n tests for multiple testing: S.  Holm, "A simple sequentially rejective
 * multiple test procedure", Scandinavian Journal of Statistics 6, 1979.  If every hypothesis whose
 * adjusted p-value is below a level is rejected, the probability that any true one is among them is
 * at most that level. */
void holm(const double *p, int n, double *adjusted);
