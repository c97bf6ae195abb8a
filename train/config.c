#include "train/config.h"
#include "core/file.h"
#include "loaders/dataset.h"
#include "partitions/partitions.h"
#include "topologies/topologies.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT = FILE_PATH + 1, FRACTIONS, SCOPES }; /* types besides a parameter's */
/* A key that does not decide results; that decides those of data sets only; those of toy problems
 * with this use only. */
enum { PATH_KEY = 1, DATA_KEY = 2 };
#define TOY_KEY(use) ((use) << 2)

struct key {
    const char *name;
    int type;
    size_t at; /* offset in struct config */
    double min, max;
    const char *initial;
    unsigned flags, uses; /* uses: read only by methods with this bit */
    const char *help;
};
#define AT(field) offsetof(struct config, field)
#define BELOW_ONE 0.999999999

static const struct key keys[] = {
    {"dataset", TEXT, AT(dataset), 0, 0, "cifar10", 0, 0, "data set or toy problem"},
    {"data_dir", TEXT, AT(data_dir), 0, 0, "datasets/data", PATH_KEY, 0, "where its files are"},
    {"train_limit", WHOLE, AT(train_limit), 0, 1e9, "0", DATA_KEY, 0,
     "first so many samples; 0: all"},
    {"test_limit", WHOLE, AT(test_limit), 0, 1e9, "0", DATA_KEY, 0,
     "first so many samples; 0: all"},
    {"holdout", WHOLE, AT(holdout), 0, 1e9, "0", DATA_KEY, 0,
     "training samples held out and tested on instead of the test set"},
    {"classes", WHOLE, AT(classes), 0, 1000, "0", DATA_KEY, 0,
     "samples of the first so many classes only; 0: all"},
    {"vocabulary", WHOLE, AT(vocabulary), 3, 1 << 24, "20000", DATA_KEY, 0,
     "of texts: the most tokens, padding and unknown among them"},
    {"text_length", WHOLE, AT(text_length), 1, 4096, "64", DATA_KEY, 0, "of texts: tokens of each"},
    {"difficulty", NUMBER, AT(difficulty), 0, 1, "0.5", DATA_KEY, 0,
     "of generated data: 0 easy, 1 nothing can be learned"},
    {"model", TEXT, AT(model), 0, 0, "resnet20-evonorm", DATA_KEY, 0, "network"},
    {"workers", WHOLE, AT(workers), 1, 65536, "16", 0, 0, "n, on any number of MPI ranks up to n"},
    {"topology", TEXT, AT(topology), 0, 0, "ring", 0, 0, "graph"},
    {"lazy", FLAG, AT(lazy), 0, 1, "false", 0, 0, "mix with (I + W) / 2"},
    {"algorithm", TEXT, AT(algorithm), 0, 0, "qg-dsgdm-n", 0, 0, "method"},
    {"momentum", NUMBER, AT(momentum), 0, 0.9999, "0.9", 0, USES_MOMENTUM, "beta"},
    {"mu", NUMBER, AT(mu), 0, 1, "0.9", 0, USES_MU, "factor of the quasi-global average"},
    {"every", WHOLE, AT(every), 1, 1e6, "1", 0, USES_EVERY,
     "rounds between updates of the quasi-global momentum"},
    {"tau", WHOLE, AT(tau), 1, 1e6, "4", 0, USES_TAU, "rounds between exact averages"},
    {"slow_beta", NUMBER, AT(slow_beta), 0, 1, "0.7", 0, USES_SLOW, "factor of the slow momentum"},
    {"slow_lr", NUMBER, AT(slow_lr), 1e-12, 1e6, "1", 0, USES_SLOW, "rate of the slow momentum"},
    {"beta1", NUMBER, AT(beta1), 0, BELOW_ONE, "0.9", 0, USES_ADAM, "factor of Adam's mean"},
    {"beta2", NUMBER, AT(beta2), 0, BELOW_ONE, "0.99", 0, USES_ADAM, "factor of Adam's square"},
    {"eps", NUMBER, AT(eps), 1e-30, 1, "1e-8", 0, USES_ADAM, "added to the root of Adam's square"},
    {"gamma", NUMBER, AT(gamma), 1e-12, 1, "0.1", 0, USES_GAMMA,
     "consensus step size of choco-sgd"},
    {"allow_unstable", FLAG, AT(allow_unstable), 0, 1, "false", PATH_KEY, 0,
     "run a method on a graph where theory says that it fails"},
    {"partition", TEXT, AT(partition), 0, 0, "dirichlet", DATA_KEY, 0,
     "iid, sorted, dirichlet, hsu, shards-<k> or file"},
    {"alpha", NUMBER, AT(alpha), 1e-6, 1e6, "0.1", DATA_KEY, 0, "Dirichlet concentration"},
    {"partition_file", TEXT, AT(partition_file), 0, 0, "", DATA_KEY, 0, "worker,index rows"},
    {"seed", WHOLE, AT(seed), 0, 999999999999999.0, "1", 0, 0, "of everything that is drawn"},
    {"epochs", WHOLE, AT(epochs), 0, 1e6, "300", 0, 0,
     "passes over the training set; rounds of a toy problem; 0: only the partition is made"},
    {"batch_size", WHOLE, AT(batch_size), 1, 65536, "32", DATA_KEY, 0,
     "samples per worker and step"},
    {"weight_decay", NUMBER, AT(weight_decay), 0, 1, "1e-4", DATA_KEY, 0,
     "on all parameters; none on toy problems, whose optimum it would move"},
    {"augment", FLAG, AT(augment), 0, 1, "true", DATA_KEY, 0, "random flip and crop of images"},
    {"lr", NUMBER, AT(lr), 1e-12, 1e6, "0.8", 0, 0, "learning rate after warm-up"},
    {"lr_start", NUMBER, AT(lr_start), 0, 1e6, "0.1", 0, 0, "learning rate at step 0 of warm-up"},
    {"warmup_epochs", NUMBER, AT(warmup_epochs), 0, 1e6, "5", 0, 0, "linear, per step"},
    {"milestones", FRACTIONS, AT(milestone), 0, 1, "[0.5, 0.75]", 0, 0,
     "fractions of the epochs at which the rate is cut"},
    {"lr_decay", NUMBER, AT(lr_decay), 1e-6, 1, "0.1", 0, 0, "factor of each cut"},
    {"eval_every", NUMBER, AT(eval_every), 1e-6, 1e6, "1", 0, 0,
     "epochs between evaluations, also parts of one"},
    {"eval_scopes", SCOPES, AT(eval_scopes), 0, 0, "[\"mean\", \"worst\", \"average\"]", DATA_KEY,
     0, "of mean, worst (each worker's model) and average (the averaged model)"},
    {"checkpoint_every", WHOLE, AT(checkpoint_every), 0, 1e6, "10", PATH_KEY, 0,
     "epochs between checkpoints; 0: only when interrupted"},
    {"dim", WHOLE, AT(dim), 1, 1e8, "10", TOY_KEY(PROBLEM_DIM), 0, "of a toy problem"},
    {"heterogeneity", NUMBER, AT(heterogeneity), 0, 1e6, "1", TOY_KEY(PROBLEM_HETEROGENEITY), 0,
     "zeta of a toy problem: mean square distance of the workers' gradients from their mean, "
     "rooted"},
    {"noise", NUMBER, AT(noise), 0, 1e6, "0", TOY_KEY(PROBLEM_NOISE), 0,
     "standard deviation of each coordinate of a toy problem's gradients"},
    {"conditioning", NUMBER, AT(conditioning), 1, 1e12, "1", TOY_KEY(PROBLEM_CONDITIONING), 0,
     "largest over smallest curvature of a toy problem"},
};

