/* values: the words that can stand for a value: for completion, and for the sentence that says that
 * one is missing. */
#include "cli/cli.h"
#include "core/path.h"
#include "loaders/dataset.h"
#include "models/models.h"
#include "partitions/partitions.h"
#include "report/folder.h"
#include "topologies/topologies.h"
#include "train/keys.h"
#include <stdlib.h>
#include <string.h>

static void add(struct values *v, const char *word, size_t n)
{
    v->at = xgrow(v->at, v->n, sizeof(*v->at));
    v->at[v->n++] = memcpy(xcalloc(n + 1, 1), word, n);
}

static void add_registry(struct values *v, const struct registry *r, size_t n)
{
    for (size_t i = 0; i < n; i++) /* of a pattern, the part before its place */
        add(v, r[i].name, strcspn(r[i].name, "[<"));
}

static void add_experiments(struct values *v)
{
    static const char end[] = ".json";
    struct folder f;
    folder_open(&f, path_in_root("experiments"), end);
    for (int i = 0; i < f.n; i++)
        add(v, f.name[i], strlen(f.name[i]) - strlen(end));
    folder_close(&f);
}

struct values values_of(const char *what)
{
    struct values v = {NULL, 0};
    what += *what == '[';
    if (!strcmp(what, "EXPERIMENT"))
        add_experiments(&v);
    else if (!strcmp(what, "TIER"))
        return values_of("smoke|quick|standard|full");
    else if (!strcmp(what, "GRAPH"))
        add_registry(&v, topology_registry, n_topology);
    else if (!strcmp(what, "METHOD"))
        add_registry(&v, algorithm_registry, n_algorithm);
    else if (!strcmp(what, "PARTITION"))
        add_registry(&v, partition_registry, n_partition);
    else if (!strcmp(what, "DATASET"))
        add_registry(&v, loader_registry, n_loader);
    else if (!strcmp(what, "MODEL"))
        for (size_t i = 0; i < n_model; i++)
            add(&v, ((const struct model *)model_registry[i].item)->example,
                strlen(((const struct model *)model_registry[i].item)->example));
    else if (strchr(what, '|'))
        for (size_t n; *what; what += n + (what[n] == '|'))
            add(&v, what, n = strcspn(what, "|]"));
    return v;
}

struct values values_of_key(const char *key)
{
    static const struct {
        const char *key, *what;
    } plugins[] = {{"algorithm", "METHOD"}, {"dataset", "DATASET"}, {"experiment", "EXPERIMENT"},
                   {"model", "MODEL"},      {"topology", "GRAPH"},  {"partition", "PARTITION"}};
    for (size_t i = 0; i < LENGTH(plugins); i++)
        if (!strcmp(plugins[i].key, key))
            return values_of(plugins[i].what);
    const struct key *k = keys_find(key);
    return values_of(k && k->type == FLAG_KEY ? "true|false" : "");
}

void values_free(struct values *v)
{
    for (int i = 0; i < v->n; i++)
        free(v->at[i]);
    free(v->at);
}

static int missing(const struct verb *v, const char *dashes, const char *what, struct err *e)
{
    char list[512] = "";
    struct values all = values_of(what);
    for (int i = 0; i < all.n; i++)
        if (strlen(list) + strlen(all.at[i]) + 3 < sizeof(list))
            strcat(strcat(list, i ? ", " : ": one of "), all.at[i]);
    values_free(&all);
    return err_usage(e, "%s needs %s%s%s; see gossipbench %s --help", v->name, dashes, what, list,
                     v->name);
}

int values_check(const struct arguments *a, struct err *e)
{
    char text[64];
    const struct verb *v = a->verb;
    if (v->operand && v->operand[0] != '[' && !a->n_operand)
        return missing(v, "", v->operand, e);
    for (const struct option *o = v->option; o && o->name; o++)
        if (o->how == REQUIRED && !arguments_value(a, o->name)) {
            snprintf(text, sizeof(text), "--%s ", o->name);
            return missing(v, text, o->takes, e);
        }
    return 0;
}
