#include "core/file.h"
#include "core/memory.h"
#include "loaders/image_size.h"
#include "partitions/partitions.h"
#include "train/network.h"
#include "train/progress.h"
#include "train/run.h"
#include "train/state_dict.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int run_request(const struct config *c, struct dataset_request *q, union value value[MAX_PARAMETER],
                struct err *e)
{
    if (config_problem(c))
        return err_usage(e, "%s is a toy problem, which has no samples; take a data set",
                         c->dataset);
    const struct loader *l = loader_find(c->dataset, e);
    if (!l)
        return -1;
    config_values(c, l->parameter, value);
    *q = (struct dataset_request){.name = c->dataset,
                                  .dir = c->data_dir,
                                  .train_limit = (int)c->train_limit,
                                  .test_limit = (int)c->test_limit,
                                  .seed = (uint64_t)c->seed,
                                  .classes = (int)c->classes,
                                  .parameter = value};
    return 0;
}

/* Divide the samples over the workers.  alter: let the partition change images, which one of the
 * processes that share them must do, before the others take them. */
static int divide(const struct config *c, struct dataset *data, int alter, struct partition *part,
                  struct err *e)
{
    union value value[MAX_PARAMETER];
    struct partition_request p = {.kind = c->partition,
                                  .parameter = value,
                                  .n_worker = (int)c->workers,
                                  .seed = (uint64_t)c->seed};
    const struct partition_kind *k = partition_find(c->partition, e);
    if (!k)
        return -1;
    config_values(c, k->parameter, value);
    if (partition_open(part, &p, data->train.y, data->train.n, data->n_class, e) < 0)
        return -1;
    if (alter)
        partition_alter(part, &p, data->train.x, dataset_image_size(data));
    return 0;
}

/* How data are loaded: with at most `memory` bytes (0: what the machine has), announced by tell,
 * and into memory that other processes can take. */
struct loading {
    double memory;
    void (*tell)(const struct dataset *ds, double bytes);
    int shares;
};

static int load_data(const struct config *c, const struct loading *how, struct dataset *data,
                     struct partition *part, struct err *e)
{
    union value value[MAX_PARAMETER];
    struct dataset_request q;
    const struct partition_kind *k = partition_find(c->partition, e);
    if (!k || run_request(c, &q, value, e) < 0)
        return -1;
    if (k->alter && dataset_has_texts(c->dataset))
        return err_usage(e, "partition %s alters images, but %s has texts", c->partition,
                         c->dataset);
    q.memory = how->memory, q.tell = how->tell, q.shares = how->shares;
    if (dataset_open(data, &q, e) < 0)
        return -1;
    if ((c->holdout == 0 || dataset_hold_out(data, (int)c->holdout, q.seed, e) == 0) &&
        divide(c, data, 1, part, e) == 0)
        return 0;
    dataset_close(data);
    return -1;
}

int run_data(const struct config *c, struct dataset *data, struct partition *part, struct err *e)
{
    return load_data(c, &(struct loading){0}, data, part, e);
}

/* What the first rank of a machine tells the others: the samples, or why there are none. */
struct told {
    int status;
    struct err e;
    struct dataset_offer offer;
};

/* Take the images that the first rank of this machine has loaded; 1 if this process cannot. */
static int take_data(const struct config *c, const struct told *told, struct network *w,
                     struct err *e)
{
    if (told->status < 0) {
        *e = told->e;
        return -1;
    }
    if (dataset_take(&w->data, c->dataset, &told->offer) < 0)
        return 1;
    if (divide(c, &w->data, 0, &w->part, e) == 0)
        return 0;
    dataset_close(&w->data);
    return -1;
}

