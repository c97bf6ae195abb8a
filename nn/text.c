/* text: a table of word vectors (Bengio et al. 2003), and the layer that Kim (2014) puts on them:
 * convolution over time, ReLU and the maximum over time in one node,
 *   y[n, o] = max(0, b[o] + max over t of the sum over j, i of x[n, t + j, i] w[o, j, i])
 * A maximum passes its gradient to one window only.  So backward visits c windows of a text instead
 * of c l, and forward keeps only the maxima.  Word vectors start as N(0, 1), weights as N(0, 2 / (k
 * c)) (He et al. 2015, fan-out). */
#include "nn/kernels/kernels.h"
#include "nn/nn.h"
#include <math.h>
#include <string.h>

/* --- embedding: c_in is the number of rows ---------------------------------------------------- */

static void embedding_init(const struct node *nd, real *param, struct random *r)
{
    size_t n = (size_t)nd->c_in * (size_t)nd->out.c;
    for (size_t i = 0; i < n; i++)
        param[i] = (real)random_normal(r);
}

/* Where the row of a token number starts. */
static size_t row_of(const struct node *nd, real token)
{
    CHECK(token >= 0 && token < (real)nd->c_in);
    return (size_t)token * (size_t)nd->out.c;
}

static void embedding_forward(const struct node *nd, struct pass *p)
{
    const real *token = out_of(p, nd->in[0]), *table = p->param + nd->param;
    size_t n = (size_t)p->n * (size_t)nd->out.h, c = (size_t)nd->out.c;
    real *y = out_of(p, nd->id);
    for (size_t i = 0; i < n; i++)
        memcpy(y + i * c, table + row_of(nd, token[i]), c * sizeof(*y));
}

static void embedding_backward(const struct node *nd, struct pass *p)
{
    const real *token = out_of(p, nd->in[0]), *dy = d_out_of(p, nd->id);
    size_t n = (size_t)p->n * (size_t)nd->out.h, c = (size_t)nd->out.c;
    real *d_table = p->grad + nd->param;
    memset(d_table, 0, (size_t)nd->c_in * c * sizeof(*d_table));
    for (size_t i = 0; i < n; i++)
        kernels->copy(c, dy + i * c, 1, d_table + row_of(nd, token[i]));
}

static const struct op embedding = {.name = "embedding",
                                    .init = embedding_init,
                                    .forward = embedding_forward,
                                    .backward = embedding_backward};

int nn_embedding(struct net *t, int in, const char *name, int n_token, int c)
{
    struct shape s = t->node[in].out;
    CHECK(in == 0 && s.w == 1 && s.c == 1);
    struct node *nd = nn_node(t, &embedding, 1, &in, (struct shape){s.h, 1, c});
    nd->c_in = t->n_token = n_token;
    nd->param = nn_param(t, name, "weight", 2, (size_t[]){(size_t)n_token, (size_t)c});
    return nd->id;
}

/* --- convolution and maximum over time -------------------------------------------------------- */

static struct text_conv conv_of(const struct node *nd, struct shape in)
{
    return (struct text_conv){.l = in.h, .e = in.c, .c = nd->out.c, .k = nd->k};
}

static size_t n_weight(const struct text_conv *s)
{
    return (size_t)s->c * (size_t)s->k * (size_t)s->e;
}

static void conv_init(const struct node *nd, real *param, struct random *r)
{
    size_t n_o = (size_t)nd->out.c, fan_in = (size_t)nd->k * (size_t)nd->c_in, n_w = n_o * fan_in;
    double std = sqrt(2.0 / (nd->k * (double)n_o));
    for (size_t i = 0; i < n_w; i++)
        param[i] = (real)(std * random_normal(r));
    nn_init_uniform(param + n_w, n_o, fan_in, r);
}

/* Texts whose rows are gathered at a time. */
static int texts_at_once(const struct text_conv *s)
{
    enum { PLACES = 2048 };
    return s->l < PLACES ? PLACES / s->l : 1;
}

/* The work space: the row number of each token, the row number of each place, the rows, and the
 * kernel's own work space. */
