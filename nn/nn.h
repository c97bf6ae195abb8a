/* nn: a network is a list of nodes in running order.  It owns no weights and no activations: a node
 * stores offsets, so one net and one arena serve all workers of a rank.
 *
 * Images are channels last, (n, h, w, c), as are convolution weights, (k, k, c_in, c_out), so that
 * a vector register holds neighbouring channels; PyTorch's order appears only in param_export and
 * param_import.  Texts are token numbers stored as reals, (n, l, 1, 1), and (n, l, 1, c) after the
 * embedding.  An op file says what a node computes and where its operands lie; the arithmetic is in
 * nn/kernels/.  Nothing here knows workers, data sets or MPI. */
#ifndef NN_NN_H
#define NN_NN_H
#include "core/core.h"
#include "core/random.h"
#include "core/real.h"

enum { NN_MAX_IN = 3, NN_MAX_NODE = 512, NN_MAX_PARAM = 512, NN_MAX_CLASS = 1000 };

struct shape {
    int h, w, c; /* of one example */
};
struct node;
struct pass;

struct op {
    const char *name;
    void (*init)(const struct node *nd, real *param, struct random *r); /* NULL: no parameters */
    void (*forward)(const struct node *nd, struct pass *p);
    void (*backward)(const struct node *nd, struct pass *p);
    int in_place; /* may overwrite in[0] with its output, and its output's gradient with its input's
                     (that of in[1], if there is one, which the op only adds) */
};

struct node {
    const struct op *op;
    int id, n_in, in[NN_MAX_IN]; /* inputs are earlier nodes, by number */
    int adds[NN_MAX_IN]; /* backward adds to that input's gradient; 0: writes it, as the first */
    struct shape out;
    size_t param;       /* where its parameters start in the flat vector */
    size_t stat;        /* where its running statistics start */
    size_t act;         /* where its output starts in the arena, per example */
    size_t eval, d_act; /* the same in evaluation; where the output's gradient starts */
    size_t keep;        /* where forward leaves what backward needs, per example */
    size_t drop;        /* how many numbers the dropouts before it draw, per example */
    int k, stride, pad, c_in, groups; /* settings that the op understands */
    int bias, tracked, relu, percent;
};

/* A named part of the flat parameter vector (or of the running statistics), with PyTorch's name
 * and shape. */
struct param {
    char name[48];
    int n_dim;
    size_t dim[4], offset, n;
    size_t area; /* of the weights of a linear layer: pixels of its input, if more than 1 */
};

struct net {
    struct node node[NN_MAX_NODE];
    struct param param[NN_MAX_PARAM], stat[NN_MAX_PARAM];
    int n_node, n_param_part, n_stat_part;
    size_t n_param, n_stat;                /* lengths of the flat vectors */
    size_t n_act, n_d_act, n_keep, n_work; /* arena sizes: per example; n_work: in all */
    size_t n_drop;                         /* numbers that all dropouts draw, per example */
    int coupled;  /* a node takes statistics over the batch: examples cannot be run separately */
    int n_pass;   /* examples that run at a time: as many as stay in cache, or all if coupled */
    int n_token;  /* the input is token numbers below this; 0: an image */
    double flops; /* twice the multiply-adds of one example, forward */
};

enum pass_mode { PASS_TRAIN, PASS_EVAL };

/* One run through the net: everything it reads and writes. */
struct pass {
    const struct net *net;
    int n, first, n_all; /* examples first to first + n of a batch of n_all */
    enum pass_mode mode;
    const real *param;
    real *grad, *stat; /* grad NULL: no backward pass follows */
    real *act, *d_act, *keep, *work;
    struct random *noise; /* for dropout; NULL: drop nothing */
};

/* Working memory for batches of up to n_max examples. */
struct arena {
    int n_max;
    real *input, *logits;            /* of a batch */
    real *act, *d_act, *keep, *work; /* of a pass over n_pass examples of it */
    real *grad;                      /* of a pass; NULL: each batch is one pass */
};

/* Call this first: it checks that BLAS computes correctly, and chooses the kernels. */
int nn_start(struct err *e);

/* Builders: each adds a node and returns its number; `name` is the PyTorch module's. */
void net_begin(struct net *t, struct shape input); /* node 0 is the input */
int nn_conv(struct net *t, int in, const char *name, int c, int k, int stride, int bias);
int nn_batch_norm(struct net *t, int in, const char *name, int tracked);
int nn_group_norm(struct net *t, int in, const char *name, int groups);
int nn_evonorm(struct net *t, int in, const char *name);
/* In place: must be the only reader of `in`.  Directly after a norm it is merged into the norm,
 * whose number is returned. */
