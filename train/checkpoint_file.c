#include "train/checkpoint_file.h"
#include "core/file.h"
#include <stdlib.h>
#include <string.h>

enum { VERSION_AT = 12 /* of the magic */ };
const char checkpoint_magic[16] = "gossipbench 3\n";

void checkpoint_close(struct checkpoint_file *s)
{
    if (s->f)
        fclose(s->f);
    cJSON_Delete(s->manifest);
    s->f = NULL, s->manifest = NULL;
}

/* Whether the last HASH_TEXT bytes are the SHA-256 of those before them. */
static int is_whole(struct checkpoint_file *s)
{
    enum { BLOCK = 1 << 16 };
    char digest[HASH_TEXT], stored[HASH_TEXT] = "", *block = xcalloc(BLOCK, 1);
    struct hash *hash = hash_begin();
    for (size_t left = s->size - HASH_TEXT, n; left > 0; left -= n) {
        n = fread(block, 1, left < BLOCK ? left : BLOCK, s->f);
        if (n == 0)
            break; /* the digest will not match */
        hash_add(hash, block, n);
    }
    hash_end(hash, digest);
    free(block);
    return fread(stored, 1, HASH_TEXT, s->f) == HASH_TEXT && !memcmp(stored, digest, HASH_TEXT);
}

/* Read the manifest behind the header; NULL if there is none. */
static cJSON *read_manifest(struct checkpoint_file *s)
{
    size_t n = (size_t)s->h.n_manifest;
    if (s->h.n_manifest <= 0 || n > s->size - sizeof(s->h) - HASH_TEXT)
        return NULL;
    char *text = xcalloc(n, 1);
    cJSON *o = fread(text, 1, n, s->f) == n ? cJSON_ParseWithLength(text, n) : NULL;
    free(text);
    return o;
}

int checkpoint_open(struct checkpoint_file *s, struct err *e)
{
    static const char remedy[] = "remove it to start anew";
    if (!(s->f = file_open(s->path, &s->size, e)))
        return -1;
    if (s->size < sizeof(s->h) + HASH_TEXT || fread(&s->h, 1, sizeof(s->h), s->f) != sizeof(s->h))
        err_set(e, "%s: is damaged: it has only %zu bytes; %s", s->path, s->size, remedy);
    else if (memcmp(s->h.magic, checkpoint_magic, VERSION_AT) != 0)
        err_set(e, "%s: is damaged: it does not begin with '%.11s'; %s", s->path, checkpoint_magic,
                remedy);
    else if (rewind(s->f), !is_whole(s))
        err_set(e, "%s: is damaged: its last bytes are not the SHA-256 of the %zu before them; %s",
                s->path, s->size - HASH_TEXT, remedy);
    else if (fseek(s->f, sizeof(s->h), SEEK_SET) == 0 &&
             (memcmp(s->h.magic, checkpoint_magic, sizeof(s->h.magic)) != 0 ||
              (s->manifest = read_manifest(s))))
        return 0;
    else
        err_set(e, "%s: is damaged: it has no manifest; %s", s->path, remedy);
    checkpoint_close(s);
    return -1;
}
