/* synthetic_text: documents of four classes, written as a CSV file of AG News's form and read by
 * the same code as the real one.  A word is a common one with probability 4/5, else one of the
 * words that belong to a class: to the document's with probability 1 - difficulty, else to a class
 * drawn uniformly, so that at difficulty 1 nothing can be learned.  Among common words, and among
 * those of a class, word k is drawn with a probability of about 1 / (k + 1) (Zipf's law).  Document
 * k is a function of (seed, difficulty, split, k) alone, so a limit changes no document; its class
 * is k % 4. */
#include "loaders/synthetic_text.h"
#include "core/random.h"
#include "core/text.h"
#include "loaders/difficulty.h"
#include "loaders/text.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { N_COMMON = 1000, N_OWN = 100 };
enum { TITLE_LEAST = 3, TITLE_MORE = 6, BODY_LEAST = 12, BODY_MORE = 32 };
/* The "worker" of the random streams. */
enum { STREAM_TRAIN = 1, STREAM_TEST };

/* Word number k as syllables, with a capital letter at the beginning of a sentence. */
static void write_word(FILE *f, int k, int capital)
{
    static const char consonants[] = "bdfgklmnprstvz", vowels[] = "aeiou";
    enum { N_CONSONANT = sizeof(consonants) - 1, N_VOWEL = sizeof(vowels) - 1 };
    for (int syllable = 0; syllable == 0 || k > 0; syllable++) {
        int c = consonants[k % N_CONSONANT], v = vowels[k / N_CONSONANT % N_VOWEL];
        fprintf(f, "%c%c", capital && syllable == 0 ? c - 'a' + 'A' : c, v);
        k /= N_CONSONANT * N_VOWEL;
    }
}

static int draw_rank(struct random *r, int n)
{
    int k = (int)pow(n + 1, random_uniform(r)) - 1;
    return k < n ? k : n - 1;
}

static int draw_word(struct random *r, int class, double difficulty)
{
    if (random_below(r, 5) > 0)
        return draw_rank(r, N_COMMON);
    if (random_uniform(r) < difficulty)
        class = (int)random_below(r, TEXT_N_CLASS);
    return N_COMMON + class * N_OWN + draw_rank(r, N_OWN);
}

/* n words as sentences; as in the real files, some are in (doubled) quotes, some lines end with a
 * backslash. */
static void write_words(FILE *f, struct random *r, int n, int class, double difficulty)
{
    int capital = 1;
    for (int i = 0; i < n; i++) {
        int quoted = random_below(r, 32) == 0;
        fputs(quoted ? "\"\"" : "", f);
        write_word(f, draw_word(r, class, difficulty), capital);
        fputs(quoted ? "\"\"" : "", f);
        capital = i + 1 < n && random_below(r, 12) == 0;
        fputs(capital || i + 1 == n ? "." : random_below(r, 12) == 0 ? "," : "", f);
        if (i + 1 < n)
            fputc(random_below(r, 32) == 0 ? '\\' : ' ', f);
    }
}

char *synthetic_text_csv(uint64_t seed, double difficulty, int test, int n_row, size_t *n)
{
    struct text text;
    FILE *f = text_open(&text);
    for (int k = 0; k < n_row; k++) {
        struct random r;
        random_init(&r, seed, RANDOM_SYNTHETIC, test ? STREAM_TEST : STREAM_TRAIN, (uint32_t)k);
        int class = k % TEXT_N_CLASS;
        int n_title = TITLE_LEAST + (int)random_below(&r, TITLE_MORE);
        int n_body = BODY_LEAST + (int)random_below(&r, BODY_MORE);
        fprintf(f, "\"%d\",\"", class + 1);
        write_words(f, &r, n_title, class, difficulty);
        fputs("\",\"", f);
        write_words(f, &r, n_body, class, difficulty);
        fputs("\"\n", f);
    }
    char *bytes = text_close(&text);
    *n = text.n;
    return bytes;
}

enum { DIFFICULTY = TEXT_LENGTH + 1 };
static const struct parameter parameters[] = {
    PARAMETER_VOCABULARY, PARAMETER_TEXT_LENGTH, PARAMETER_DIFFICULTY, {NULL}};

static int load(struct dataset *ds, const struct dataset_request *q, struct err *e)
{
    static const char name[] = "synthetic-text";
    if (q->train_limit > SYNTHETIC_TEXT_MOST || q->test_limit > SYNTHETIC_TEXT_MOST)
        return err_usage(e, "%s: at most %d texts can be generated", name, SYNTHETIC_TEXT_MOST);
    double difficulty = q->parameter[DIFFICULTY].number;
    int n_train = q->train_limit ? q->train_limit : SYNTHETIC_TEXT_TRAIN;
    int n_test = q->test_limit ? q->test_limit : SYNTHETIC_TEXT_TEST;
    struct text_file train = {.path = name, .first = 1}, test = train;
    train.bytes = synthetic_text_csv(q->seed, difficulty, 0, n_train, &train.n);
    test.bytes = synthetic_text_csv(q->seed, difficulty, 1, n_test, &test.n);
    int status = text_load(ds, name, q, &train, &test, e);
    free(train.bytes), free(test.bytes);
    return status;
}

const struct loader loader_synthetic_text = {
    .title = "synthetic-text", .parameter = parameters, .text = 1, .load = load};