int nn_relu(struct net *t, int in);
/* If the last node is a norm and is a or b, the addition is merged into it and its number is
 * returned. */
int nn_add(struct net *t, int a, int b);
int nn_max_pool(struct net *t, int in); /* 2 x 2, stride 2 */
int nn_mean(struct net *t, int in);     /* over h and w */
int nn_linear(struct net *t, int in, const char *name, int c);
/* Each token number becomes a row of a table (n_token, c): (l, 1, 1) to (l, 1, c). */
int nn_embedding(struct net *t, int in, const char *name, int n_token, int c);
/* Convolution over time, ReLU and the maximum over time in one: (l, 1, e) to (1, 1, c). */
int nn_text_conv(struct net *t, int in, const char *name, int c, int k);
int nn_concat(struct net *t, int n_in, const int *in); /* the channels of all inputs, in order */
int nn_dropout(struct net *t, int in, int percent);    /* drops this percentage in training */
void net_finish(struct net *t);                        /* the last node's outputs are the logits */

void arena_init(struct arena *a, const struct net *t, int n_max);
void arena_release(struct arena *a);
size_t arena_bytes(const struct net *t, int n_max);

/* Initial parameters (n_param) and running statistics (n_stat). */
void net_init(const struct net *t, real *param, real *stat, struct random *r);
/* One training step's gradient: x (n, h, w, c), labels y (n); returns the mean cross-entropy,
 * writes its gradient (n_param) into grad and updates stat.  noise: the random stream of dropout;
 * NULL: drop nothing. */
double net_train(const struct net *t, struct arena *a, const real *param, real *stat, int n,
                 const real *x, const int32_t *y, struct random *noise, real *grad);
/* Evaluation mode: returns the sum of the cross-entropies; n_right: how many of the n examples are
 * classified correctly. */
double net_evaluate(const struct net *t, struct arena *a, const real *param, const real *stat,
                    int n, const real *x, const int32_t *y, int *n_right);
/* The logits (n, n_class) of the last run over n examples. */
const real *net_logits(const struct arena *a);
int net_n_class(const struct net *t);
/* Where to write the input of up to n_max examples; a run leaves it unchanged. */
real *net_input(const struct arena *a);

/* A pass through the net in this memory; the caller then sets n, mode and whatever else the pass
 * reads or writes. */
struct pass net_pass(const struct net *t, const struct arena *a, const real *param);

/* Convert between our order in memory and PyTorch's; both arrays have p->n numbers. */
void param_export(const struct param *p, const real *ours, real *theirs);
void param_import(const struct param *p, const real *theirs, real *ours);

/* For op files. */
static inline size_t shape_size(struct shape s)
{
    return (size_t)s.h * (size_t)s.w * (size_t)s.c;
}
static inline struct shape in_shape(const struct pass *p, const struct node *nd)
{
    return p->net->node[nd->in[0]].out;
}
static inline real *out_of(const struct pass *p, int id)
{
    const struct node *nd = &p->net->node[id];
    return p->act + (p->mode == PASS_EVAL ? nd->eval : nd->act) * (size_t)p->n;
}
static inline real *d_out_of(const struct pass *p, int id)
{
    return p->d_act + p->net->node[id].d_act * (size_t)p->n;
}
static inline real *keep_of(const struct pass *p, const struct node *nd)
{
    return p->keep + nd->keep * (size_t)p->n;
}
/* A new node with room for its output. */
struct node *nn_node(struct net *t, const struct op *op, int n_in, const int *in, struct shape out);
/* Append "name.part" of the given shape to the flat parameters (or statistics); returns its
 * offset. */
size_t nn_param(struct net *t, const char *name, const char *part, int n_dim, const size_t *dim);
size_t nn_stat(struct net *t, const char *name, const char *part, size_t n);
size_t nn_keep(struct net *t, size_t n); /* per example */
void nn_work(struct net *t, size_t n);   /* reserve at least n numbers of work space */
/* Whether node id is the last node so far and a norm into which nn_add or nn_relu can still be
 * merged. */
int nn_norm_is_last(const struct net *t, int id);
/* Uniform on (-1/sqrt(fan_in), 1/sqrt(fan_in)), PyTorch's default for linear layers and biases. */
void nn_init_uniform(real *v, size_t n, size_t fan_in, struct random *r);
#endif
