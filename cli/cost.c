#include "cli/save.h"
#include "clock/costs.h"
#include "clock/quantity.h"
#include <math.h>
#include <string.h>

static int network_of(struct network *w, const struct arguments *a, struct err *e)
{
    const char *compute = arguments_value(a, "compute"), *hosts = arguments_value(a, "hosts");
    *w = (struct network){.compute = NAN,
                          .overlap = arguments_value(a, "overlap") != NULL,
                          .half_duplex = !strcmp(arguments_value(a, "duplex"), "half"),
                          .hosts = hosts ? (int)arguments_whole(hosts, 1, 1 << 20) : 0};
    if (w->hosts < 0)
        return err_usage(e, "--hosts is '%.20s', but must be a whole number from 1", hosts);
    int status = quantity_time("--latency", arguments_value(a, "latency"), &w->latency, e);
    if (status == 0)
        status = quantity_rate("--bandwidth", arguments_value(a, "bandwidth"), &w->bandwidth, e);
    return status == 0 && compute ? quantity_time("--compute", compute, &w->compute, e) : status;
}

/* Print or draw the costs, as the options say. */
static int show(const struct costs *k, const struct arguments *a, struct err *e)
{
    char path[PATH_LENGTH];
    format_print(format_find(costs_formats, arguments_value(a, "format")), k, stdout);
    if (arguments_value(a, "save") && save_formats(costs_formats, N_COSTS_FORMAT, k, k->r, e) < 0)
        return -1;
    if (!arguments_value(a, "plot"))
        return 0;
    const char *out = figures_folder(arguments_value(a, "from"), path, e);
    return out ? costs_plot(k, out, e) : -1;
}

static int cost_main(const struct arguments *a, struct err *e)
{
    struct costs k;
    struct results r;
    if (network_of(&k.network, a, e) < 0 || request_open(a, &r, e) < 0)
        return -1;
    k.r = &r;
    int status = costs_goal(&k, arguments_value(a, "metric"), arguments_value(a, "target"), e);
    if (status == 0 && (status = costs_open(&k, e)) == 0) {
        status = show(&k, a, e);
        costs_close(&k);
    }
    return request_close(&r, status);
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
