#include "train/config.h"
#include "algorithms/algorithms.h"
#include "core/path.h"
#include "topologies/topologies.h"
#include "train/keys.h"
#include "train/schedule.h"
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *const scope_names[N_SCOPE] = {"mean", "worst", "average", "own"};

const char *config_key(int i)
{
    size_t n;
    const struct key *k = keys_all(&n);
    return (size_t)i < n ? k[i].name : NULL;
}

const char *config_help(int i)
{
    size_t n;
    return keys_all(&n)[i].help;
}

int config_is_text(const char *name)
{
    const struct key *k = keys_find(name);
    return k && k->type == TEXT_KEY;
}

/* A key's number, from its field of struct config. */
static double get_number(const struct config *c, const struct key *k)
{
    const char *field = (const char *)c + k->at;
    if (k->parameter || k->type == NUMBER_KEY)
        return *(const double *)field;
    return k->type == FLAG_KEY ? *(const int *)field : (double)*(const long *)field;
}

static void put_number(struct config *c, const struct key *k, double v)
{
    char *field = (char *)c + k->at;
    if (k->parameter || k->type == NUMBER_KEY)
        *(double *)field = v;
    else if (k->type == FLAG_KEY)
        *(int *)field = v != 0;
    else
        *(long *)field = (long)v;
}

void config_default(struct config *c)
{
    struct err e;
    size_t n;
    const struct key *k = keys_all(&n);
    memset(c, 0, sizeof(*c));
    for (size_t i = 0; i < n; i++)
        if (!k[i].parameter) {
            if (config_set(c, k[i].name, k[i].initial, &e) < 0)
                die("%s", e.text);
        } else if (k[i].type != TEXT_KEY) {
            put_number(c, &k[i], k[i].parameter->initial);
        }
    c->workers_given = 0;
    if (config_set(c, "data_dir", path_in_root("datasets/data"), &e) < 0)
        die("%s", e.text);
}

static int set_number(struct config *c, const struct key *k, const char *value, struct err *e)
{
    char *end;
    double v = strtod(value, &end);
    int whole = k->type == WHOLE_KEY;
    if (end == value || *end || isspace((unsigned char)*value) || !(v >= k->min && v <= k->max) ||
        (whole && v != floor(v)))
        return err_usage(e, "%s is '%.60s', but must be a %s from %.15g to %.15g", k->name, value,
                         whole ? "whole number" : "number", k->min, k->max);
    put_number(c, k, v);
    return 0;
}

static int set_flag(struct config *c, const struct key *k, const char *value, struct err *e)
{
    int yes = !strcmp(value, "true");
    if (!yes && strcmp(value, "false") != 0)
        return err_usage(e, "%s is '%.60s', but must be true or false", k->name, value);
    put_number(c, k, yes);
    return 0;
}

/* Whether the text is a list, "[a, b]" or "a, b", of which no element is missing. */
static int is_list(const char *text)
{
    const char *in = text + (*text == '[');
    size_t n = strlen(in), closes = n && in[n - 1] == ']';
    int filled = 0, more = 0;
    n -= closes;
    if ((in != text) != closes || strcspn(in, "[]") != n)
        return 0;
    for (size_t i = 0; i < n; i++) {
        if (in[i] == ',' && !filled)
            return 0;
        more |= in[i] == ',';
        filled = in[i] != ',' && (filled || !isspace((unsigned char)in[i]));
    }
    return filled || (closes && !more);
}

/* The next element of a list into word; 0 at the end, -1 if it is malformed. */
static int next_word(const char **at, char *word, size_t size)
{
    *at += strspn(*at, "[, \t\n");
    size_t n = strcspn(*at, ",] \t\n");
    if (n == 0)
        return (*at)[strspn(*at, "] \t\n")] ? -1 : 0;
    if (n >= size)
        return -1;
    int quoted = n >= 2 && (*at)[0] == '"' && (*at)[n - 1] == '"';
    snprintf(word, size, "%.*s", (int)n - 2 * quoted, *at + quoted);
    *at += n;
    return 1;
}

