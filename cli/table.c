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

static int table_main(int argc, char **argv)
{
    const char *format = "md";
    int write = 0;
    size_t kind = 0;
    const struct option more[] = {{.name = "format", .value = &format},
                                  {.name = "save", .flag = &write}};
    struct request q;
    struct results r;
    struct err e;
    int status = request_parse(&q, argc, argv, more, LENGTH(more), &e);
    while (kind < LENGTH(formats) && strcmp(format, formats[kind].name) != 0)
        kind++;
    if (status == 0 && kind == LENGTH(formats))
        status = err_usage(&e, "--format is '%.20s', but must be md, csv or latex", format);
    if (status < 0 || request_open(&q, &r, &e) < 0)
        return fail(&e);
    print(&r, kind, stdout);
    if (write && status == 0)
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
    .main = table_main,
    .help = "usage: gossipbench table EXPERIMENT [--tier quick] [--format md|csv|latex] [--save]\n"
            "                         [--from results/runs]\n\n"
            "Reads FROM/EXPERIMENT; --from results/expected reads the results that come with the\n"
            "code.  Exit code 1 if runs are missing.  --save also writes\n"
            "results/tables/EXPERIMENT-TIER.csv, .md and .tex.\n"};
