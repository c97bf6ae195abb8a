#include "loaders/words.h"
#include "core/core.h"
#include <stdlib.h>
#include <string.h>

enum { FIRST_ROOM = 1 << 12 };

void words_init(struct words *w)
{
    *w = (struct words){.room = FIRST_ROOM, .n_slot = 2 * FIRST_ROOM};
    w->word = xcalloc((size_t)w->room, sizeof(*w->word));
    w->slot = xcalloc(w->n_slot, sizeof(*w->slot));
}

void words_release(struct words *w)
{
    free(w->word), free(w->slot);
    memset(w, 0, sizeof(*w));
}

/* FNV-1a (Fowler, Noll and Vo), its high bits mixed into the low ones that choose the slot. */
static uint64_t hash_of(const char *text, size_t n)
{
    uint64_t h = 14695981039346656037u;
    for (size_t i = 0; i < n; i++)
        h = (h ^ (uint8_t)text[i]) * 1099511628211u;
    return h ^ h >> 32;
}

/* The slot that holds the word, or the empty one where it belongs; n_slot is a power of 2 and at
 * most half of the slots are taken. */
static int32_t *slot_of(const struct words *w, const char *text, size_t n, uint64_t hash)
{
    for (size_t at = hash & (w->n_slot - 1);; at = (at + 1) & (w->n_slot - 1)) {
        const struct word *there = w->slot[at] ? &w->word[w->slot[at] - 1] : NULL;
        if (!there || (there->hash == hash && there->n == n && !memcmp(there->text, text, n)))
            return &w->slot[at];
    }
}

static void grow(struct words *w)
{
    struct word *more = xcalloc(2 * (size_t)w->room, sizeof(*more));
    memcpy(more, w->word, (size_t)w->n * sizeof(*more));
    free(w->word), free(w->slot);
    w->word = more, w->room *= 2, w->n_slot *= 2;
    w->slot = xcalloc(w->n_slot, sizeof(*w->slot));
    for (int i = 0; i < w->n; i++)
        *slot_of(w, more[i].text, more[i].n, more[i].hash) = i + 1;
}

int words_count(struct words *w, const char *text, size_t n)
{
    uint64_t hash = hash_of(text, n);
    int32_t *slot = slot_of(w, text, n, hash);
    if (!*slot) {
        if (w->n == w->room) {
            grow(w);
            slot = slot_of(w, text, n, hash);
        }
        w->word[w->n++] = (struct word){.text = text, .n = n, .hash = hash};
        *slot = w->n;
    }
    w->word[*slot - 1].count++;
    return *slot - 1;
}

int32_t words_token(const struct words *w, const char *text, size_t n, int32_t unknown)
{
    int32_t slot = *slot_of(w, text, n, hash_of(text, n));
    return slot ? w->word[slot - 1].token : unknown;
}

static int before(const void *first, const void *second)
{
    const struct word *a = *(const struct word *const *)first;
    const struct word *b = *(const struct word *const *)second;
    if (a->count != b->count)
        return a->count > b->count ? -1 : 1;
    int order = memcmp(a->text, b->text, a->n < b->n ? a->n : b->n);
    return order ? order : (a->n > b->n) - (a->n < b->n);
}

int32_t *words_rank(struct words *w, int n_most, int32_t first, int32_t unknown)
{
    struct word **sorted = xcalloc((size_t)w->n, sizeof(struct word *));
    int32_t *order = xcalloc((size_t)w->n, sizeof(*order));
    for (int i = 0; i < w->n; i++)
        sorted[i] = &w->word[i];
    qsort(sorted, (size_t)w->n, sizeof(struct word *), before);
    for (int i = 0; i < w->n; i++) {
        sorted[i]->token = i < n_most ? first + i : unknown;
        order[i] = (int32_t)(sorted[i] - w->word);
    }
    free(sorted);
    return order;
}