/* Load images once for each machine; a rank that cannot take them loads its own.  Collective. */
static int share_data(const struct config *c, struct loading *how, int n_here, struct network *w,
                      struct err *e)
{
    struct told *told = xcalloc(1, sizeof(*told));
    int status = 0, is_first = gossip_share_here(NULL, 0);
    how->shares = n_here > 1;
    if (is_first && (told->status = load_data(c, how, &w->data, &w->part, e)) < 0)
        told->e = *e;
    else if (is_first)
        dataset_offer(&w->data, &told->offer);
    gossip_share_here(told, sizeof(*told));
    status = is_first ? told->status : take_data(c, told, w, e);
    int all = !gossip_any(status > 0); /* nobody needs the offer any more */
    if (is_first && status == 0)
        dataset_offer_end(&w->data);
    if (!all && gossip_is_root())
        progress_unshared();
    how->shares = 0, how->memory /= n_here;
    free(told);
    return status > 0 ? load_data(c, how, &w->data, &w->part, e) : status;
}

static int batch_max(const struct config *c)
{
    return (int)c->batch_size > EVAL_BATCH ? (int)c->batch_size : EVAL_BATCH;
}

struct shape run_sample(const struct config *c)
{
    struct err e;
    const struct loader *l = loader_find(c->dataset, &e);
    int side = l && parameter_find(l->parameter, "image_size") >= 0
                   ? (int)config_number(c, "image_size")
                   : 0;
    if (l && l->text)
        return (struct shape){(int)config_number(c, "text_length"), 1, 1};
    return side ? (struct shape){side, side, 3}
                : (struct shape){IMAGE_SIZE_USUAL, IMAGE_SIZE_USUAL, 3};
}

/* Check that the model exists and reads this kind of data. */
static int check(const struct config *c, struct err *e)
{
    struct net *net = xcalloc(1, sizeof(*net));
    int status = model_build(net, c->model, run_sample(c), 1, e);
    free(net);
    return status;
}

int network_build(struct net *t, const char *model, const struct dataset *data, struct err *e)
{
    if (model_build(t, model, (struct shape){data->h, data->w, data->c}, data->n_class, e) < 0)
        return -1;
    if (data->n_token > t->n_token)
        return err_usage(
            e,
            "model %s knows %d tokens, but the texts of %s have %d: take a model with a "
            "larger -v or a smaller vocabulary",
            model, t->n_token, data->name, data->n_token);
    return 0;
}

/* Take worker i's initial x and statistics from the file: its own model, or the one for all
 * workers. */
static int take_initial(const struct network *w, int i, real *x, real *stat, struct err *e)
{
    char prefix[MODEL_PREFIX];
    const struct model_file *m = &w->initial;
    return model_file_prefix(m, m->n_worker ? i : MODEL_DEFAULT, prefix, e) < 0
               ? -1
               : state_dict_take(&m->z, m->path, prefix, &w->net, x, stat, e);
}

/* Read the file of init_from, and check that it fits. */
static int open_initial(struct network *w, const struct config *c, struct err *e)
{
    if (model_file_open(&w->initial, c->init_from, e) < 0 ||
        model_file_check_words(&w->initial, w->data.vocabulary.sha256, e) < 0)
        return -1;
    int n = w->initial.n_worker, status = 0;
    if (n && n != c->workers)
        return err_usage(e,
                         "%s: holds the models of %d workers, but the run has %ld; gossipbench "
                         "export takes one of them, or their mean",
                         c->init_from, n, c->workers);
    real *x = xcalloc(w->net.n_param, sizeof(real)),
         *stat = xcalloc(w->net.n_stat + 1, sizeof(real));
    for (int i = 0; i < (n ? n : 1) && status == 0; i++)
        status = take_initial(w, i, x, stat, e);
    free(x), free(stat);
    return status;
}

/* Check that every worker has at least one batch left when short batches are dropped. */
static int check_batches(const struct network *w, const struct config *c, struct err *e)
{
    int least, most;
    partition_sizes(&w->part, &least, &most);
    if (!c->drop_last || least >= c->batch_size)
        return 0;
    return err_usage(e,
                     "drop_last leaves a worker with %d samples no batch of %ld: take a smaller "
                     "batch_size, or keep the last batch",
                     least, c->batch_size);
}

