#include "sweep/choose.h"
#include "core/hash.h"
#include "gossip/gossip.h"
#include "sweep/rates.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Whether the run passes a filter; -1 with a sentence on failure. */
static int passes(const struct experiment *x, const struct cell *cell, const char *filter,
                  struct err *e)
{
    char key[64];
    const char *equals = strchr(filter, '=');
    if (!equals)
        return err_usage(e, "--filter takes KEY=VALUE, not '%.60s'", filter);
    snprintf(key, sizeof(key), "%.*s", (int)(equals - filter), filter);
    return cell_has(x, cell, key, equals + 1, e);
}

/* Say which filter no run passes, or that none passes all. */
static int refuse(const struct sweep *s, struct err *e)
{
    const struct experiment *x = s->x;
    struct err unused;
    char all[256];
    int n = 0;
    for (int k = 0; k < s->n_filter; k++) {
        int has = 0;
        for (int i = 0; i < x->n_cell; i++)
            has |= passes(x, &x->cell[i], s->filter[k], &unused);
        if (!has)
            return err_usage(e, "no run of %s %s has %s", x->name, x->index, s->filter[k]);
        if (n < (int)sizeof(all))
            n += snprintf(all + n, sizeof(all) - (size_t)n, "%s%s", k ? " and " : "", s->filter[k]);
    }
    return err_usage(e, "no run of %s %s has %s: each --filter leaves fewer runs", x->name,
                     x->index, all);
}

int sweep_choose(struct sweep *s, struct err *e)
{
    const struct experiment *x = s->x;
    free(s->chosen);
    s->chosen = xcalloc((size_t)x->n_cell, 1);
    memset(s->chosen, 1, (size_t)x->n_cell);
    for (int i = 0; i < x->n_cell; i++)
        for (int k = 0; k < s->n_filter; k++) {
            int has = passes(x, &x->cell[i], s->filter[k], e);
            if (has < 0)
                return -1;
            s->chosen[i] = s->chosen[i] && has;
        }
    for (int i = 0; i < x->n_cell; i++)
        if (s->chosen[i] && x->cell[i].is_unrated)
            return rates_miss(x, &x->cell[i], e);
    if (memchr(s->chosen, 1, (size_t)x->n_cell))
        return 0;
    return refuse(s, e);
}

int sweep_agree(int status, const struct sweep *s, struct err *e)
{
    char sha256[HASH_TEXT];
    if (!gossip_is_launched())
        return status;
    if (gossip_agree(status, e) < 0)
        return -1;
    struct hash *h = hash_begin();
    for (int i = 0; i < s->x->n_cell; i++)
        hash_add(h, s->x->cell[i].dir, strlen(s->x->cell[i].dir) + 1);
    hash_end(h, sha256);
    return gossip_same("the hash of the experiment's runs", sha256,
                       "give all ranks the same experiment file and settings", e) < 0
               ? -1
               : status;
}
