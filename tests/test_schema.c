/* schema: docs/experiment.schema.json has the keys, names and measures of the registries.  With
 * WRITE in the environment, as make schema sets it, they are written there; everything before the
 * line of "made" is written by hand. */
#include "core/column.h"
#include "core/file.h"
#include "loaders/dataset.h"
#include "models/models.h"
#include "partitions/partitions.h"
#include "train/keys.h"

#include "tests/check.h"
#include <stdlib.h>

static const char path[] = "docs/experiment.schema.json", marker[] = "    \"made\":";
#define LIST_OF                                                                                    \
    "        \"%s\": {\"type\": \"array\", \"minItems\": 1, \"uniqueItems\": true, \"items\": "

/* Text as it stands within JSON's quotes. */
static void put_text(FILE *f, const char *text)
{
    for (; *text; text++)
        fprintf(f, *text == '"' || *text == '\\' ? "\\%c" : "%c", *text);
}

/* The placeholder of a name, <k>, as a regular expression; returns its length. */
static size_t put_place(FILE *f, const char *place)
{
    size_t n = strcspn(place, ">");
    if (!strncmp(place, "<path", 5))
        fputs(".+", f);
    else if (memchr(place, '|', n))
        fprintf(f, "(%.*s)", (int)n - 1, place + 1);
    else
        fputs("[0-9.]+", f);
    return n + 1;
}

/* The pattern of a registered name: "base-<k+1>", "erdos-renyi[-<p>]". */
static void put_pattern(FILE *f, const char *name)
{
    fputs("{\"pattern\": \"^", f);
    while (*name)
        if (*name == '<') {
            name += put_place(f, name);
        } else {
            fprintf(f, *name == '[' ? "(" : *name == ']' ? ")?" : "%c", *name);
            name++;
        }
    fputs("$\"}", f);
}

/* Any of the names of several registries. */
static void put_names(FILE *f, const struct registry *const *all, const size_t *n, int n_registry)
{
    const char *between = "";
    fputs("\"anyOf\": [", f);
    for (int r = 0; r < n_registry; r++)
        for (size_t i = 0; i < n[r]; i++, between = ", ") {
            fputs(between, f);
            if (strpbrk(all[r][i].name, "[<"))
                put_pattern(f, all[r][i].name);
            else
                fprintf(f, "{\"const\": \"%s\"}", all[r][i].name);
        }
    fputs("]", f);
}

/* What a key's text may be. */
static void put_text_type(FILE *f, const struct key *k)
{
    const struct {
        const char *key;
        const struct registry *all[2];
        size_t n[2];
    } named[] = {{"dataset", {loader_registry, problem_registry}, {n_loader, n_problem}},
                 {"model", {model_registry}, {n_model}},
                 {"topology", {topology_registry}, {n_topology}},
                 {"algorithm", {algorithm_registry}, {n_algorithm}},
                 {"partition", {partition_registry}, {n_partition}}};
    fprintf(f, "\"type\": \"string\", \"maxLength\": %.0f", k->max);
    for (size_t i = 0; i < LENGTH(named); i++)
        if (!strcmp(k->name, named[i].key)) {
            fputs(", ", f);
            put_names(f, named[i].all, named[i].n, named[i].n[1] ? 2 : 1);
        }
}

static void put_type(FILE *f, const struct key *k)
{
    switch (k->type) {
    case TEXT_KEY:
        put_text_type(f, k);
        break;
    case WHOLE_KEY:
    case NUMBER_KEY:
        fprintf(f, "\"type\": \"%s\", \"minimum\": %.15g, \"maximum\": %.15g",
                k->type == WHOLE_KEY ? "integer" : "number", k->min, k->max);
        break;
    case FLAG_KEY:
        fputs("\"type\": \"boolean\"", f);
        break;
    case FRACTIONS_KEY:
        fprintf(f,
                "\"type\": \"array\", \"maxItems\": %d, \"items\": {\"type\": \"number\", "
                "\"exclusiveMinimum\": 0, \"exclusiveMaximum\": 1}",
                CONFIG_MAX_MILESTONE);
        break;
    case SCOPES_KEY:
        fputs("\"type\": \"array\", \"minItems\": 1, \"items\": {\"enum\": [", f);
        for (int i = 0; i < N_SCOPE; i++)
            fprintf(f, "%s\"%s\"", i ? ", " : "", scope_names[i]);
        fputs("]}", f);
    }
}

static void put_config(FILE *f, const struct key *k, size_t n)
{
    struct config c;
    char value[CONFIG_VALUE];
    config_default(&c);
    fputs("    \"config\": {\n      \"type\": \"object\",\n      \"additionalProperties\": false,\n"
          "      \"patternProperties\": {\"^_\": {\"description\": \"a comment\"}},\n"
          "      \"properties\": {\n",
          f);
    for (size_t i = 0; i < n; i++) {
        fprintf(f, "        \"%s\": {", k[i].name);
        put_type(f, &k[i]);
        fputs(", \"description\": \"", f);
        put_text(f, k[i].help);
        config_value(&c, (int)i, value, sizeof(value));
        fprintf(f, "\", \"default\": %s}%s\n",
                strcmp(k[i].name, "data_dir") != 0 ? value : "\"datasets/data\"",
                i + 1 < n ? "," : "");
    }
    fputs("      }\n    },\n", f);
}

static void put_axes(FILE *f, const struct key *k, size_t n)
{
    fputs("    \"axis\": {\"enum\": [\"variant\"", f);
    for (size_t i = 0; i < n; i++)
        fprintf(f, ", \"%s\"", k[i].name);
    fputs("]},\n    \"axes\": {\n"
          "      \"description\": \"key: values; each combination is a cell of the table\",\n"
          "      \"type\": \"object\",\n      \"additionalProperties\": false,\n"
          "      \"patternProperties\": {\"^_\": {\"description\": \"a comment\"}},\n"
          "      \"properties\": {\n",
          f);
    fprintf(f, LIST_OF "{\"type\": \"string\"}}", "variant");
    for (size_t i = 0; i < n; i++) {
        fputs(",\n", f);
        fprintf(f, LIST_OF "{\"$ref\": \"#/definitions/config/properties/%s\"}}", k[i].name,
                k[i].name);
    }
    fputs("\n      }\n    }\n  }\n}\n", f);
}

static void put_metric(FILE *f)
{
    const char *between = "";
    fputs("    \"metric\": {\"enum\": [", f);
    for (int c = 0; c < N_COLUMN; c++)
        if (column_is_compared(c)) {
            fprintf(f, "%s\"%s\"", between, columns[c].key);
            between = ", ";
        }
    fputs("]},\n", f);
}

static void the_schema_has_what_the_registries_have(void **state)
{
    (void)state;
    struct err e;
    char *text = file_read_text(path, 1 << 20, NULL, &e), *made, *at;
    size_t size, n;
    const struct key *k = keys_all(&n);
    if (!text || !(at = strstr(text, marker)))
        fail_msg("%s has no line of %s", path, marker);
    FILE *f = open_memstream(&made, &size);
    fprintf(f, "%.*s", (int)(strchr(at, '\n') + 1 - text), text);
    put_metric(f), put_config(f, k, n), put_axes(f, k, n);
    fclose(f);
    if (getenv("WRITE"))
        assert_int_equal(file_replace(path, made, size, &e), 0);
    else if (strcmp(text, made) != 0)
        fail_msg("%s is not that of the registries; make schema writes it", path);
    free(text), free(made);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_schema_has_what_the_registries_have),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