static int open(struct task *t, struct err *e)
{
    struct network *w = t->own = xcalloc(1, sizeof(*w));
    struct loading how = {.memory =
                              memory_available(), /* before any rank on this machine allocates */
                          .tell = gossip_is_root() ? progress_data : NULL};
    int n_here = gossip_n_rank_here(), shares = !dataset_has_texts(t->c->dataset);
    if (!shares)
        how.memory /= n_here;
    if ((shares ? share_data(t->c, &how, n_here, w, e)
                : load_data(t->c, &how, &w->data, &w->part, e)) < 0)
        return -1;
    if (network_build(&w->net, t->c->model, &w->data, e) < 0)
        return -1;
    t->d = w->net.n_param, t->n_stat = w->net.n_stat;
    if (check_batches(w, t->c, e) < 0)
        return -1;
    return t->c->init_from[0] ? open_initial(w, t->c, e) : 0;
}

static double memory(const struct task *t, int count)
{
    const struct network *w = t->own;
    int least, most;
    partition_sizes(&w->part, &least, &most);
    return (double)arena_bytes(&w->net, batch_max(t->c)) +
           count * ((double)t->n_stat * sizeof(real) + (double)most * sizeof(int32_t)) +
           (t->c->save_model ? 6 : 2) * (double)t->d * sizeof(real); /* evaluating, saving */
}

/* Set up the workers, all with the same initial parameters unless the file holds a model for
 * each. */
static void start(struct task *t, struct workers *all)
{
    const struct config *c = t->c;
    struct network *w = t->own;
    struct random random;
    int batch = batch_max(c);
    arena_init(&w->arena, &w->net, batch);
    sampler_open(&w->sampler, &w->data, &w->part,
                 (struct batches){(int)c->batch_size, c->augment, c->drop_last}, (uint64_t)c->seed,
                 all->first, all->count);
    t->stat = xcalloc((size_t)all->count * t->n_stat + 1, sizeof(real));
    w->y = xcalloc((size_t)batch, sizeof(*w->y));
    random_init(&random, (uint64_t)c->seed, RANDOM_INIT, 0, 0);
    net_init(&w->net, all->at[0].vec[X], t->stat, &random);
    for (int i = 1; i < all->count; i++) {
        memcpy(all->at[i].vec[X], all->at[0].vec[X], t->d * sizeof(real));
        memcpy(t->stat + (size_t)i * t->n_stat, t->stat, t->n_stat * sizeof(real));
    }
    for (int i = 0; i < all->count && w->initial.z.n; i++) {
        struct err checked;
        take_initial(w, all->first + i, all->at[i].vec[X], t->stat + (size_t)i * t->n_stat,
                     &checked);
    }
    model_file_close(&w->initial);
    if (c->eval_scopes & (SCOPE_MEAN | SCOPE_WORST | SCOPE_OWN))
        t->accuracy = xcalloc((size_t)all->n, sizeof(*t->accuracy));
    t->steps_per_epoch = sampler_steps(&w->sampler);
    t->units_per_epoch = c->drop_last ? (double)t->steps_per_epoch * (double)c->batch_size * all->n
                                      : partition_start(&w->part, all->n);
}

/* The gradient of the worker's next batch at its own x. */
static double gradient(struct task *t, struct worker *at, int i, int step)
{
    struct network *w = t->own;
    real *x = net_input(&w->arena), *stat = t->stat + (size_t)i * t->n_stat;
    int n = sampler_batch(&w->sampler, at->id, step, x, w->y);
    struct random noise;
    random_init(&noise, (uint64_t)t->c->seed, RANDOM_DROPOUT, (uint32_t)at->id, (uint32_t)step);
    return net_train(&w->net, &w->arena, at->vec[X], stat, n, x, w->y, &noise, at->vec[G]);
}

static double heterogeneity(const struct network *w)
{
    return partition_heterogeneity(&w->part, w->data.train.y, w->data.train.n, w->data.n_class);
}

