#include "train/model_save.h"
#include "core/file.h"
#include "core/replacement.h"
#include "core/safetensors.h"
#include "train/manifest.h"
#include "train/state_dict.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char model_name[] = "model.safetensors";

/* Where n workers' x (d) and statistics come from, and where the models go (at the root; NULL at
 * others). */
struct models {
    int n;
    size_t d, n_stat;
    int (*fetch)(void *from, int i, real *x, real *stat); /* -1 on failure */
    void (*take)(void *to, const char *prefix, const real *x, const real *stat);
    void *from, *to;
};

/* Pass on every worker's model, then the averaged model, computed bit for bit as in evaluation. */
static int pass_models(const struct models *m)
{
    char prefix[MODEL_PREFIX];
    int status = 0;
    real *x = xcalloc(m->d, sizeof(real)), *stat = xcalloc(m->n_stat + 1, sizeof(real));
    double *x_sum = xcalloc(m->d, sizeof(*x_sum));
    double *stat_sum = xcalloc(m->n_stat + 1, sizeof(*stat_sum));
    for (int i = 0; i < m->n && status == 0; i++) {
        status = m->fetch(m->from, i, x, stat);
        for (size_t k = 0; k < m->d && m->to; k++)
            x_sum[k] = i ? x_sum[k] + (double)x[k] : (double)x[k];
        for (size_t k = 0; k < m->n_stat && m->to; k++)
            stat_sum[k] += (double)stat[k];
        snprintf(prefix, sizeof(prefix), "worker%d/", i);
        if (m->to && status == 0)
            m->take(m->to, prefix, x, stat);
    }
    for (size_t k = 0; k < m->d; k++)
        x[k] = (real)(x_sum[k] / m->n);
    for (size_t k = 0; k < m->n_stat; k++)
        stat[k] = (real)(stat_sum[k] / m->n);
    if (m->to && status == 0)
        m->take(m->to, "average/", x, stat);
    free(x), free(stat), free(x_sum), free(stat_sum);
    return status;
}

/* --- a run that has ended --------------------------------------------------------------------- */

static int fetch_worker(void *from, int i, real *x, real *stat)
{
    struct run *r = from;
    size_t n_stat = r->task.n_stat;
    gossip_fetch(r->o.gossip, i, r->o.w.slab[X], r->o.w.stride, r->o.w.d, x);
    gossip_fetch(r->o.gossip, i, r->task.stat, n_stat, n_stat, stat);
    return 0;
}

/* A file while it is written. */
struct output {
    struct replacement place;
    FILE *f;
    struct net *net;
    real *theirs; /* the numbers of a model */
};

static void write_model(void *to, const char *prefix, const real *x, const real *stat)
{
    struct output *o = to;
    state_dict_flatten(o->net, x, stat, o->theirs);
    fwrite(o->theirs, sizeof(real), o->net->n_param + o->net->n_stat, o->f);
}

/* Open the file and write its header; at the root. */
static int begin(struct output *o, const struct run *r, const char *path, const char *parameters,
                 struct err *e)
{
    char prefix[MODEL_PREFIX], *text = manifest_text(r, RUN_FINISHED, parameters);
    struct npz z = {0};
    cJSON *manifest = cJSON_Parse(text);
    int status = model_file_network(o->net, manifest, path, e);
    if (status == 0)
        status = model_file_describe(&z, manifest, r->place.dir, e);
    for (int i = 0; i <= r->o.w.n && status == 0; i++) {
        snprintf(prefix, sizeof(prefix), i < r->o.w.n ? "worker%d/" : "average/", i);
        state_dict_add(&z, prefix, o->net, NULL, NULL);
    }
    if (status == 0)
        status = replacement_open(&o->place, path, e);
    if (status == 0 && !(o->f = fopen(o->place.path, "wb")))
        status = replacement_close(
            &o->place, err_set(e, "%s: cannot be written: %s", path, strerror(errno)), e);
    if (o->f)
        safetensors_write_header(&z, o->f);
    o->theirs = xcalloc(r->task.d + r->task.n_stat, sizeof(real));
    npz_close(&z);
    cJSON_Delete(manifest);
    free(text);
    return status;
}

static int finish(struct output *o, const char *path, struct err *e)
{
    int bad = fflush(o->f) != 0 || ferror(o->f);
    bad =
        fclose(o->f) != 0 || bad ? err_set(e, "%s: writing failed: %s", path, strerror(errno)) : 0;
    return replacement_close(&o->place, bad, e);
}

