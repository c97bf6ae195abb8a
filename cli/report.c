#include "cli/save.h"
#include "report/page.h"
#include <string.h>

/* Check the file of every experiment that has runs. */
static int check_experiments(const struct source *source, int n_source, struct err *e)
{
    char named[EXPERIMENT_NAME];
    int status = 0;
    for (int i = 0; i < n_source; i++) {
        struct folder f;
        folder_open(&f, source[i].runs, "");
        for (int k = 0; k < f.n && status == 0; k++)
            if (f.name[k][0] != '.' && strlen(f.name[k]) < EXPERIMENT_NAME)
                status = experiment_check(f.name[k], named, e);
        folder_close(&f);
    }
    return status;
}

static int write_page(const char *path, const struct source *source, int n_source, int markdown,
                      struct err *e)
{
    struct sections s;
    if (check_experiments(source, n_source, e) < 0 || sections_open(&s, source, n_source, e) < 0)
        return -1;
    int status = page_write(path, &s, markdown, e);
    if (status == 0) {
        if (*sections_why(&s))
            printf("not all figures could be drawn: %s\n", sections_why(&s));
        printf("%s written: %d tables\n", path, s.n);
    }
    sections_close(&s);
    return status;
}

static int report_main(const struct arguments *a, struct err *e)
{
    const char *out = arguments_value(a, "out"), *from = arguments_value(a, "from");
    int markdown = arguments_value(a, "markdown") != NULL;
    char path[PATH_LENGTH];
    struct source source[2] = {
        {runs_folder(from), figures_folder(from, path, e), 0},
        {path_installed("results/expected"), path_in_root("results/expected/figures"), 1}};
    if (!source[0].figures)
        return -1;
    if (!out)
        out = path_in_root(markdown ? "results/README.md" : "results/report.html");
    int committed = markdown && !from;
    return write_page(out, &source[committed], from || committed ? 1 : 2, markdown, e);
}

const struct verb verb_report = {
    .name = "report",
    .about = "all tables, verdicts and figures on one page",
    .option =
        (const struct option[]){
            {"out", "FILE", NULL,
             "write the page to FILE (default: results/report.html; with --markdown, "
             "results/README.md)"},
            {"from", "DIR", NULL,
             "read only the runs in DIR/EXPERIMENT, and keep their figures in DIR/figures"},
            {"markdown", NULL, NULL,
             "write a page of results/expected for readers of the repository"},
            {NULL}},
    .main = report_main,
    .help = "Writes an HTML page of the tables, verdicts and figures of the runs in results/runs; "
            "and, marked as committed, of those in results/expected that were not run here.  The "
            "page needs no other file.  Figures that are missing or older than their runs are "
            "drawn first, in results/figures; without gnuplot the page says that there are none.",
    .example = "report\nthen open results/report.html in a browser"};
