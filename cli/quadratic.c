#include "train/quadratic.h"
#include "cli/cli.h"
#include "gossip/gossip.h"
#include "loaders/npz.h"
#include <stdio.h>
#include <stdlib.h>

enum { X0, H, B, NOISE, LRS, DECAY, N_PART };

/* All arrays of the problem as doubles, checked against each other. */
static int read_problem(const char *path, struct quadratic *q, double *part[N_PART], struct err *e)
{
    static const char *const name[N_PART] = {"x0", "h", "b", "noise", "lrs", "weight_decay"};
    struct npz z;
    if (npz_read(&z, path, e) < 0)
        return -1;
    int status = 0;
    size_t length[N_PART];
    for (int i = 0; i < N_PART && status == 0; i++) {
        const struct npz_array *a = npz_find(&z, path, name[i], e);
        if (a && i == X0 && a->n_dim == 2 && a->dim[0] >= 1 && a->dim[0] <= 4096 && a->dim[1] >= 1)
            q->n = (int)a->dim[0], q->d = a->dim[1];
        length[i] = a ? a->n : 0;
        part[i] = a && a->type[0] != 'U' ? npz_doubles(a) : NULL;
        if (a && !part[i])
            err_set(e, "%s: %s must be an array of numbers", path, name[i]);
        status = part[i] ? 0 : -1;
    }
    npz_close(&z);
    if (status < 0)
        return -1;
    size_t size = (size_t)q->n * q->d;
    if (!size || length[X0] != size || length[H] != size || length[B] != size ||
        length[DECAY] != 1 || length[LRS] < 1 || length[NOISE] != length[LRS] * size)
        return err_set(e, "%s: needs x0, h and b (n, d), noise (T, n, d), lrs (T), weight_decay ()",
                       path);
    q->x0 = part[X0], q->h = part[H], q->b = part[B], q->noise = part[NOISE], q->lrs = part[LRS];
    q->weight_decay = part[DECAY][0], q->n_round = (int)length[LRS];
    return 0;
}

static int solve(const struct arguments *a, const char *in, const char *out, struct quadratic *q,
                 double *part[N_PART], struct err *e)
{
    struct config c;
    char n[16];
    if (arguments_config(a, &c, e) < 0 || gossip_agree(read_problem(in, q, part, e), e) < 0)
        return -1;
    snprintf(n, sizeof(n), "%d", q->n);
    if (config_set(&c, "workers", n, e) < 0 || config_check(&c, e) < 0)
        return -1;
    size_t dim[] = {(size_t)q->n_round + 1, (size_t)q->n, q->d};
    double *path = xcalloc(dim[0] * dim[1] * dim[2], sizeof(*path));
    int status = quadratic_path(q, &c, path, e);
    if (status == 0 && gossip_is_root()) {
        struct npz z = {0};
        npz_add(&z, "x", "f8", 3, dim, path);
        status = npz_write(&z, out, e);
        npz_close(&z);
    }
    free(path);
    return gossip_agree(status, e);
}

static int quadratic_main(int argc, char **argv)
{
    const char *in = NULL, *out = NULL;
    const struct option options[] = {{"in", &in, NULL}, {"out", &out, NULL}};
    struct arguments a;
    struct quadratic q = {0};
    double *part[N_PART] = {NULL};
    struct err e;
    int status = arguments_parse(&a, argc, argv, options, 2, NULL, 1, &e);
    if (status == 0 && (!in || !out))
        status = err_usage(&e, "quadratic needs --in problem.npz and --out path.npz");
    if (status == 0)
        status = solve(&a, in, out, &q, part, &e);
    for (int i = 0; i < N_PART; i++)
        free(part[i]);
    return status < 0 ? fail(&e) : EXIT_DONE;
}

const struct verb verb_quadratic = {
    .name = "quadratic",
    .about = "conformance of a method: its path on given quadratics",
    .mpi = MPI,
    .main = quadratic_main,
    .help = "usage: gossipbench quadratic --algorithm A --topology T --in problem.npz --out "
            "path.npz [--set KEY=VALUE]...\n\n"
            "in:  x0, h, b (n, d), noise (T, n, d), lrs (T), weight_decay (); worker i at x in "
            "round t\n     has the gradient h_i x - b_i + noise[t, i]\nout: x (T + 1, n, d)\n"};
