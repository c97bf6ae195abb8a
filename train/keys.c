#include "train/keys.h"
#include "algorithms/algorithms.h"
#include "loaders/dataset.h"
#include "models/models.h"
#include "partitions/partitions.h"
#include "problems/problems.h"
#include "topologies/topologies.h"
#include <string.h>

static int is_on_data(const struct config *c)
{
    return !config_problem(c);
}

static int is_on_images(const struct config *c)
{
    return is_on_data(c) && !dataset_has_texts(c->dataset);
}

static int has_warmup(const struct config *c)
{
    return c->warmup_epochs > 0;
}

static int has_steps(const struct config *c)
{
    return !strcmp(c->lr_schedule, "steps");
}

static int has_milestones(const struct config *c)
{
    return has_steps(c) && c->n_milestone > 0;
}

static int has_other_schedule(const struct config *c)
{
    return !has_steps(c);
}

static int is_cosine(const struct config *c)
{
    return !strcmp(c->lr_schedule, "cosine");
}

static int has_local_steps(const struct config *c)
{
    return c->local_steps > 1;
}

static int is_clipped(const struct config *c)
{
    return c->clip_norm > 0;
}

/* Centralized methods use no graph. */
static int has_graph(const struct config *c)
{
    struct err e;
    const struct algorithm *a = algorithm_find(c->algorithm, &e);
    return !a || a->mixed || a->relayed;
}

static int has_message_loss(const struct config *c)
{
    return c->faults.message_loss > 0;
}

static int has_stragglers(const struct config *c)
{
    return c->faults.straggle > 0;
}

static int has_absence(const struct config *c)
{
    return c->faults.absence > 0;
}

static int has_start(const struct config *c)
{
    return is_on_data(c) && c->init_from[0];
}

static int drops_last(const struct config *c)
{
    return is_on_data(c) && c->drop_last;
}

static int has_eval_last(const struct config *c)
{
    return c->eval_last > 0;
}

static int never(const struct config *c)
{
    return 0;
}

#define AT(field)        offsetof(struct config, field)
#define OF(type, member) offsetof(struct type, member)
const struct plugin_kind plugin_kinds[N_PLUGIN_KIND] = {
    [PLUGIN_ALGORITHM] = {"algorithm", algorithm_registry, &n_algorithm, OF(algorithm, about),
                          OF(algorithm, parameter), AT(algorithm), NULL},
    [PLUGIN_TOPOLOGY] = {"topology", topology_registry, &n_topology, OF(topology, about),
                         OF(topology, parameter), AT(topology), has_graph},
    [PLUGIN_MODEL] = {"model", model_registry, &n_model, OF(model, example), PLUGIN_NO_LIST,
                      AT(model), is_on_data},
    [PLUGIN_DATASET] = {"dataset", loader_registry, &n_loader, OF(loader, title),
                        OF(loader, parameter), AT(dataset), is_on_data},
    [PLUGIN_PARTITION] = {"partition", partition_registry, &n_partition, OF(partition_kind, about),
                          OF(partition_kind, parameter), AT(partition), is_on_data},
    [PLUGIN_PROBLEM] = {"problem", problem_registry, &n_problem, OF(problem, about),
                        OF(problem, parameter), AT(dataset), NULL}};

const char *plugin_about(const struct plugin_kind *k, const void *item)
{
    const char *about = *(const char *const *)((const char *)item + k->about);
    return about ? about : "";
}

const struct parameter *plugin_parameters(const struct plugin_kind *k, const void *item)
{
    return k->parameters == PLUGIN_NO_LIST
               ? NULL
               : *(const struct parameter *const *)((const char *)item + k->parameters);
}

/* The entry of the plug-in that c uses; NULL if it uses none of this kind or an unknown name. */
static const struct registry *chosen(const struct plugin_kind *k, const struct config *c)
{
    return !k->is_used || k->is_used(c) ? registry_match(k->all, *k->n, (const char *)c + k->at)
                                        : NULL;
}

