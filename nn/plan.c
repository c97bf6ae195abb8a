/* plan: where gradients, and in evaluation activations, lie in the arena.  Arrays that are never
 * needed at the same time share memory, so that a pass stays in cache; an op that can work in place
 * does so where no other node needs what it overwrites. */
#include "nn/plan.h"
#include "nn/nn.h"

enum { ALIGN = 16 }; /* numbers: offsets stay on 64-byte borders for any batch size */

size_t plan_align(size_t n)
{
    return (n + ALIGN - 1) / ALIGN * ALIGN;
}

/* The arrays of one kind.  home: the node whose memory an array uses; first, last: the nodes that
 * touch this memory first and last (valid where home[i] is i). */
struct plan {
    int home[NN_MAX_NODE], first[NN_MAX_NODE], last[NN_MAX_NODE];
    size_t at[NN_MAX_NODE];
};

static int n_reader(const struct net *t, int id)
{
    int n = 0;
    for (int i = id + 1; i < t->n_node; i++)
        for (int k = 0; k < t->node[i].n_in; k++)
            n += t->node[i].in[k] == id;
    return n;
}

/* Going through the nodes in order, let an output use its input's memory where it may. */
static void share_outputs(const struct net *t, struct plan *p)
{
    for (int i = 0; i < t->n_node; i++) {
        const struct node *nd = &t->node[i];
        int from = nd->in[0], in_place = i > 0 && t->node[from].act == nd->act;
        int may = i > 0 && nd->op->in_place && p->home[from] != 0 && n_reader(t, from) == 1;
        p->home[i] = in_place || may ? p->home[from] : i;
    }
}

/* Going through them in reverse order, let the gradient of a node's last input use the memory of
 * the output's gradient.  An input that is only added has the same gradient, so nothing is computed
 * for it. */
static void share_gradients(const struct net *t, struct plan *p)
{
    for (int i = 0; i < t->n_node; i++)
        p->home[i] = i;
    for (int i = t->n_node - 1; i > 0; i--) {
        const struct node *nd = &t->node[i];
        int to = nd->in[nd->n_in - 1], in_place = t->node[to].act == nd->act;
        if (in_place || (nd->op->in_place && !nd->adds[nd->n_in - 1]))
            p->home[to] = p->home[i];
    }
}

static void set_lives(const struct net *t, struct plan *p)
{
    for (int i = 0; i < t->n_node; i++)
        p->first[i] = p->last[i] = i;
    for (int i = 0; i < t->n_node; i++) {
        int home = p->home[i];
        p->first[home] = p->first[home] < i ? p->first[home] : i;
        p->last[home] = p->last[home] > i ? p->last[home] : i;
        for (int k = 0; k < t->node[i].n_in; k++) {
            int read = p->home[t->node[i].in[k]];
            p->last[read] = p->last[read] > i ? p->last[read] : i;
        }
    }
}

/* First fit: each array gets the lowest offset that is free for its whole life.  Returns the total
 * size. */
static size_t place(const struct net *t, struct plan *p)
{
    size_t total = 0;
    for (int i = 0; i < t->n_node; i++) {
        size_t size = plan_align(shape_size(t->node[i].out));
        p->at[i] = 0;
        for (int k = 0; k < i && p->home[i] == i; k++) {
            int apart = p->last[k] < p->first[i] || p->first[k] > p->last[i] || p->home[k] != k;
            size_t end = p->at[k] + plan_align(shape_size(t->node[k].out));
            if (!apart && p->at[k] < p->at[i] + size && p->at[i] < end)
                p->at[i] = end, k = -1; /* compare with all again */
        }
        if (p->home[i] == i && total < p->at[i] + size)
            total = p->at[i] + size;
    }
    return total;
}

void plan_gradients(struct net *t)
{
    struct plan p;
    share_gradients(t, &p), set_lives(t, &p);
    t->n_d_act = place(t, &p);
    for (int i = 0; i < t->n_node; i++)
        t->node[i].d_act = p.at[p.home[i]];
}

/* The input's memory is not reused: a caller may run the same input with other weights. */
void plan_evaluation(struct net *t)
{
    struct plan p;
    share_outputs(t, &p), set_lives(t, &p);
    p.last[0] = t->n_node;
    place(t, &p);
    for (int i = 0; i < t->n_node; i++)
        t->node[i].eval = p.at[p.home[i]];
}
