#include "cli/cli.h"
#include "cli/save.h"
#include "report/tables.h"
#include "report/write.h"
#include <string.h>

static const struct {
    const char *name, *ending;
    void (*build)(struct table *t, const struct results *r);
    void (*write)(const struct table *t, FILE *f);
} formats[] = {{"md", ".md", table_of, write_markdown},
               {"csv", ".csv", table_tidy, write_csv},
               {"latex", ".tex", table_of, write_latex}};

static void print(const struct results *r, size_t format, FILE *f)
{
    struct table t;
    formats[format].build(&t, r);
    formats[format].write(&t, f);
    table_free(&t);
}

static int save_all(const struct results *r, struct err *e)
{
    struct text text;
    for (size_t i = 0; i < LENGTH(formats); i++) {
        print(r, i, text_open(&text));
        if (save(&text, r, formats[i].ending, e) < 0)
            return -1;
    }
    return 0;
}

static int table_main(const struct arguments *a)
{
    const char *format = arguments_value(a, "format");
    int write = arguments_value(a, "save") != NULL, status = 0;
    size_t kind = 0;
    struct request q = request_of(a);
    struct results r;
    struct err e;
    while (kind < LENGTH(formats) && strcmp(format, formats[kind].name) != 0)
        kind++;
    if (kind == LENGTH(formats))
        status = err_usage(&e, "--format is '%.20s', but must be md, csv or latex", format);
    if (status < 0 || request_open(&q, &r, &e) < 0)
        return fail(&e);
    print(&r, kind, stdout);
    if (write)
        status = save_all(&r, &e);
    if (write && status == 0 && kind == 0)
        printf("\n%s/%s-%s.csv, .md and .tex written\n", path_in_root("results/tables"),
               r.experiment, r.tier);
    int code = status < 0 ? fail(&e) : r.n_ended < r.n_run ? EXIT_FAILED : EXIT_DONE;
    results_close(&r);
    return code;
}

const struct verb verb_table = {
    .name = "table",
    .about = "mean and deviation over seeds of an experiment's finished runs",
    .operand = "EXPERIMENT",
    .option = (const struct option[]){REQUEST_OPTIONS,
                                      {"format", "md|csv|latex", "md", "what to print"},
                                      {"save", NULL, NULL,
                                       "write results/tables/EXPERIMENT-TIER.csv, .md and .tex, "
                                       "too"},
                                      {NULL}},
    .main = table_main,
    .help = "Exit code 1 if runs are missing.",
    .example = "table toy-quadratic\nafter gossipbench sweep toy-quadratic"};