static void describe(const struct task *t, FILE *f)
{
    const struct config *c = t->c;
    const struct network *w = t->own;
    fprintf(f, "%s on %s: %d training and %d test %s, %s partition, mean TV %.3f, batches of %ld\n",
            c->model, c->dataset, w->data.train.n, w->data.test.n, dataset_samples(&w->data),
            c->partition, heterogeneity(w), c->batch_size);
    partition_print_unused(f, &w->part, w->data.train.y, w->data.train.n, w->data.n_class);
}

/* The number of samples of each class that no worker holds: {class: number}. */
static cJSON *unused_samples(const struct network *w)
{
    char class[16];
    cJSON *o = cJSON_CreateObject();
    int n_class = w->data.n_class, *unused = xcalloc((size_t)n_class, sizeof(*unused));
    partition_unused(&w->part, w->data.train.y, w->data.train.n, n_class, unused);
    for (int k = 0; k < n_class; k++)
        if (unused[k]) {
            snprintf(class, sizeof(class), "%d", k);
            cJSON_AddNumberToObject(o, class, unused[k]);
        }
    free(unused);
    return o;
}

cJSON *network_form(const struct dataset *d)
{
    int is_text = dataset_is_text(d), image[] = {d->c, d->h, d->w};
    cJSON *o = cJSON_CreateObject();
    cJSON_AddItemToObject(o, "input",
                          cJSON_CreateIntArray(is_text ? &d->h : image, is_text ? 1 : 3));
    cJSON_AddNumberToObject(o, "classes", d->n_class);
    cJSON_AddNumberToObject(o, "eval_batch", EVAL_BATCH);
    if (is_text)
        return o;
    cJSON_AddItemToObject(o, "mean", cJSON_CreateFloatArray(d->mean, d->c));
    cJSON_AddItemToObject(o, "std", cJSON_CreateFloatArray(d->std, d->c));
    return o;
}

static void trace(const struct task *t, cJSON *manifest)
{
    const struct network *w = t->own;
    cJSON_AddStringToObject(manifest, "data_sha256", w->data.sha256);
    if (dataset_is_text(&w->data)) {
        cJSON_AddStringToObject(manifest, "vocabulary_sha256", w->data.vocabulary.sha256);
        cJSON_AddNumberToObject(manifest, "n_token", w->data.n_token);
    }
    cJSON_AddItemToObject(manifest, "network", network_form(&w->data));
    cJSON_AddStringToObject(manifest, "split_sha256", w->part.sha256);
    cJSON_AddItemToObject(manifest, "unused_samples", unused_samples(w));
    cJSON_AddNumberToObject(manifest, "train_samples", w->data.train.n);
    cJSON_AddNumberToObject(manifest, "test_samples", w->data.test.n);
    cJSON_AddNumberToObject(manifest, "label_heterogeneity_tv", heterogeneity(w));
}

static int save(const struct task *t, const char *dir, struct err *e)
{
    const struct network *w = t->own;
    char path[RUN_PATH + 32];
    snprintf(path, sizeof(path), "%s/split.csv", dir);
    if (partition_save(&w->part, path, e) < 0)
        return -1;
    snprintf(path, sizeof(path), "%s/classes.csv", dir);
    if (partition_save_histogram(&w->part, w->data.train.y, w->data.n_class, path, e) < 0)
        return -1;
    snprintf(path, sizeof(path), "%s/vocabulary.txt", dir);
    const struct vocabulary *v = &w->data.vocabulary;
    return dataset_is_text(&w->data) ? file_replace(path, v->text, v->size, e) : 0;
}

static void close(struct task *t)
{
    struct network *w = t->own;
    sampler_close(&w->sampler);
    arena_release(&w->arena);
    free(w->y);
    model_file_close(&w->initial);
    partition_close(&w->part);
    dataset_close(&w->data);
    free(w);
}

const struct task_kind task_network = {.unit = "samples",
                                       .check = check,
                                       .open = open,
                                       .memory = memory,
                                       .start = start,
                                       .gradient = gradient,
                                       .test = network_test,
                                       .describe = describe,
                                       .trace = trace,
                                       .save = save,
                                       .close = close};