int model_save(struct run *r, const char *parameters, struct err *e)
{
    char path[RUN_FILE];
    int root = gossip_is_root();
    struct output o = {.net = root ? xcalloc(1, sizeof(*o.net)) : NULL};
    struct models m = {.n = r->o.w.n,
                       .d = r->o.w.d,
                       .n_stat = r->task.n_stat,
                       .fetch = fetch_worker,
                       .take = write_model,
                       .from = r,
                       .to = root ? &o : NULL};
    run_file(r, model_name, path);
    int status = gossip_agree(root ? begin(&o, r, path, parameters, e) : 0, e);
    if (status == 0) {
        pass_models(&m);
        status = gossip_agree(root ? finish(&o, path, e) : 0, e);
    }
    free(o.net), free(o.theirs);
    return status;
}

/* --- a checkpoint ----------------------------------------------------------------------------- */

/* A checkpoint while it is read, and the archive that gets its models. */
struct input {
    struct checkpoint_file *s;
    struct optimizer o; /* for the number of each worker's rows */
    struct net *net;
    struct npz *z;
};

static int read_worker(void *from, int i, real *x, real *stat)
{
    struct input *in = from;
    size_t row = (size_t)in->s->h.d * sizeof(real), d = in->net->n_param;
    size_t rest = (size_t)optimizer_n_row(&in->o, i) * row - d * sizeof(real);
    FILE *f = in->s->f;
    return fread(x, sizeof(real), d, f) == d && fseek(f, (long)rest, SEEK_CUR) == 0 &&
                   fread(stat, sizeof(real), in->net->n_stat, f) == in->net->n_stat
               ? 0
               : -1;
}

static void add_model(void *to, const char *prefix, const real *x, const real *stat)
{
    struct input *in = to;
    state_dict_add(in->z, prefix, in->net, x, stat);
}

/* Whether the numbers of the file are those of this network and its optimizer. */
static int fits(const struct input *in)
{
    const struct checkpoint_header *h = &in->s->h;
    int64_t n_row = 0;
    for (int i = 0; i < in->o.w.n; i++)
        n_row += optimizer_n_row(&in->o, i);
    return h->real_size == (int64_t)sizeof(real) && h->n == in->o.w.n && h->n_row == n_row &&
           h->d == (int64_t)in->net->n_param + in->o.algorithm->weighted &&
           h->n_stat == (int64_t)in->net->n_stat && h->n_record >= 0 && h->row_size >= 0;
}

static int read_models(struct input *in, struct err *e)
{
    const struct checkpoint_header *h = &in->s->h;
    struct models m = {.n = in->o.w.n,
                       .d = in->net->n_param,
                       .n_stat = in->net->n_stat,
                       .fetch = read_worker,
                       .take = add_model,
                       .from = in,
                       .to = in};
    if (!fits(in) || fseek(in->s->f, (long)(h->n_record * h->row_size), SEEK_CUR) != 0 ||
        pass_models(&m) < 0)
        return err_set(e, "%s: was written by another version or build of the program",
                       in->s->path);
    return 0;
}

int model_open_checkpoint(struct model_file *m, struct checkpoint_file *s, const struct config *c,
                          struct err *e)
{
    char dir[RUN_FILE];
    struct input in = {.s = s, .z = &m->z, .net = xcalloc(1, sizeof(*in.net))};
    struct optimizer_request q = config_optimizer(c);
    memset(m, 0, sizeof(*m));
    snprintf(dir, sizeof(dir), "%s", s->path);
    char *slash = strrchr(dir, '/');
    strcpy(slash ? slash : dir, slash ? "" : ".");
    int status = path_copy(m->path, sizeof(m->path), s->path, e);
    if (status == 0)
        status = model_file_network(in.net, s->manifest, s->path, e);
    if (status == 0)
        status = optimizer_open(&in.o, &q, in.net->n_param, e);
    if (status == 0)
        status = read_models(&in, e);
    if (status == 0)
        status = model_file_describe(&m->z, s->manifest, dir, e);
    m->n_worker = in.o.w.n;
    optimizer_close(&in.o);
    free(in.net);
    if (status < 0)
        model_file_close(m);
    return status;
}
