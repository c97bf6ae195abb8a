/* complete: what can follow the words of a command line. */
#include "command/command.h"
#include "train/keys.h"
#include <stdio.h>
#include <string.h>

/* Print a word if it begins as `begun`. */
static void offer(const char *begun, const char *word, const char *help)
{
    if (!strncmp(word, begun, strlen(begun)))
        printf("%s\t%s\n", word, help ? help : "");
}

static void offer_values(const char *begun, struct values v)
{
    for (int i = 0; i < v.n; i++)
        offer(begun, v.at[i], NULL);
    values_free(&v);
}

/* --key for each configuration key, or key= after --set. */
static void offer_keys(const char *begun, const struct verb *v, int is_set)
{
    char word[SETTING_KEY + 4];
    size_t n;
    const struct key *k = keys_all(&n);
    for (size_t i = 0; i < n; i++) {
        if (!k[i].parameter && !strcmp(v->settings, "PARAMETER"))
            continue;
        snprintf(word, sizeof(word), is_set ? "%s=" : "--%s", k[i].name);
        for (char *c = word; !is_set && (c = strchr(c, '_'));)
            *c = '-';
        offer(begun, word, k[i].help);
    }
}

static void offer_options(const char *begun, const struct verb *v)
{
    char word[SETTING_KEY];
    for (const struct option *o = v->option; o && o->name; o++) {
        snprintf(word, sizeof(word), "%s%s", o->name[1] ? "--" : "-", o->name);
        offer(begun, word, o->help);
    }
    if (v->settings)
        offer_keys(begun, v, 0);
    offer(begun, "--root", "the folder of experiments/, results/ and datasets/");
    offer(begun, "--help", "say what the verb takes");
}

static void offer_verbs(const char *begun, const char *first)
{
    size_t n = first ? strlen(first) + 1 : 0;
    for (int i = 0; verbs_at(i); i++) {
        const struct verb *v = verbs_at(i);
        char word[32];
        if (first && (strncmp(v->name, first, n - 1) != 0 || v->name[n - 1] != ' '))
            continue;
        snprintf(word, sizeof(word), "%.*s", (int)strcspn(v->name + n, " "), v->name + n);
        int again = i > 0 && !first && !strncmp(verbs_at(i - 1)->name, word, strlen(word));
        if (!again)
            offer(begun, word, v->about);
    }
}

static void offer_value(const char *begun, const struct verb *v, const char *option)
{
    char key[SETTING_KEY];
    const struct option *o = verb_option(v, option);
    setting_key(key, option, strlen(option));
    if (!strcmp(option, "set") || (o && !strcmp(o->takes, "KEY=VALUE")))
        offer_keys(begun, v, 1);
    else
        offer_values(begun, o ? values_of(o->takes) : values_of_key(key));
}

/* The operand after those given; the second of "[KIND [NAME]]" is a name of the first. */
static void offer_operand(const char *begun, const struct verb *v, const char *first)
{
    char what[64];
    const char *operand = v->operand ? v->operand : "";
    snprintf(what, sizeof(what), "%.*s", (int)strcspn(operand, " "), operand);
    if (!first)
        offer_values(begun, values_of(what));
    else if (strchr(operand, ' '))
        offer_values(begun, values_of_key(first));
}

/* What can follow the verb and the words after it. */
static void offer_next(const char *begun, const struct verb *v, char **word)
{
    const char *open = NULL, *first = NULL; /* open: an option that lacks its value */
    for (; *word; word++) {
        const char *name = *word + strspn(*word, "-");
        const struct option *o = verb_option(v, name);
        if (open)
            open = NULL;
        else if (name == *word)
            first = *word;
        else if (o ? o->takes != NULL : !strcmp(name, "root") || (v->settings && setting_is(name)))
            open = name;
    }
    if (open)
        offer_value(begun, v, open);
    else if (*begun == '-')
        offer_options(begun, v);
    else
        offer_operand(begun, v, first);
}

int complete(char **word)
{
    struct err e;
    static char empty[] = "";
    int n = 0, ends = 0;
    for (char **w = word; *w; w++) /* bash splits --key=value into three words */
        if (!(ends = !strcmp(*w, "=")))
            word[n++] = *w;
    if (ends)
        word[n++] = empty;
    const char *begun = n > 0 ? word[n - 1] : "";
    word[n > 0 ? n - 1 : 0] = NULL;
    const struct verb *v = n > 1 ? verbs_find(word, &e) : NULL;
    if (v)
        offer_next(begun, v, word + (strchr(v->name, ' ') ? 2 : 1));
    else if (n <= 2)
        offer_verbs(begun, word[0]);
    return 0;
}
