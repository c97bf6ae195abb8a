/* made: made-up runs of an experiment, for the tests of report/. */
#ifndef TESTS_MADE_H
#define TESTS_MADE_H
#include "core/file.h"
#include "report/results.h"
#include "tests/check.h"
#include "tests/temp.h"

/* A run: its algorithm, seed, status and last accuracies (mean, worst, average). */
struct made {
    const char *algorithm;
    int seed;
    const char *status; /* NULL: no manifest */
    double acc[3];      /* the test loss is a hundredth of the first */
};

/* A second axis and its numeric value for each run. */
struct second {
    const char *key;
    double value[16];
};

#define MADE_CONFIG "\"dataset\": \"d\", \"model\": \"m\""

static void put(const char *name, const char *text)
{
    struct err e = {.text = ""};
    char path[512];
    snprintf(path, sizeof(path), "%s", temp_path(name));
    *strrchr(path, '/') = '\0';
    if (dir_make(path, &e) < 0 || file_replace(temp_path(name), text, strlen(text), &e) < 0)
        fail_msg("%s", e.text);
}

/* Added to the numbers of the runs' code; and one more statistic of their average models. */
static int made_code;
static const char *made_statistic = "";
static const char *made_file = "1"; /* the hash of their method's file */

/* Write and open an experiment of these runs.  keys: more keys of its index; config: more keys of
 * all runs' configuration; both as JSON text.  second may be NULL.  Runs with seeds of 100 or more
 * have other code, those with seeds of 1000 or more another version. */
static void make(struct results *r, const struct made *run, int n, const char *keys,
                 const char *config, const struct second *second)
{
    static int count;
    char index[8192], text[1024], name[256], experiment[32], axis[64] = "", setting[64];
    struct err e = {.text = ""};
    snprintf(experiment, sizeof(experiment), "made%d", count++);
    if (second)
        snprintf(axis, sizeof(axis), ", \"%s\"", second->key);
    size_t at = (size_t)snprintf(index, sizeof(index),
                                 "{\"experiment\": \"made\", \"tier\": \"quick\", \"title\": "
                                 "\"T\\nt\", \"axes\": [\"algorithm\"%s], %s, \"runs\": [",
                                 axis, keys);
    for (int i = 0; i < n; i++) {
        const double *acc = run[i].acc;
        snprintf(setting, sizeof(setting), "\"lr\": 0.%d", run[i].algorithm[0] == 'q' ? 1 : 2);
        if (second) {
            snprintf(axis, sizeof(axis), ", \"%s\": \"%g\"", second->key, second->value[i]);
            snprintf(setting, sizeof(setting), "\"%s\": %g", second->key, second->value[i]);
        }
        at += (size_t)snprintf(index + at, sizeof(index) - at,
                               "%s{\"dir\": \"%d\", \"seed\": %d, \"algorithm\": \"%s\"%s}",
                               i ? ", " : "", i, run[i].seed, run[i].algorithm, axis);
        snprintf(name, sizeof(name), "%s/%d/manifest.json", experiment, i);
        snprintf(text, sizeof(text),
                 "{\"status\": \"%s\", \"config_sha256\": \"%s, %s, seed %d\", "
                 "\"data_sha256\": \"0123456789abcdef\", \"code_sha256\": \"code%d\", "
                 "\"code\": {\"algorithms/x.c\": \"%s\"}, "
                 "\"git_commit\": \"g\", \"version\": \"0.%d.%d\", \"config\": {%s, \"algorithm\": "
                 "\"%s\", %s}, "
                 "\"results\": {\"acc_mean_pct\": {\"last\": %g, \"best\": 99}, "
                 "\"acc_worst_pct\": {\"last\": %g}, \"acc_average_pct\": {\"last\": %g%s}, "
                 "\"test_loss_mean\": %g}}",
                 run[i].status, run[i].algorithm, second ? second->key : "", run[i].seed,
                 made_code + run[i].seed / 100, made_file, 1 + run[i].seed / 1000, run[i].seed,
                 config, run[i].algorithm, setting, acc[0], acc[1], acc[2], made_statistic,
                 acc[0] / 100);
        if (run[i].status)
            put(name, text);
    }
    snprintf(index + at, sizeof(index) - at, "]}");
    snprintf(name, sizeof(name), "%s/quick.json", experiment);
    put(name, index);
    if (results_open(r, temp_dir, experiment, "quick", &e) < 0)
        fail_msg("%s", e.text);
}

static void holds(const char *text, const char *words)
{
    if (!strstr(text, words))
        fail_msg("'%s' is not in:\n%s", words, text);
}
#endif
