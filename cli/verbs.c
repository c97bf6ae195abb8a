/* verbs: the list of the verbs, and the help that shows it. */
#include "cli/cli.h"
#include "core/build.h"
#include <string.h>

static const struct verb *const verbs[] = {
    &verb_run,  &verb_sweep,    &verb_table,     &verb_compare, &verb_plot,      &verb_report,
    &verb_info, &verb_topology, &verb_partition, &verb_grad,    &verb_quadratic, &verb_data};

void verbs_print(FILE *f)
{
    fprintf(f,
            "gossipbench %s: the reproducible benchmark of decentralized deep learning\n\n"
            "usage: gossipbench VERB [...]      alone, or under mpirun -np P\n\n",
            build.version);
    for (size_t i = 0; i < LENGTH(verbs); i++)
        fprintf(f, "  %-10s %s\n", verbs[i]->name, verbs[i]->about);
    fprintf(f,
            "\ngossipbench VERB --help says more.\n%s"
            "Exit codes: 0 done, 1 failed, 2 usage, 3 a verdict failed, 4 the run diverged,\n"
            "75 interrupted and resumable.\n",
            root_help);
}

const struct verb *verbs_find(const char *name, struct err *e)
{
    const char *names[LENGTH(verbs)];
    char hint[96];
    for (size_t i = 0; i < LENGTH(verbs); i++) {
        if (!strcmp(name, verbs[i]->name))
            return verbs[i];
        names[i] = verbs[i]->name;
    }
    err_usage(e, "unknown verb '%.60s'%s; see gossipbench --help", name,
              name_suggest(hint, sizeof(hint), name, names, LENGTH(names)));
    return NULL;
}
