#include "sweep/template.h"
#include "core/file.h"
#include "core/text.h"
#include "sweep/experiment.h"
#include <string.h>

/* With ' for ", and @ for the name. */
static const char template[] =
    "{\n"
    "  '$schema': '../docs/experiment.schema.json',\n"
    "  '_': 'Keys that begin with _ are comments. docs/experiments.md explains all others.',\n"
    "  'title': '@: two methods at two degrees of heterogeneity',\n\n"
    "  '_base': 'What all runs share. gossipbench info lists the keys and their defaults.',\n"
    "  'base': {\n"
    "    '_data': 'Generated images need no files. fashion-mnist and cifar10 are real data "
    "sets.',\n"
    "    'dataset': 'synthetic-images', 'train_limit': 1600, 'test_limit': 500, 'augment': false,\n"
    "    'model': 'resnet8-gn', 'workers': 8, 'topology': 'ring', 'partition': 'dirichlet',\n"
    "    'epochs': 4, 'batch_size': 16, 'lr': 0.05, 'warmup_epochs': 0, 'milestones': []\n"
    "  },\n\n"
    "  '_axes': 'Each combination of these values is a row of the table.',\n"
    "  'axes': {'alpha': [1, 0.1], 'algorithm': ['dsgdm-n', 'qg-dsgdm-n']},\n\n"
    "  '_settings': 'Keys for some of the rows, such as a tuned learning rate.',\n"
    "  'settings': [{'when': {'algorithm': 'qg-dsgdm-n'}, 'set': {'lr': 0.05}}],\n\n"
    "  '_seeds': 'Every row is run with each seed. Claims need two or more.',\n"
    "  'seeds': [1, 2, 3],\n\n"
    "  '_claims': 'What the seeds are asked to support: gossipbench compare @ answers.',\n"
    "  'claims': [\n"
    "    {'better': {'algorithm': 'qg-dsgdm-n'}, 'than': {'algorithm': 'dsgdm-n'},\n"
    "     'at': {'alpha': 0.1}, 'scope': 'acc_mean_pct'}\n"
    "  ],\n\n"
    "  '_tiers': 'How much to run: what differs from the above. --tier chooses; quick is the "
    "default.',\n"
    "  'tiers': {\n"
    "    'smoke': {'base': {'train_limit': 320, 'epochs': 1}, 'seeds': [1], 'claims': []},\n"
    "    'quick': {},\n"
    "    'full': {'base': {'train_limit': 0, 'test_limit': 0, 'epochs': 30}}\n"
    "  }\n"
    "}\n";

static int check_name(const char *name, struct err *e)
{
    return experiment_is_name(name)
               ? 0
               : err_usage(e,
                           "'%.80s' cannot be an experiment's name, which consists of at most %d "
                           "letters, digits, - and _, and does not begin with -",
                           name, EXPERIMENT_NAME - 1);
}

int template_write(const char *name, char path[PATH_LENGTH], struct err *e)
{
    const char *folder = path_in_root("experiments");
    struct text t;
    if (check_name(name, e) < 0 || dir_make(folder, e) < 0 ||
        path_print(path, e, "%s/%s.json", folder, name) < 0)
        return -1;
    if (file_exists(path))
        return err_usage(e, "%s is there already; choose another name", path);
    text_open(&t);
    for (const char *c = template; *c; c++)
        if (*c == '@')
            fputs(name, t.f);
        else
            fputc(*c == '\'' ? '"' : *c, t.f);
    return text_save(&t, path, e);
}
