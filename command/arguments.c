/* arguments: the grammar of the command line; command/settings.c handles configuration keys. */
#include "command/command.h"
#include "core/file.h"
#include "core/text.h"
#include "gossip/gossip.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct option *verb_option(const struct verb *v, const char *name)
{
    for (const struct option *o = v->option; o && o->name; o++)
        if (!strcmp(o->name, name))
            return o;
    return NULL;
}

const char *arguments_value(const struct arguments *a, const char *option)
{
    const struct option *o = verb_option(a->verb, option);
    CHECK(o);
    for (int i = 0; i < a->n_given; i++)
        if (a->given[i].option == o)
            return a->given[i].value;
    return o->initial;
}

int arguments_values(const struct arguments *a, const char *option, const char *value[MAX_GIVEN])
{
    int n = 0;
    for (int i = 0; i < a->n_given; i++)
        if (!strcmp(a->given[i].option->name, option))
            value[n++] = a->given[i].value;
    return n;
}

/* Whether the option's value is a file that the verb writes. */
static int option_is_written(const struct option *o)
{
    return o->takes && (!strcmp(o->name, "out") || !strcmp(o->name, "plot"));
}

static int unknown(const struct verb *v, const char *word, struct err *e)
{
    const char *names[256];
    char hint[96];
    size_t n = 0;
    for (const struct option *o = v->option; o && o->name; o++)
        names[n++] = o->name;
    for (int i = 0; v->settings && config_key(i) && n < LENGTH(names); i++)
        names[n++] = config_key(i);
    name_suggest(hint, sizeof(hint), word, names, n);
    for (char *c = hint; (c = strchr(c, '_'));)
        *c = '-';
    return err_usage(e, "unknown option '--%.60s'%s", word, hint);
}

/* Refuse a value that is none of the choices "a|b|c". */
static int check_choice(const struct option *o, const char *value, struct err *e)
{
    if (!o->takes || !strchr(o->takes, '|'))
        return 0;
    struct values v = values_of(o->takes);
    char list[256] = "";
    int found = 0;
    for (int i = 0; i < v.n; i++) {
        found |= !strcmp(v.at[i], value);
        strcat(strcat(list, i == 0 ? "" : i < v.n - 1 ? ", " : " or "), v.at[i]);
    }
    values_free(&v);
    return found ? 0 : err_usage(e, "--%s is '%.20s', but must be %s", o->name, value, list);
}

static int store(struct arguments *a, const struct option *o, const char *value, struct err *e)
{
    if (o->takes && !*value)
        return err_usage(e, "--%s is given without a value, as ''", o->name);
    if (check_choice(o, value, e) < 0)
        return -1;
    for (int i = 0; i < a->n_given && o->how != REPEATED; i++)
        if (a->given[i].option == o && o->takes)
            return err_usage(e, "--%s is given twice, the second time as '%.60s'", o->name, value);
    if (a->n_given == MAX_GIVEN)
        return err_usage(e, "more than %d options on the command line", MAX_GIVEN);
    a->given[a->n_given++] = (struct given){o, value};
    return 0;
}

/* One option, without its dashes; *next is the word after it, and is advanced if that word is taken
 * as the value. */
static int parse_option(struct arguments *a, const char *word, char ***next, struct err *e)
{
    char name[SETTING_KEY];
    size_t n = strcspn(word, "=");
    snprintf(name, sizeof(name), "%.*s", (int)n, word);
    const char *value = word[n] ? word + n + 1 : **next;
    const struct option *o = verb_option(a->verb, name);
    if (o && !o->takes && !word[n])
        return store(a, o, o->name, e);
    if (o ? !o->takes : !a->verb->settings || !setting_is(name))
        return unknown(a->verb, word, e);
    if (!value)
        return err_usage(e, "--%.60s needs a value", word);
    if (!word[n] && !strncmp(value, "--", 2))
        return err_usage(e, "--%.60s needs a value, but the option '%.60s' follows", word, value);
    *next += !word[n];
    return o ? store(a, o, value, e) : setting_add(a, name, value, e);
}

int arguments_parse(struct arguments *a, const struct verb *v, char **word, struct err *e)
{
    int n_operand = 0;
    for (const char *c = v->operand; c; c = strchr(c + 1, ' '))
        n_operand++;
    memset(a, 0, sizeof(*a));
    a->verb = v;
    while (*word) {
        const char *w = *word++;
        char letter[] = {w[0] == '-' ? w[1] : '\0', '\0'};
        int dashes = !strncmp(w, "--", 2) ? 2 : *letter && !w[2] && verb_option(v, letter) ? 1 : 0;
        if (!dashes && a->n_operand == n_operand)
            return err_usage(e, "'%.60s' is not understood; see gossipbench %s --help", w, v->name);
        if (!dashes)
            a->operand[a->n_operand++] = w;
        else if (parse_option(a, w + dashes, &word, e) < 0)
            return -1;
    }
    if (values_check(a, e) < 0)
        return -1;
    for (int i = 0; i < a->n_given; i++)
        if (option_is_written(a->given[i].option))
            file_will_write(a->given[i].value);
    return 0;
}

int arguments_agree(int status, const struct arguments *a, struct err *e)
{
    struct text line;
    if (!gossip_is_launched())
        return status;
    if (gossip_agree(status, e) < 0)
        return -1;
    FILE *f = text_open(&line);
    fputs(a->verb->name, f);
    for (const struct option *o = a->verb->option; o && o->name; o++)
        for (int i = 0; i < a->n_given; i++)
            if (a->given[i].option == o)
                fprintf(f, " --%s%s%s", o->name, o->takes ? " " : "",
                        o->takes ? a->given[i].value : "");
    char *text = text_close(&line);
    status = gossip_same("the command line", text, "start all ranks with the same command line", e);
    free(text);
    return status;
}
