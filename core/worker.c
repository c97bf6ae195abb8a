#include "core/worker.h"
#include "core/core.h"
#include <stdlib.h>
#include <string.h>

void workers_init(struct workers *w, int n, int first, int count, size_t d, int weighted,
                  int n_slot)
{
    CHECK(n_slot <= MAX_VEC && first >= 0 && count >= 1 && first + count <= n);
    memset(w, 0, sizeof(*w));
    w->n = n, w->first = first, w->count = count, w->d = d;
    w->length = d + (weighted != 0), w->stride = (w->length + 15) / 16 * 16;
    w->at = xcalloc((size_t)count, sizeof(*w->at));
    for (int i = 0; i < count; i++)
        w->at[i].id = first + i, w->at[i].d = d;
    for (int s = 0; s < n_slot; s++)
        workers_swap(w, s, xcalloc((size_t)count * w->stride, sizeof(real)));
}

void workers_release(struct workers *w)
{
    for (int s = 0; s < MAX_VEC; s++)
        free(w->slab[s]);
    free(w->at);
    memset(w, 0, sizeof(*w));
}

real *workers_swap(struct workers *w, int slot, real *slab)
{
    real *old = w->slab[slot];
    w->slab[slot] = slab;
    for (int i = 0; i < w->count; i++)
        w->at[i].vec[slot] = slab + (size_t)i * w->stride;
    return old;
}
