#include "cli/cli.h"
#include "sweep/template.h"

static int new_experiment_main(const struct arguments *a, struct err *e)
{
    const char *name = a->operand[0];
    char path[PATH_LENGTH];
    if (template_write(name, path, e) < 0)
        return -1;
    printf("%s written: change it, then\n"
           "  gossipbench sweep %s --check    says whether every run could start\n"
           "  gossipbench sweep %s            makes the runs\n"
           "  gossipbench table %s            shows them; compare %s judges the claims\n",
           path, name, name, name, name);
    return EXIT_DONE;
}

const struct verb verb_new_experiment = {
    .name = "new-experiment",
    .about = "begin an experiment of your own, from a commented file that runs",
    .operand = "NAME",
    .main = new_experiment_main,
    .help = "Writes experiments/NAME.json.  Its keys are explained in docs/experiments.md; editors "
            "check them by docs/experiment.schema.json.  A file that is there is never replaced.",
    .example = "new-experiment mine\nwrite experiments/mine.json"};
