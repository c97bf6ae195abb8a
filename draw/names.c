#include "draw/names.h"
#include "core/core.h"
#include <stdio.h>
#include <string.h>

/* A registered name, which may end in a place for a parameter, and what is shown for it; NULL: the
 * name itself. */
struct name {
    const char *typed, *shown;
};

/* clang-format off */
/* Each REGISTER ends the entry before it, and SHOWN stands in its own. */
#define REGISTER(name, symbol) }, {name,
#define SHOWN(name) name,
static const struct name algorithms[] = {{NULL,
#include "algorithms/list.h"
}};
static const struct name topologies[] = {{NULL,
#include "topologies/list.h"
}};
static const struct name models[] = {{NULL,
#include "models/list.h"
}};
static const struct name partitions[] = {{NULL,
#include "partitions/list.h"
}};
static const struct name data[] = {{NULL,
#include "loaders/list.h"
#include "problems/list.h"
}};
/* clang-format on */

static const struct {
    const char *key, *shown;
    const struct name *value;
    size_t n;
} keys[] = {{"algorithm", "method", algorithms, LENGTH(algorithms)},
            {"variant", "variant", algorithms, LENGTH(algorithms)}, /* some are methods */
            {"topology", "topology", topologies, LENGTH(topologies)},
            {"model", "network", models, LENGTH(models)},
            {"partition", "partition", partitions, LENGTH(partitions)},
            {"dataset", "data", data, LENGTH(data)},
            {"alpha", "α", NULL, 0},
            {"lr", "learning rate", NULL, 0},
            {"lr_start", "learning rate at the first step", NULL, 0},
            {"eval_every", "epochs between evaluations", NULL, 0},
            {"workers", "workers", NULL, 0}};

const char *name_of_key(const char *key, char buf[NAME_SHOWN])
{
    for (size_t i = 0; i < LENGTH(keys); i++)
        if (!strcmp(keys[i].key, key))
            return keys[i].shown;
    snprintf(buf, NAME_SHOWN, "%s", key);
    for (char *c = buf; (c = strchr(c, '_'));)
        *c = ' ';
    return buf;
}

/* Append the parameter, word by word: "8-gn" as "8-GN". */
static void append_words(char buf[NAME_SHOWN], const char *text)
{
    static const char *const words[][2] = {{"bn", "BN"}, {"gn", "GN"}, {"evonorm", "EvoNorm"}};
    size_t at = strlen(buf);
    while (*text && at < NAME_SHOWN) {
        size_t n = strcspn(text, "-"), i = 0;
        while (i < LENGTH(words) &&
               (strlen(words[i][0]) != n || strncmp(words[i][0], text, n) != 0))
            i++;
        at += (size_t)snprintf(buf + at, NAME_SHOWN - at, "%.*s%s",
                               (int)(i < LENGTH(words) ? strlen(words[i][1]) : n),
                               i < LENGTH(words) ? words[i][1] : text, text[n] ? "-" : "");
        text += n + (text[n] == '-');
    }
}

/* Whether the value has the registered name, alone or with words after it ("sgp, two steps"); if
 * so, buf becomes what is shown. */
static int match(const struct name *name, const char *value, char buf[NAME_SHOWN])
{
    size_t fixed = name->typed ? strcspn(name->typed, "[<") : 0;
    if (!name->shown || strncmp(name->typed, value, fixed) != 0)
        return 0;
    const char *rest = value + fixed;
    int has_place = name->typed[fixed] == '<' || (name->typed[fixed] == '[' && *rest == '-');
    if (*rest && !has_place && *rest != ',' && *rest != ' ')
        return 0;
    snprintf(buf, NAME_SHOWN, "%s%s", name->shown, has_place ? "" : rest);
    if (name->typed[fixed] == '<')
        append_words(buf, rest);
    else if (has_place)
        snprintf(buf, NAME_SHOWN, "%s (%.60s)", name->shown, rest + 1);
    return 1;
}

const char *name_of_value(const char *key, const char *value, char buf[NAME_SHOWN])
{
    for (size_t i = 0; i < LENGTH(keys); i++)
        for (size_t k = 0; k < keys[i].n && !strcmp(keys[i].key, key); k++)
            if (match(&keys[i].value[k], value, buf))
                return buf;
    snprintf(buf, NAME_SHOWN, "%s", value);
    return buf;
}
