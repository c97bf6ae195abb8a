/* words: a table of the different words in some texts, and how often each occurs.  Private to
 * loaders/. */
#pragma once
#include <stddef.h>
#include <stdint.h>

struct word {
    const char *text; /* (n) not a copy, and not followed by a NUL */
    size_t n;
    uint64_t hash;
    int count;
    int32_t token; /* from words_rank on */
};
struct words {
    struct word *word; /* (n) in the order of their first occurrence */
    int n, room;
    int32_t *slot; /* (n_slot) an open hash table of word numbers from 1; 0: empty */
    size_t n_slot;
};

void words_init(struct words *w);
void words_release(struct words *w);
/* Count a word once more, adding it if it is new; returns its number, from 0. */
int words_count(struct words *w, const char *text, size_t n);
/* The token of a word; `unknown` if it is not in the table. */
int32_t words_token(const struct words *w, const char *text, size_t n, int32_t unknown);
/* Sort words by falling count, then by their bytes: the first n_most get the tokens from `first`
 * on, the others `unknown`.  Returns the numbers of all words in this order; free() it. */
int32_t *words_rank(struct words *w, int n_most, int32_t first, int32_t unknown);
