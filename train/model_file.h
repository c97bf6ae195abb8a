/* model_file: files of trained networks, .npz or .safetensors.  A file with one model has its
 * arrays under the names that PyTorch gives them (train/state_dict.h).  In a file with all models
 * of a run, the names of worker i's arrays begin with "worker<i>/", those of the averaged model
 * with "average/".  In files that this program writes, the array "metadata" holds the bytes of the
 * run's manifest (JSON); for a network that reads texts, its list "vocabulary" names the tokens. */
#pragma once
#include "core/npz.h"
#include "core/path.h"
#include "nn/nn.h"
#include <cJSON.h>

enum { MODEL_AVERAGE = -1, MODEL_ALL = -2, MODEL_DEFAULT = -3 }; /* or a worker's number */
enum { MODEL_PREFIX = 32 };

struct model_file {
    char path[PATH_LENGTH];
    struct npz z;
    cJSON *manifest; /* NULL: another program wrote the file */
    int n_worker;    /* 0: it holds one model */
};

/* Whether the path ends in .npz or .safetensors. */
int model_file_is(const char *path);
/* Read a file; on failure nothing needs closing. */
int model_file_open(struct model_file *m, const char *path, struct err *e);
void model_file_close(struct model_file *m);
/* Get the prefix of the names of a model's arrays.  MODEL_DEFAULT: the only model, or the average.
 * -1 with a sentence if the file does not have the model. */
int model_file_prefix(const struct model_file *m, int which, char prefix[MODEL_PREFIX],
                      struct err *e);
/* If the file names a vocabulary, refuse it unless its SHA-256 is that of the data's vocabulary,
 * `sha256`, which is "" if the data are images. */
int model_file_check_words(const struct model_file *m, const char *sha256, struct err *e);
/* Write one of its models (or all of them: MODEL_ALL) to another file. */
int model_file_export(const struct model_file *m, int which, const char *path, struct err *e);

/* Build the network that a manifest describes; -1 with a sentence that names `path`. */
int model_file_network(struct net *t, const cJSON *manifest, const char *path, struct err *e);
/* Add the list "vocabulary" with the lines of the text of n bytes; each byte that is not valid
 * UTF-8 becomes U+FFFD. */
void model_file_add_words(cJSON *o, const char *text, size_t n);
/* Add "metadata". */
void model_file_add_metadata(struct npz *z, const cJSON *o);
/* Add "metadata" with the manifest of the run in the folder.  -1 with a sentence if the manifest
 * names a vocabulary that is not in the folder. */
int model_file_describe(struct npz *z, cJSON *manifest, const char *dir, struct err *e);
