#include "core/code.h"
#include "core/core.h"
#include <string.h>

#define PART(part, file, sha256) {part, file, sha256},
#define HEAD(symbol, file, text)
const struct code_part code_parts[] = {
#include "code_parts.h" /* written by the Makefile */
};
const size_t n_code_part = LENGTH(code_parts);
#undef PART
#undef HEAD

#define PART(part, file, sha256)
#define HEAD(symbol, file, text) {symbol, file, text},
static const struct code_head heads[] = {
#include "code_parts.h"
};

const struct code_head *code_head(const char *symbol)
{
    for (size_t i = 0; i < LENGTH(heads); i++)
        if (!strcmp(heads[i].symbol, symbol))
            return &heads[i];
    return NULL;
}

void code_digest(const char *part, char sha256[HASH_TEXT])
{
    struct hash *h = hash_begin();
    for (size_t i = 0; i < n_code_part; i++)
        if (!strcmp(code_parts[i].part, part)) {
            hash_add(h, code_parts[i].file, strlen(code_parts[i].file) + 1);
            hash_add(h, code_parts[i].sha256, HASH_TEXT);
        }
    hash_end(h, sha256);
}
