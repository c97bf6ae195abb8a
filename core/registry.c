#include "core/registry.h"
#include <ctype.h>
#include <stdio.h>
#include <string.h>

enum { NAME_MAX_LENGTH = 64 };

static int min(int a, int b)
{
    return a < b ? a : b;
}

int name_distance(const char *a, const char *b)
{
    int n = (int)strnlen(a, NAME_MAX_LENGTH), m = (int)strnlen(b, NAME_MAX_LENGTH);
    int cost[NAME_MAX_LENGTH + 1][NAME_MAX_LENGTH + 1];
    for (int i = 0; i <= n; i++)
        for (int j = 0; j <= m; j++) {
            if (i == 0 || j == 0) {
                cost[i][j] = i + j;
                continue;
            }
            int same = tolower((unsigned char)a[i - 1]) == tolower((unsigned char)b[j - 1]);
            cost[i][j] = min(cost[i - 1][j - 1] + !same, min(cost[i - 1][j], cost[i][j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                cost[i][j] = min(cost[i][j], cost[i - 2][j - 2] + 1);
        }
    return cost[n][m];
}

const char *name_suggest(char *buf, size_t size, const char *name, const char *const *known,
                         size_t n)
{
    const char *best = NULL;
    int least = (int)strlen(name) / 2 + 1;
    for (size_t i = 0; i < n; i++) {
        char fixed[NAME_MAX_LENGTH + 1]; /* the part before the placeholder */
        size_t length = strcspn(known[i], "[<");
        snprintf(fixed, sizeof(fixed), "%.*s", (int)length, known[i]);
        int d = name_distance(name, fixed);
        if (d < least)
            least = d, best = known[i];
    }
    buf[0] = '\0';
    if (best)
        snprintf(buf, size, " (did you mean '%s'?)", best);
    return buf;
}

/* Whether the name matches the pattern up to its placeholder. */
static int is_of(const char *pattern, const char *name)
{
    size_t fixed = strcspn(pattern, "[<");
    if (strncmp(pattern, name, fixed) != 0)
        return 0;
    return pattern[fixed] == '<' || !name[fixed] || (pattern[fixed] == '[' && name[fixed] == '-');
}

const struct registry *registry_match(const struct registry *all, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (is_of(all[i].name, name))
            return &all[i];
    return NULL;
}

const void *registry_find(const struct registry *all, size_t n, const char *what, const char *name,
                          struct err *e)
{
    enum { MAX_NAMES = 64 };
    const char *names[MAX_NAMES];
    char known[768] = "", hint[NAME_MAX_LENGTH + 32];
    CHECK(n <= MAX_NAMES);
    for (size_t i = 0, len = 0; i < n; i++) {
        if (!strcmp(all[i].name, name))
            return all[i].item;
        names[i] = all[i].name;
        if (len < sizeof(known))
            len += (size_t)snprintf(known + len, sizeof(known) - len, "%s%s", i ? ", " : "",
                                    all[i].name);
    }
    err_usage(e, "unknown %s '%.60s'%s; known: %s", what, name,
              name_suggest(hint, sizeof(hint), name, names, n), known);
    return NULL;
}
