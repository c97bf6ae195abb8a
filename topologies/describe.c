#include "topologies/describe.h"
#include "topologies/spectrum.h"
#include <math.h>
#include <stdlib.h>

static void print_first_round(FILE *f, const struct spectrum *s)
{
    fprintf(f, "first round: degree %d, %d directed edges, %s, ", s->max_degree, s->edges,
            s->symmetric ? "symmetric" : "not symmetric");
    if (s->diameter < 0)
        fprintf(f, "not connected\n");
    else
        fprintf(f, "diameter %d\n", s->diameter);
    fprintf(f, "eigenvalues from %.9f to %.9f, second singular value %.9f, spectral gap %.9f\n",
            s->smallest, s->largest, s->second, fmax(0, s->gap));
}

/* Whether D^2 is stable, by the condition on eigenvalues or, if it does not apply, by the growth
 * factor. */
static void print_d2(FILE *f, const struct spectrum *s, int period, double growth, int push)
{
    if (push)
        fprintf(f, "rows do not sum to 1, columns do: for push-sum (sgp, sgp-qg) only\n");
    else if (period == 1 && s->symmetric)
        fprintf(f, "D²: %s\n", spectrum_d2_words(s));
    else if (isnan(growth))
        fprintf(f, "D²: unknown: the graph never repeats, or n is above %d\n", SPECTRUM_MAX_GROWTH);
    else
        fprintf(f, "D²: %sstable: the workers' disagreement changes by the factor %.6f per round\n",
                growth < 1 ? "" : "not ", growth);
}

/* averages: the graph leads to the mean of all values. */
static void print_rounds(FILE *f, const struct spectrum_rounds *r, int averages)
{
    if (r->period > 1)
        fprintf(f, "period of %d rounds; over it, distance to averaging %.3e\n", r->period,
                r->norm);
    else if (r->period == 0)
        fprintf(f, "never repeats; over %d rounds, distance to averaging %.3e\n", SPECTRUM_ROUNDS,
                r->norm);
    if (r->heard)
        fprintf(f, "every worker has heard from all others after %d round%s\n", r->heard,
                r->heard == 1 ? "" : "s");
    if (r->exact)
        fprintf(f, "averages exactly after %d round%s\n", r->exact, r->exact == 1 ? "" : "s");
    else if (averages && r->near)
        fprintf(f, "any disagreement falls to 1/%d within %ld rounds\n", SPECTRUM_NEAR, r->near);
}

void topology_describe(FILE *f, const struct topology_spec *g)
{
    int n = g->n;
    double *W = xcalloc((size_t)n * (size_t)n, sizeof(*W));
    struct spectrum s;
    struct spectrum_rounds r;
    struct err e;
    const struct topology *t = topology_find(g->name, &e);
    CHECK(t);
    topology_fill(g, W, 0);
    spectrum_of(&s, W, n);
    spectrum_rounds(&r, g);
    free(W);
    int push = topology_is_push(g);
    int known = push || (r.period == 1 && s.symmetric); /* no growth factor needed */
    fprintf(f, "%s, n = %d%s: %s\n", g->name, n, g->lazy ? ", lazy (I + W) / 2" : "", t->about);
    print_first_round(f, &s);
    print_d2(f, &s, r.period, known ? NAN : spectrum_d2_growth(g), push);
    print_rounds(f, &r, !push);
}
