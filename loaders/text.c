#include "loaders/text.h"
#include "loaders/text_rows.h"
#include "loaders/words.h"
#include <stdlib.h>
#include <string.h>

enum { PADDING, UNKNOWN, FIRST_WORD };
static const char reserved[] = "<pad>\n<unk>\n"; /* no word contains < or > */

static int is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

static int is_token(char c)
{
    return is_lower(c) || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (uint8_t)c >= 0x80;
}

/* The part of a row that is still to be cut into tokens. */
struct cursor {
    struct text_row *row;
    int field;
    size_t at;
};

/* The next token of the row, made lower case in place; NULL at its end. */
static char *next_token(struct cursor *c, size_t *length)
{
    for (; c->field < N_TEXT; c->field++, c->at = 0) {
        char *text = c->row->text[c->field].text;
        size_t n = c->row->text[c->field].n, at = c->at;
        for (; at < n && !is_token(text[at]); at++)
            if (text[at] == '\\' && at + 1 < n && text[at + 1] == 'n' &&
                (at + 2 == n || !is_lower(text[at + 2])))
                at++;
        size_t begin = at;
        for (; at < n && is_token(text[at]); at++)
            if (text[at] >= 'A' && text[at] <= 'Z')
                text[at] = (char)(text[at] - 'A' + 'a');
        c->at = at;
        *length = at - begin;
        if (at > begin)
            return text + begin;
    }
    return NULL;
}

/* Fill the training split with word numbers from 1, 0 after the end of a text; count all words. */
static void count_words(struct dataset *ds, struct text_rows *r, struct words *w)
{
    for (int i = 0; i < r->n; i++) {
        struct cursor c = {.row = &r->row[i]};
        int32_t *token = ds->train.token + (size_t)i * (size_t)ds->h;
        char *text;
        size_t n;
        for (int k = 0; (text = next_token(&c, &n)); k++) {
            int number = words_count(w, text, n);
            if (k < ds->h)
                token[k] = number + 1;
        }
    }
}

/* The vocabulary's file: one token per line, line k + 1 for token k. */
static void write_vocabulary(struct dataset *ds, const struct words *w, const int32_t *order)
{
    struct vocabulary *v = &ds->vocabulary;
    v->size = sizeof(reserved) - 1;
    for (int i = 0; i < ds->n_token - FIRST_WORD; i++)
        v->size += w->word[order[i]].n + 1;
    char *to = v->text = xcalloc(v->size, 1);
    memcpy(to, reserved, sizeof(reserved) - 1);
    to += sizeof(reserved) - 1;
    for (int i = 0; i < ds->n_token - FIRST_WORD; i++) {
        const struct word *word = &w->word[order[i]];
        memcpy(to, word->text, word->n);
        to += word->n;
        *to++ = '\n';
    }
    hash_bytes(v->text, v->size, v->sha256);
}

static void tokens_of_training(struct dataset *ds, struct text_rows *r, struct words *w, int n_most)
{
    int32_t *token = ds->train.token;
    count_words(ds, r, w);
    int32_t *order = words_rank(w, n_most, FIRST_WORD, UNKNOWN);
    for (size_t i = 0; i < (size_t)r->n * (size_t)ds->h; i++)
        token[i] = token[i] ? w->word[token[i] - 1].token : PADDING;
    ds->n_token = FIRST_WORD + (w->n < n_most ? w->n : n_most);
    write_vocabulary(ds, w, order);
    free(order);
}

static void tokens_of_test(struct dataset *ds, struct text_rows *r, const struct words *w)
{
    for (int i = 0; i < r->n; i++) {
        struct cursor c = {.row = &r->row[i]};
        int32_t *token = ds->test.token + (size_t)i * (size_t)ds->h;
        char *text;
        size_t n;
        for (int k = 0; k < ds->h && (text = next_token(&c, &n)); k++)
            token[k] = words_token(w, text, n, UNKNOWN);
    }
}

static void take_classes(struct split *s, const struct text_rows *r)
{
    for (int i = 0; i < r->n; i++)
        s->y[i] = r->row[i].class;
}

int text_load(struct dataset *ds, const char *name, const struct dataset_request *q,
              const struct text_file *train, const struct text_file *test, struct err *e)
{
    struct text_rows rows[2] = {{.n = 0}, {.n = 0}};
    struct words words;
    int cap = (int)q->parameter[VOCABULARY].number, length = (int)q->parameter[TEXT_LENGTH].number;
    CHECK(cap >= FIRST_WORD && length >= 1);
    *ds = (struct dataset){
        .name = name, .n_class = TEXT_N_CLASS, .h = length, .w = 1, .c = 1, .n_token = FIRST_WORD};
    int status = text_rows_read(&rows[0], train, "training", q->train_limit, e);
    if (status == 0)
        status = text_rows_read(&rows[1], test, "test", q->test_limit, e);
    if (status == 0)
        status = dataset_room(ds, q, rows[0].n, rows[1].n, e);
    if (status == 0) {
        take_classes(&ds->train, &rows[0]), take_classes(&ds->test, &rows[1]);
        words_init(&words);
        tokens_of_training(ds, &rows[0], &words, cap - FIRST_WORD);
        tokens_of_test(ds, &rows[1], &words);
        words_release(&words);
    }
    free(rows[0].row), free(rows[1].row);
    return status;
}
