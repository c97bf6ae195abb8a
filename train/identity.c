#include "train/identity.h"
#include "core/build.h"
#include "core/code.h"
#include "core/file.h"
#include "core/json.h"
#include "core/path.h"
#include "core/sums.h"
#include "loaders/dataset.h"
#include "nn/blas.h"
#include "nn/kernels/kernels.h"
#include "train/checkpoint.h"
#include "train/keys.h"
#include "train/record.h"
#include "train/run.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FEW_FILES = 16 }; /* a data set with more files is one part */

static void add(struct identity *id, const char *name, const char *sha256, enum part_kind kind)
{
    CHECK(id->n < MAX_PART);
    struct part *p = &id->part[id->n++];
    snprintf(p->name, PART_NAME, "%.*s", PART_NAME - 1, name);
    memcpy(p->sha256, sha256, HASH_TEXT);
    p->kind = kind;
}

/* Add a group of shared files as one part. */
static void add_group(struct identity *id, const char *group)
{
    char sha256[HASH_TEXT];
    code_digest(group, sha256);
    add(id, group, sha256, PART_SHARED);
}

/* Add the files of a plug-in, each as a part; plug-ins may share files. */
static void add_symbol(struct identity *id, const char *symbol)
{
    for (size_t i = 0; i < n_code_part; i++) {
        int known = 0;
        for (int k = 0; k < id->n; k++)
            known |= !strcmp(id->part[k].name, code_parts[i].file);
        if (!strcmp(code_parts[i].part, symbol) && !known)
            add(id, code_parts[i].file, code_parts[i].sha256, PART_PLUGIN);
    }
}

static int add_files(struct identity *id, const struct file_list *files, struct err *e)
{
    char sha256[HASH_TEXT], name[PART_NAME];
    int status = 0;
    struct hash *all = hash_begin();
    for (int i = 0; i < files->n && status == 0; i++) {
        const char *file = files->file[i].name;
        status = sums_of(files->file[i].path, sha256, e);
        if (status == 0 && files->n <= FEW_FILES)
            add(id, file, sha256, PART_DATA);
        hash_add(all, file, strlen(file) + 1);
        hash_add(all, sha256, HASH_TEXT);
    }
    hash_end(all, sha256);
    snprintf(name, sizeof(name), "%d data files", files->n);
    if (status == 0 && files->n > FEW_FILES)
        add(id, name, sha256, PART_DATA);
    return status;
}

static int add_data(struct identity *id, const struct config *c, struct err *e)
{
    struct file_list files;
    union value value[MAX_PARAMETER];
    struct dataset_request q;
    if (run_request(c, &q, value, e) < 0 || dataset_files(&q, &files, e) < 0)
        return -1;
    int status = add_files(id, &files, e);
    file_list_release(&files);
    return status;
}

int identity_of(struct identity *id, const struct config *c, const char *kernel_set, struct err *e)
{
    char name[64];
    const char *symbol;
    id->n = 0;
    add_group(id, "core"), add_group(id, "gossip"), add_group(id, "train");
    add_group(id, config_problem(c) ? "toy" : "network");
    for (int i = 0; (symbol = keys_symbol(c, i)); i++)
        add_symbol(id, symbol);
    if (config_problem(c))
        return 0;
    snprintf(name, sizeof(name), "kernels_%.40s", kernel_set);
    add_symbol(id, name);
    return add_data(id, c, e);
}

/* SHA-256 over the parts of the kinds from first to last. */
static void digest(const struct identity *id, enum part_kind first, enum part_kind last,
                   char sha256[HASH_TEXT])
{
    struct hash *h = hash_begin();
    for (int i = 0; i < id->n; i++)
        if (id->part[i].kind >= first && id->part[i].kind <= last) {
            hash_add(h, id->part[i].name, strlen(id->part[i].name) + 1);
            hash_add(h, id->part[i].sha256, HASH_TEXT);
        }
    hash_end(h, sha256);
}

void identity_code(const struct identity *id, char sha256[HASH_TEXT])
{
    digest(id, PART_SHARED, PART_PLUGIN, sha256);
}

void identity_data(const struct identity *id, char sha256[HASH_TEXT])
{
    digest(id, PART_DATA, PART_DATA, sha256);
}

