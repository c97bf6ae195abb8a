#include "train/state_dict.h"
#include "core/registry.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAME = 128, SHAPE = 96 };
static const char own_type[] = {'f', '0' + sizeof(real), '\0'};

/* The k-th part, counting parameters and then statistics, and where its numbers begin; NULL after
 * the last. */
static const struct param *part_of(const struct net *t, int k, int *is_stat)
{
    *is_stat = k >= t->n_param_part;
    k -= *is_stat ? t->n_param_part : 0;
    return !*is_stat ? &t->param[k] : k < t->n_stat_part ? &t->stat[k] : NULL;
}

void state_dict_flatten(const struct net *t, const real *x, const real *stat, real *theirs)
{
    const struct param *p;
    for (int k = 0, is_stat; (p = part_of(t, k, &is_stat)); k++, theirs += p->n)
        param_export(p, (is_stat ? stat : x) + p->offset, theirs);
}

void state_dict_add(struct npz *z, const char *prefix, const struct net *t, const real *x,
                    const real *stat)
{
    char name[NAME];
    const struct param *p;
    real *theirs = x ? xcalloc(t->n_param + t->n_stat, sizeof(real)) : NULL, *at = theirs;
    if (x)
        state_dict_flatten(t, x, stat, theirs);
    for (int k = 0, is_stat; (p = part_of(t, k, &is_stat)); k++) {
        snprintf(name, NAME, "%s%s", prefix, p->name);
        npz_add(z, name, own_type, p->n_dim, p->dim, at);
        at += x ? p->n : 0;
    }
    free(theirs);
}

static const char *print_shape(char text[SHAPE], int n_dim, const size_t *dim)
{
    size_t n = (size_t)snprintf(text, SHAPE, "(");
    for (int i = 0; i < n_dim; i++)
        n += (size_t)snprintf(text + n, SHAPE - n, "%s%zu", i ? ", " : "", dim[i]);
    snprintf(text + n, SHAPE - n, n_dim == 1 ? ",)" : ")");
    return text;
}

/* The array of this name; NULL with a sentence that suggests a similar one. */
static const struct npz_array *find(const struct npz *z, const char *path, const char *name,
                                    struct err *e)
{
    char hint[NAME + 32];
    const char **names = xcalloc((size_t)z->n + 1, sizeof(*names));
    const struct npz_array *found = NULL;
    for (int i = 0; i < z->n && !found; i++) {
        names[i] = z->array[i].name;
        found = !strcmp(name, names[i]) ? &z->array[i] : NULL;
    }
    if (!found)
        err_set(e, "%s: has no '%s', which the network needs%s", path, name,
                name_suggest(hint, sizeof(hint), name, names, (size_t)z->n));
    free(names);
    return found;
}

int state_dict_take_part(const struct npz *z, const char *path, const char *name,
                         const struct param *p, real *ours, struct err *e)
{
    char has[SHAPE], wants[SHAPE];
    const struct npz_array *a = find(z, path, name, e);
    if (!a)
        return -1;
    if (a->type[0] != 'f')
        return err_set(e, "%s: '%s' has the type %s, but must have f4 or f8", path, a->name,
                       a->type);
    if (a->n_dim != p->n_dim || memcmp(a->dim, p->dim, (size_t)p->n_dim * sizeof(*p->dim)) != 0)
        return err_set(e, "%s: '%s' has the shape %s, but the network's is %s", path, a->name,
                       print_shape(has, a->n_dim, a->dim), print_shape(wants, p->n_dim, p->dim));
    double *v = npz_doubles(a);
    real *theirs = xcalloc(p->n, sizeof(real));
    int is_finite = 1;
    for (size_t k = 0; k < p->n; k++) {
        theirs[k] = (real)v[k];
        is_finite = is_finite && isfinite(theirs[k]);
    }
    param_import(p, theirs, ours);
    free(v), free(theirs);
    return is_finite ? 0 : err_set(e, "%s: '%s' has a number that is not finite", path, a->name);
}

/* Refuse arrays with the prefix that the network does not have. */
static int check_rest(const struct npz *z, const char *path, const char *prefix,
                      const struct net *t, struct err *e)
{
    static const char unneeded[] = ".num_batches_tracked";
    size_t n = strlen(prefix), tail = sizeof(unneeded) - 1;
    for (int i = 0; i < z->n; i++) {
        const char *name = z->array[i].name;
        const struct param *p;
        int known = strncmp(name, prefix, n) != 0 || !strcmp(name, "metadata");
        for (int k = 0, is_stat; !known && (p = part_of(t, k, &is_stat)); k++)
            known = !strcmp(name + n, p->name);
        if (!known && (strlen(name) < tail || strcmp(name + strlen(name) - tail, unneeded) != 0))
            return err_set(e, "%s: has '%s', which the network does not have", path, name);
    }
    return 0;
}

int state_dict_take(const struct npz *z, const char *path, const char *prefix, const struct net *t,
                    real *x, real *stat, struct err *e)
{
    char name[NAME];
    const struct param *p;
    for (int k = 0, is_stat; (p = part_of(t, k, &is_stat)); k++) {
        snprintf(name, NAME, "%s%s", prefix, p->name);
        if (state_dict_take_part(z, path, name, p, (is_stat ? stat : x) + p->offset, e) < 0)
            return -1;
    }
    return check_rest(z, path, prefix, t, e);
}
