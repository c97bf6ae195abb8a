/* values: the words that a value can be, for completion, and for the sentence which says that a
 * value is missing. */
#include "command/command.h"
#include "core/path.h"
#include "report/folder.h"
#include "train/keys.h"
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static void add(struct values *v, const char *word, size_t n)
{
    v->at = xgrow(v->at, v->n, sizeof(*v->at));
    v->at[v->n++] = memcpy(xcalloc(n + 1, 1), word, n);
}

static void add_folder(struct values *v, const char *experiments)
{
    static const char end[] = ".json";
    struct folder f;
    folder_open(&f, experiments, end);
    for (int i = 0; i < f.n; i++) {
        f.name[i][strlen(f.name[i]) - strlen(end)] = '\0';
        int known = 0;
        for (int k = 0; k < v->n; k++)
            known |= !strcmp(v->at[k], f.name[i]);
        if (!known)
            add(v, f.name[i], strlen(f.name[i]));
    }
    folder_close(&f);
}

/* The user's own experiments, and those that are installed. */
static void add_experiments(struct values *v)
{
    add_folder(v, path_in_root("experiments"));
    if (path_shared("experiments"))
        add_folder(v, path_shared("experiments"));
}

/* The names of a kind's plug-ins; of a family of networks, an example. */
static void add_kind(struct values *v, const struct plugin_kind *k)
{
    for (size_t i = 0; i < *k->n; i++) {
        const char *name =
            k->parameters == PLUGIN_NO_LIST ? plugin_about(k, k->all[i].item) : k->all[i].name;
        add(v, name, strcspn(name, "[<")); /* for a pattern, the part before the placeholder */
    }
}

static void add_keys(struct values *v)
{
    for (int i = 0; config_key(i); i++)
        add(v, config_key(i), strlen(config_key(i)));
}

static void add_kinds(struct values *v)
{
    for (size_t i = 0; i < N_PLUGIN_KIND; i++)
        add(v, plugin_kinds[i].name, strlen(plugin_kinds[i].name));
    add(v, "experiment", 10);
    add(v, "key", 3);
}

struct values values_of(const char *what)
{
    static const char *const other[][2] = {{"TIER", "smoke|quick|standard|night|full"},
                                           {"FLAG", "true|false"},
                                           {"GRAPH", "topology"},
                                           {"METHOD", "algorithm"}};
    struct values v = {NULL, 0};
    what += *what == '[';
    for (size_t i = 0; i < LENGTH(other); i++)
        what = strcmp(what, other[i][0]) ? what : other[i][1];
    for (size_t i = 0; i < N_PLUGIN_KIND; i++)
        if (!strcasecmp(what, plugin_kinds[i].name))
            add_kind(&v, &plugin_kinds[i]);
    if (!strcasecmp(what, "experiment"))
        add_experiments(&v);
    else if (!strcmp(what, "key"))
        add_keys(&v);
    else if (!strcmp(what, "KIND"))
        add_kinds(&v);
    for (const char *next = what; strchr(what, '|') && next; next = strchr(next, '|'))
        next += *next == '|', add(&v, next, strcspn(next, "|]"));
    return v;
}

struct values values_of_key(const char *key)
{
    const struct key *k = keys_find(key);
    return values_of(k && k->type == FLAG_KEY ? "FLAG" : key);
}

void values_free(struct values *v)
{
    for (int i = 0; i < v->n; i++)
        free(v->at[i]);
    free(v->at);
}

int values_hint(const char *experiment, struct err *e)
{
    char hint[96];
    struct values all = values_of("EXPERIMENT");
    size_t n = strlen(e->text);
    int known = strchr(experiment, '.') || strchr(experiment, '/');
    for (int i = 0; i < all.n; i++)
        known |= !strcmp(experiment, all.at[i]);
    if (!known)
        snprintf(e->text + n, sizeof(e->text) - n, "%s",
                 name_suggest(hint, sizeof(hint), experiment, (const char *const *)all.at,
                              (size_t)all.n));
    values_free(&all);
    return -1;
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
