#include "train/checkpoint.h"
#include "core/file.h"
#include "nn/kernels/kernels.h"
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct header {
    char magic[16], config[HASH_TEXT + 7], code[HASH_TEXT + 7], data[HASH_TEXT + 7], kernels[16];
    int64_t real_size, n, d, n_row, n_stat, step, n_loss;
    double bytes_sent;
};
enum { VERSION_AT = 12 /* of the magic */, OTHER_CODE = 1, OTHER_DATA = 2 };
static const char magic[16] = "gossipbench 2\n";

/* The number of rows of all workers. */
static int64_t n_row_of(const struct run *r)
{
    int64_t n = 0;
    for (int i = 0; i < r->o.w.n; i++)
        n += optimizer_n_row(&r->o, i);
    return n;
}

/* The header for this run, with the code of the kernel set in use. */
static struct header header_of(const struct run *r)
{
    struct header h = {.real_size = (int64_t)sizeof(real),
                       .n = r->o.w.n,
                       .d = (int64_t)r->o.w.length,
                       .n_row = n_row_of(r),
                       .n_stat = (int64_t)r->task.n_stat,
                       .step = r->step,
                       .n_loss = r->n_loss,
                       .bytes_sent = r->o.bytes_sent};
    memcpy(h.magic, magic, sizeof(magic));
    memcpy(h.config, r->hash, HASH_TEXT);
    identity_code(&r->identity, h.code), identity_data(&r->identity, h.data);
    snprintf(h.kernels, sizeof(h.kernels), "%.15s", kernels->name);
    return h;
}

struct stream {
    FILE *f;
    struct hash *hash;
    int ok;
};

static void put(struct stream *s, const void *bytes, size_t n)
{
    s->ok = s->ok && fwrite(bytes, 1, n, s->f) == n;
    hash_add(s->hash, bytes, n);
}

static void get(struct stream *s, void *bytes, size_t n)
{
    s->ok = s->ok && fread(bytes, 1, n, s->f) == n;
    if (!s->ok)
        memset(bytes, 0, n);
    hash_add(s->hash, bytes, n);
}

int checkpoint_write(struct run *r, struct err *e)
{
    char path[RUN_FILE], part[RUN_FILE], digest[HASH_TEXT];
    int root = gossip_is_root(), status = 0;
    size_t d = r->o.w.length, n_stat = r->task.n_stat;
    double begin = seconds_now(), *loss = xcalloc((size_t)r->o.w.n, sizeof(double));
    real *row = xcalloc(d > n_stat ? d : n_stat, sizeof(real));
    struct header h = header_of(r);
    struct stream s = {.ok = 1};
    run_file(r, "checkpoint", path), run_file(r, "checkpoint.part", part);
    if (root && !(s.f = fopen(part, "wb")))
        status = err_set(e, "%s: cannot be written: %s", part, strerror(errno));
    status = gossip_agree(status, e);
    if (status == 0) {
        s.hash = root ? hash_begin() : NULL;
        if (root)
            put(&s, &h, sizeof(h));
        for (int i = 0; i < r->o.w.n; i++) {
            for (int k = 0; k < optimizer_n_row(&r->o, i); k++) {
                gossip_fetch(r->o.gossip, i, optimizer_row(&r->o, i, k), 0, d, row);
                if (root)
                    put(&s, row, d * sizeof(real));
            }
            gossip_fetch(r->o.gossip, i, r->task.stat, n_stat, n_stat, row);
            if (root)
                put(&s, row, n_stat * sizeof(real));
        }
        gossip_gather(r->o.gossip, r->loss, 1, loss);
        if (root) {
            put(&s, loss, (size_t)r->o.w.n * sizeof(double));
            hash_end(s.hash, digest);
            s.ok = s.ok && fwrite(digest, 1, HASH_TEXT, s.f) == HASH_TEXT && fflush(s.f) == 0 &&
                   fsync(fileno(s.f)) == 0;
            s.ok = (fclose(s.f) == 0) && s.ok;
            if (!s.ok || rename(part, path) != 0)
                status = err_set(e, "%s: writing failed: %s", path, strerror(errno));
        }
        status = gossip_agree(status, e);
    }
    free(row), free(loss);
    r->seconds.checkpoint += seconds_now() - begin;
    return status;
}

/* The number of bytes before the digest. */
static size_t body_size(const struct run *r, const struct header *h)
{
    return sizeof(*h) + (size_t)h->n_row * r->o.w.length * sizeof(real) +
           (size_t)h->n * ((size_t)h->n_stat * sizeof(real) + sizeof(double));
}

/* Whether the code is unchanged, including that of the kernel set that the checkpoint names. */
static int is_same_code(const struct run *r, const struct header *h, const struct header *want)
{
    struct identity *id = xcalloc(1, sizeof(*id));
    char kernel_set[sizeof(h->kernels) + 1] = "", code[HASH_TEXT];
    struct err ignored;
    memcpy(kernel_set, h->kernels, sizeof(h->kernels));
    int same = !memcmp(h->code, want->code, sizeof(h->code));
    if (!same && identity_of(id, &r->c, kernel_set, &ignored) == 0) {
        identity_code(id, code);
        same = !memcmp(h->code, code, HASH_TEXT);
    }
    free(id);
    return same;
}

/* Check that the header belongs to this run: 0, -1 with a sentence, or OTHER_CODE or OTHER_DATA if
 * the checkpoint is to be ignored. */
