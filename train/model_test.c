#include "train/model_test.h"
#include "train/network.h"
#include "train/run.h"
#include "train/state_dict.h"
#include <stdlib.h>
#include <string.h>

/* A model, and the data that it is tested on. */
struct test {
    struct dataset data;
    struct net net;
    struct arena arena;
    real *x, *stat, *logits; /* logits (n, n_class) */
};

static int take_model(struct test *t, const struct model_file *m, int which, struct err *e)
{
    char prefix[MODEL_PREFIX];
    t->x = xcalloc(t->net.n_param, sizeof(real));
    t->stat = xcalloc(t->net.n_stat + 1, sizeof(real));
    return model_file_check_words(m, t->data.vocabulary.sha256, e) < 0 ||
                   model_file_prefix(m, which, prefix, e) < 0
               ? -1
               : state_dict_take(&m->z, m->path, prefix, &t->net, t->x, t->stat, e);
}

static void run_test(struct test *t, struct model_score *s)
{
    int32_t y[EVAL_BATCH];
    size_t n_class = (size_t)t->data.n_class;
    *s = (struct model_score){.n = t->data.test.n, .samples = dataset_samples(&t->data)};
    t->logits = xcalloc((size_t)s->n * n_class, sizeof(real));
    arena_init(&t->arena, &t->net, EVAL_BATCH);
    for (int first = 0; first < s->n; first += EVAL_BATCH) {
        int n = s->n - first < EVAL_BATCH ? s->n - first : EVAL_BATCH, right;
        real *x = net_input(&t->arena);
        dataset_test_batch(&t->data, first, n, x, y);
        s->loss += net_evaluate(&t->net, &t->arena, t->x, t->stat, n, x, y, &right) / s->n;
        s->n_right += right;
        memcpy(t->logits + (size_t)first * n_class, net_logits(&t->arena),
               (size_t)n * n_class * sizeof(real));
    }
    arena_release(&t->arena);
}

static int write_logits(const struct test *t, const char *path, struct err *e)
{
    struct npz z = {0};
    size_t dim[] = {(size_t)t->data.test.n, (size_t)t->data.n_class};
    int64_t *y = xcalloc(dim[0], sizeof(*y));
    for (size_t i = 0; i < dim[0]; i++)
        y[i] = t->data.test.y[i];
    npz_add(&z, "logits", sizeof(real) == 4 ? "f4" : "f8", 2, dim, t->logits);
    npz_add(&z, "y", "i8", 1, dim, y);
    int status = npz_write(&z, path, e);
    npz_close(&z);
    free(y);
    return status;
}

/* Load the data of c, which need no partition. */
static int load(struct dataset *data, const struct config *c, struct err *e)
{
    struct config whole = *c;
    struct partition all;
    if (config_set(&whole, "workers", "1", e) < 0 ||
        config_set(&whole, "partition", "iid", e) < 0 || run_data(&whole, data, &all, e) < 0)
        return -1;
    partition_close(&all);
    return 0;
}

int model_test(const struct model_file *m, int which, const struct config *c, const char *out,
               struct model_score *score, struct err *e)
{
    struct test *t = xcalloc(1, sizeof(*t));
    int status = nn_start(e) < 0 || load(&t->data, c, e) < 0 ? -1 : 0;
    if (status == 0)
        status = network_build(&t->net, c->model, &t->data, e);
    if (status == 0)
        status = take_model(t, m, which, e);
    if (status == 0) {
        run_test(t, score);
        status = out ? write_logits(t, out, e) : 0;
    }
    dataset_close(&t->data);
    free(t->x), free(t->stat), free(t->logits), free(t);
    return status;
}
