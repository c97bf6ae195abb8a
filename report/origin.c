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

/* The value that the tuning of a cell has for the key, as text without brackets, in buf. */
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
    fprintf(f, "chosen by gossipbench sweep %s --tier %s --tune (%s): the rate with the best ",
            json_field(file, "experiment"), json_field(file, "tier"), json_field(file, "path"));
    write_all(r, "metric", f);
    fputs(" after ", f), write_all(r, "epochs", f);
    fputs(" epochs, mean of the tuning seeds ", f), write_all(r, "seeds", f);
    if (is_held_out(r)) {
        fputs(", on ", f), write_all(r, "holdout", f);
        fputs(" held-out training samples, never on the test set", f);
    }
    fprintf(f, "; in %d of %d rows it lies inside what was tried", count(r, ""), n);
    if (n < r->n_cell)
        fprintf(f, "; the rates of the other %d rows are given by the experiment's file",
                r->n_cell - n);
}

/* Whether a cell's runs differ from those of its tuning in code or, if not, in data. */
static int differs(const struct results *r, int cell, int in_data)
{
    const cJSON *rate = rate_of(r, cell);
    int run = results_ended(r, cell);
    char sum[HASH_TEXT];
    if (!rate || run < 0)
        return 0;
    if (in_data)
        data_files_sum(r, run, sum);
    else
        snprintf(sum, sizeof(sum), "%s", results_manifest(r, run, "code_sha256"));
    return strcmp(sum, json_field(rate, in_data ? "data_files_sha256" : "code_sha256")) != 0;
}

int origin_caution(const struct results *r, FILE *f)
{
    int n_line = 0;
    for (int in_data = 0; in_data < 2; in_data++) {
        int n = 0;
        for (int cell = 0; cell < r->n_cell; cell++)
            n += differs(r, cell, in_data);
        if (n)
            fprintf(f,
                    "Caution: the learning rates of %d of %d rows were chosen %s than the runs'\n",
                    n, r->n_cell, in_data ? "on other data" : "by other code");
        n_line += n > 0;
    }
    return n_line;
}
