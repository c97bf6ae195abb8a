#include "command/info.h"
#include "core/code.h"
#include "train/keys.h"
#include <stdlib.h>
#include <string.h>

void info_line(const char *name, const char *about)
{
    int at = printf("  %-22s  ", name);
    fill(stdout, at, 26, about, "");
}

/* A key with its help, default and range. */
static void print_key(const struct key *k)
{
    struct config c;
    size_t n;
    char value[CONFIG_VALUE], text[CONFIG_VALUE + 512], range[96] = "";
    config_default(&c);
    if (k->type == WHOLE_KEY || k->type == NUMBER_KEY)
        snprintf(range, sizeof(range), "; %s%.15g to %.15g", k->type == WHOLE_KEY ? "whole, " : "",
                 k->min, k->max);
    config_value(&c, (int)(k - keys_all(&n)), value, sizeof(value));
    snprintf(text, sizeof(text), "%s (default: %s%s)", k->help, value, range);
    info_line(k->name, text);
}

/* Print a comment: paragraphs are filled, indented lines are kept and broken if too long. */
static void print_comment(const char *text)
{
    char *all = xstrdup(text), *line = all;
    for (char *next; (next = strchr(line, '\n')); line = next + 1)
        if (!strchr(" \n", *line) && !strchr(" \n", next[1]))
            *next = ' ';
    for (line = all; *line; line += strlen(line) + 1) {
        int indent = (int)strspn(line, " ");
        char *end = strchr(line, '\n');
        if (end)
            *end = '\0';
        fill(stdout, 0, indent, line + indent, "");
        if (!end)
            break;
    }
    free(all);
}

static void describe(const struct plugin_kind *k, const struct registry *r)
{
    const struct parameter *list = plugin_parameters(k, r->item);
    const struct code_head *head = code_head(r->symbol);
    const char *about = plugin_about(k, r->item);
    printf("%s %s: %s%s\n", k->name, r->name, k->parameters == PLUGIN_NO_LIST ? "for example " : "",
           about);
    for (int i = 0; i < parameter_count(list); i++)
        print_key(keys_find(list[i].name));
    if (head) {
        printf("\n%s:\n", head->file);
        print_comment(head->text);
    }
}

static int info_of_kind(const struct plugin_kind *k, const char *name, struct err *e)
{
    if (!name) {
        for (size_t i = 0; i < *k->n; i++)
            info_line(k->all[i].name, plugin_about(k, k->all[i].item));
        return 0;
    }
    const struct registry *r = registry_match(k->all, *k->n, name);
    if (!r)
        return registry_find(k->all, *k->n, k->name, name, e) ? 0 : -1;
    describe(k, r);
    return 0;
}

static int info_of_keys(const char *name, struct err *e)
{
    size_t n;
    struct config c;
    char key[SETTING_KEY];
    const struct key *k = keys_all(&n);
    config_default(&c);
    if (name && !keys_find(name = setting_key(key, name, strlen(name))))
        return config_set(&c, name, "", e); /* it is refused */
    for (size_t i = 0; i < n; i++)
        if (!name || !strcmp(k[i].name, name))
            print_key(&k[i]);
    return 0;
}

/* Whether the word is the kind's name, or its plural. */
static int is_kind(const char *word, const char *kind)
{
    size_t n = strlen(kind) - 1;
    return !strncmp(word, kind, n) && strlen(word + n) <= 3;
}

int info_of(const char *kind, const char *name, struct err *e)
{
    char hint[96];
    for (size_t i = 0; i < N_PLUGIN_KIND; i++)
        if (is_kind(kind, plugin_kinds[i].name))
            return info_of_kind(&plugin_kinds[i], name, e);
    if (is_kind(kind, "experiment"))
        return info_experiment(name, e);
    if (is_kind(kind, "key"))
        return info_of_keys(name, e);
    struct values all = values_of("KIND");
    name_suggest(hint, sizeof(hint), kind, (const char *const *)all.at, (size_t)all.n);
    values_free(&all);
    return err_usage(e, "there is no kind '%.60s'%s; see gossipbench info --help", kind, hint);
}
