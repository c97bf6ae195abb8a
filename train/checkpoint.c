#include "train/checkpoint.h"
#include "core/file.h"
#include "core/json.h"
#include "train/checkpoint_file.h"
#include "train/manifest.h"
#include "train/progress.h"
#include "train/record.h"
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *const names[] = {"checkpoint", "checkpoint.previous", "checkpoint.part"};

/* The number of rows of all workers. */
static int64_t n_row_of(const struct run *r)
{
    int64_t n = 0;
    for (int i = 0; i < r->o.w.n; i++)
        n += optimizer_n_row(&r->o, i);
    return n;
}

static struct checkpoint_header header_of(const struct run *r)
{
    struct checkpoint_header h = {.real_size = (int64_t)sizeof(real),
                                  .n = r->o.w.n,
                                  .d = (int64_t)r->o.w.length,
                                  .n_row = n_row_of(r),
                                  .n_stat = (int64_t)r->task.n_stat,
                                  .step = r->step,
                                  .n_loss = r->n_loss,
                                  .bytes_sent = r->o.bytes_sent,
                                  .loss_start = r->loss_start,
                                  .wall = seconds_now() - r->seconds.start,
                                  .compute = r->o.seconds_compute,
                                  .mix = r->o.seconds_mix,
                                  .evaluate = r->seconds.evaluate,
                                  .checkpoint = r->seconds.checkpoint};
    memcpy(h.magic, checkpoint_magic, sizeof(h.magic));
    if (r->record) {
        h.row_size = (int64_t)(sizeof(struct row) + r->record->n_beside * sizeof(double));
        h.n_record = r->record->n_row;
    }
    return h;
}

static void take_header(struct run *r, const struct checkpoint_header *h)
{
    r->step = h->step, r->n_loss = h->n_loss, r->o.bytes_sent = h->bytes_sent;
    r->loss_start = h->loss_start;
    r->seconds.before = h->wall;
    r->o.seconds_compute = h->compute, r->o.seconds_mix = h->mix;
    r->seconds.evaluate = h->evaluate, r->seconds.checkpoint = h->checkpoint;
}

/* A checkpoint that is being written or read; f is NULL at ranks other than the root. */
struct stream {
    FILE *f;
    struct hash *hash; /* NULL while reading, which comes after the check of the whole file */
    int writes, ok;
    real *row; /* room for a row of a worker */
};

static void pass(struct stream *s, void *bytes, size_t n)
{
    if (!s->f || n == 0)
        return;
    s->ok = s->ok && (s->writes ? fwrite(bytes, 1, n, s->f) : fread(bytes, 1, n, s->f)) == n;
    if (s->writes)
        hash_add(s->hash, bytes, n);
}

/* Pass the row (k) of worker i, from or to rows (count, stride) of the rank that hosts it. */
static void pass_row(struct stream *s, struct run *r, int i, real *rows, size_t stride, size_t k)
{
    if (s->writes)
        gossip_fetch(r->o.gossip, i, rows, stride, k, s->row);
    pass(s, s->row, k * sizeof(real));
    if (!s->writes)
        gossip_deliver(r->o.gossip, i, s->row, k, rows, stride);
}

/* Pass all that follows the manifest; all ranks. */
static void pass_run(struct stream *s, struct run *r)
{
    size_t d = r->o.w.length, n_stat = r->task.n_stat;
    double *loss = xcalloc((size_t)r->o.w.n, sizeof(double));
    s->row = xcalloc(d > n_stat ? d : n_stat, sizeof(real));
    if (r->record) {
        size_t n = (size_t)r->record->n_row;
        pass(s, r->record->row, n * sizeof(struct row));
        pass(s, r->record->beside, n * r->record->n_beside * sizeof(double));
    }
    for (int i = 0; i < r->o.w.n; i++) {
        for (int k = 0; k < optimizer_n_row(&r->o, i); k++)
            pass_row(s, r, i, optimizer_row(&r->o, i, k), 0, d);
        pass_row(s, r, i, r->task.stat, n_stat, n_stat);
    }
    if (s->writes)
        gossip_gather(r->o.gossip, r->loss, 1, loss);
    pass(s, loss, (size_t)r->o.w.n * sizeof(double));
    if (!s->writes) {
        gossip_share(loss, (size_t)r->o.w.n * sizeof(double));
        memcpy(r->loss, loss + r->o.w.first, (size_t)r->o.w.count * sizeof(double));
    }
    free(s->row), free(loss);
}

