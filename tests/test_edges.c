/* edges: graphs from files of edges or matrices: what they become, and all error messages. */
#include "core/file.h"
#include "core/memory.h"
#include "core/npz.h"
#include "topologies/spectrum.h"
#include "topologies/topologies.h"

#include "tests/check.h"
#include "tests/temp.h"

enum { MAX_N = 16, SEED = 7 };
static double W[MAX_N * MAX_N];

static const char *graph_name(void)
{
    static char name[600];
    snprintf(name, sizeof(name), "file:%s", temp_path("edges.txt"));
    return name;
}

/* The name of a graph whose file has this content. */
static const char *graph(const char *content, size_t size)
{
    struct err e;
    assert_int_equal(file_replace(temp_path("edges.txt"), content, size, &e), 0);
    return graph_name();
}

static void check_weights(const char *content, int n, const double *want)
{
    struct err e = {.text = ""};
    const char *name = graph(content, strlen(content));
    if (topology_check(&(struct topology_spec){name, n}, &e) < 0)
        fail_msg("%s", e.text);
    assert_int_equal(topology_period(&(struct topology_spec){name, n}), 1);
    topology_fill(&(struct topology_spec){name, n, 0, SEED}, W, 3);
    for (int i = 0; i < n * n; i++)
        check_close(W[i], want[i], 1e-15);
}

static void edges_without_weights_get_metropolis_hastings(void **state)
{
    (void)state;
    const double path[9] = {2 / 3.0, 1 / 3.0, 0, 1 / 3.0, 1 / 3.0, 1 / 3.0, 0, 1 / 3.0, 2 / 3.0};
    const double one[1] = {1};
    check_weights("0 1\n1 2\n", 3, path);
    check_weights("# a path\n\n  2\t1 # its end\r\n0 0\n1 0", 3, path);
    check_weights("0 0", 1, one);
    check_weights("\xef\xbb\xbf"
                  "0 1\n1 2",
                  3, path);
    check_weights("0 1 {}\n1 2 {}\n", 3, path); /* networkx */
}

static void weights_are_taken_as_they_are(void **state)
{
    (void)state;
    const double want[9] = {0.5, 0.5, 0, 0.5, 0.25, 0.25, 0, 0.25, 0.75};
    const double thirds[9] = {1 / 3.0, 1 / 3.0, 1 / 3.0, 1 / 3.0, 1 / 3.0,
                              1 / 3.0, 1 / 3.0, 1 / 3.0, 1 / 3.0};
    check_weights("0 1 0.5\n2 1 .25\n0 0 0.5\n1 1 25e-2\n2 2 0.75\n", 3, want);
    check_weights("0 1 {'weight': 0.5}\n2 1 {'weight':.25}\n0 0 0.5\n1 1 .25\n2 2 .75 \n", 3, want);
    struct err e;
    const char *decimals = "0 1 0.3333333\n1 2 0.3333333\n0 2 0.3333333\n"
                           "0 0 0.3333333\n1 1 0.3333333\n2 2 0.3333333\n";
    const char *name = graph(decimals, strlen(decimals));
    assert_int_equal(topology_check(&(struct topology_spec){name, 3}, &e), 0);
    topology_fill(&(struct topology_spec){name, 3, 0, SEED}, W, 0);
    for (int i = 0; i < 3; i++) {
        check_close(W[i * 3] + W[i * 3 + 1] + W[i * 3 + 2], 1, 1e-15);
        for (int j = 0; j < 3; j++)
            check_close(W[i * 3 + j], thirds[i], 1e-6);
    }
}

static void the_petersen_graph_has_its_spectrum(void **state)
{
    (void)state;
    struct spectrum s;
    topology_fill(&(struct topology_spec){"file:tests/golden/petersen.txt", 10, 0, SEED}, W, 0);
    spectrum_of(&s, W, 10);
    assert_int_equal(s.edges, 30);
    assert_int_equal(s.max_degree, 3);
    assert_int_equal(s.diameter, 2);
    check_close(s.smallest, (1 - 2) / 4.0, 1e-12);
    check_close(s.second, (1 + 1) / 4.0, 1e-12);
}

