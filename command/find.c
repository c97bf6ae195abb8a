/* find: the verb that words name. */
#include "command/command.h"
#include <string.h>

/* The second word of a name whose first word is the given one, "" if the name has only one; NULL:
 * it begins with another word. */
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
    const char *names[256];
    size_t n = 0;
    for (const struct verb *v; (v = verbs_at((int)n)) && n < LENGTH(names); n++) {
        const char *part = second(v, word[0]);
        if (part)
            strcat(strcat(parts, *parts ? ", " : ""), part);
        names[n] = v->name;
    }
    if (*parts)
        err_usage(e, "%s takes one of %s; see gossipbench %s --help", word[0], parts, word[0]);
    else
        err_usage(e, "unknown verb '%.60s'%s; see gossipbench --help", word[0],
                  name_suggest(hint, sizeof(hint), word[0], names, n));
}

int verbs_are_of(const char *first)
{
    for (int i = 0; verbs_at(i); i++) {
        const char *part = second(verbs_at(i), first);
        if (part && *part)
            return 1;
    }
    return 0;
}

const struct verb *verbs_find(char **word, struct err *e)
{
    for (int i = 0; verbs_at(i); i++) {
        const char *part = second(verbs_at(i), word[0]);
        if (part && (!*part || (word[1] && !strcmp(part, word[1]))))
            return verbs_at(i);
    }
    refuse(word, e);
    return NULL;
}