/* Append the digest, and put the whole file into its place; at the root. */
static int finish(struct stream *s, const struct run *r, const char *part, struct err *e)
{
    char path[RUN_FILE], previous[RUN_FILE], digest[HASH_TEXT];
    run_file(r, names[0], path), run_file(r, names[1], previous);
    hash_end(s->hash, digest);
    s->ok = s->ok && fwrite(digest, 1, HASH_TEXT, s->f) == HASH_TEXT && fflush(s->f) == 0 &&
            fsync(fileno(s->f)) == 0;
    s->ok = (fclose(s->f) == 0) && s->ok;
    if (s->ok && (rename(path, previous) == 0 || errno == ENOENT) && rename(part, path) == 0)
        return 0;
    err_set(e, "%s: writing failed: %s", path, strerror(errno));
    unlink(part);
    return -1;
}

int checkpoint_write(struct run *r, struct err *e)
{
    char part[RUN_FILE];
    int root = gossip_is_root(), status = 0;
    double begin = seconds_now();
    struct checkpoint_header h = header_of(r);
    struct stream s = {.writes = 1, .ok = 1};
    run_file(r, names[2], part);
    if (root && !(s.f = fopen(part, "wb")))
        status = err_set(e, "%s: cannot be written: %s", part, strerror(errno));
    status = gossip_agree(status, e);
    if (status == 0) {
        if (root) {
            char *text = manifest_text(r, RUN_STARTED, NULL);
            h.n_manifest = (int64_t)strlen(text);
            s.hash = hash_begin();
            pass(&s, &h, sizeof(h)), pass(&s, text, strlen(text));
            free(text);
        }
        pass_run(&s, r);
        status = gossip_agree(root ? finish(&s, r, part, e) : 0, e);
    }
    r->seconds.last_checkpoint = seconds_now();
    r->seconds.checkpoint += r->seconds.last_checkpoint - begin;
    return status;
}

/* Open the checkpoint, or if it is damaged the previous one, and note that.  1 if there is neither;
 * -1 with the sentence on the first that is damaged. */
static int find(struct run *r, struct checkpoint_file *s, struct err *e)
{
    struct err second, *fault[] = {e, &second};
    int n_damaged = 0;
    e->text[0] = '\0';
    for (int k = 0; k < 2; k++) {
        run_file(r, names[k], s->path);
        if (!file_exists(s->path))
            continue;
        if (checkpoint_open(s, fault[n_damaged]) < 0) {
            n_damaged++;
            continue;
        }
        if (k > 0)
            snprintf(r->note, sizeof(r->note), "%s; continuing from the previous one, of step %ld",
                     n_damaged ? e->text : "the checkpoint is missing", (long)s->h.step);
        return 0;
    }
    return n_damaged ? -1 : 1;
}

/* Whether the numbers of the file fit into this run. */
static int fits(const struct run *r, const struct checkpoint_file *s)
{
    struct checkpoint_header want = header_of(r);
    const struct checkpoint_header *h = &s->h;
    return s->manifest && h->real_size == want.real_size && h->n == want.n && h->d == want.d &&
           h->n_row == want.n_row && h->n_stat == want.n_stat && h->row_size == want.row_size &&
           h->step >= 0 && h->step <= r->n_step && h->n_loss >= 0 && h->n_loss <= h->step &&
           h->n_record >= 0 && h->n_record <= h->step && h->bytes_sent >= 0 &&
           h->bytes_sent < INFINITY &&
           s->size ==
               sizeof(*h) + (size_t)h->n_manifest + (size_t)h->n_record * (size_t)h->row_size +
                   (size_t)h->n_row * r->o.w.length * sizeof(real) +
                   (size_t)h->n * ((size_t)h->n_stat * sizeof(real) + sizeof(double)) + HASH_TEXT;
}

