#include "report/protocol.h"
#include "core/text.h"
#include "draw/names.h"
#include <string.h>

/* What the absence of a key means: a centralized method, for example, has no graph, which papers
 * call complete. */
static const struct {
    const char *key, *value;
} unset[] = {{"topology", "complete"}, {"message_loss", "0"}, {"drop_last", "false"}};

/* Limits of the samples in use. */
static const char *const limits[] = {"train_limit", "test_limit", "holdout", "classes"};
/* Keys that are not compared as settings: the row's column is "method", and every run has its own
 * seed. */
static const char *const others[] = {"algorithm", "seed", "eval_scopes"};

static const char *ours_of(const struct match *m, const char *key)
{
    const char *ours = !strcmp(key, "scope")         ? m->scope
                       : !strcmp(key, "evaluations") ? m->which
                                                     : results_setting(m->r, m->cell, key);
    for (size_t i = 0; i < LENGTH(unset); i++)
        if (!*ours && results_ended(m->r, m->cell) >= 0 && !strcmp(unset[i].key, key))
            return unset[i].value;
    return text_is_among(key, limits, LENGTH(limits)) && !strcmp(ours, "0") ? "all" : ours;
}

static const char *theirs_of(const struct match *m, const char *key)
{
    return text_is_among(key, limits, LENGTH(limits)) ? "all" : sheet_get(m->s, m->row, key);
}

int protocol_differs(const struct match *m, const char *key)
{
    const char *ours = ours_of(m, key), *theirs = theirs_of(m, key);
    return *ours && *theirs && !same_field(ours, theirs);
}

int protocol_is_method(const struct match *m)
{
    return !strcmp(ours_of(m, "algorithm"), sheet_get(m->s, m->row, "method")) &&
           !protocol_differs(m, "momentum");
}

/* What is shown of a value; one that is too long for a name is shown as it is. */
static const char *shown(const char *key, const char *value, char buf[NAME_SHOWN])
{
    return strlen(value) < NAME_SHOWN ? name_of_value(key, value, buf) : value;
}

int protocol_differences(struct judgement *g, const struct match *m)
{
    int n = 0, n_column = m->s->n_column;
    char name[NAME_SHOWN], ours[NAME_SHOWN], theirs[NAME_SHOWN];
    for (int k = 0; k < n_column + (int)LENGTH(limits); k++) {
        const char *key = k < n_column ? m->s->cell[k] : limits[k - n_column];
        if (!protocol_differs(m, key))
            continue;
        n++;
        if (g)
            judgement_because(g, "%s %s, theirs %s", name_of_key(key, name),
                              shown(key, ours_of(m, key), ours),
                              shown(key, theirs_of(m, key), theirs));
    }
    return n;
}

/* If the key is not known for the row, name it, after n others; returns whether it was named. */
static int say_unknown(struct judgement *g, const struct match *m, const char *key, int n)
{
    char name[NAME_SHOWN];
    if (*theirs_of(m, key) || text_is_among(key, others, LENGTH(others)))
        return 0;
    if (n == 0)
        judgement_because(g,
                          "not a strict comparison, as these settings of theirs are not known: ");
    append(&g->why, "%s%s", n ? ", " : "", name_of_key(key, name));
    return 1;
}

int protocol_unknown(struct judgement *g, const struct match *m)
{
    static const char *const what[] = {"scope", "evaluations"};
    const cJSON *config =
        cJSON_GetObjectItem(m->r->run[results_ended(m->r, m->cell)].manifest, "config");
    const cJSON *v;
    int n = 0;
    cJSON_ArrayForEach (v, config)
        n += say_unknown(g, m, v->string, n);
    for (size_t i = 0; i < LENGTH(unset); i++)
        if (!cJSON_HasObjectItem(config, unset[i].key))
            n += say_unknown(g, m, unset[i].key, n);
    for (size_t i = 0; i < LENGTH(what); i++)
        n += say_unknown(g, m, what[i], n);
    return n;
}
