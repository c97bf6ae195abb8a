#include "cli/save.h"

static int plot_main(const struct arguments *a, struct err *e)
{
    char path[PATH_LENGTH];
    struct results r;
    struct plot p;
    const char *out = arguments_value(a, "out");
    const struct look *look = look_find(arguments_value(a, "style"), e);
    if (!look || request_open(a, &r, e) < 0)
        return -1;
    out = out ? out : figures_folder(arguments_value(a, "from"), path, e);
    int status = !out || plot_all(&p, &r, out, look, e) < 0 ? -1 : 0;
    if (status == 0)
        plot_tell(&p);
    results_close(&r);
    return status;
}

const struct verb verb_plot = {
    .name = "plot",
    .about = "figures of an experiment's finished runs",
    .operand = "EXPERIMENT",
    .option =
        (const struct option[]){
            REQUEST_OPTIONS,
            {"out", "DIR", NULL,
             "draw into DIR (default: results/figures, or FROM/figures if --from is given)"},
            {"style", "screen|one-column|two-column", "screen",
             "widths of a screen or of such a paper, whose captions hold titles and notes"},
            {NULL}},
    .main = plot_main,
    .help = "Draws OUT/EXPERIMENT-TIER-*.png, .svg and .pdf (needs gnuplot), each with a captioned "
            ".tex to \\input, and removes the older figures of that tier: curves over epochs, if "
            "runs were evaluated more than once; last values over an axis of three or more numbers "
            "(alpha, workers, a learning rate), else as bars; which worker holds which classes; "
            "and the workers' paths on a toy problem.  There is a line or bar for each algorithm "
            "and a panel for each value of the other axes.",
    .example = "plot toy-quadratic\nafter gossipbench sweep toy-quadratic"};
