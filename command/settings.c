/* settings: configuration keys on the command line. */
#include "command/command.h"
#include "sweep/config_file.h"
#include "train/keys.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

char *setting_key(char key[SETTING_KEY], const char *text, size_t n)
{
    snprintf(key, SETTING_KEY, "%.*s", (int)n, text);
    for (char *c = key; (c = strchr(c, '-'));)
        *c = '_';
    return key;
}

int setting_is(const char *name)
{
    char key[SETTING_KEY];
    return !strcmp(name, "set") || keys_find(setting_key(key, name, strlen(name)));
}

int setting_add(struct arguments *a, const char *name, const char *value, struct err *e)
{
    size_t n = strlen(name);
    if (a->n_set == MAX_SETTING)
        return err_usage(e, "more than %d settings on the command line", MAX_SETTING);
    if (!strcmp(name, "set")) {
        name = value;
        n = strcspn(name, "=");
        if (!name[n])
            return err_usage(e, "--set takes KEY=VALUE, not '%.60s'", name);
        value = name + n + 1;
    }
    struct setting *s = &a->set[a->n_set];
    s->key = setting_key(a->text[a->n_set], name, n);
    s->value = value;
    for (int i = 0; i < a->n_set; i++)
        if (!strcmp(a->set[i].key, s->key))
            return err_usage(e, "%s is given twice, as '%.60s' and as '%.60s'", s->key,
                             a->set[i].value, value);
    a->n_set++;
    return 0;
}

/* The names of the plug-ins that take the parameter, as "dadam, qg-dadam". */
static void list_owners(const struct key *key, char *buf, size_t size)
{
    const struct plugin_kind *k = key->kind;
    size_t at = 0;
    for (size_t i = 0; i < *k->n && at < size; i++)
        if (parameter_find(plugin_parameters(k, k->all[i].item), key->name) >= 0)
            at += (size_t)snprintf(buf + at, size - at, "%s%s", at ? ", " : "", k->all[i].name);
}

static void warn_of(const struct config *c, const struct key *key)
{
    char owners[512] = "";
    if (!key->kind) {
        warn("%s is ignored: it has no effect on this run (%s)", key->name, key->help);
        return;
    }
    list_owners(key, owners, sizeof(owners));
    warn("%s is ignored: none of %s, %s, %s and %s takes it; it is for %s", key->name, c->dataset,
         c->algorithm, c->topology, c->partition, owners);
}

void settings_warn(const struct arguments *a, const struct config *c, int n, size_t stride)
{
    for (int k = 0; k < a->n_set; k++) {
        const struct key *key = keys_find(a->set[k].key);
        int used = 0;
        for (int i = 0; i < n && !used; i++)
            used = !keys_is_ignored((const void *)((const char *)c + (size_t)i * stride), key);
        if (!used)
            warn_of(c, key);
    }
}

int settings_have(const struct arguments *a, const char *key)
{
    for (int i = 0; i < a->n_set; i++)
        if (!strcmp(a->set[i].key, key))
            return 1;
    return 0;
}

int settings_apply(const struct arguments *a, struct config *c, struct err *e)
{
    for (int i = 0; i < a->n_set; i++)
        if (config_set(c, a->set[i].key, a->set[i].value, e) < 0)
            return -1;
    return 0;
}

int arguments_config(const struct arguments *a, const char *file, struct config *c, struct err *e)
{
    config_default(c);
    return file && config_read(c, file, e) < 0 ? -1 : settings_apply(a, c, e);
}

long arguments_whole(const char *text, long min, long max)
{
    char *end;
    long v = strtol(text, &end, 10);
    return end != text && !*end && v >= min && v <= max ? v : -1;
}
