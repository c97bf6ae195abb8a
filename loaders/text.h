/* text: from rows "class","title","description", the form in which AG News is distributed (Zhang,
 * Zhao and LeCun, "Character-level Convolutional Networks for Text Classification", 2015), to token
 * numbers.  Private to loaders/.
 *
 * A token is a maximal run of ASCII letters, ASCII digits and bytes from 0x80 on (letters of UTF-8,
 * left as they are); ASCII letters are made lower case.  All other bytes separate tokens:
 * "Scalia's" becomes scalia s, and " #39;s", a remnant of HTML in the published files, becomes
 * 39 s.  The tokens of the title come before those of the description.
 *
 * A backslash is read as a newline, and so is \n unless a lower-case ASCII letter follows it.  The
 * readme.txt of AG News says that newlines are written as \n, but the published files write them as
 * a backslash alone: "a\nine-session" and "a\narrow" are frequent there, while no word begins with
 * nT or is n.
 *
 * The vocabulary is made from all tokens of the training rows within the limit, before any rows are
 * held out: token 0 is padding, token 1 stands for every word that is not in the vocabulary, and
 * the others are words in the order of falling frequency, then of their bytes.  A text is its first
 * `text_length` tokens, padded at the end. */
#pragma once
#include "loaders/dataset.h"
#include "loaders/text_rows.h"

/* The parameters that a text data set's list begins with. */
enum { VOCABULARY, TEXT_LENGTH };
#define PARAMETER_VOCABULARY                                                                       \
    {                                                                                              \
        "vocabulary", 20000, 3, 1 << 24,                                                           \
            "size of the vocabulary, including the padding and unknown tokens", WHOLE              \
    }
#define PARAMETER_TEXT_LENGTH                                                                      \
    {                                                                                              \
        "text_length", 64, 1, 4096,                                                                \
            "how many tokens of each text are used; shorter texts are padded", WHOLE               \
    }

/* Fill ds from two files, for the loader of a text data set.  The list of its parameters begins
 * with the two above. */
int text_load(struct dataset *ds, const char *name, const struct dataset_request *q,
              const struct text_file *train, const struct text_file *test, struct err *e);