static int verify_header(const struct run *r, const struct header *h, size_t size, const char *path,
                         struct err *e)
{
    struct header want = header_of(r);
    if (memcmp(h->magic, magic, VERSION_AT) != 0)
        return err_set(e,
                       "%s: byte 0: is not a checkpoint, which begins with '%.11s'; remove it "
                       "to start anew",
                       path, magic);
    if (memcmp(h->magic, magic, sizeof(magic)) != 0)
        return OTHER_CODE;
    if (memcmp(h->config, want.config, sizeof(h->config)) != 0)
        return err_set(e,
                       "%s: byte %zu: is not a checkpoint of this configuration, %.8s, but of "
                       "%.8s; remove it to start anew",
                       path, offsetof(struct header, config), want.config, h->config);
    if (memcmp(h->data, want.data, sizeof(h->data)) != 0)
        return OTHER_DATA;
    if (!is_same_code(r, h, &want) || h->real_size != want.real_size)
        return OTHER_CODE;
    if (size != body_size(r, &want) + HASH_TEXT)
        return err_set(e,
                       "%s: is damaged: it has %zu bytes, but should have %zu; remove it to "
                       "start anew",
                       path, size, body_size(r, &want) + HASH_TEXT);
    if (h->n != want.n || h->d != want.d || h->n_row != want.n_row || h->n_stat != want.n_stat ||
        h->step < 0 || h->step > r->n_step || h->n_loss < 0 || h->n_loss > h->step ||
        !(h->bytes_sent >= 0 && h->bytes_sent < INFINITY))
        return err_set(e,
                       "%s: byte %zu: is damaged: sizes, step or sums cannot be those of this "
                       "run of %ld steps; remove it to start anew",
                       path, offsetof(struct header, real_size), r->n_step);
    return 0;
}

/* Check header, size and digest before anything is used; returns the same. */
static int verify(const struct run *r, FILE *f, size_t size, const char *path, struct err *e)
{
    enum { BLOCK = 1 << 16 };
    struct header h;
    char digest[HASH_TEXT], stored[HASH_TEXT] = "", *block;
    if (fread(&h, 1, sizeof(h), f) != sizeof(h))
        return err_set(e,
                       "%s: is damaged: it ends at byte %zu, within its header of %zu; remove it "
                       "to start anew",
                       path, size, sizeof(h));
    int status = verify_header(r, &h, size, path, e);
    if (status != 0)
        return status;
    rewind(f);
    block = xcalloc(BLOCK, 1);
    struct hash *hash = hash_begin();
    for (size_t left = size - HASH_TEXT, n; left > 0; left -= n) {
        n = fread(block, 1, left < BLOCK ? left : BLOCK, f);
        if (n == 0)
            break; /* the digest will not match */
        hash_add(hash, block, n);
    }
    hash_end(hash, digest);
    free(block);
    if (fread(stored, 1, HASH_TEXT, f) != HASH_TEXT || memcmp(stored, digest, HASH_TEXT) != 0)
        return err_set(e,
                       "%s: is damaged: byte %zu: the SHA-256 there is not that of what "
                       "precedes, %.8s; remove it to start anew",
                       path, size - HASH_TEXT, digest);
    rewind(f);
    return 0;
}

int checkpoint_read(struct run *r, struct err *e)
{
    char path[RUN_FILE];
    int root = gossip_is_root(), status = 0;
    size_t d = r->o.w.length, n_stat = r->task.n_stat, size;
    struct header h = {.step = 0};
    struct stream s = {.ok = 1};
    run_file(r, "checkpoint", path);
    if (!gossip_any(root && file_exists(path)))
        return 1;
    if (root && !(s.f = file_open(path, &size, e)))
        status = -1;
    if (root && status == 0)
        status = verify(r, s.f, size, path, e);
    int other_code = gossip_any(status == OTHER_CODE),
        other_data = gossip_any(status == OTHER_DATA);
    r->stale = other_code ? "code" : other_data ? "data" : NULL;
    status = gossip_agree(status, e) < 0 ? -1 : r->stale != NULL;
    if (status == 0) {
        double *loss = xcalloc((size_t)r->o.w.n, sizeof(double));
        real *row = xcalloc(d > n_stat ? d : n_stat, sizeof(real));
        s.hash = root ? hash_begin() : NULL;
        if (root)
            get(&s, &h, sizeof(h));
        for (int i = 0; i < r->o.w.n; i++) {
            for (int k = 0; k < optimizer_n_row(&r->o, i); k++) {
                if (root)
                    get(&s, row, d * sizeof(real));
                gossip_deliver(r->o.gossip, i, row, d, optimizer_row(&r->o, i, k), 0);
            }
            if (root)
                get(&s, row, n_stat * sizeof(real));
            gossip_deliver(r->o.gossip, i, row, n_stat, r->task.stat, n_stat);
        }
        if (root) {
            char digest[HASH_TEXT];
            get(&s, loss, (size_t)r->o.w.n * sizeof(double));
            hash_end(s.hash, digest);
        }
        gossip_share(&h, sizeof(h));
        gossip_share(loss, (size_t)r->o.w.n * sizeof(double));
        memcpy(r->loss, loss + r->o.w.first, (size_t)r->o.w.count * sizeof(double));
        r->step = h.step, r->n_loss = h.n_loss, r->o.bytes_sent = h.bytes_sent;
        free(row), free(loss);
    }
    if (s.f)
        fclose(s.f);
    return status;
}

int checkpoint_is_in(const char *dir)
{
    char path[RUN_FILE];
    CHECK(snprintf(path, RUN_FILE, "%s/checkpoint", dir) < RUN_FILE);
    return file_exists(path);
}

void checkpoint_remove(const struct run *r)
{
    char path[RUN_FILE];
    run_file(r, "checkpoint", path);
    unlink(path);
}
