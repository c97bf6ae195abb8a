#include "cli/save.h"
#include "report/runs.h"
#include "report/tables.h"
#include "report/write.h"
#include <string.h>

static void build(struct table *t, const void *r)
{
    table_of(t, r);
}

static void build_tidy(struct table *t, const void *r)
{
    table_tidy(t, r);
}

static void print_paper(const void *r, FILE *f)
{
    paper_write(r, f);
}

static const struct format formats[] = {{"md", ".md", build, write_markdown},
                                        {"csv", ".csv", build_tidy, write_csv},
                                        {"latex", ".tex", .print = print_paper}};

/* The tier, if the command line names one. */
static const char *tier_given(const struct arguments *a)
{
    for (int i = 0; i < a->n_given; i++)
        if (!strcmp(a->given[i].option->name, "tier"))
            return a->given[i].value;
    return NULL;
}

static int print_runs(const struct arguments *a, struct err *e)
{
    const char *experiment = strcmp(a->operand[0], "all") != 0 ? a->operand[0] : NULL;
    int n_left_out = 0;
    if (runs_write(runs_folder(arguments_value(a, "from")), experiment, tier_given(a), stdout,
                   &n_left_out, e) < 0)
        return -1;
    if (n_left_out)
        fprintf(stderr, "gossipbench: left out: %d runs that have not ended\n", n_left_out);
    return EXIT_DONE;
}

static int table_main(const struct arguments *a, struct err *e)
{
    if (arguments_value(a, "tidy"))
        return print_runs(a, e);
    const struct format *format = format_find(formats, arguments_value(a, "format"));
    int write = arguments_value(a, "save") != NULL, status = 0;
    struct results r;
    if (request_open(a, &r, e) < 0)
        return -1;
    format_print(format, &r, stdout);
    if (write)
        status = save_formats(formats, LENGTH(formats), &r, &r, e);
    if (write && status == 0 && format == formats)
        printf("\n%s/%s-%s.csv, .md and .tex written\n", path_in_root("results/tables"),
               r.experiment, r.tier);
    return request_close(&r, status);
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
                                      {"tidy", NULL, NULL,
                                       "print a CSV row for each run and number, with all "
                                       "settings, of all tiers; EXPERIMENT can be all"},
                                      {NULL}},
    .main = table_main,
    .help = "Exit code 1 if runs are missing, but not with --tidy.",
    .example = "table toy-quadratic\nafter gossipbench sweep toy-quadratic"};
