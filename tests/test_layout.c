/* layout: where the workers of a graph are drawn. */
#include "draw/layout.h"
#include "topologies/topologies.h"

#include "tests/check.h"

enum { MAX_N = 80, SEED = 7 };
static const double PI = 3.14159265358979323846;
static double W[MAX_N * MAX_N];
static struct spot2 place[MAX_N];

static double apart(int i, int j)
{
    return hypot(place[i].x - place[j].x, place[i].y - place[j].y);
}

static void place_workers(const char *name, int n)
{
    const struct topology_spec g = {name, n, 0, SEED};
    topology_fill(&g, W, 0);
    layout_fill(place, &g, W);
}

/* A property that identifies each picture. */
static void graphs_are_drawn_as_what_they_are(void **state)
{
    (void)state;
    place_workers("torus", 12); /* 3 rows of 4 */
    check_close(apart(0, 1), 2. / 3, 1e-12), check_close(apart(0, 4), 2. / 3, 1e-12);
    check_close(place[3].y, place[0].y, 1e-12);
    place_workers("star", 9);
    for (int i = 1; i < 9; i++)
        check_close(apart(0, i), 1, 1e-12);
    place_workers("chain", 5);
    check_close(apart(0, 4), 2, 1e-12), check_close(apart(1, 2), 0.5, 1e-12);
    place_workers("binary-tree", 15);
    for (int i = 1; i < 15; i++) { /* a third of the height below its parent */
        check_close(place[(i - 1) / 2].y - place[i].y, 2. / 3, 1e-12);
        check_close(place[7].y, -1, 1e-12);
    }
    place_workers("ring", 8);
    for (int i = 0; i < 8; i++)
        check_close(apart(i, (i + 1) % 8), 2 * sin(PI / 8), 1e-12);
    place_workers("hypercube", 16);
    check_close(apart(0, 1), apart(6, 7), 1e-12); /* a digit is a direction */
    place_workers("karate-club", 34);
    double near = 0, far = 0;
    int n_near = 0, n_far = 0;
    for (int i = 0; i < 34; i++)
        for (int j = 0; j < i; j++)
            if (W[i * 34 + j] != 0)
                near += apart(i, j), n_near++;
            else
                far += apart(i, j), n_far++;
    assert_true(far / n_far > 1.5 * near / n_near);
}

static void no_two_workers_share_a_place(void **state)
{
    (void)state;
    for (size_t k = 0; k < n_topology; k++) {
        const struct topology *t = topology_registry[k].item;
        int n = t->only ? t->only : 16;
        const char *name = t->example ? t->example : topology_registry[k].name;
        struct err e;
        if (n > MAX_N || topology_check(&(struct topology_spec){name, n, 0, SEED}, &e) < 0)
            continue; /* a file */
        place_workers(name, n);
        for (int i = 0; i < n; i++) {
            assert_true(fabs(place[i].x) <= 1 + 1e-9 && fabs(place[i].y) <= 1 + 1e-9);
            for (int j = 0; j < i; j++)
                if (apart(i, j) < 0.01)
                    fail_msg("%s: %d and %d", name, i, j);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(graphs_are_drawn_as_what_they_are),
        cmocka_unit_test(no_two_workers_share_a_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