/* An entry without a name marks where the parameters of a kind of plug-in go. */
static const struct key table[] = {
    {"dataset", TEXT_KEY, AT(dataset), 0, CONFIG_TEXT - 1, "cifar10", NULL,
     "data set or toy problem"},
    {"data_dir", TEXT_KEY, AT(data_dir), 0, PATH_LENGTH - 1, "datasets/data", never,
     "folder that holds the data sets' folders"},
    {"train_limit", WHOLE_KEY, AT(train_limit), 0, 1e9, "0", is_on_data,
     "use only the first N training samples (0: all)"},
    {"test_limit", WHOLE_KEY, AT(test_limit), 0, 1e9, "0", is_on_data,
     "use only the first N test samples (0: all)"},
    {"holdout", WHOLE_KEY, AT(holdout), 0, 1e9, "0", is_on_data,
     "hold out N training samples and test on them instead of the test set"},
    {"classes", WHOLE_KEY, AT(classes), 0, 1000, "0", is_on_data,
     "use only samples of the first N classes (0: all)"},
    {.kind = &plugin_kinds[PLUGIN_DATASET]},
    {"model", TEXT_KEY, AT(model), 0, CONFIG_TEXT - 1, "resnet20-evonorm", is_on_data, "network"},
    {"init_from", TEXT_KEY, AT(init_from), 0, PATH_LENGTH - 1, "", has_start,
     "file of parameters to start from, .npz or .safetensors (docs/exchange.md)"},
    {"workers", WHOLE_KEY, AT(workers), 1, 65536, "16", NULL,
     "n, hosted by any number of MPI ranks up to n"},
    {"topology", TEXT_KEY, AT(topology), 0, PATH_LENGTH - 1, "ring", has_graph,
     "communication graph"},
    {.kind = &plugin_kinds[PLUGIN_TOPOLOGY]},
    {"lazy", FLAG_KEY, AT(lazy), 0, 1, "false", has_graph, "mix with (I + W) / 2 instead of W"},
    {"message_loss", NUMBER_KEY, AT(faults.message_loss), 0, 1, "0", has_message_loss,
     "probability that a message is lost"},
    {"straggle", NUMBER_KEY, AT(faults.straggle), 0, 1, "0", has_stragglers,
     "probability that a worker's gradient is late in a round, and 0 takes its place"},
    {"absence", NUMBER_KEY, AT(faults.absence), 0, 1, "0", has_absence,
     "probability that a worker is away in a stretch of rounds"},
    {"absence_rounds", WHOLE_KEY, AT(faults.absence_rounds), 1, 1e9, "100", has_absence,
     "rounds in such a stretch; nobody is away in the first"},
    {"algorithm", TEXT_KEY, AT(algorithm), 0, CONFIG_TEXT - 1, "qg-dsgdm-n", NULL, "method"},
    {.kind = &plugin_kinds[PLUGIN_ALGORITHM]},
    {"local_steps", WHOLE_KEY, AT(local_steps), 1, 1e6, "1", has_local_steps,
     "gradient steps of every worker from one round of gossip to the next"},
    {"allow_unstable", FLAG_KEY, AT(allow_unstable), 0, 1, "false", never,
     "allow a method on a graph where theory says that it fails"},
    {"partition", TEXT_KEY, AT(partition), 0, CONFIG_TEXT - 1, "dirichlet", is_on_data,
     "how the training samples are divided over the workers"},
    {.kind = &plugin_kinds[PLUGIN_PARTITION]},
    {"seed", WHOLE_KEY, AT(seed), 0, 999999999999999.0, "1", NULL, "seed of all random draws"},
    {"epochs", WHOLE_KEY, AT(epochs), 0, 1e6, "300", NULL,
     "passes over the training set, or rounds of a toy problem (0: only partition the data)"},
    {"batch_size", WHOLE_KEY, AT(batch_size), 1, 65536, "32", is_on_data,
     "samples per worker and step"},
    {"drop_last", FLAG_KEY, AT(drop_last), 0, 1, "false", drops_last,
     "leave out the last batch of a worker's samples if it is shorter"},
    {"weight_decay", NUMBER_KEY, AT(weight_decay), 0, 1, "1e-4", is_on_data,
     "weight decay of all parameters; toy problems ignore it"},
    {"clip_norm", NUMBER_KEY, AT(clip_norm), 0, 1e9, "0", is_clipped,
     "largest 2-norm of a worker's gradient, before weight decay (0: gradients are not clipped)"},
    {"augment", FLAG_KEY, AT(augment), 0, 1, "true", is_on_images,
     "flip and crop training images at random"},
    {"lr", NUMBER_KEY, AT(lr), 1e-12, 1e6, "0.8", NULL, "learning rate after warm-up"},
    {"lr_start", NUMBER_KEY, AT(lr_start), 0, 1e6, "0.1", has_warmup,
     "learning rate at the first step of warm-up"},
    {"warmup_epochs", NUMBER_KEY, AT(warmup_epochs), 0, 1e6, "5", NULL,
     "epochs of warm-up, linear in the steps"},
    {"lr_schedule", TEXT_KEY, AT(lr_schedule), 0, PATH_LENGTH - 1, "steps", has_other_schedule,
     "steps: cuts at the milestones; cosine: half a wave to lr_min; file:PATH: rows epoch,factor"},
    {"lr_min", NUMBER_KEY, AT(lr_min), 0, 1e6, "0", is_cosine,
     "learning rate at the end of the cosine schedule"},
    {"milestones", FRACTIONS_KEY, AT(milestone), 0, 1, "[0.5, 0.75]", has_steps,
     "fractions of the epochs after which the learning rate is cut"},
    {"lr_decay", NUMBER_KEY, AT(lr_decay), 1e-6, 1, "0.1", has_milestones, "factor of each cut"},
    {"eval_every", NUMBER_KEY, AT(eval_every), 1e-6, 1e6, "1", NULL,
     "epochs between evaluations; may be a fraction"},
    {"eval_last", WHOLE_KEY, AT(eval_last), 0, 1e6, "0", has_eval_last,
     "evaluate after each of the last N epochs, too"},
    {"eval_scopes", SCOPES_KEY, AT(eval_scopes), 0, 0, "[\"mean\", \"worst\", \"average\"]",
     is_on_data,
     "mean, worst: each worker's own model; average: the averaged model; own: each worker's "
     "model on its own mix of classes"},
    {"checkpoint_every", WHOLE_KEY, AT(checkpoint_every), 0, 1e6, "10", never,
     "epochs between checkpoints (0: only when interrupted); fewer if they took half the time"},
    {"checkpoint_minutes", NUMBER_KEY, AT(checkpoint_minutes), 0, 1e6, "10", never,
     "minutes after which the end of an epoch writes a checkpoint (0: never)"},
    {"save_model", FLAG_KEY, AT(save_model), 0, 1, "false", never,
     "keep the final parameters of all workers and their mean as model.safetensors"},
    {.kind = &plugin_kinds[PLUGIN_PROBLEM]},
};

