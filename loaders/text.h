/* text: from rows "class","title","description", the form in which AG News is distributed (Zhang,
 * Zhao and LeCun, "Character-level Convolutional Networks for Text Classification", 2015), to token
 * numbers.  Private to loaders/.
 *
 * A token is a run, as long as possible, of ASCII letters and digits and of bytes from 0x80 on
 * (letters of UTF-8, taken as they are), ASCII letters made lower case.  All else separates, so
 * that "Scalia's" is scalia s, as " #39;s", a remnant of HTML in the published files, is 39 s.  The
 * title's tokens come first, then the description's.  A backslash stands for a newline, and takes
 * with it an n that no lower-case ASCII letter follows: the readme.txt of AG News writes newlines
 * as \n, but the published files as a backslash alone, and "a\nine-session" as well as "a\narrow"
 * are frequent there while no word begins with nT or is n.
 *
 * The vocabulary is made from all tokens of the training rows that are read, as many as the limit
 * says and before any are held out: token 0 is padding, 1 any word that is not in the vocabulary,
 * the others are words by falling frequency, those of the same frequency in the order of their
 * bytes.  A text is its first `length` tokens, padded at the end. */
#ifndef LOADERS_TEXT_H
#define LOADERS_TEXT_H
#include "loaders/dataset.h"

enum { TEXT_N_CLASS = 4 };

/* The parameters that a text data set's list begins with. */
enum { VOCABULARY, TEXT_LENGTH };
#define PARAMETER_VOCABULARY                                                                       \
    {                                                                                              \
        "vocabulary", 20000, 3, 1 << 24,                                                           \
            "most tokens that texts are made of, including padding and the unknown word", WHOLE    \
    }
#define PARAMETER_TEXT_LENGTH                                                                      \
    {                                                                                              \
        "text_length", 64, 1, 4096, "tokens of a text: the first so many, padded at the end",      \
            WHOLE                                                                                  \
    }

/* A CSV file in memory; bytes (n) are changed by reading them. */
struct text_file {
    const char *path;
    char *bytes;
    size_t n;
};
/* What a text data set's loader does: fill ds from two files.  The list of its parameters begins
 * with the two above. */
int text_load(struct dataset *ds, const char *name, const struct dataset_request *q,
              const struct text_file *train, const struct text_file *test, struct err *e);
#endif