/* networkx: write_adjlist(path_graph(3)), whose last worker has no neighbours left. */
static void adjacency_lists_are_read(void **state)
{
    (void)state;
    const double path[9] = {2 / 3.0, 1 / 3.0, 0, 1 / 3.0, 1 / 3.0, 1 / 3.0, 0, 1 / 3.0, 2 / 3.0};
    const double third = 1 / 3.0,
                 ring[9] = {third, third, third, third, third, third, third, third, third};
    check_weights("#script.py\n# GMT Fri Nov 27 11:00:00 2026\n# \n0 1\n1 2\n2\n", 3, path);
    check_weights("0 1 2\n1 2\n2\n", 3, ring);
}

/* i sends to j: row j takes from column i. */
static void directed_edges_go_one_way(void **state)
{
    (void)state;
    const double equal[9] = {0.5, 0, 1 / 3.0, 0.5, 0.5, 1 / 3.0, 0, 0.5, 1 / 3.0};
    const double given[9] = {0.5, 0, 0.5, 0.5, 0.5, 0, 0, 0.5, 0.5};
    check_weights("directed\n0 1\n1 2\n2 0\n2 1\n", 3, equal);
    assert_true(topology_is_push(&(struct topology_spec){graph_name(), 3}));
    check_weights("directed\n0 0 .5\n0 1 .5\n1 1 .5\n1 2 .5\n2 2 .5\n2 0 .5\n", 3, given);
    assert_false(topology_is_push(&(struct topology_spec){graph_name(), 3}));
}

static void check_round(int n, int step, const double *want)
{
    topology_fill(&(struct topology_spec){graph_name(), n, 0, SEED}, W, step);
    for (int i = 0; i < n * n; i++)
        check_close(W[i], want[i], 1e-15);
}

static void check_sequence(const char *content, int period)
{
    struct err e = {.text = ""};
    const double first[9] = {0.5, 0.5, 0, 0.5, 0.5, 0, 0, 0, 1};
    const double second[9] = {1, 0, 0, 0, 0.5, 0.5, 0, 0.5, 0.5};
    struct topology_spec g = {graph(content, strlen(content)), 3};
    assert_int_equal(topology_own_n(g.name), 3);
    if (topology_check(&g, &e) < 0)
        fail_msg("%s", e.text);
    assert_int_equal(topology_period(&g), period);
    for (int step = 0; step < 10; step++)
        check_round(3, step, step % 2 ? second : first);
}

static void rounds_follow_each_other(void **state)
{
    (void)state;
    check_sequence("0 1\nround\n1 2\n", 2);
    check_sequence("round\n0 1 .5\n0 0 .5\n1 1 .5\nround\n1 2 .5\n1 1 .5\n2 2 .5\n", 2);
    check_sequence("0 1\nround\n1 2\nround\n0 1\nround\n2 1\n", 2);
}

static const char *archive(int n_dim, const size_t *dim, const double *value)
{
    static char name[600];
    struct err e;
    struct npz z = {0};
    npz_add(&z, "W", "f8", n_dim, dim, value);
    assert_int_equal(npz_write(&z, temp_path("W.npz"), &e), 0);
    npz_close(&z);
    snprintf(name, sizeof(name), "file:%s", temp_path("W.npz"));
    return name;
}

