#include "cli/cli.h"
#include "cli/save.h"
#include "report/tables.h"
#include "report/write.h"
#include <string.h>

static void print_markdown(const struct results *r, FILE *f)
{
    struct table t;
    table_of(&t, r);
    write_markdown(&t, f);
    table_free(&t);
}

static void print_csv(const struct results *r, FILE *f)
{
    struct table t;
    table_tidy(&t, r);
    write_csv(&t, f);
    table_free(&t);
}

static const struct {
    const char *name, *ending;
    void (*print)(const struct results *r, FILE *f);
} formats[] = {
    {"md", ".md", print_markdown}, {"csv", ".csv", print_csv}, {"latex", ".tex", paper_write}};

static int save_all(const struct results *r, struct err *e)
{
    struct text text;
    for (size_t i = 0; i < LENGTH(formats); i++) {
        formats[i].print(r, text_open(&text));
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
    while (strcmp(format, formats[kind].name) != 0)
        kind++;
    if (request_open(&q, &r, &e) < 0)
        return fail(&e);
    formats[kind].print(&r, stdout);
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
