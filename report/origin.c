#include "report/origin.h"
#include "core/json.h"
#include "report/rates_file.h"
#include <stdlib.h>
#include <string.h>

/* The tuning's entry for the rate of a cell; NULL: the rate is not from a file of rates. */
static const cJSON *rate_of(const struct results *r, int cell)
{
    return cJSON_GetObjectItem(r->run[r->first[cell]].index, "rate");
}

/* The value that the tuning of a cell has for the key, as text without brackets, in buf; a metric by
 * its name for people. */
static const char *text_of(const struct results *r, int cell, const char *key, char buf[256])
{
    char *text = json_words(cJSON_GetObjectItem(rate_of(r, cell), key));
    size_t n = 0;
    for (const char *from = text; *from && n < 254; from++)
        if (*from != '[' && *from != ']') {
            buf[n++] = *from;
            if (*from == ',')
                buf[n++] = ' ';
        }
    buf[n] = '\0';
    free(text);
    int column = strcmp(key, "metric") ? -1 : column_find(buf);
    if (column >= 0)
        snprintf(buf, 256, "%s", columns[column].name);
    return buf;
}

/* Write the different values that the cells have for the key: "3 or 4". */
static void write_all(const struct results *r, const char *key, FILE *f)
{
    char text[256], earlier[256];
    int n = 0;
    for (int cell = 0; cell < r->n_cell; cell++) {
        int seen = !rate_of(r, cell);
        text_of(r, cell, key, text);
        for (int k = 0; k < cell && !seen; k++)
            seen = rate_of(r, k) && !strcmp(text_of(r, k, key, earlier), text);
        if (!seen)
            fprintf(f, "%s%s", n++ ? " or " : "", text);
    }
}

/* How many cells have a rate from the tuning; if `edge` is given, only those at this edge. */
static int count(const struct results *r, const char *edge)
{
    int n = 0;
    for (int cell = 0; cell < r->n_cell; cell++)
        n += rate_of(r, cell) && (!edge || !strcmp(json_field(rate_of(r, cell), "edge"), edge));
    return n;
}

/* Toy problems have no samples to hold out. */
static int is_held_out(const struct results *r)
{
    for (int cell = 0; cell < r->n_cell; cell++)
        if (cJSON_GetNumberValue(cJSON_GetObjectItem(rate_of(r, cell), "holdout")) > 0)
            return 1;
    return 0;
}

void origin_write(const struct results *r, FILE *f)
{
    const cJSON *file = cJSON_GetObjectItem(r->index, "rates_file");
    int n = count(r, NULL);
    if (!file || n == 0) {
        fputs(*r->rates ? r->rates
                        : "from the experiment's file, which does not say whether they are tuned",
              f);
        return;
    }
    fprintf(f,
            "chosen by gossipbench sweep %s --tier %s --tune (%s): the rate with the best "
            "result (",
            json_field(file, "experiment"), json_field(file, "tier"), json_field(file, "path"));
    write_all(r, "metric", f);
    fputs(") after epoch ", f), write_all(r, "epochs", f);
    fputs(", mean of the tuning seeds ", f), write_all(r, "seeds", f);
    if (is_held_out(r)) {
        fputs(", on ", f), write_all(r, "holdout", f);
        fputs(" held-out training samples, never on the test set", f);
    }
    fprintf(f, "; in %d of %d rows it lies inside what was tried", count(r, ""), n);
    if (n < r->n_cell)
        fprintf(f, "; the rates of the other %d rows are given by the experiment's file",
                r->n_cell - n);
}

/* Whether a cell's runs are not comparable with those of its tuning: they are of another version
 * (CONTRIBUTING.md), or of other data. */
static int is_of_another_version(const struct results *r, int cell, int run)
{
    return !same_minor(results_manifest(r, run, "version"),
                       json_field(rate_of(r, cell), "version"));
}

static int is_of_other_data(const struct results *r, int cell, int run)
{
    char sum[HASH_TEXT];
    data_files_sum(r, run, sum);
    return strcmp(sum, json_field(rate_of(r, cell), "data_files_sha256")) != 0;
}

int origin_caution(const struct results *r, FILE *f)
{
    static const struct {
        int (*holds)(const struct results *, int cell, int run);
        const char *says;
    } caution[] = {{is_of_another_version, "by another version"},
                   {is_of_other_data, "on other data"}};
    int n_line = 0;
    for (int k = 0; k < 2; k++) {
        int n = 0;
        for (int cell = 0; cell < r->n_cell; cell++) {
            int run = results_ended(r, cell);
            n += rate_of(r, cell) && run >= 0 && caution[k].holds(r, cell, run);
        }
        if (n)
            fprintf(f,
                    "Caution: the learning rates of %d of %d rows were chosen %s than the runs'\n",
                    n, r->n_cell, caution[k].says);
        n_line += n > 0;
    }
    return n_line;
}
