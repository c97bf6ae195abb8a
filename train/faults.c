#include "train/faults.h"

/* The nth of the numbers, uniform on (0, 1), that belong to a worker and another in a round. */
static double draw(const struct faults *f, enum random_purpose purpose, int worker, int other,
                   long round, int nth)
{
    struct random r;
    double u;
    random_init(&r, f->seed, purpose, (uint32_t)worker, (uint32_t)round);
    random_seek(&r, (uint32_t)other);
    do
        u = random_uniform(&r);
    while (nth-- > 0);
    return u;
}

int faults_is_late(const struct faults *f, int worker, long round)
{
    return f->straggle > 0 && draw(f, RANDOM_STRAGGLE, worker, 0, round, 0) < f->straggle;
}

int faults_is_away(const struct faults *f, int worker, long round)
{
    if (!(f->absence > 0) || round < f->absence_rounds)
        return 0;
    return draw(f, RANDOM_ABSENCE, worker, 0, round / f->absence_rounds, 0) < f->absence;
}

int faults_is_lost(const struct faults *f, int from, int to, long round, enum exchange x)
{
    return f->message_loss > 0 && draw(f, RANDOM_LOSS, to, from, round, (int)x) < f->message_loss;
}

int faults_on_edges(const struct faults *f)
{
    return f->message_loss > 0 || f->absence > 0;
}

/* Move the weights of the messages to worker i that do not arrive; returns how many are sent to
 * it. */
static long apply_to_row(const struct faults *f, double *W, int n, int i, long round,
                         enum exchange x, enum keeper keeper)
{
    size_t N = (size_t)n, row = (size_t)i * N;
    int away = faults_is_away(f, i, round);
    long n_sent = 0;
    for (size_t j = 0; j < N; j++) {
        if (W[row + j] == 0 || j == (size_t)i)
            continue;
        int sent = !away && !faults_is_away(f, (int)j, round);
        n_sent += sent;
        if (sent && !faults_is_lost(f, (int)j, i, round, x))
            continue;
        W[keeper == SENDER_KEEPS ? j * N + j : row + (size_t)i] += W[row + j];
        W[row + j] = 0;
    }
    return n_sent;
}

long faults_apply(const struct faults *f, double *W, int n, long round, enum exchange x,
                  enum keeper keeper)
{
    long n_sent = 0;
    for (int i = 0; i < n; i++)
        n_sent += apply_to_row(f, W, n, i, round, x, keeper);
    for (int i = 0; i < n; i++) /* exactly 1: rounding must not change absent workers */
        if (faults_is_away(f, i, round))
            W[(size_t)i * ((size_t)n + 1)] = 1;
    return n_sent;
}

double faults_n_present(const struct faults *f, int n, long from, long to)
{
    double n_present = (double)n * (double)(to - from);
    for (long t = from; t < to && f->absence > 0; t++)
        for (int i = 0; i < n; i++)
            n_present -= faults_is_away(f, i, t);
    return n_present;
}
