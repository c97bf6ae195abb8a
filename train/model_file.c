#include "train/model_file.h"
#include "core/file.h"
#include "core/hash.h"
#include "core/json.h"
#include "core/safetensors.h"
#include "models/models.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char metadata[] = "metadata";

/* --- forms of files --------------------------------------------------------------------------- */

static const struct form {
    const char *ending;
    int (*read)(struct npz *z, const char *path, struct err *e);
    int (*write)(const struct npz *z, const char *path, struct err *e);
} forms[] = {{".npz", npz_read, npz_write}, {".safetensors", safetensors_read, safetensors_write}};

/* The file's form by the end of its name; NULL if it is none of them. */
static const struct form *form_of(const char *path)
{
    for (size_t i = 0; i < LENGTH(forms); i++) {
        size_t n = strlen(forms[i].ending), all = strlen(path);
        if (all > n && !strcmp(path + all - n, forms[i].ending))
            return &forms[i];
    }
    return NULL;
}

int model_file_is(const char *path)
{
    return form_of(path) != NULL;
}

static const struct form *need_form(const char *path, struct err *e)
{
    const struct form *f = form_of(path);
    if (!f)
        err_usage(e, "%s: the name of a file of parameters ends in .npz or .safetensors", path);
    return f;
}

/* --- reading ---------------------------------------------------------------------------------- */

/* The manifest in the file; NULL if it has none. */
static cJSON *read_manifest(const struct npz *z)
{
    for (int i = 0; i < z->n; i++)
        if (!strcmp(z->array[i].name, metadata) && !strcmp(z->array[i].type, "u1"))
            return cJSON_ParseWithLength(z->array[i].data, z->array[i].n);
    return NULL;
}

static int count_workers(const struct npz *z)
{
    int n = 0, worker, end;
    for (int i = 0; i < z->n; i++) {
        end = 0;
        if (sscanf(z->array[i].name, "worker%6d/%n", &worker, &end) == 1 && end > 0 && worker >= n)
            n = worker + 1;
    }
    return n;
}

int model_file_open(struct model_file *m, const char *path, struct err *e)
{
    const struct form *f = need_form(path, e);
    memset(m, 0, sizeof(*m));
    if (!f || path_copy(m->path, sizeof(m->path), path, e) < 0 || f->read(&m->z, path, e) < 0)
        return -1;
    m->manifest = read_manifest(&m->z);
    m->n_worker = count_workers(&m->z);
    return 0;
}

void model_file_close(struct model_file *m)
{
    npz_close(&m->z);
    cJSON_Delete(m->manifest);
    memset(m, 0, sizeof(*m));
}

int model_file_prefix(const struct model_file *m, int which, char prefix[MODEL_PREFIX],
                      struct err *e)
{
    prefix[0] = '\0';
    if (m->n_worker == 0)
        return which == MODEL_DEFAULT
                   ? 0
                   : err_usage(e, "%s: holds one model, so no worker can be chosen", m->path);
    if (which >= m->n_worker)
        return err_usage(e, "%s: has no worker %d; the workers are 0 to %d", m->path, which,
                         m->n_worker - 1);
    if (which >= 0)
        snprintf(prefix, MODEL_PREFIX, "worker%d/", which);
    else if (which != MODEL_ALL)
        snprintf(prefix, MODEL_PREFIX, "average/");
    return 0;
}

int model_file_check_words(const struct model_file *m, const char *sha256, struct err *e)
{
    const char *of_file = json_field(m->manifest, "vocabulary_sha256");
    if (!*of_file || !*sha256 || !strcmp(of_file, sha256))
        return 0;
    return err_set(
        e, "%s: its vocabulary, %.8s, is not that of the data, %.8s: its tokens are other words",
        m->path, of_file, sha256);
}

/* --- writing ---------------------------------------------------------------------------------- */

