/* test_plot: what stands in figures: means and spreads of made-up runs, against values computed by
 * hand, and the limits of axes. */
#include "algorithms/algorithms.h"
#include "draw/gnuplot.h"
#include "draw/names.h"
#include "report/axis.h"
#include "report/trace.h"
#include "tests/made.h"

static const struct made runs[] = {{"dsgd", 1, "finished", {10, 1, 30}},
                                   {"dsgd", 2, "finished", {14, 2, 30}},
                                   {"dsgd", 3, "diverged", {90, 90, 90}},
                                   {"qg", 1, "finished", {20, 3, 30}},
                                   {"qg", 2, "started", {70, 70, 70}}};

/* A plot of the runs as far as traces need it, and their metrics.csv. */
static void open_plot(struct plot *p, struct results *r, const struct second *second)
{
    static const char *const rows[] = {"1,10\n2,20\n3,30\n", "1,14\n2,\n2.5,7\n3,50\n", "1,9\n2,\n",
                                       "1,20\n3,80\n", ""};
    char name[64], text[128];
    make(r, runs, LENGTH(runs), "\"claims\": []", MADE_CONFIG, second);
    for (size_t i = 0; i < LENGTH(rows); i++) {
        snprintf(name, sizeof(name), "%s/%zu/metrics.csv", r->folder, i);
        snprintf(text, sizeof(text), "epoch,acc_mean_pct\n%s", rows[i]);
        put(name, text);
    }
    *p = (struct plot){.r = r, .line_axis = 0, .x_axis = second ? 1 : -1};
    levels_open(&p->line, r, 1);
}

static void check_spot(const struct spot *s, double x, double mean, double low, double high)
{
    check_close(s->x, x, 0), check_close(s->mean, mean, 1e-12);
    check_close(s->low, low, 1e-12), check_close(s->high, high, 1e-12);
}

static void curves_are_means_of_seeds(void **state)
{
    (void)state;
    struct plot p;
    struct results r;
    struct levels all;
    struct err e = {.text = ""};
    struct panel panel = {.metric = metric_find("acc_mean_pct")};
    open_plot(&p, &r, NULL);
    levels_open(&all, &r, 0);
    assert_int_equal(panel_of_curves(&panel, &p, &all, 0, 0, &e), 0);
    assert_int_equal(panel.n_trace, 3);
    const struct trace *t = panel.trace;
    assert_int_equal(t[0].n, 2); /* epochs 1 and 3, which both seeds have */
    assert_int_equal(t[0].style, 1), assert_false(t[0].diverged);
    check_spot(&t[0].at[0], 1, 12, 10, 14);
    check_spot(&t[0].at[1], 3, 40, 30, 50);
    assert_true(t[1].diverged), assert_int_equal(t[1].n, 1), assert_int_equal(t[1].style, 1);
    check_spot(&t[1].at[0], 1, 9, 9, 9);
    assert_int_equal(t[2].n, 2), assert_int_equal(t[2].style, 2);
    check_spot(&t[2].at[1], 3, 80, 80, 80); /* without the run that has only started */
    panel_release(&panel);
    levels_close(&all), levels_close(&p.line);
    results_close(&r);
}

static void values_stand_over_their_axis(void **state)
{
    (void)state;
    const struct second alpha = {"alpha", {1, 1, 1, 1, 0.1}};
    struct plot p;
    struct results r;
    struct levels all;
    struct err e = {.text = ""};
    struct panel panel = {.metric = metric_find("acc_mean_pct")};
    open_plot(&p, &r, &alpha);
    levels_open(&all, &r, 0);
    assert_int_equal(panel_over_axis(&panel, &p, &all, 0, 0, &e), 0);
    assert_int_equal(panel.n_trace, 3);
    const struct trace *t = panel.trace;
    assert_int_equal(t[0].n, 1); /* 10 and 14: 12 and their deviation, the root of 8 */
    check_spot(&t[0].at[0], 1, 12, 12 - sqrt(8), 12 + sqrt(8));
    assert_true(t[1].diverged), check_close(t[1].at[0].x, 1, 0);
    assert_int_equal(t[2].n, 1); /* the run at 0.1 that has not ended is left out */
    check_spot(&t[2].at[0], 1, 20, 20, 20);
    panel_release(&panel);
    p.has_lone = 1; /* then bars show the single points */
    assert_int_equal(panel_over_axis(&panel, &p, &all, 0, 0, &e), 0);
    assert_int_equal(panel.trace[0].n, 0), assert_int_equal(panel.n_lone, 2);
    panel_release(&panel);
    levels_close(&all), levels_close(&p.line);
    results_close(&r);
}

