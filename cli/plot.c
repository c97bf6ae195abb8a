#include "report/plot.h"
#include "cli/cli.h"
#include "cli/save.h"
#include "core/file.h"
#include <stdio.h>

static int plot_main(int argc, char **argv)
{
    const char *out = NULL;
    const struct option more[] = {{.name = "out", .value = &out}};
    char path[PATH_LENGTH];
    struct request q;
    struct results r;
    struct plot p;
    struct err e;
    int status = 0;
    if (request_parse(&q, argc, argv, more, LENGTH(more), &e) < 0 || request_open(&q, &r, &e) < 0)
        return fail(&e);
    out = out ? out : figures_folder(q.from, path, &e);
    if (!out || dir_make(out, &e) < 0 || plot_all(&p, &r, out, &e) < 0)
        status = -1;
    for (int i = 0; status == 0 && i < p.n_figure; i++)
        printf("%s/%s.png and .pdf written\n", out, p.figure[i]);
    results_close(&r);
    return status < 0 ? fail(&e) : EXIT_DONE;
}

const struct verb verb_plot = {
    .name = "plot",
    .about = "figures of an experiment's finished runs",
    .main = plot_main,
    .help =
        "usage: gossipbench plot EXPERIMENT [--tier quick] [--out results/figures]\n"
        "                        [--from results/runs]\n\n"
        "Draws the runs in FROM/EXPERIMENT as OUT/EXPERIMENT-TIER-*.png and .pdf (needs gnuplot)\n"
        "and removes the older figures of that tier: curves over epochs, if runs were evaluated\n"
        "more than once; last values over an axis of three or more numbers (alpha, workers, a\n"
        "learning rate), else as bars; which worker holds which classes; and the workers' paths\n"
        "on a toy problem.  There is a line or bar for each algorithm and a panel for each value\n"
        "of the other axes.  OUT is FROM/figures if --from is given.\n"};
