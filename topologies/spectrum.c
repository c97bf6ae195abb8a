#include "topologies/spectrum.h"
#include <lapacke.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double rounding = 1e-12, border_width = 1e-9;

static double *copy_of(const double *W, int n)
{
    size_t count = (size_t)n * (size_t)n;
    double *A = xcalloc(count, sizeof(*A));
    memcpy(A, W, count * sizeof(*A));
    return A;
}

/* LAPACK is column-major and sees W', which has the same singular values and eigenvalues. */
static double largest_singular_value(const double *W, int n)
{
    double *A = copy_of(W, n), *value = xcalloc((size_t)n, sizeof(*value));
    double *work = xcalloc((size_t)n, sizeof(*work)), unused[1] = {0};
    CHECK(LAPACKE_dgesvd(LAPACK_COL_MAJOR, 'N', 'N', n, n, A, n, value, unused, 1, unused, 1,
                         work) == 0);
    double largest = value[0];
    free(A), free(value), free(work);
    return largest;
}

/* Norm of W - 11'/n. */
static double distance_from_mean(const double *W, int n)
{
    double *A = copy_of(W, n);
    for (size_t i = 0, count = (size_t)n * (size_t)n; i < count; i++)
        A[i] -= 1.0 / n;
    double norm = largest_singular_value(A, n);
    free(A);
    return norm;
}

static void eigenvalues(struct spectrum *s, const double *W, int n)
{
    double *A = copy_of(W, n), *re = xcalloc((size_t)n, sizeof(*re));
    double *im = xcalloc((size_t)n, sizeof(*im)), unused[1] = {0};
    int failed = s->symmetric ? LAPACKE_dsyev(LAPACK_COL_MAJOR, 'N', 'U', n, A, n, re)
                              : LAPACKE_dgeev(LAPACK_COL_MAJOR, 'N', 'N', n, A, n, re, im, unused,
                                              1, unused, 1);
    CHECK(!failed);
    s->largest = s->smallest = re[0];
    for (int i = 1; i < n; i++) {
        s->largest = fmax(s->largest, re[i]);
        s->smallest = fmin(s->smallest, re[i]);
    }
    free(A), free(re), free(im);
}

static void count_entries(struct spectrum *s, const double *W, int n)
{
    s->symmetric = 1;
    for (int i = 0; i < n; i++) {
        double row = 0, column = 0;
        int degree = 0;
        for (int j = 0; j < n; j++) {
            double ij = W[(size_t)i * (size_t)n + (size_t)j];
            double ji = W[(size_t)j * (size_t)n + (size_t)i];
            row += ij, column += ji;
            degree += i != j && ij != 0;
            s->symmetric &= fabs(ij - ji) <= rounding;
        }
        s->row_error = fmax(s->row_error, fabs(row - 1));
        s->column_error = fmax(s->column_error, fabs(column - 1));
        s->max_degree = degree > s->max_degree ? degree : s->max_degree;
        s->edges += degree;
    }
}

/* The workers that worker i hears from: list[start[i]] .. list[start[i + 1] - 1]; returns list. */
static size_t *neighbours(const double *W, size_t n, size_t *start)
{
    size_t count = 0;
    for (size_t k = 0; k < n * n; k++)
        count += W[k] != 0;
    size_t *list = xcalloc(count + 1, sizeof(*list));
    for (size_t i = 0, at = 0; i < n; i++) {
        for (size_t j = 0; j < n; j++)
            if (W[i * n + j] != 0)
                list[at++] = j;
        start[i + 1] = at;
    }
    return list;
}

/* The length of the longest shortest path from worker i, along the rows; -1 if a worker cannot be
 * reached. */
static int eccentricity(const size_t *list, const size_t *start, size_t n, size_t i, size_t *found,
                        int *distance)
{
    size_t n_found = 1;
    for (size_t j = 0; j < n; j++)
        distance[j] = -1;
    found[0] = i, distance[i] = 0;
    for (size_t k = 0; k < n_found && n_found < n; k++)
        for (size_t at = start[found[k]]; at < start[found[k] + 1]; at++)
            if (distance[list[at]] < 0) {
                distance[list[at]] = distance[found[k]] + 1;
                found[n_found++] = list[at];
            }
    return n_found < n ? -1 : distance[found[n - 1]];
}

static int diameter(const double *W, int n)
{
    size_t N = (size_t)n, *found = xcalloc(N, sizeof(*found));
    size_t *start = xcalloc(N + 1, sizeof(*start)), *list = neighbours(W, N, start);
    int *distance = xcalloc(N, sizeof(*distance)), longest = 0;
    for (size_t i = 0; i < N && longest >= 0; i++) {
        int farthest = eccentricity(list, start, N, i, found, distance);
        longest = farthest < 0 || farthest > longest ? farthest : longest;
    }
    free(found), free(start), free(list), free(distance);
    return longest;
}

void spectrum_of(struct spectrum *s, const double *W, int n)
{
    memset(s, 0, sizeof(*s));
    count_entries(s, W, n);
    eigenvalues(s, W, n);
    s->second = distance_from_mean(W, n);
    s->gap = 1 - s->second;
    s->diameter = diameter(W, n);
}

enum spectrum_d2 spectrum_d2(const struct spectrum *s)
{
    double above = s->smallest + 1.0 / 3;
    if (!s->symmetric)
        return D2_UNKNOWN;
    if (above > border_width)
        return D2_STABLE;
    return above >= -border_width ? D2_ON_BORDER : D2_UNSTABLE;
}