static void axes_fit_what_they_show(void **state)
{
    (void)state;
    struct plot toy = {.is_toy = 1}, net = {.is_toy = 0};
    int loss = metric_find("test_loss_mean"), accuracy = metric_find("acc_mean_pct");
    int cost = metric_find("bytes_sent");
    struct extent s = extent_empty;
    extent_add(&s, 0, 0, 0); /* has no place on a logarithmic axis */
    extent_add(&s, 1e-6, 2e-6, 3e-6), extent_add(&s, -1, 2, 3);
    extent_add(&s, NAN, NAN, 1e9), extent_add(&s, 1, 1, INFINITY);
    struct range g = axis_of_metric(loss, &s);
    assert_true(g.is_log && g.low > 0 && g.low < 1e-6 && g.low > 1e-7 && g.high > 3 && g.high < 9);
    for (int c = 0; c < N_COLUMN; c++)
        if (column_is_compared(c))
            assert_int_equal(axis_of_metric(c, &s).is_log, columns[c].kind != ACCURACY);
    s = extent_empty;
    extent_add(&s, 1, 50, 99);
    g = axis_of_metric(accuracy, &s);
    check_close(g.low, 0, 0), check_close(g.high, 100, 0); /* never beyond */
    s = extent_empty;
    g = axis_of_metric(accuracy, &s);
    assert_true(g.low < g.high);
    extent_add(&s, 0.5, 0.5, 0.5);
    g = axis_of_metric(loss, &s);
    assert_true(!g.is_log && g.low < 0.5 && g.high > 0.5);
    char name[64];
    holds(plot_axis_name(&net, accuracy, name, sizeof(name)), "test accuracy, mean of workers (%)");
    net.is_held_out = 1;
    holds(plot_axis_name(&net, accuracy, name, sizeof(name)), "held-out accuracy, ");
    holds(plot_axis_name(&toy, loss, name, sizeof(name)), "f(x) - min f, mean of workers");
    assert_string_equal(plot_axis_name(&net, loss, name, sizeof(name)), "test loss");
    assert_string_equal(plot_axis_name(&net, cost, name, sizeof(name)), "bytes sent (B)");
}

/* gnuplot takes the text of a tic for a format. */
static void percent_signs_of_tics_are_doubled(void **state)
{
    (void)state;
    char said[64] = "";
    FILE *f = fmemopen(said, sizeof(said), "w");
    gnuplot_tic(f, "1 % of 'x'", 2);
    gnuplot_text(f, "1 %");
    fclose(f);
    assert_string_equal(said, "'1 %% of ''x''' 2'1 %'");
}

/* Each method has its own name and style in all figures, even a method added later. */
static void methods_keep_their_looks(void **state)
{
    (void)state;
    char name[NAME_SHOWN], other[NAME_SHOWN];
    for (size_t i = 0; i < n_algorithm; i++) {
        const char *one = algorithm_registry[i].name;
        struct style s = style_of_method(one);
        for (size_t k = 0; k < i; k++) {
            const char *two = algorithm_registry[k].name;
            struct style t = style_of_method(two);
            assert_string_not_equal(name_of_value("algorithm", one, name),
                                    name_of_value("algorithm", two, other));
            if (style_is_known(one) && style_is_known(two) && !strcmp(s.color, t.color) &&
                !strcmp(s.dash, t.dash) && s.point == t.point)
                fail_msg("%s and %s look the same", one, two);
        }
        assert_true(s.width <= style_of_method("qg-dsgdm-n").width);
    }
    assert_false(style_is_known("my-method"));
    struct style s = style_of_method("my-method"), t = style_of_method("your-method");
    assert_string_equal(s.color, "#882255"), assert_string_equal(s.dash, "");
    assert_int_equal(s.point, 7);
    assert_true(strcmp(s.color, t.color) != 0 || strcmp(s.dash, t.dash) != 0 || s.point != t.point);
}

static void names_are_those_of_papers(void **state)
{
    (void)state;
    static const char *const known[][3] = {{"algorithm", "qg-dsgdm-n", "QG-DSGDm-N"},
                                           {"algorithm", "d2", "D²"},
                                           {"algorithm", "mine", "mine"},
                                           {"algorithm", "sgp, two steps", "SGP, two steps"},
                                           {"algorithm", "sgdx", "sgdx"},
                                           {"variant", "d2-dsgdm-n", "D²-DSGDm-N"},
                                           {"variant", "mu0.9", "mu0.9"},
                                           {"topology", "davis-southern-women", "social network"},
                                           {"topology", "erdos-renyi", "Erdős–Rényi"},
                                           {"topology", "erdos-renyi-0.3", "Erdős–Rényi (0.3)"},
                                           {"topology", "base-3", "Base-3"},
                                           {"topology", "ring", "ring"},
                                           {"topology", "file:a-gn", "file:a-gn"},
                                           {"model", "resnet20-evonorm-w2", "ResNet-20-EvoNorm-w2"},
                                           {"dataset", "cifar10", "CIFAR-10"},
                                           {"lr", "0.1", "0.1"}};
    char name[NAME_SHOWN];
    for (size_t i = 0; i < LENGTH(known); i++)
        assert_string_equal(name_of_value(known[i][0], known[i][1], name), known[i][2]);
    assert_string_equal(name_of_key("algorithm", name), "method");
    assert_string_equal(name_of_key("message_loss", name), "message loss");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(curves_are_means_of_seeds),
        cmocka_unit_test(values_stand_over_their_axis),
        cmocka_unit_test(axes_fit_what_they_show),
        cmocka_unit_test(percent_signs_of_tics_are_doubled),
        cmocka_unit_test(methods_keep_their_looks),
        cmocka_unit_test(names_are_those_of_papers),
    };
    return cmocka_run_group_tests(tests, temp_make, temp_remove);
}