/* Each graph is the same graph after it was written as matrices, to the bit. */
static void matrices_that_were_written_are_read_back(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        int n, rounds, period, push;
    } cases[] = {{"ring", 7, 3, 1, 0},
                 {"one-peer-exponential", 8, 6, 3, 0},
                 {"directed-erdos-renyi", 9, 1, 1, 1},
                 {"davis-southern-women", 32, 1, 1, 0},
                 {"base-2", 5, 5, 5, 0}};
    static double want[6 * 32 * 32], got[32 * 32];
    for (size_t k = 0; k < LENGTH(cases); k++) {
        struct topology_spec g = {cases[k].name, cases[k].n, 0, SEED}, back = {.n = g.n};
        size_t n = (size_t)g.n, dim[] = {(size_t)cases[k].rounds, n, n};
        struct err e = {.text = ""};
        for (int t = 0; t < cases[k].rounds; t++)
            topology_fill(&g, want + (size_t)t * n * n, t);
        back.name = archive(3, dim, want);
        assert_int_equal(topology_own_n(back.name), g.n);
        if (topology_check(&back, &e) < 0)
            fail_msg("%s", e.text);
        assert_int_equal(topology_period(&back), cases[k].period);
        assert_int_equal(topology_is_push(&back), cases[k].push);
        for (int t = 0; t < 2 * cases[k].rounds; t++) {
            topology_fill(&back, got, t);
            assert_memory_equal(got, want + (size_t)(t % cases[k].rounds) * n * n,
                                n * n * sizeof(*got));
        }
    }
}

static void bad_matrices_are_refused_with_a_sentence(void **state)
{
    (void)state;
    static const struct {
        int n_dim;
        size_t dim[4];
        double value[8];
        const char *words;
    } bad[] = {
        {2, {2, 2}, {1.5, -0.5, -0.5, 1.5}, "W.npz: W[0, 0] is 1.5, but must be from 0 to 1"},
        {2, {2, 2}, {0.5, -0.5, 0.5, 0.5}, "W[0, 1] is -0.5, but must be from 0 to 1"},
        {2, {2, 2}, {0, 1, 1, NAN}, "W[1, 1] is nan"},
        {2,
         {2, 2},
         {0.5, 0.4, 0.4, 0.5},
         "column 0 of W, the weights that workers give to the value "
         "of worker 0, sums to 0.9, not to 1"},
        {2, {2, 2}, {0.5, 0.5, 0.25, 0.75}, "sums to 0.75, not to 1, though all rows do"},
        {3, {2, 2, 2}, {0, 1, 1, 0, 1, .5, 0, .4}, "round 1: column 1 of W"},
        {2, {2, 2}, {1, 0, 0, 1}, "is not connected: no path joins workers 0 and 1"},
        {2, {2, 3}, {0}, "W must be an array of numbers, (n, n) or (rounds, n, n)"},
        {1, {4}, {0}, "W must be an array of numbers, (n, n) or (rounds, n, n)"},
        {2, {3, 3}, {0}, "does not fit 2 workers: W has 3 rows, so that n must be 3"},
    };
    for (size_t i = 0; i < LENGTH(bad); i++) {
        static double value[9];
        struct err e = {.text = ""};
        memcpy(value, bad[i].value, sizeof(bad[i].value));
        const char *name = archive(bad[i].n_dim, bad[i].dim, value);
        assert_int_equal(topology_check(&(struct topology_spec){name, 2}, &e), -1);
        check_says(e, "W.npz");
        check_says(e, bad[i].words);
    }
}

/* What rounding to float takes from a matrix is added to its diagonal. */
static void matrices_in_float_are_completed(void **state)
{
    (void)state;
    const double third = (double)(1 / 3.0F),
                 value[9] = {third, third, third, third, third, third, third, third, third};
    const char *name = archive(2, (const size_t[]){3, 3}, value);
    struct err e;
    assert_int_equal(topology_check(&(struct topology_spec){name, 3}, &e), 0);
    topology_fill(&(struct topology_spec){name, 3}, W, 0);
    assert_true(W[1] == third);
    check_close(W[0] + W[1] + W[2], 1, 1e-15);
}

static void check_refused(const char *content, size_t size, int n, int usage, const char *words)
{
    struct err e = {.text = ""};
    assert_int_equal(topology_check(&(struct topology_spec){graph(content, size), n}, &e), -1);
    assert_int_equal(e.usage, usage);
    check_says(e, "edges.txt");
    check_says(e, words);
    assert_null(strchr(e.text, '\n'));
}

