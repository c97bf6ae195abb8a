/* edges: graphs from files of edges: what they become, and every sentence about a bad one. */
#include "core/file.h"
#include "core/memory.h"
#include "topologies/spectrum.h"
#include "topologies/topologies.h"

#include "tests/check.h"
#include "tests/temp.h"

enum { MAX_N = 16, SEED = 7 };
static double W[MAX_N * MAX_N];

/* The graph's name, of a file with this content. */
static const char *graph(const char *content, size_t size)
{
    static char name[600];
    struct err e;
    assert_int_equal(file_replace(temp_path("edges.txt"), content, size, &e), 0);
    snprintf(name, sizeof(name), "file:%s", temp_path("edges.txt"));
    return name;
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
        {"0 1\n1\n", 2, 0, "edges.txt:2: '1' is not 'i j' or 'i j weight'"},
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
    check_says(e, "cannot be read");
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

/* As many workers as there may be need 32 GiB of weights: not for a file of two. */
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
        cmocka_unit_test(the_petersen_graph_has_its_spectrum),
        cmocka_unit_test(bad_files_are_refused_with_a_sentence),
        cmocka_unit_test(a_gigabyte_is_refused_at_once),
        cmocka_unit_test(many_workers_take_no_memory),
    };
    return cmocka_run_group_tests(tests, temp_make, temp_remove);
}