static const char *const scope_names[] = {"mean", "worst", "average"};

const char *config_key(int i)
{
    return i < (int)LENGTH(keys) ? keys[i].name : NULL;
}

const char *config_help(int i)
{
    return keys[i].help;
}

static const struct key *find(const char *name)
{
    for (size_t i = 0; i < LENGTH(keys); i++)
        if (!strcmp(keys[i].name, name))
            return &keys[i];
    return NULL;
}

int config_is_text(const char *name)
{
    const struct key *k = find(name);
    return k && k->type == TEXT;
}

void config_default(struct config *c)
{
    struct err e;
    memset(c, 0, sizeof(*c));
    for (size_t i = 0; i < LENGTH(keys); i++)
        if (config_set(c, keys[i].name, keys[i].initial, &e) < 0)
            die("%s", e.text);
}

static int set_number(struct config *c, const struct key *k, const char *value, struct err *e)
{
    char *end;
    double v = strtod(value, &end);
    int whole = k->type == WHOLE;
    if (end == value || *end || !(v >= k->min && v <= k->max) || (whole && v != floor(v)))
        return err_usage(e, "%s is '%.60s', but must be a %s from %.15g to %.15g", k->name, value,
                         whole ? "whole number" : "number", k->min, k->max);
    if (whole)
        *(long *)((char *)c + k->at) = (long)v;
    else
        *(double *)((char *)c + k->at) = v;
    return 0;
}