static size_t conv_work(const struct text_conv *s, int n_token)
{
    int n_place = texts_at_once(s) * s->l;
    return (size_t)(n_token + n_place + n_place * s->e) + kernels->text_work(s, n_place);
}

/* Copy the vectors of the distinct tokens among n places to x (rows, e), and write the row number
 * of each place to row; returns the number of rows.  This saves work because frequent words and
 * padding fill many of the places. */
static int gather(const struct node *nd, const struct pass *p, const real *token, int n,
                  int32_t *row_of_token, int32_t *row, real *x)
{
    const real *table = p->param + nd->param;
    size_t e = (size_t)nd->out.c;
    int n_row = 0;
    memset(row_of_token, -1, (size_t)nd->c_in * sizeof(*row_of_token));
    for (int k = 0; k < n; k++) {
        size_t from = row_of(nd, token[k]);
        int32_t *known = &row_of_token[(int)token[k]];
        if (*known < 0) {
            memcpy(x + (size_t)n_row * e, table + from, e * sizeof(*x));
            *known = n_row++;
        }
        row[k] = *known;
    }
    return n_row;
}

/* The same if every place has a vector of its own. */
static int number(int n, int32_t *row)
{
    for (int k = 0; k < n; k++)
        row[k] = k;
    return n;
}

static void conv_forward(const struct node *nd, struct pass *p)
{
    struct text_conv s = conv_of(nd, in_shape(p, nd));
    const struct node *from = &p->net->node[nd->in[0]];
    int n_token = from->op == &embedding ? from->c_in : 0, most = texts_at_once(&s) * s.l;
    int32_t *row_of_token = (int32_t *)p->work, *row = row_of_token + n_token;
    real *gathered = p->work + n_token + most, *work = gathered + most * s.e;
    const real *w = p->param + nd->param;
    for (int i = 0, n; i < p->n; i += n) {
        n = p->n - i < texts_at_once(&s) ? p->n - i : texts_at_once(&s);
        const real *x = n_token ? gathered : out_of(p, nd->in[0]) + i * s.l * s.e;
        int n_row = n_token ? gather(from, p, out_of(p, from->in[0]) + i * s.l, n * s.l,
                                     row_of_token, row, gathered)
                            : number(n * s.l, row);
        kernels->text_forward(&s, n, n_row, x, row, w, w + n_weight(&s),
                              out_of(p, nd->id) + i * s.c, keep_of(p, nd) + i * s.c, work);
    }
}

static void conv_backward(const struct node *nd, struct pass *p)
{
    struct text_conv s = conv_of(nd, in_shape(p, nd));
    const real *w = p->param + nd->param, *y = out_of(p, nd->id);
    real *dw = p->grad + nd->param, *dy = d_out_of(p, nd->id);
    kernels->relu_backward((size_t)p->n * (size_t)s.c, y, dy);
    kernels->column_sums((size_t)p->n, s.c, dy, dw + n_weight(&s));
    kernels->text_backward(&s, p->n, out_of(p, nd->in[0]), w, keep_of(p, nd), dy, dw,
                           d_out_of(p, nd->in[0]), nd->adds[0]);
}

static const struct op text_conv = {
    .name = "text_conv", .init = conv_init, .forward = conv_forward, .backward = conv_backward};

int nn_text_conv(struct net *t, int in, const char *name, int c, int k)
{
    struct shape s = t->node[in].out;
    CHECK(s.w == 1 && s.h >= k);
    struct node *nd = nn_node(t, &text_conv, 1, &in, (struct shape){1, 1, c});
    nd->k = k, nd->c_in = s.c;
    nd->keep = nn_keep(t, (size_t)c);
    nd->param = nn_param(t, name, "weight", 3, (size_t[]){(size_t)c, (size_t)s.c, (size_t)k});
    nn_param(t, name, "bias", 1, (size_t[]){(size_t)c});
    struct text_conv shape = conv_of(nd, s);
    nn_work(t, conv_work(&shape, t->node[in].op == &embedding ? t->node[in].c_in : 0));
    t->flops += 2.0 * text_n_window(&shape) * (double)n_weight(&shape);
    return nd->id;
}