void identity_shared(const struct identity *id, char sha256[HASH_TEXT])
{
    digest(id, PART_SHARED, PART_SHARED, sha256);
}

cJSON *identity_json(const struct identity *id, int of_data)
{
    cJSON *o = cJSON_CreateObject();
    for (int i = 0; i < id->n; i++)
        if ((id->part[i].kind == PART_DATA) == of_data)
            cJSON_AddStringToObject(o, id->part[i].name, id->part[i].sha256);
    return o;
}

static int has_part(const struct identity *id, const char *name)
{
    for (int i = 0; i < id->n; i++)
        if (!strcmp(id->part[i].name, name))
            return 1;
    return 0;
}

/* Append to the list of differences. */
static void add_why(char why[WHY_TEXT], int n, const char *name, const char *what)
{
    enum { MOST = 4 };
    size_t at = strlen(why);
    if (n < MOST)
        snprintf(why + at, WHY_TEXT - at, "%s%s %s", at ? ", " : "", name, what);
    else if (n == MOST)
        snprintf(why + at, WHY_TEXT - at, " and more");
}

/* Append to `why` the parts that differ from the manifest's, taken for the manifest's kernel set;
 * returns their number. */
static int compare(const cJSON *manifest, const struct config *c, char why[WHY_TEXT])
{
    static const char *const object[] = {"code", "data_files"};
    const char *kernel_set = json_field(cJSON_GetObjectItem(manifest, "machine"), "kernels");
    const cJSON *then;
    struct identity *id = xcalloc(1, sizeof(*id));
    struct err e;
    int n = 0;
    why[0] = '\0';
    if (identity_of(id, c, kernel_set, &e) < 0)
        snprintf(why, WHY_TEXT, "%.*s", WHY_TEXT - 1, e.text), n++;
    for (int i = 0; i < id->n; i++) {
        const struct part *p = &id->part[i];
        const char *sha256 =
            json_field(cJSON_GetObjectItem(manifest, object[p->kind == PART_DATA]), p->name);
        if (strcmp(sha256, p->sha256) != 0)
            add_why(why, n++, p->name, *sha256 ? "changed" : "is new");
    }
    for (size_t k = 0; k < LENGTH(object); k++)
        cJSON_ArrayForEach (then, cJSON_GetObjectItem(manifest, object[k])) {
            if (!has_part(id, then->string))
                add_why(why, n++, then->string, "is no longer used");
        }
    free(id);
    return n;
}

int identity_changes(const cJSON *manifest, const struct config *c, char why[WHY_TEXT])
{
    const cJSON *machine = cJSON_GetObjectItem(manifest, "machine");
    const struct {
        const char *name, *then, *now;
    } fact[] = {{"build", json_field(manifest, "variant"), build.variant},
                {"compiler", json_field(manifest, "compiler"), build.compiler},
                {"compiler flags", json_field(manifest, "compiler_flags"), build.flags},
                {"kernel set", json_field(machine, "kernels"), kernels->name},
                {"BLAS", json_field(machine, "blas"), blas_describe()}};
    size_t n_fact = config_problem(c) ? 3 : LENGTH(fact); /* toy problems have no networks */
    char what[WHY_TEXT];
    int n = compare(manifest, c, why);
    for (size_t i = 0; i < n_fact; i++)
        if (strcmp(fact[i].then, fact[i].now) != 0) {
            snprintf(what, sizeof(what), "was '%.200s' and is '%.200s'", fact[i].then, fact[i].now);
            add_why(why, n++, fact[i].name, what);
        }
    return n;
}

/* Whether the run was resumed after something that determines the bits had changed. */
static int is_mixed(const cJSON *manifest)
{
    const cJSON *at;
    cJSON_ArrayForEach (at, cJSON_GetObjectItem(manifest, "resumed"))
        if (cJSON_GetObjectItem(at, "changes"))
            return 1;
    return 0;
}