static int set_flag(struct config *c, const struct key *k, const char *value, struct err *e)
{
    int yes = !strcmp(value, "true");
    if (!yes && strcmp(value, "false") != 0)
        return err_usage(e, "%s is '%.60s', but must be true or false", k->name, value);
    *(int *)((char *)c + k->at) = yes;
    return 0;
}

/* The next element of "[a, b]" or "a, b" into word; 0 at the end, -1 if it is malformed. */
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
    int n = 0, more;
    double list[CONFIG_MAX_MILESTONE], last = 0;
    while ((more = next_word(&at, word, sizeof(word))) > 0) {
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
    int more;
    while ((more = next_word(&at, word, sizeof(word))) > 0) {
        unsigned bit = 0;
        for (unsigned i = 0; i < LENGTH(scope_names); i++)
            bit |= !strcmp(word, scope_names[i]) ? 1u << i : 0;
        if (!bit)
            break;
        set |= bit;
    }
    if (more != 0 || !set)
        return err_usage(e, "eval_scopes is '%.60s', but must be a list of mean, worst and average",
                         value);
    c->eval_scopes = set;
    return 0;
}

int config_set(struct config *c, const char *name, const char *value, struct err *e)
{
    const struct key *k = find(name);
    if (!k) {
        const char *names[LENGTH(keys)];
        char hint[96];
        for (size_t i = 0; i < LENGTH(keys); i++)
            names[i] = keys[i].name;
        return err_usage(e, "unknown key '%.60s'%s", name,
                         name_suggest(hint, sizeof(hint), name, names, LENGTH(keys)));
    }
    switch (k->type) {
    case TEXT:
        if (strlen(value) >= CONFIG_TEXT)
            return err_usage(e, "%s is longer than %d characters", name, CONFIG_TEXT - 1);
        strcpy((char *)c + k->at, value);
        return 0;
    case FLAG:
        return set_flag(c, k, value, e);
    case FRACTIONS:
        return set_fractions(c, value, e);
    case SCOPES:
        return set_scopes(c, value, e);
    default:
        return set_number(c, k, value, e);
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
    const struct key *k = &keys[i];
    const char *field = (const char *)c + k->at;
    if (k->type == TEXT)
        print_text(field, buf, size);
    else if (k->type == WHOLE)
        snprintf(buf, size, "%ld", *(const long *)field);
    else if (k->type == NUMBER)
        print_number(buf, size, *(const double *)field);
    else if (k->type == FLAG)
        snprintf(buf, size, "%s", *(const int *)field ? "true" : "false");
    else if (k->type == FRACTIONS)
        print_fractions(c, buf, size);
    else
        print_scopes(c, buf, size);
    return buf;
}

const struct problem *config_problem(const struct config *c)
{
    return problem_find(c->dataset);
}

/* Whether the key is for this data set or this toy problem. */
static int applies(const struct config *c, const struct key *k)
{
    const struct problem *p = config_problem(c);
    unsigned toys = k->flags / TOY_KEY(1);
    return p ? !(k->flags & DATA_KEY) && (!toys || p->uses & toys) : !toys;
}

/* What reads the data; NULL for a toy problem, and for a name that is not known. */
static const struct loader *loader_of(const struct config *c)
{
    struct err e;
    return registry_find(loader_registry, n_loader, "dataset", c->dataset, &e);
}

int config_counts(const struct config *c, int i)
{
    const struct key *k = &keys[i];
    struct err e;
    const struct algorithm *a = algorithm_find(c->algorithm, &e);
    const struct loader *l = loader_of(c);
    if (k->flags & PATH_KEY || !applies(c, k) || (k->uses && a && !(a->uses & k->uses)))
        return 0;
    if (k->at == AT(alpha))
        return !strcmp(c->partition, "dirichlet") || !strcmp(c->partition, "hsu");
    if (k->at == AT(partition_file))
        return !strcmp(c->partition, "file");
    if (k->at == AT(vocabulary) || k->at == AT(text_length))
        return dataset_has_texts(c->dataset);
    if (k->at == AT(augment))
        return !dataset_has_texts(c->dataset);
    if (k->at == AT(difficulty))
        return l && !l->folder;
    if (k->at == AT(lr_start))
        return c->warmup_epochs > 0;
    if (k->at == AT(lr_decay))
        return c->n_milestone > 0;
    if (k->at == AT(topology) || k->at == AT(lazy))
        return !a || a->mixed;
    return 1;
}

/* The file that a key stands for; NULL if its value is all. */
static const char *file_of(const struct config *c, const struct key *k)
{
    if (k->at == AT(topology))
        return topology_file(c->topology);
    return k->at == AT(partition_file) ? c->partition_file : NULL;
}

/* What the key adds to the hash: its value, or the content of its file. */
static int hash_key(struct hash *h, const struct config *c, int i, struct err *e)
{
    enum { FILE_LIMIT = 1 << 28 };
    char value[4 * CONFIG_TEXT], *bytes;
    const char *path = file_of(c, &keys[i]);
    size_t n;
    hash_add(h, keys[i].name, strlen(keys[i].name) + 1);
    if (!path) {
        config_value(c, i, value, sizeof(value));
        hash_add(h, value, strlen(value) + 1);
        return 0;
    }
    if (!(bytes = file_read(path, FILE_LIMIT, &n, e)))
        return -1;
    hash_add(h, bytes, n);
    free(bytes);
    return 0;
}

int config_hash(const struct config *c, char text[HASH_TEXT], struct err *e)
{
    struct hash *h = hash_begin();
    int status = 0;
    for (int i = 0; config_key(i) && status == 0; i++)
        if (config_counts(c, i))
            status = hash_key(h, c, i, e);
    hash_end(h, text);
    return status;
}

struct hyper config_hyper(const struct config *c)
{
    return (struct hyper){.weight_decay = config_problem(c) ? 0 : c->weight_decay,
                          .momentum = c->momentum,
                          .mu = c->mu,
                          .every = (int)c->every,
                          .tau = (int)c->tau,
                          .slow_beta = c->slow_beta,
                          .slow_lr = c->slow_lr,
                          .beta1 = c->beta1,
                          .beta2 = c->beta2,
                          .eps = c->eps,
                          .gamma = c->gamma};
}

/* A data set or a toy problem by its name. */
static const void *find_dataset(const char *name, struct err *e)
{
    struct registry all[64];
    CHECK(n_loader + n_problem <= LENGTH(all));
    memcpy(all, loader_registry, n_loader * sizeof(*all));
    memcpy(all + n_loader, problem_registry, n_problem * sizeof(*all));
    return registry_find(all, n_loader + n_problem, "dataset", name, e);
}

int config_check(const struct config *c, struct err *e)
{
    if (!topology_find(c->topology, e) || !algorithm_find(c->algorithm, e) ||
        !find_dataset(c->dataset, e) || !partition_find(c->partition, e) ||
        topology_check(c->topology, (int)c->workers, e) < 0)
        return -1;
    if (!strcmp(c->partition, "file") && !c->partition_file[0])
        return err_usage(e, "partition is file, but partition_file names none");
    if (c->epochs > 0 && c->warmup_epochs > (double)c->epochs)
        return err_usage(e, "warmup_epochs is %g, but there are only %ld epochs", c->warmup_epochs,
                         c->epochs);
    return 0;
}
