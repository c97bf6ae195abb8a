/* verbs: the list of the verbs. */
#include "cli/cli.h"
#include <string.h>

#define VERB(symbol) &verb_##symbol,
static const struct verb *const verbs[] = {
#include "cli/list.h"
};
#undef VERB

const struct verb *verbs_at(int i)
{
    return (size_t)i < LENGTH(verbs) ? verbs[i] : NULL;
}

const struct option *option_of_all(const struct verb *v, int i)
{
    static struct option setting = {NULL, "VALUE", NULL,
                                    "set a configuration key, also as --set KEY=VALUE; gossipbench "
                                    "info lists the keys and their defaults"};
    static const struct option root = {"root", "DIR", NULL,
                                       "use the experiments/, results/ and datasets/ in DIR"};
    setting.name = v->settings;
    return v->settings && i == 0 ? &setting : i == (v->settings != NULL) ? &root : NULL;
}

/* The second word of a name whose first word is the given one, "" if the name has only one; NULL: it
 * begins with another word. */
static const char *second(const struct verb *v, const char *first)
{
    size_t n = strlen(first);
    if (strncmp(v->name, first, n) != 0 || (v->name[n] && v->name[n] != ' '))
        return NULL;
    return v->name + n + (v->name[n] == ' ');
}

/* The sentence for a first word without a second that belongs to it, or for an unknown word. */
static void refuse(char **word, struct err *e)
{
    char parts[256] = "", hint[96];
    const char *names[LENGTH(verbs)];
    for (size_t i = 0; i < LENGTH(verbs); i++) {
        const char *part = second(verbs[i], word[0]);
        if (part)
            strcat(strcat(parts, *parts ? ", " : ""), part);
        names[i] = verbs[i]->name;
    }
    if (*parts)
        err_usage(e, "%s takes one of %s; see gossipbench %s --help", word[0], parts, word[0]);
    else
        err_usage(e, "unknown verb '%.60s'%s; see gossipbench --help", word[0],
                  name_suggest(hint, sizeof(hint), word[0], names, LENGTH(names)));
}

int verbs_are_of(const char *first)
{
    for (size_t i = 0; i < LENGTH(verbs); i++) {
        const char *part = second(verbs[i], first);
        if (part && *part)
            return 1;
    }
    return 0;
}

const struct verb *verbs_find(char **word, struct err *e)
{
    for (size_t i = 0; i < LENGTH(verbs); i++) {
        const char *part = second(verbs[i], word[0]);
        if (part && (!*part || (word[1] && !strcmp(part, word[1]))))
            return verbs[i];
    }
    refuse(word, e);
    return NULL;
}
