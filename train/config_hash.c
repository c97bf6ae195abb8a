#include "core/file.h"
#include "core/sums.h"
#include "train/keys.h"
#include <stdlib.h>
#include <string.h>

/* Add the SHA-256 of a file that may be large. */
static int hash_sum(struct hash *h, const char *path, struct err *e)
{
    char sha256[HASH_TEXT];
    if (sums_of(path, sha256, e) < 0)
        return -1;
    hash_add(h, sha256, sizeof(sha256));
    return 0;
}

/* What a key that counts adds to the hash: its value, or the content of its file. */
static int hash_key(struct hash *h, const struct config *c, int i, struct err *e)
{
    enum { FILE_LIMIT = 1 << 28 };
    char value[CONFIG_VALUE], *bytes;
    size_t n;
    const struct key *k = &keys_all(&n)[i];
    const char *path = config_file(c, i);
    hash_add(h, k->name, strlen(k->name) + 1);
    if (k->at == offsetof(struct config, init_from))
        return hash_sum(h, c->init_from, e);
    if (!path) {
        config_value(c, i, value, sizeof(value));
        hash_add(h, value, strlen(value) + 1);
        return 0;
    }
    if (!(bytes = file_read(path, FILE_LIMIT, &n, e)))
        return -1;
    hash_add(h, bytes, n);
    free(bytes);
    return 0;
}

int config_hash(const struct config *c, char text[HASH_TEXT], struct err *e)
{
    struct hash *h = hash_begin();
    int status = 0;
    for (int i = 0; config_key(i) && status == 0; i++)
        if (config_counts(c, i))
            status = hash_key(h, c, i, e);
    hash_end(h, text);
    return status;
}