static int set_fractions(struct config *c, const char *value, struct err *e)
{
    char word[32], *end;
    const char *at = value;
    int n = 0, more = -1;
    double list[CONFIG_MAX_MILESTONE] = {0}, last = 0;
    while (is_list(value) && (more = next_word(&at, word, sizeof(word))) > 0) {
        double v = strtod(word, &end);
        if (n == CONFIG_MAX_MILESTONE || *end || !(v > last && v < 1))
            break;
        last = list[n++] = v;
    }
    if (more != 0)
        return err_usage(e,
                         "milestones is '%.60s', but must be a list of up to %d ascending "
                         "fractions between 0 and 1, as [0.5, 0.75]",
                         value, CONFIG_MAX_MILESTONE);
    memcpy(c->milestone, list, sizeof(list));
    c->n_milestone = n;
    return 0;
}

static int set_scopes(struct config *c, const char *value, struct err *e)
{
    char word[32];
    const char *at = value;
    unsigned set = 0;
    int more = -1;
    while (is_list(value) && (more = next_word(&at, word, sizeof(word))) > 0) {
        unsigned bit = 0;
        for (unsigned i = 0; i < LENGTH(scope_names); i++)
            bit |= !strcmp(word, scope_names[i]) ? 1u << i : 0;
        if (!bit)
            break;
        set |= bit;
    }
    if (more != 0 || !set)
        return err_usage(
            e, "eval_scopes is '%.60s', but must be a list of mean, worst, average and own", value);
    c->eval_scopes = set;
    return 0;
}

static int refuse_key(const char *name, struct err *e)
{
    size_t n;
    const struct key *k = keys_all(&n);
    const char **names = xcalloc(n, sizeof(*names));
    char hint[96];
    for (size_t i = 0; i < n; i++)
        names[i] = k[i].name;
    err_usage(e, "unknown key '%.60s'%s", name, name_suggest(hint, sizeof(hint), name, names, n));
    free(names);
    return -1;
}

/* Take the number of workers from the graph, unless it is given. */
static void follow_graph(struct config *c)
{
    struct err e;
    int n = c->workers_given ? 0 : topology_own_n(c->topology);
    const struct key *k = keys_find("workers");
    if (n)
        c->workers = n;
    else if (!c->workers_given)
        set_number(c, k, k->initial, &e);
}

int config_set(struct config *c, const char *name, const char *value, struct err *e)
{
    const struct key *k = keys_find(name);
    if (!k)
        return refuse_key(name, e);
    switch (k->type) {
    case TEXT_KEY:
        if ((double)strlen(value) > k->max)
            return err_usage(e, "%s is longer than %.0f characters", name, k->max);
        strcpy((char *)c + k->at, value);
        if (k->at == offsetof(struct config, topology))
            follow_graph(c);
        return 0;
    case FLAG_KEY:
        return set_flag(c, k, value, e);
    case FRACTIONS_KEY:
        return set_fractions(c, value, e);
    case SCOPES_KEY:
        return set_scopes(c, value, e);
    default:
        if (set_number(c, k, value, e) < 0)
            return -1;
        c->workers_given |= k->at == offsetof(struct config, workers);
        return 0;
    }
}

/* The shortest decimal that reads back as v. */
static void print_number(char *buf, size_t size, double v)
{
    for (int digits = 1; digits <= 17; digits++) {
        snprintf(buf, size, "%.*g", digits, v);
        if (strtod(buf, NULL) == v)
            return;
    }
}

static void print_fractions(const struct config *c, char *buf, size_t size)
{
    char number[32];
    size_t at = (size_t)snprintf(buf, size, "[");
    for (int i = 0; i < c->n_milestone; i++) {
        print_number(number, sizeof(number), c->milestone[i]);
        at += (size_t)snprintf(buf + at, size - at, "%s%s", i ? ", " : "", number);
    }
    snprintf(buf + at, size - at, "]");
}

static void print_scopes(const struct config *c, char *buf, size_t size)
{
    size_t at = (size_t)snprintf(buf, size, "[");
    for (unsigned i = 0; i < LENGTH(scope_names); i++)
        if (c->eval_scopes & 1u << i)
            at += (size_t)snprintf(buf + at, size - at, "%s\"%s\"", at > 1 ? ", " : "",
                                   scope_names[i]);
    snprintf(buf + at, size - at, "]");
}

static void print_text(const char *text, char *buf, size_t size)
{
    size_t at = (size_t)snprintf(buf, size, "\"");
    for (; *text && at + 8 < size; text++)
        if (*text == '"' || *text == '\\')
            at += (size_t)snprintf(buf + at, size - at, "\\%c", *text);
        else if ((unsigned char)*text < ' ')
            at += (size_t)snprintf(buf + at, size - at, "\\u%04x", (unsigned)*text);
        else
            buf[at++] = *text;
    snprintf(buf + at, size - at, "\"");
}