int model_file_export(const struct model_file *m, int which, const char *path, struct err *e)
{
    char prefix[MODEL_PREFIX];
    struct npz z = {0};
    const struct form *f = need_form(path, e);
    if (!f || model_file_prefix(m, which, prefix, e) < 0)
        return -1;
    size_t n = strlen(prefix);
    for (int i = 0; i < m->z.n; i++) {
        const struct npz_array *a = &m->z.array[i];
        int is_about = !strcmp(a->name, metadata);
        if (is_about || !strncmp(a->name, prefix, n))
            npz_add(&z, a->name + (is_about ? 0 : n), a->type, a->n_dim, a->dim, a->data);
    }
    int status = f->write(&z, path, e);
    npz_close(&z);
    return status;
}

int model_file_network(struct net *t, const cJSON *manifest, const char *path, struct err *e)
{
    const cJSON *network = cJSON_GetObjectItem(manifest, "network"), *v;
    int size[3] = {0}, n = 0, n_class = 0;
    cJSON_ArrayForEach (v, cJSON_GetObjectItem(network, "input")) {
        if (n < 3 && cJSON_IsNumber(v) && v->valuedouble >= 1 && v->valuedouble <= 4096)
            size[n++] = (int)v->valuedouble;
    }
    if (cJSON_IsNumber(v = cJSON_GetObjectItem(network, "classes")))
        n_class = v->valueint;
    struct shape input =
        n == 3 ? (struct shape){size[1], size[2], size[0]} : (struct shape){size[0], 1, 1};
    if ((n != 1 && n != 3) || n_class < 1)
        return err_set(e, "%s: its manifest does not describe a network", path);
    return model_build(t, json_field(cJSON_GetObjectItem(manifest, "config"), "model"), input,
                       n_class, e);
}

/* Copy a token; each byte that is not valid UTF-8 becomes U+FFFD. */
static void copy_utf8(char *to, const char *from, size_t n)
{
    for (size_t i = 0, k; i < n; i += k) {
        unsigned char first = (unsigned char)from[i];
        size_t want = first < 0x80   ? 1
                      : first < 0xc2 ? 0
                      : first < 0xe0 ? 2
                      : first < 0xf0 ? 3
                      : first < 0xf5 ? 4
                                     : 0;
        for (k = 1; k < want && i + k < n && ((unsigned char)from[i + k] & 0xc0) == 0x80;)
            k++;
        if (k == want)
            memcpy(to, from + i, k), to += k;
        else
            memcpy(to, "\xef\xbf\xbd", 3), to += 3, k = 1;
    }
    *to = '\0';
}

void model_file_add_words(cJSON *o, const char *text, size_t n)
{
    cJSON *list = cJSON_AddArrayToObject(o, "vocabulary");
    for (const char *line = text, *end; (end = memchr(line, '\n', n)); line = end + 1) {
        n -= (size_t)(end - line) + 1;
        char *token = xcalloc(3 * (size_t)(end - line) + 1, 1);
        copy_utf8(token, line, (size_t)(end - line));
        cJSON_AddItemToArray(list, cJSON_CreateString(token));
        free(token);
    }
}

void model_file_add_metadata(struct npz *z, const cJSON *o)
{
    char *text = cJSON_PrintUnformatted(o);
    CHECK(text);
    size_t n = strlen(text);
    npz_add(z, metadata, "u1", 1, &n, text);
    cJSON_free(text);
}

int model_file_describe(struct npz *z, cJSON *manifest, const char *dir, struct err *e)
{
    char path[PATH_LENGTH], sha256[HASH_TEXT];
    const char *want = json_field(manifest, "vocabulary_sha256");
    size_t n;
    if (*want) {
        char *text = path_print(path, e, "%s/vocabulary.txt", dir) < 0
                         ? NULL
                         : file_read(path, SIZE_MAX, &n, e);
        if (!text)
            return -1;
        hash_bytes(text, n, sha256);
        if (strcmp(sha256, want) == 0)
            model_file_add_words(manifest, text, n);
        free(text);
        if (strcmp(sha256, want) != 0)
            return err_set(e, "%s: is not the vocabulary of this run", path);
    }
    model_file_add_metadata(z, manifest);
    return 0;
}