enum { MAX_KEY = LENGTH(table) + CONFIG_PARAMETERS + CONFIG_FILES };
static struct key all[MAX_KEY]; /* gathered once */
static size_t n_all, n_number, n_file;

static int is_same(const struct parameter *a, const struct parameter *b)
{
    return a->type == b->type && a->initial == b->initial && a->min == b->min && a->max == b->max &&
           a->if_set == b->if_set;
}

/* Plug-ins that share a parameter must agree on it. */
static void add_parameter(const struct plugin_kind *kind, const struct parameter *p)
{
    for (size_t i = 0; i < n_all; i++)
        if (!strcmp(all[i].name, p->name)) {
            CHECK(all[i].kind == kind && is_same(all[i].parameter, p));
            return;
        }
    int is_file = p->type == FILE_PATH;
    CHECK(n_all < MAX_KEY && n_number < CONFIG_PARAMETERS && n_file < CONFIG_FILES);
    size_t at =
        is_file ? AT(file) + n_file++ * PATH_LENGTH : AT(parameter) + n_number++ * sizeof(double);
    static const enum key_type types[] = {
        [NUMBER] = NUMBER_KEY, [WHOLE] = WHOLE_KEY, [FLAG] = FLAG_KEY, [FILE_PATH] = TEXT_KEY};
    all[n_all++] = (struct key){.name = p->name,
                                .type = types[p->type],
                                .at = at,
                                .min = p->min,
                                .max = is_file ? PATH_LENGTH - 1 : p->max,
                                .help = p->help,
                                .parameter = p,
                                .kind = kind};
}

static void add_kind(const struct plugin_kind *kind)
{
    for (size_t i = 0; i < *kind->n; i++) {
        const struct parameter *list = plugin_parameters(kind, kind->all[i].item);
        for (int k = 0; k < parameter_count(list); k++)
            add_parameter(kind, &list[k]);
    }
}

const struct key *keys_all(size_t *n)
{
    static int is_gathered;
    for (size_t i = 0; i < LENGTH(table) && !is_gathered; i++)
        if (table[i].name)
            all[n_all++] = table[i];
        else
            add_kind(table[i].kind);
    is_gathered = 1;
    *n = n_all;
    return all;
}

const struct key *keys_find(const char *name)
{
    size_t n;
    const struct key *k = keys_all(&n);
    for (size_t i = 0; i < n; i++)
        if (!strcmp(k[i].name, name))
            return &k[i];
    return NULL;
}

int keys_is_chosen(const struct config *c, const struct key *k)
{
    const struct registry *r = chosen(k->kind, c);
    return r && parameter_find(plugin_parameters(k->kind, r->item), k->name) >= 0;
}

const char *keys_symbol(const struct config *c, int i)
{
    static const int order[N_PLUGIN_KIND] = {PLUGIN_ALGORITHM, PLUGIN_TOPOLOGY, PLUGIN_PROBLEM,
                                             PLUGIN_MODEL,     PLUGIN_DATASET,  PLUGIN_PARTITION};
    for (size_t k = 0; k < N_PLUGIN_KIND; k++) {
        const struct registry *r = chosen(&plugin_kinds[order[k]], c);
        if (r && i-- == 0)
            return r->symbol;
    }
    return NULL;
}

int keys_is_ignored(const struct config *c, const struct key *k)
{
    if (k->parameter)
        return !keys_is_chosen(c, k);
    return k->counts && k->counts != never && !k->counts(c);
}