const char *config_value(const struct config *c, int i, char *buf, size_t size)
{
    size_t n;
    const struct key *k = &keys_all(&n)[i];
    if (k->type == TEXT_KEY)
        print_text((const char *)c + k->at, buf, size);
    else if (k->type == WHOLE_KEY)
        snprintf(buf, size, "%.0f", get_number(c, k));
    else if (k->type == NUMBER_KEY)
        print_number(buf, size, get_number(c, k));
    else if (k->type == FLAG_KEY)
        snprintf(buf, size, "%s", get_number(c, k) != 0 ? "true" : "false");
    else if (k->type == FRACTIONS_KEY)
        print_fractions(c, buf, size);
    else
        print_scopes(c, buf, size);
    return buf;
}

const struct problem *config_problem(const struct config *c)
{
    return problem_find(c->dataset);
}

int config_counts(const struct config *c, int i)
{
    size_t n;
    const struct key *k = &keys_all(&n)[i];
    if (!k->parameter)
        return !k->counts || k->counts(c);
    return keys_is_chosen(c, k) &&
           !(k->parameter->if_set && get_number(c, k) == k->parameter->initial);
}

double config_evaluations(const struct config *c)
{
    double n = ceil((double)c->epochs / c->eval_every);
    for (long k = 1; k < c->eval_last && k < c->epochs; k++)
        n += fmod((double)(c->epochs - k), c->eval_every) > 0;
    return n;
}

void config_values(const struct config *c, const struct parameter *list,
                   union value value[MAX_PARAMETER])
{
    for (int i = 0; i < parameter_count(list); i++) {
        const struct key *k = keys_find(list[i].name);
        if (list[i].type == FILE_PATH)
            value[i].text = (const char *)c + k->at;
        else
            value[i].number = get_number(c, k);
    }
}

double config_number(const struct config *c, const char *key)
{
    const struct key *k = keys_find(key);
    CHECK(k && k->parameter && k->type != TEXT_KEY);
    return get_number(c, k);
}

const char *config_words(const struct config *c, const struct parameter *list, char *buf,
                         size_t size)
{
    size_t at = 0;
    buf[0] = '\0';
    for (int i = 0; i < parameter_count(list); i++)
        if (list[i].type != FILE_PATH && at < size)
            at += (size_t)snprintf(buf + at, size - at, ", %s %g", list[i].name,
                                   config_number(c, list[i].name));
    return buf;
}

struct topology_spec config_topology(const struct config *c, union value value[MAX_PARAMETER])
{
    struct err e;
    const struct topology *t = topology_find(c->topology, &e);
    config_values(c, t ? t->parameter : NULL, value);
    return (struct topology_spec){.name = c->topology,
                                  .n = (int)c->workers,
                                  .lazy = c->lazy,
                                  .seed = (uint64_t)c->seed,
                                  .value = value};
}

struct optimizer_request config_optimizer(const struct config *c)
{
    struct err e;
    const struct algorithm *a = algorithm_find(c->algorithm, &e);
    struct optimizer_request q = {.algorithm = c->algorithm,
                                  .topology = c->topology,
                                  .lazy = c->lazy,
                                  .n = (int)c->workers,
                                  .seed = (uint64_t)c->seed,
                                  .faults = c->faults,
                                  .local_steps = (int)c->local_steps,
                                  .clip_norm = c->clip_norm,
                                  .weight_decay = config_problem(c) ? 0 : c->weight_decay};
    q.faults.seed = q.seed;
    config_values(c, a ? a->parameter : NULL, q.parameter);
    config_topology(c, q.topology_parameter);
    return q;
}

const char *config_file(const struct config *c, int i)
{
    size_t n;
    const struct key *k = &keys_all(&n)[i];
    if (!config_counts(c, i))
        return NULL;
    if (k->parameter)
        return k->type == TEXT_KEY ? (const char *)c + k->at : NULL;
    return k->at == offsetof(struct config, topology)      ? topology_file(c->topology)
           : k->at == offsetof(struct config, lr_schedule) ? schedule_file(c->lr_schedule)
                                                           : NULL;
}
