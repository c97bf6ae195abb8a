/* data_config: command lines of the verbs about data. */
#include "cli/data.h"
#include "train/keys.h"
#include <stdio.h>
#include <string.h>

/* Whether a list of words separated by blanks has the word. */
static int has_word(const char *list, const char *word)
{
    size_t n = strlen(word);
    for (const char *at = list; (at = strstr(at, word)); at += n)
        if ((at == list || at[-1] == ' ') && (at[n] == ' ' || !at[n]))
            return 1;
    return 0;
}

/* Whether the key is a parameter of a partition. */
static int is_of_partition(const char *key)
{
    const struct key *k = keys_find(key);
    return k && k->kind == &plugin_kinds[PLUGIN_PARTITION];
}

int data_is_by_worker(const struct arguments *a)
{
    int is = settings_have(a, "workers") || settings_have(a, "partition");
    for (int i = 0; i < a->n_set; i++)
        is |= is_of_partition(a->set[i].key);
    return is;
}

static int check_keys(const struct arguments *a, const struct loader *l, const char *keys,
                      int partitions, struct err *e)
{
    char own[256] = "";
    for (int i = 0, n = 0; i < parameter_count(l->parameter) && n < (int)sizeof(own); i++)
        n += snprintf(own + n, sizeof(own) - (size_t)n, " %s", l->parameter[i].name);
    for (int i = 0; i < a->n_set; i++) {
        const char *key = a->set[i].key;
        if (!has_word(keys, key) && parameter_find(l->parameter, key) < 0 &&
            !(partitions && is_of_partition(key)))
            return err_usage(e, "%s of %s does not take '%.60s'; the keys that it takes: %s%s%s",
                             a->verb->name, a->operand[0], key, keys, own,
                             partitions ? " and those of the partition" : "");
    }
    return 0;
}

int data_config(const struct arguments *a, struct config *c, const char *dir, const char *keys,
                int partitions, struct err *e)
{
    const char *name = a->operand[0];
    if (problem_find(name))
        return err_usage(e, "%s is a toy problem, which has no samples", name);
    const struct loader *l = loader_find(name, e);
    if (!l || check_keys(a, l, keys, partitions, e))
        return -1;
    return arguments_config(a, NULL, c, e) < 0 || config_set(c, "dataset", name, e) < 0 ||
                   (dir && config_set(c, "data_dir", dir, e) < 0)
               ? -1
               : 0;
}