static void bad_files_are_refused_with_a_sentence(void **state)
{
    (void)state;
    static const struct {
        const char *content;
        int n, usage;
        const char *words;
    } bad[] = {
        {"", 3, 0, "edges.txt: none of its 0 lines is an edge"},
        {"# nothing\n\n", 3, 0, "none of its 2 lines is an edge"},
        {"0 1\n1 2\n", 4, 1,
         "does not fit 4 workers: the largest worker is 2, in line 2, so that n must be 3"},
        {"0 1\n1 7\n1 2\n", 3, 1, "the largest worker is 7, in line 2, so that n must be 8"},
        {"0 1\n-1 2\n", 3, 0, "edges.txt:2: workers are numbered from 0 to at most 65535"},
        {"0 99999999999999999999\n", 3, 0, "edges.txt:1: workers are numbered"},
        {"0 1\n1 2\n0 1\n", 3, 0, "edges.txt:3: the edge of 0 and 1 is given twice"},
        {"0 1\n1 2\n2 1\n", 3, 0, "edges.txt:3: the edge of 2 and 1 is given twice"},
        {"0 0\n0 1\n0 0\n1 2\n", 3, 0, "edges.txt:3: the edge of 0 and 0 is given twice"},
        {"0 1\n2 3\n", 4, 0, "is not connected: no path joins workers 0 and 2"},
        {"0 1 1\n2 2 1\n", 3, 0, "is not connected: no path joins workers 0 and 2"},
        {"0 1 0\n0 0 1\n1 1 1\n", 2, 0, "is not connected"},
        {"0 1 -0.5\n", 2, 0, "edges.txt:1: the weight is -0.5, but must be from 0 to 1"},
        {"0 1 nan\n", 2, 0, "must be from 0 to 1"},
        {"0 1 inf\n", 2, 0, "must be from 0 to 1"},
        {"0 1 0.5\n0 0 0.5\n1 1 0.4\n", 2, 0, "the weights of worker 1 sum to 0.9, not to 1"},
        {"0 1 1\n1 1 2e-6\n", 2, 0, "the weights of worker 1 sum to 1.000002, not to 1"},
        {"0 1 .5000005\n0 2 .5\n1 2 .5\n", 3, 0, "the weights of worker 0 sum to 1.0000005, not"},
        {"0 1 0.5\n0 0\n", 2, 0, "edges.txt:2: either all lines have a weight or none"},
        {"0 1\n1", 2, 0, "edges.txt:2: '1' is not 'i j' or 'i j weight'"},
        {"0 1 2\n1 2\n2 x\n3\n", 4, 0, "edges.txt:3: '2 x' is not 'i j1 j2 ...'"},
        {"0 1 2\n1 0 2\n2\n", 3, 0, "edges.txt:2: the edge of 1 and 0 is given twice"},
        {"0 1 2 3 4\n", 5, 0,
         "edges.txt: has 1 lines, but an adjacency list has one for each of the 5 workers"},
        {"0 1\n1\n1 0\n", 2, 0, "edges.txt:3: worker 1 has two lines"},
        {"0 1\ndirected\n", 2, 0, "edges.txt:2: 'directed' must stand before the first edge"},
        {"directed\n0 1\n0 1\n1 0\n", 2, 0, "edges.txt:3: the edge of 0 and 1 is given twice"},
        {"directed\n0 1\n1 2\n", 3, 0, "no path leads from worker 1 to worker 0"},
        {"directed\n0 1 .5\n1 0 .5\n0 0 .5\n1 1 .4\n", 2, 0,
         "column 1 of W, the weights that workers give to the value of worker 1, sums to 0.9, not "
         "to 1"},
        {"directed\n0 1 .5\n1 0 .25\n0 0 .75\n1 1 .5\n", 2, 0,
         "sums to 1.25, not to 1, though all rows do: the mean of the workers would change"},
        {"round\n0 1\nround\n2 3\n", 4, 0, "is not connected: no path joins workers 0 and 2"},
        {"0 1 1\nround\n0 2 .5\n0 0 .5\n2 2 .4\n", 3, 0, "the weights of worker 2 sum to 0.9"},
        {"directed\n1 0 1\n0 1 .5\n0 0 .5\nround\n0 0 1\n0 1 0\n1 0 1\n", 2, 0,
         "edges.txt: round 1: worker 1 receives nothing, not even its own value"},
        {"0 1 0.5 2\n", 2, 0, "edges.txt:1: '0 1 0.5 2' is not"},
        {"0 1 half\n", 2, 0, "edges.txt:1: '0 1 half' is not"},
        {"a b\n", 2, 0, "edges.txt:1: 'a b' is not"},
        {"0,1\n", 2, 0, "edges.txt:1: '0,1' is not"},
        {"0 1 {'weight': 0.5\n", 2, 0, "edges.txt:1: '0 1 {'weight': 0.5' is not"},
        {"0 1 {'color': 0.5}\n", 2, 0, "edges.txt:1: '0 1 {'color': 0.5}' is not"},
        {"1 2\n2 3\n3 1\n", 3, 1, "n must be 4; workers are numbered from 0, but these from 1"},
        {"0.5 1\n", 2, 0, "edges.txt:1: '0.5 1' is not"},
    };
    for (size_t i = 0; i < LENGTH(bad); i++)
        check_refused(bad[i].content, strlen(bad[i].content), bad[i].n, bad[i].usage, bad[i].words);
    check_refused("0 1\n0\0001\n", 8, 2, 0, "edges.txt:2: has a NUL byte, which no text has");
    struct err e;
    assert_int_equal(topology_check(&(struct topology_spec){"file:", 3}, &e), -1);
    check_says(e, "the name of a file to read is empty");
    assert_int_equal(topology_check(&(struct topology_spec){"file:/dev/zero", 3}, &e), -1);
    check_says(e, "/dev/zero: cannot be read: not a regular file");
}

