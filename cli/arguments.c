#include "cli/cli.h"
#include "sweep/config_file.h"
#include <stdio.h>
#include <string.h>

static int is_key(const char *key)
{
    for (int i = 0; config_key(i); i++)
        if (!strcmp(config_key(i), key))
            return 1;
    return 0;
}

/* Store a setting; the key's dashes become underscores. */
static int add_setting(struct arguments *a, const char *key, size_t n, const char *value,
                       struct err *e)
{
    if (a->n_set == MAX_SETTING)
        return err_usage(e, "more than %d settings on the command line", MAX_SETTING);
    char *text = a->text[a->n_set];
    snprintf(text, sizeof(a->text[0]), "%.*s", (int)n, key);
    for (char *p = text; *p; p++)
        *p = *p == '-' ? '_' : *p;
    a->set[a->n_set++] = (struct setting){text, value};
    return 0;
}

static int unknown(const char *word, const struct option *option, int n_option, int settings,
                   struct err *e)
{
    const char *names[128];
    char hint[96], dashed[96], *p;
    size_t n = 0;
    for (int i = 0; i < n_option; i++)
        names[n++] = option[i].name;
    for (int i = 0; settings && config_key(i) && n < LENGTH(names); i++)
        names[n++] = config_key(i);
    snprintf(dashed, sizeof(dashed), "%.60s", name_suggest(hint, sizeof(hint), word, names, n));
    for (p = dashed; *p; p++)
        *p = *p == '_' ? '-' : *p;
    return err_usage(e, "unknown option '--%.60s'%s", word, dashed);
}

/* One word that starts with "--"; *i moves past a value that stands apart. */
static int parse_option(struct arguments *a, int argc, char **argv, int *i,
                        const struct option *option, int n_option, int settings, struct err *e)
{
    const char *word = argv[*i] + 2, *equals = strchr(word, '=');
    size_t n = equals ? (size_t)(equals - word) : strlen(word);
    const struct option *o = NULL;
    for (int k = 0; k < n_option; k++)
        if (strlen(option[k].name) == n && !strncmp(option[k].name, word, n))
            o = &option[k];
    if (o && o->flag && !equals) {
        *o->flag = 1;
        return 0;
    }
    char key[64];
    snprintf(key, sizeof(key), "%.*s", (int)n, word);
    for (char *p = key; *p; p++)
        *p = *p == '-' ? '_' : *p;
    int set = settings && !strcmp(key, "set");
    if ((!o || o->flag) && !set && !(settings && is_key(key)))
        return unknown(word, option, n_option, settings, e);
    if (!equals && *i + 1 >= argc)
        return err_usage(e, "--%.60s needs a value", word);
    const char *value = equals ? equals + 1 : argv[++*i];
    if (o && o->list) {
        if (o->list->n == MAX_WORD)
            return err_usage(e, "--%s is given more than %d times", o->name, MAX_WORD);
        o->list->at[o->list->n++] = value;
        return 0;
    }
    if (o) {
        *o->value = value;
        return 0;
    }
    if (!set)
        return add_setting(a, key, strlen(key), value, e);
    const char *split = strchr(value, '=');
    if (!split)
        return err_usage(e, "--set takes KEY=VALUE, not '%.60s'", value);
    return add_setting(a, value, (size_t)(split - value), split + 1, e);
}

int arguments_parse(struct arguments *a, int argc, char **argv, const struct option *option,
                    int n_option, const char *operand, int settings, struct err *e)
{
    memset(a, 0, sizeof(*a));
    for (int i = 1; i < argc; i++) {
        if (!strncmp(argv[i], "-n", 3) && n_option && !strcmp(option[0].name, "n")) {
            argv[i] = (char[]){"--n"};
            if (parse_option(a, argc, argv, &i, option, n_option, settings, e) < 0)
                return -1;
        } else if (!strncmp(argv[i], "--", 2)) {
            if (parse_option(a, argc, argv, &i, option, n_option, settings, e) < 0)
                return -1;
        } else if (operand && !a->operand) {
            a->operand = argv[i];
        } else {
            return err_usage(e, "'%.60s' is not understood; see %s --help", argv[i], argv[0]);
        }
    }
    return 0;
}

int arguments_config(const struct arguments *a, struct config *c, struct err *e)
{
    config_default(c);
    if (a->operand && config_read(c, a->operand, e) < 0)
        return -1;
    for (int i = 0; i < a->n_set; i++)
        if (config_set(c, a->set[i].key, a->set[i].value, e) < 0)
            return -1;
    return 0;
}
