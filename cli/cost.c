#include "cli/save.h"
#include "clock/costs.h"
#include "clock/quantity.h"
#include "core/file.h"
#include "report/write.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The costs as a table in a form. */
static void print(const void *costs, void (*build)(struct table *t, const struct costs *k),
                  void (*write)(const struct table *t, FILE *f), FILE *f)
{
    struct table t;
    build(&t, costs);
    write(&t, f);
    table_free(&t);
}

static void print_markdown(const void *costs, FILE *f)
{
    print(costs, costs_table, write_markdown, f);
}

static void print_csv(const void *costs, FILE *f)
{
    print(costs, costs_table, write_csv, f);
}

static void print_latex(const void *costs, FILE *f)
{
    print(costs, costs_table, write_latex, f);
}

static void print_curves(const void *costs, FILE *f)
{
    print(costs, costs_curves, write_csv, f);
}

static const struct format formats[] = {{"md", "-cost.md", print_markdown},
                                        {"csv", "-cost.csv", print_csv},
                                        {"latex", "-cost.tex", print_latex},
                                        {"curves", "-cost-curves.csv", print_curves}};

static int network_of(struct network *w, const struct arguments *a, struct err *e)
{
    const char *compute = arguments_value(a, "compute"), *hosts = arguments_value(a, "hosts");
    *w = (struct network){.compute = NAN,
                          .overlap = arguments_value(a, "overlap") != NULL,
                          .half_duplex = !strcmp(arguments_value(a, "duplex"), "half"),
                          .hosts = hosts ? (int)arguments_whole(hosts, 1, 1 << 20) : 0};
    if (w->hosts < 0)
        return err_usage(e, "--hosts is '%.20s', but must be a whole number from 1", hosts);
    return quantity_time("--latency", arguments_value(a, "latency"), &w->latency, e) < 0 ||
                   quantity_rate("--bandwidth", arguments_value(a, "bandwidth"), &w->bandwidth, e) <
                       0 ||
                   (compute && quantity_time("--compute", compute, &w->compute, e) < 0)
               ? -1
               : 0;
}

static int goal_of(struct costs *k, const struct arguments *a, struct err *e)
{
    const char *metric = arguments_value(a, "metric"), *target = arguments_value(a, "target");
    char *end = NULL;
    k->metric = metric ? metric_find(metric) : k->r->scope;
    if (k->metric < 0)
        return err_usage(e, "--metric is '%.40s', which is no column that runs are compared by",
                         metric);
    k->target = target ? strtod(target, &end) : NAN;
    if (target && (end == target || *end || !isfinite(k->target)))
        return err_usage(e, "--target is '%.20s', but must be a number", target);
    return 0;
}

static int draw(const struct costs *k, const struct request *q, struct err *e)
{
    char path[PATH_LENGTH];
    struct plot p;
    const struct look *look = look_find("screen", e);
    const char *out = figures_folder(q->from, path, e);
    if (!look || !out || dir_make(out, e) < 0 || costs_plot(&p, k, out, look, e) < 0)
        return -1;
    for (int i = 0; i < p.n_figure; i++)
        printf("%s/%s.png, .svg, .pdf and .tex written\n", out, p.figure[i]);
    return 0;
}

static int cost_main(const struct arguments *a)
{
    struct costs k;
    struct request q = request_of(a);
    struct results r;
    struct err e;
    const struct format *format = format_find(formats, arguments_value(a, "format"));
    if (network_of(&k.network, a, &e) < 0 || request_open(&q, &r, &e) < 0)
        return fail(&e);
    k.r = &r;
    int status = goal_of(&k, a, &e) < 0 || costs_open(&k, &e) < 0 ? -1 : 0;
    if (status == 0) {
        format->print(&k, stdout);
        if (arguments_value(a, "save"))
            status = save_formats(formats, LENGTH(formats), &k, &r, &e);
        if (status == 0 && arguments_value(a, "plot"))
            status = draw(&k, &q, &e);
        costs_close(&k);
    }
    int code = status < 0 ? fail(&e) : r.n_ended < r.n_run ? EXIT_FAILED : EXIT_DONE;
    results_close(&r);
    return code;
}

const struct verb verb_cost = {
    .name = "cost",
    .about = "what results cost on a network: seconds, bytes, time to a target",
    .operand = "EXPERIMENT",
    .option =
        (const struct option[]){
            REQUEST_OPTIONS,
            {"latency", "TIME", "1ms", "of a message: ns, us, ms or s"},
            {"bandwidth", "RATE", "1Gbit", "of each host's link: Kbit, Mbit, Gbit or Tbit"},
            {"duplex", "full|half", "full", "whether a host sends while it receives"},
            {"compute", "TIME", NULL, "of a worker's gradient (default: what the runs measured)"},
            {"overlap", NULL, NULL, "a round takes the longer of computing and communicating"},
            {"hosts", "P", NULL, "that share the workers (default: one for each worker)"},
            {"metric", "KEY", NULL, "the column to show (default: what the table is about)"},
            {"target", "VALUE", NULL,
             "of the metric (default: what all methods and graphs of a setting reach)"},
            {"format", "md|csv|latex|curves", "md",
             "what to print; curves: the metric over seconds and megabytes, as CSV"},
            {"save", NULL, NULL,
             "write results/tables/EXPERIMENT-TIER-cost.* and -cost-curves.csv"},
            {"plot", NULL, NULL,
             "draw EXPERIMENT-TIER-cost-time and -cost-bytes where gossipbench plot draws"},
            {NULL}},
    .main = cost_main,
    .help = "Simulates the rounds of finished runs on a network, from their graphs and the bytes "
            "that they logged; docs/cost.md has the model.",
    .example =
        "cost table6-topologies --tier standard --from results/expected --bandwidth 100Mbit\n"
        "what graphs cost on slow links"};