static void a_gigabyte_is_refused_at_once(void **state)
{
    (void)state;
    struct err e;
    double begin = seconds_now();
    const char *name = graph("0 1\n", 4);
    assert_int_equal(truncate(topology_file(name), 1L << 30), 0);
    assert_int_equal(topology_check(&(struct topology_spec){name, 3}, &e), -1);
    check_says(e, "edges.txt: 1073741824 bytes, but at most 67108864 are expected");
    assert_true(seconds_now() - begin < 1);
    assert_int_equal(truncate(topology_file(name), 1L << 26), 0);
    assert_int_equal(topology_check(&(struct topology_spec){name, 3}, &e), -1);
    check_says(e, "edges.txt:2: has a NUL byte, which no text has");
    assert_true(seconds_now() - begin < 5);
}

/* The largest number of workers needs 32 GiB of weights, which a file of two must not take. */
static void many_workers_take_no_memory(void **state)
{
    (void)state;
    struct err e;
    double before = memory_taken();
    assert_int_equal(topology_check(&(struct topology_spec){graph("0 1\n", 4), 65536}, &e), -1);
    check_says(e, "does not fit 65536 workers: the largest worker is 1, in line 1");
    assert_true(memory_taken() - before < 1e8);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(edges_without_weights_get_metropolis_hastings),
        cmocka_unit_test(weights_are_taken_as_they_are),
        cmocka_unit_test(adjacency_lists_are_read),
        cmocka_unit_test(directed_edges_go_one_way),
        cmocka_unit_test(rounds_follow_each_other),
        cmocka_unit_test(matrices_that_were_written_are_read_back),
        cmocka_unit_test(bad_matrices_are_refused_with_a_sentence),
        cmocka_unit_test(matrices_in_float_are_completed),
        cmocka_unit_test(the_petersen_graph_has_its_spectrum),
        cmocka_unit_test(bad_files_are_refused_with_a_sentence),
        cmocka_unit_test(a_gigabyte_is_refused_at_once),
        cmocka_unit_test(many_workers_take_no_memory),
    };
    return cmocka_run_group_tests(tests, temp_make, temp_remove);
}
