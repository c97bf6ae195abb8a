/* arguments: the grammar of the command line; what is a configuration key is in cli/settings.c. */
#include "cli/cli.h"
#include "gossip/gossip.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What arguments_parse was told. */
struct parser {
    struct arguments *a;
    const struct option *option;
    int n_option, settings;
    unsigned *given; /* a bit for each option that was given */
};

/* The option of this name; NULL: there is none. */
static const struct option *find(const struct parser *p, const char *name)
{
    for (int k = 0; k < p->n_option; k++)
        if (!strcmp(p->option[k].name, name))
            return &p->option[k];
    return NULL;
}

static int unknown(const struct parser *p, const char *word, struct err *e)
{
    const char *names[128];
    char hint[96];
    size_t n = 0;
    for (int i = 0; i < p->n_option; i++)
        names[n++] = p->option[i].name;
    for (int i = 0; p->settings && config_key(i) && n < LENGTH(names); i++)
        names[n++] = config_key(i);
    name_suggest(hint, sizeof(hint), word, names, n);
    for (char *c = hint; (c = strchr(c, '_'));)
        *c = '-';
    return err_usage(e, "unknown option '--%.60s'%s", word, hint);
}

static int store(const struct parser *p, const struct option *o, const char *value, struct err *e)
{
    unsigned bit = 1u << (o - p->option);
    if (!o->list && *p->given & bit)
        return err_usage(e, "--%s is given twice, the second time as '%.60s'", o->name, value);
    *p->given |= bit;
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
    char name[SETTING_KEY];
    size_t n = strcspn(word, "=");
    snprintf(name, sizeof(name), "%.*s", (int)n, word);
    const char *value = word[n] ? word + n + 1 : **next;
    const struct option *o = find(p, name);
    if (o && o->flag && !word[n]) {
        *o->flag = 1;
        return 0;
    }
    if (o ? o->flag != NULL : !p->settings || !setting_is(name))
        return unknown(p, word, e);
    if (!value)
        return err_usage(e, "--%.60s needs a value", word);
    if (!word[n] && !strncmp(value, "--", 2))
        return err_usage(e, "--%.60s needs a value, but the option '%.60s' follows", word, value);
    *next += !word[n];
    return o ? store(p, o, value, e) : setting_add(p->a, name, value, e);
}

int arguments_parse(struct arguments *a, int argc, char **argv, const struct option *option,
                    int n_option, const char *operand, int settings, struct err *e)
{
    unsigned given = 0;
    const struct parser p = {a, option, n_option, settings, &given};
    memset(a, 0, sizeof(*a));
    for (char **next = argv + 1; next < argv + argc;) {
        const char *word = *next++;
        int dashes = !strncmp(word, "--", 2) ? 2 : !strcmp(word, "-n") && find(&p, "n") ? 1 : 0;
        if (!dashes && (!operand || a->operand))
            return err_usage(e, "'%.60s' is not understood; see %s --help", word, argv[0]);
        if (!dashes)
            a->operand = word;
        else if (parse_option(&p, word + dashes, &next, e) < 0)
            return -1;
    }
    return 0;
}

int arguments_agree(int status, const char *verb, const struct option *option, int n_option,
                    struct err *e)
{
    char *text;
    size_t n;
    if (!gossip_is_launched())
        return status;
    if (gossip_agree(status, e) < 0)
        return -1;
    FILE *f = open_memstream(&text, &n);
    fputs(verb, f);
    for (const struct option *o = option; o < option + n_option; o++) {
        if (o->flag ? *o->flag : o->value && *o->value)
            fprintf(f, " --%s%s%s", o->name, o->flag ? "" : " ", o->flag ? "" : *o->value);
        for (int i = 0; o->list && i < o->list->n; i++)
            fprintf(f, " --%s %s", o->name, o->list->at[i]);
    }
    fclose(f);
    status = gossip_same("the command line", text, "start all ranks with the same command line", e);
    free(text);
    return status;
}