/* Decide whether to continue from the file: 0, 1 to start anew, or -1 with a sentence. */
static int judge(struct run *r, const struct checkpoint_file *s, enum run_start start,
                 struct err *e)
{
    char changes[WHY_TEXT] = "";
    const char *of = json_field(s->manifest, "config_sha256");
    int fit = fits(r, s);
    if (s->manifest && strcmp(of, r->hash) != 0)
        return err_set(e,
                       "%s: is not a checkpoint of this configuration, %.8s, but of %.8s; remove "
                       "it to start anew",
                       s->path, r->hash, of);
    int n = s->manifest ? identity_changes(s->manifest, &r->c, changes) : 0;
    if (n == 0 && fit)
        return 0;
    if (n == 0)
        snprintf(changes, sizeof(changes), "the format of the file changed");
    if (start == START_RESUME_OR_ANEW) {
        snprintf(r->note, sizeof(r->note),
                 "the checkpoint there is not continued (%s): starting anew", changes);
        return 1;
    }
    if (start == START_RESUME_CHANGED && fit) {
        memcpy(r->changes, changes, WHY_TEXT);
        return 0;
    }
    return err_set(e, "%s: continuing cannot give the same results (%s): %s--replace starts anew",
                   s->path, changes,
                   fit ? "--accept-changes continues, and the manifest will say so; " : "");
}

/* Read what the root has found into the run; all ranks. */
static int restore(struct run *r, struct checkpoint_file *s, struct err *e)
{
    char path[RUN_FILE];
    struct stream in = {.f = s->f, .ok = 1};
    if (r->record)
        record_resize(r->record, s->h.n_record);
    gossip_share(&s->h, sizeof(s->h));
    pass_run(&in, r);
    take_header(r, &s->h);
    if (gossip_is_root()) {
        cJSON_Delete(r->before);
        r->before = s->manifest, s->manifest = NULL;
        run_file(r, names[0], path); /* not a damaged one: it would be kept as the previous one */
        if (strcmp(s->path, path) != 0 && rename(s->path, path) != 0)
            return err_set(e, "%s: cannot be renamed: %s", s->path, strerror(errno));
    }
    return in.ok ? 0 : err_set(e, "%s: reading failed", s->path);
}

int checkpoint_read(struct run *r, enum run_start start, struct err *e)
{
    struct checkpoint_file s = {.f = NULL};
    int status = gossip_is_root() ? find(r, &s, e) : 0;
    if (gossip_is_root() && status == 0)
        status = judge(r, &s, start, e);
    int none = gossip_any(status == 1);
    status = gossip_agree(status, e);
    if (status == 0 && !none)
        status = gossip_agree(restore(r, &s, e), e);
    checkpoint_close(&s);
    return status < 0 ? -1 : none;
}

static void file_in(const char *dir, const char *name, char path[RUN_FILE])
{
    CHECK(snprintf(path, RUN_FILE, "%s/%s", dir, name) < RUN_FILE);
}

int checkpoint_is_in(const char *dir)
{
    char path[RUN_FILE];
    for (int k = 0; k < 2; k++) {
        file_in(dir, names[k], path);
        if (file_exists(path))
            return 1;
    }
    return 0;
}

void checkpoint_remove(const char *dir)
{
    char path[RUN_FILE];
    for (size_t k = 0; k < LENGTH(names); k++) {
        file_in(dir, names[k], path);
        unlink(path);
    }
    progress_remove(dir);
}
