#include "draw/layout.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define TURN 6.283185307179586
enum { MOST_STRESS = 400, ROUNDS = 300 };

static int has_edge(const double *all, int n, int i, int j)
{
    size_t N = (size_t)n;
    return i != j && (all[(size_t)i * N + (size_t)j] != 0 || all[(size_t)j * N + (size_t)i] != 0);
}

static void on_circle(struct spot2 *at, int n, const double *all)
{
    for (int i = 0; i < n; i++)
        at[i] = (struct spot2){sin(TURN * i / n), cos(TURN * i / n)};
}

static void on_grid(struct spot2 *at, int n, const double *all)
{
    int rows = 1; /* as topologies/torus.c numbers them */
    for (int d = 1; d <= n / d; d++)
        if (n % d == 0)
            rows = d;
    for (int i = 0; i < n; i++)
        at[i] = (struct spot2){i % (n / rows), -i / (n / rows)};
}

static void on_line(struct spot2 *at, int n, const double *all)
{
    for (int i = 0; i < n; i++)
        at[i] = (struct spot2){i, 0};
}

static void around_hub(struct spot2 *at, int n, const double *all)
{
    at[0] = (struct spot2){0, 0};
    for (int i = 1; i < n; i++)
        at[i] = (struct spot2){sin(TURN * (i - 1) / (n - 1)), cos(TURN * (i - 1) / (n - 1))};
}

/* A direction for each binary digit; the longer ones belong to higher digits. */
static void by_digits(struct spot2 *at, int n, const double *all)
{
    int digits = 0;
    while (1 << digits < n)
        digits++;
    for (int i = 0; i < n; i++)
        for (int b = 0; b < digits; b++) {
            double angle = TURN / 2 * b / digits, length = (i >> b & 1) * (1 + 0.5 * b / digits);
            at[i].x += length * cos(angle), at[i].y += length * sin(angle);
        }
}

/* The steps (n, n) from each worker to each other; n where there is no path.  free() it. */
static int *count_steps(const double *all, int n)
{
    int *step = xcalloc((size_t)n * (size_t)n, sizeof(*step));
    int *queue = xcalloc((size_t)n, sizeof(*queue));
    for (int from = 0; from < n; from++) {
        int *to = step + (size_t)from * (size_t)n, first = 0, last = 0;
        for (int i = 0; i < n; i++)
            to[i] = n;
        to[from] = 0, queue[last++] = from;
        while (first < last) {
            int i = queue[first++];
            for (int j = 0; j < n; j++)
                if (to[j] == n && has_edge(all, n, i, j))
                    to[j] = to[i] + 1, queue[last++] = j;
        }
    }
    free(queue);
    return step;
}

/* Make distances on the page close to those in the graph by moving one worker after the other:
 * stress majorization (Gansner, Koren, North, "Graph drawing by stress majorization", 2004) with
 * weights 1 / steps^2. */
static void by_distance(struct spot2 *at, int n, const double *all)
{
    int *step = count_steps(all, n);
    on_circle(at, n, all);
    for (int round = 0; round < ROUNDS; round++)
        for (int i = 0; i < n; i++) {
            double x = 0, y = 0, sum = 0;
            for (int j = 0; j < n; j++) {
                double d = step[(size_t)i * (size_t)n + (size_t)j];
                d = d == n ? 4 : d; /* not connected */
                if (i == j)
                    continue;
                double apart = hypot(at[i].x - at[j].x, at[i].y - at[j].y) + 1e-9, w = 1 / (d * d);
                x += w * (at[j].x + d * (at[i].x - at[j].x) / apart);
                y += w * (at[j].y + d * (at[i].y - at[j].y) / apart);
                sum += w;
            }
            at[i] = sum > 0 ? (struct spot2){x / sum, y / sum} : at[i];
        }
    free(step);
}

/* Place the subtree below i from the column *next on; its leaves take one column each. */
static void hang(struct spot2 *at, int n, const double *all, int i, int parent, int level,
                 double *next)
{
    double first = NAN, last = NAN;
    for (int j = 0; j < n; j++)
        if (j != parent && has_edge(all, n, i, j)) {
            hang(at, n, all, j, i, level + 1, next);
            first = isnan(first) ? at[j].x : first, last = at[j].x;
        }
    at[i] = (struct spot2){isnan(first) ? (*next)++ : (first + last) / 2, -level};
}

/* The root is the worker whose farthest one is nearest. */
static void in_levels(struct spot2 *at, int n, const double *all)
{
    int root = 0, least = n, *step = count_steps(all, n);
    double next = 0;
    for (int i = 0; i < n; i++) {
        int most = 0;
        for (int j = 0; j < n; j++)
            most = step[(size_t)i * (size_t)n + (size_t)j] > most
                       ? step[(size_t)i * (size_t)n + (size_t)j]
                       : most;
        if (most < least)
            least = most, root = i;
    }
    hang(at, n, all, root, -1, 0, &next);
    free(step);
}

int layout_is_tree(const double *all, int n)
{
    int n_edge = 0, *step = count_steps(all, n), connected = 1;
    for (int i = 0; i < n; i++) {
        connected &= step[i] < n;
        for (int j = 0; j < i; j++)
            n_edge += has_edge(all, n, i, j);
    }
    free(step);
    return connected && n_edge == n - 1;
}

/* Scale to fill -1 .. 1; freely: both directions separately, as for a tree or a line. */
static void scale(struct spot2 *at, int n, int freely)
{
    double low[2] = {INFINITY, INFINITY}, high[2] = {-INFINITY, -INFINITY};
    for (int i = 0; i < n; i++) {
        low[0] = fmin(low[0], at[i].x), high[0] = fmax(high[0], at[i].x);
        low[1] = fmin(low[1], at[i].y), high[1] = fmax(high[1], at[i].y);
    }
    double wide = (high[0] - low[0]) / 2, tall = (high[1] - low[1]) / 2, both = fmax(wide, tall);
    for (int i = 0; i < n; i++) {
        at[i].x = (at[i].x - (low[0] + high[0]) / 2) / fmax(freely ? wide : both, 1e-9);
        at[i].y = (at[i].y - (low[1] + high[1]) / 2) / fmax(freely ? tall : both, 1e-9);
    }
}

void layout_fill(struct spot2 *at, const struct topology_spec *g, const double *all)
{
    static const struct {
        const char *begins; /* the graph's name */
        void (*place)(struct spot2 *at, int n, const double *all);
    } known[] = {{"torus", on_grid},
                 {"chain", on_line},
                 {"star", around_hub},
                 {"hypercube", by_digits},
                 {"erdos-renyi", by_distance},
                 {"random-regular", by_distance},
                 {"directed-erdos-renyi", by_distance},
                 {"davis-southern-women", by_distance},
                 {"karate-club", by_distance},
                 {"florentine-families", by_distance},
                 {"les-miserables", by_distance},
                 {"file:", by_distance}};
    void (*place)(struct spot2 * at, int n, const double *all) = NULL;
    memset(at, 0, (size_t)g->n * sizeof(*at));
    for (size_t i = 0; i < LENGTH(known); i++)
        if (!strncmp(g->name, known[i].begins, strlen(known[i].begins)))
            place = known[i].place;
    if (g->n > MOST_STRESS && (!place || place == by_distance))
        place = on_circle;
    if (!place || place == by_distance)
        place = layout_is_tree(all, g->n) ? in_levels : place ? place : on_circle;
    place(at, g->n, all);
    scale(at, g->n, place == in_levels);
}