const char *spectrum_d2_words(const struct spectrum *s)
{
    static const char *const words[] = {
        [D2_STABLE] = "stable: every eigenvalue is above -1/3",
        [D2_ON_BORDER] = "not stable: the smallest eigenvalue is on the border, -1/3; lazy is",
        [D2_UNSTABLE] = "not stable: the smallest eigenvalue is below -1/3; lazy is",
        [D2_UNKNOWN] = "unknown: the condition on eigenvalues is for symmetric matrices",
    };
    return words[spectrum_d2(s)];
}

/* Apply a round of D^2 on V = W - 11'/n to each column (x_t, x_{t-1}) of M (2 n, 2 n):
 * x_{t+1} = V (2 x_t - x_{t-1}). */
static void d2_round(double *M, const double *W, size_t n)
{
    size_t m = 2 * n;
    double *old = xcalloc(m * m, sizeof(*old));
    memcpy(old, M, m * m * sizeof(*old));
    memcpy(M + n * m, old, n * m * sizeof(*old));
    memset(M, 0, n * m * sizeof(*M));
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) {
            double v = W[i * n + j] - 1.0 / (double)n;
            for (size_t k = 0; k < m; k++)
                M[i * m + k] += v * (2 * old[j * m + k] - old[(n + j) * m + k]);
        }
    free(old);
}

/* The largest absolute value of an eigenvalue of M (m, m), which is overwritten. */
static double spectral_radius(double *M, int m)
{
    double *re = xcalloc((size_t)m, sizeof(*re)), *im = xcalloc((size_t)m, sizeof(*im));
    double unused[1] = {0}, radius = 0;
    CHECK(LAPACKE_dgeev(LAPACK_COL_MAJOR, 'N', 'N', m, M, m, re, im, unused, 1, unused, 1) == 0);
    for (int i = 0; i < m; i++)
        radius = fmax(radius, hypot(re[i], im[i]));
    free(re), free(im);
    return radius;
}

double spectrum_d2_growth(const struct topology_spec *g)
{
    int n = g->n;
    static const double double_root = 1e-7; /* how far rounding moves a double eigenvalue */
    int period = topology_period(g);
    if (period == 0 || n > SPECTRUM_MAX_GROWTH)
        return NAN;
    size_t N = (size_t)n, m = 2 * N;
    double *W = xcalloc(N * N, sizeof(*W)), *M = xcalloc(m * m, sizeof(*M));
    for (size_t i = 0; i < m; i++)
        M[i * m + i] = 1;
    for (int step = 0; step < period; step++) {
        topology_fill(g, W, step);
        d2_round(M, W, N);
    }
    double growth = pow(spectral_radius(M, (int)m), 1.0 / period);
    free(W), free(M);
    return fabs(growth - 1) < double_root ? 1 : growth;
}

/* next = W P, skipping the zeros of W. */
static void multiply(double *next, const double *W, const double *P, int n)
{
    size_t N = (size_t)n;
    memset(next, 0, N * N * sizeof(*next));
    for (size_t i = 0; i < N; i++)
        for (size_t j = 0; j < N; j++) {
            double w = W[i * N + j];
            for (size_t k = 0; w != 0 && k < N; k++)
                next[i * N + k] += w * P[j * N + k];
        }
}

static int all_positive(const double *P, int n)
{
    for (size_t i = 0, count = (size_t)n * (size_t)n; i < count; i++)
        if (!(P[i] > 0))
            return 0;
    return 1;
}

/* The largest |P - 1/n|. */
static double farthest_from_mean(const double *P, int n)
{
    double farthest = 0;
    for (size_t i = 0, count = (size_t)n * (size_t)n; i < count; i++)
        farthest = fmax(farthest, fabs(P[i] - 1.0 / n));
    return farthest;
}

/* `span` rounds multiply the distance of any values from their mean by `norm` at most. */
static long rounds_until_near(double norm, int span)
{
    if (norm <= 0)
        return span;
    return norm < 1 - rounding ? span * (long)ceil(-log(SPECTRUM_NEAR) / log(norm)) : 0;
}

void spectrum_rounds(struct spectrum_rounds *r, const struct topology_spec *g)
{
    int n = g->n;
    size_t N = (size_t)n;
    double *W = xcalloc(N * N, sizeof(*W)), *P = xcalloc(N * N, sizeof(*P));
    double *next = xcalloc(N * N, sizeof(*next)), before = 1, now;
    *r = (struct spectrum_rounds){.period = topology_period(g)};
    int last = r->period ? r->period : SPECTRUM_ROUNDS;
    for (size_t i = 0; i < N; i++)
        P[i * N + i] = 1;
    /* a distance that shrinks as 0.6^T also gets below rounding, but not in a single round */
    static const double far = 1e-6;
    for (int T = 1; T <= last || (!r->exact && T <= SPECTRUM_ROUNDS); T++, before = now) {
        topology_fill(g, W, T - 1);
        multiply(next, W, P, n);
        double *old = P;
        P = next, next = old;
        if (!r->heard && T <= SPECTRUM_ROUNDS && all_positive(P, n))
            r->heard = T;
        now = farthest_from_mean(P, n);
        if (!r->exact && T <= SPECTRUM_ROUNDS && now < rounding && before > far)
            r->exact = T;
        if (T == last)
            r->norm = distance_from_mean(P, n);
    }
    r->near = rounds_until_near(r->norm, last);
    free(W), free(P), free(next);
}
