/* model_file: files of trained networks, .npz or .safetensors.  One model: arrays under the names
 * that PyTorch gives them (train/state_dict.h).  All models of a run: those of worker i after
 * "worker<i>/", those of the averaged model after "average/".
 * The array "metadata" of files that this program writes is the run's manifest, JSON in bytes.  Of a
 * network for texts, "vocabulary" in it lists the tokens. */
#pragma once
#include "core/npz.h"
#include "core/path.h"
#include "nn/nn.h"
#include <cJSON.h>

enum { MODEL_AVERAGE = -1, MODEL_ALL = -2, MODEL_DEFAULT = -3 }; /* beside the numbers of workers */
enum { MODEL_PREFIX = 32 };

struct model_file {
    char path[PATH_LENGTH];
    struct npz z;
    cJSON *manifest; /* NULL: the file is from elsewhere */
    int n_worker;    /* 0: it holds one model */
};

/* Whether the path ends in .npz or .safetensors. */
int model_file_is(const char *path);
/* Read a file; on failure nothing needs closing. */
int model_file_open(struct model_file *m, const char *path, struct err *e);
void model_file_close(struct model_file *m);
/* What the names of a model's arrays begin with.  MODEL_DEFAULT: the only model, or the average.  -1
 * with a sentence if the file does not have the model. */
int model_file_prefix(const struct model_file *m, int which, char prefix[MODEL_PREFIX],
                      struct err *e);
/* Refuse a network whose vocabulary, as far as the file names one, is another than that of the data,
 * by its SHA-256; "" if the data are images. */
int model_file_check_words(const struct model_file *m, const char *sha256, struct err *e);
/* Write one of its models, or with MODEL_ALL all of them, to another file. */
int model_file_export(const struct model_file *m, int which, const char *path, struct err *e);

/* Build the network that a manifest describes; -1 with a sentence that names `path`. */
int model_file_network(struct net *t, const cJSON *manifest, const char *path, struct err *e);
/* Add the list "vocabulary" with the lines of the text of n bytes, in which U+FFFD stands for each byte that is
 * not part of UTF-8. */
void model_file_add_words(cJSON *o, const char *text, size_t n);
/* Add "metadata". */
void model_file_add_metadata(struct npz *z, const cJSON *o);
/* Add "metadata" with the manifest of the run in the folder.  -1 with a sentence if the vocabulary
 * that it names is not in the folder. */
int model_file_describe(struct npz *z, cJSON *manifest, const char *dir, struct err *e);
