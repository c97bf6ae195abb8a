/* arguments: the grammar of the command line, which is longer than a verb because it is all in one
 * place: options, settings of configuration keys, and the hints for what is misspelt. */
#include "cli/cli.h"
#include <stdio.h>
#include <string.h>

/* What arguments_parse was told. */
struct parser {
    struct arguments *a;
    const struct option *option;
    int n_option, settings;
};

static void replace(char *text, char from, char to)
{
    for (; *text; text++)
        *text = *text == from ? to : *text;
}

/* The option called by the first n letters of the word. */
static const struct option *find(const struct parser *p, const char *word, size_t n)
{
    for (int k = 0; k < p->n_option; k++)
        if (strlen(p->option[k].name) == n && !strncmp(p->option[k].name, word, n))
            return &p->option[k];
    return NULL;
}

static int is_key(const char *key)
{
    for (int i = 0; config_key(i); i++)
        if (!strcmp(config_key(i), key))
            return 1;
    return 0;
}

static int unknown(const struct parser *p, const char *word, struct err *e)
{
    const char *names[128];
    char hint[96], dashed[96];
    size_t n = 0;
    for (int i = 0; i < p->n_option; i++)
        names[n++] = p->option[i].name;
    for (int i = 0; p->settings && config_key(i) && n < LENGTH(names); i++)
        names[n++] = config_key(i);
    snprintf(dashed, sizeof(dashed), "%.60s", name_suggest(hint, sizeof(hint), word, names, n));
    replace(dashed, '_', '-');
    return err_usage(e, "unknown option '--%.60s'%s", word, dashed);
}

/* Store a setting, whose key is the first n letters of a text, with dashes or underscores. */
static int add_setting(struct arguments *a, const char *key, size_t n, const char *value,
                       struct err *e)
{
    if (a->n_set == MAX_SETTING)
        return err_usage(e, "more than %d settings on the command line", MAX_SETTING);
    char *text = a->text[a->n_set];
    snprintf(text, sizeof(a->text[0]), "%.*s", (int)n, key);
    replace(text, '-', '_');
    a->set[a->n_set++] = (struct setting){text, value};
    return 0;
}

static int store(const struct option *o, const char *value, struct err *e)
{
    if (!o->list)
        *o->value = value;
    else if (o->list->n < MAX_WORD)
        o->list->at[o->list->n++] = value;
    else
        return err_usage(e, "--%s is given more than %d times", o->name, MAX_WORD);
    return 0;
}

/* One option, without its dashes; *next is the word after it, which moves past one that is taken as
 * the value. */
static int parse_option(const struct parser *p, const char *word, char ***next, struct err *e)
{
    char key[64];
    size_t n = strcspn(word, "=");
    const char *value = word[n] ? word + n + 1 : **next;
    const struct option *o = find(p, word, n);
    int set = p->settings && n == 3 && !strncmp(word, "set", 3);
    if (o && o->flag && !word[n]) {
        *o->flag = 1;
        return 0;
    }
    snprintf(key, sizeof(key), "%.*s", (int)n, word);
    replace(key, '-', '_');
    if ((!o || o->flag) && !set && !(p->settings && is_key(key)))
        return unknown(p, word, e);
    if (!value)
        return err_usage(e, "--%.60s needs a value", word);
    *next += !word[n];
    if (o)
        return store(o, value, e);
    if (!set)
        return add_setting(p->a, key, n, value, e);
    if (!strchr(value, '='))
        return err_usage(e, "--set takes KEY=VALUE, not '%.60s'", value);
    n = strcspn(value, "=");
    return add_setting(p->a, value, n, value + n + 1, e);
}

int arguments_parse(struct arguments *a, int argc, char **argv, const struct option *option,
                    int n_option, const char *operand, int settings, struct err *e)
{
    const struct parser p = {a, option, n_option, settings};
    memset(a, 0, sizeof(*a));
    for (char **next = argv + 1; next < argv + argc;) {
        const char *word = *next++;
        int dashes = !strncmp(word, "--", 2) ? 2 : !strcmp(word, "-n") && find(&p, "n", 1) ? 1 : 0;
        if (!dashes && (!operand || a->operand))
            return err_usage(e, "'%.60s' is not understood; see %s --help", word, argv[0]);
        if (!dashes)
            a->operand = word;
        else if (parse_option(&p, word + dashes, &next, e) < 0)
            return -1;
    }
    return 0;
}