/* Whether metrics.csv ends with the row that the manifest's results are of. */
static int has_rows(const char *dir, const cJSON *manifest)
{
    const cJSON *results = cJSON_GetObjectItem(manifest, "results");
    const cJSON *epoch = cJSON_GetObjectItem(results, "epoch");
    char path[PATH_LENGTH], first[64];
    struct err e;
    size_t n;
    if (!epoch)
        return 1; /* a run of no epochs */
    char *text = path_print(path, &e, "%s/%s", dir, run_files[0]) < 0
                     ? NULL
                     : file_read_text(path, SIZE_MAX, &n, &e);
    int whole = text && n > 0 && text[n - 1] == '\n';
    if (whole) {
        text[n - 1] = '\0';
        const char *row = strrchr(text, '\n');
        snprintf(first, sizeof(first), "\n%.9g,%.0f,", cJSON_GetNumberValue(epoch),
                 cJSON_GetNumberValue(cJSON_GetObjectItem(results, "step")));
        whole = row && !strncmp(row, first, strlen(first));
    }
    free(text);
    return whole;
}

/* Whether the finished or diverged run of this manifest in the folder counts for c. */
static int is_current(const char *dir, const cJSON *manifest, const struct config *c,
                      const char *hash, char why[WHY_TEXT])
{
    if (strcmp(json_field(manifest, "config_sha256"), hash) != 0)
        snprintf(why, WHY_TEXT, "its configuration differs");
    else if (strcmp(json_field(manifest, "variant"), build.variant) != 0)
        snprintf(why, WHY_TEXT, "it was made by the %.20s build", json_field(manifest, "variant"));
    else if (!cJSON_IsObject(cJSON_GetObjectItem(manifest, "code")))
        snprintf(why, WHY_TEXT, "its manifest does not name the code part by part");
    else if (!has_rows(dir, manifest))
        snprintf(why, WHY_TEXT, "its metrics.csv is damaged");
    else if (is_mixed(manifest))
        snprintf(why, WHY_TEXT, "it was resumed with changes of code, data or arithmetic");
    else
        return compare(manifest, c, why) == 0;
    return 0;
}

/* -1 with a sentence if a folder without a manifest has a file of a name that a run's file has. */
static int check_files(const char *dir, struct err *e)
{
    char path[PATH_LENGTH];
    for (int i = 0; i < N_RUN_FILE; i++) {
        if (path_print(path, e, "%s/%s", dir, run_files[i]) < 0)
            return -1;
        if (file_exists(path))
            return err_set(e,
                           "%s: would be replaced, though there is no manifest.json to say that it "
                           "is of a run: take another folder, or --replace",
                           path);
    }
    return 0;
}

int identity_has_room(const char *dir, const char *hash, struct err *e)
{
    char path[PATH_LENGTH];
    if (path_print(path, e, "%s/manifest.json", dir) < 0)
        return -1;
    if (!file_exists(path))
        return checkpoint_is_in(dir) ? 0 : check_files(dir, e);
    struct err unread;
    cJSON *o = json_read(path, 0, &unread);
    if (!o)
        return err_set(e, "%s: take another folder, or --replace the run there", unread.text);
    const char *there = json_field(o, "config_sha256");
    int status = !strcmp(there, hash) ? 0
                 : !*there
                     ? err_set(e, "%s: is not of a run: take another folder, or --replace it", path)
                     : err_set(e,
                               "%s: holds a run of another configuration, %.8s, not %.8s, with the "
                               "status '%.16s': take another folder, or --replace that run",
                               dir, there, hash, json_field(o, "status"));
    cJSON_Delete(o);
    return status;
}

enum run_state identity_state(const char *dir, const struct config *c, const char *hash,
                              char why[WHY_TEXT])
{
    char path[PATH_LENGTH], unwanted[WHY_TEXT];
    struct err e;
    if (path_print(path, &e, "%s/manifest.json", dir) < 0 || !file_exists(path))
        return RUN_ABSENT;
    cJSON *o = json_read(path, 0, &e);
    const char *status = json_field(o, "status");
    int has_ended = !strcmp(status, "finished") || !strcmp(status, "diverged");
    why = why ? why : unwanted;
    int current = has_ended && is_current(dir, o, c, hash, why);
    if (current)
        snprintf(why, WHY_TEXT, "%s", status);
    cJSON_Delete(o);
    return !has_ended ? RUN_ABSENT : current ? RUN_DONE : RUN_STALE;
}
