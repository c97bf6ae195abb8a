#include "report/plot.h"
#include "cli/cli.h"
#include "core/file.h"
#include <stdio.h>

static int plot_main(int argc, char **argv)
{
    const char *tier = "quick", *out = "results/figures";
    const struct option options[] = {{"tier", &tier, NULL}, {"out", &out, NULL}};
    struct arguments a;
    struct results r;
    struct plot p;
    struct err e;
    int status = arguments_parse(&a, argc, argv, options, 2, "EXPERIMENT", 0, &e);
    if (status == 0 && !a.operand)
        status = err_usage(&e, "plot needs an experiment");
    if (status < 0 || results_open(&r, "results/runs", a.operand, tier, &e) < 0)
        return fail(&e);
    if (dir_make(out, &e) < 0 || plot_all(&p, &r, "results/runs", out, &e) < 0)
        status = -1;
    for (int i = 0; i < p.n_figure && status == 0; i++)
        printf("%s/%s.png and .pdf written\n", out, p.figure[i]);
    results_close(&r);
    return status < 0 ? fail(&e) : EXIT_DONE;
}

const struct verb verb_plot = {
    .name = "plot",
    .about = "figures of an experiment's finished runs",
    .main = plot_main,
    .help =
        "usage: gossipbench plot EXPERIMENT [--tier quick] [--out results/figures]\n\n"
        "Draws what results/runs/EXPERIMENT holds as OUT/EXPERIMENT-TIER-*.png and .pdf (needs\n"
        "gnuplot), in place of the figures that were there: curves over epochs, where runs were\n"
        "evaluated more than once; last values over an axis of three or more numbers (alpha,\n"
        "workers, a learning rate), else as bars; which worker holds which classes; and where a\n"
        "toy problem's workers went.  There is a line or bar for each algorithm and a panel for\n"
        "each value of the other axes.\n"};
