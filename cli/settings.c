/* settings: what the words of a command line say of a configuration. */
#include "cli/cli.h"
#include "sweep/config_file.h"
#include "train/keys.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The name of a key, of which text gives the first n letters, with underscores. */
static char *key_of(char key[SETTING_KEY], const char *text, size_t n)
{
    snprintf(key, SETTING_KEY, "%.*s", (int)n, text);
    for (char *c = key; (c = strchr(c, '-'));)
        *c = '_';
    return key;
}

int setting_is(const char *name)
{
    char key[SETTING_KEY];
    return !strcmp(name, "set") || keys_find(key_of(key, name, strlen(name)));
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
    s->key = key_of(a->text[a->n_set], name, n);
    s->value = value;
    for (int i = 0; i < a->n_set; i++)
        if (!strcmp(a->set[i].key, s->key))
            return err_usage(e, "%s is given twice, as '%.60s' and as '%.60s'", s->key,
                             a->set[i].value, value);
    a->n_set++;
    return 0;
}

int arguments_config(const struct arguments *a, const char *file, struct config *c, struct err *e)
{
    config_default(c);
    if (file && config_read(c, file, e) < 0)
        return -1;
    for (int i = 0; i < a->n_set; i++)
        if (config_set(c, a->set[i].key, a->set[i].value, e) < 0)
            return -1;
    return 0;
}

long arguments_whole(const char *text, long min, long max)
{
    char *end;
    long v = strtol(text, &end, 10);
    return end != text && !*end && v >= min && v <= max ? v : -1;
}
