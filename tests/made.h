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

/* Write and open an experiment of these runs; keys is more of its index, and config of all runs'
 * configuration, as JSON text. */
static void make(struct results *r, const struct made *run, int n, const char *keys,
                 const char *config)
{
    static int count;
    char index[8192], text[1024], name[256], experiment[32];
    struct err e = {.text = ""};
    snprintf(experiment, sizeof(experiment), "made%d", count++);
    size_t at =
        (size_t)snprintf(index, sizeof(index),
                         "{\"experiment\": \"made\", \"tier\": \"quick\", \"title\": \"T\", "
                         "\"axes\": [\"algorithm\"], %s, \"runs\": [",
                         keys);
    for (int i = 0; i < n; i++) {
        at += (size_t)snprintf(index + at, sizeof(index) - at,
                               "%s{\"dir\": \"%d\", \"seed\": %d, \"algorithm\": \"%s\"}",
                               i ? ", " : "", i, run[i].seed, run[i].algorithm);
        snprintf(name, sizeof(name), "%s/%d/manifest.json", experiment, i);
        const double *acc = run[i].acc;
        snprintf(text, sizeof(text),
                 "{\"status\": \"%s\", \"data_sha256\": \"0123456789abcdef\", \"config\": {%s, "
                 "\"algorithm\": \"%s\", \"lr\": 0.%d}, \"results\": {\"acc_mean_pct\": {\"last\": "
                 "%g, \"best\": 99}, \"acc_worst_pct\": {\"last\": %g}, \"acc_average_pct\": "
                 "{\"last\": %g}, \"test_loss_mean\": %g}}",
                 run[i].status, config, run[i].algorithm, run[i].algorithm[0] == 'q' ? 1 : 2,
                 acc[0], acc[1], acc[2], acc[0] / 100);
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
