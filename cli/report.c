#include "cli/cli.h"
#include "core/build.h"
#include "core/file.h"
#include "report/page.h"
#include <stdio.h>
#include <stdlib.h>

static const struct source sources[] = {{"results/tables", "results/figures", 0},
                                        {"results/expected", "results/expected/figures", 1}};

static int write_page(const char *path, int markdown, struct err *e)
{
    struct sections s;
    char *text = NULL, version[128];
    size_t n = 0;
    if (sections_open(&s, markdown ? &sources[1] : sources, markdown ? 1 : 2, e) < 0)
        return -1;
    FILE *f = open_memstream(&text, &n);
    snprintf(version, sizeof(version), "%s, commit %s", build.version, build.commit);
    int status = 0;
    if (markdown)
        page_markdown(f, &s);
    else
        status = page_html(f, &s, version, e);
    fclose(f);
    if (status == 0)
        status = file_replace(path, text, n, e);
    if (status == 0)
        printf("%s written: %d tables\n", path, s.n);
    free(text);
    sections_close(&s);
    return status;
}

static int report_main(int argc, char **argv)
{
    const char *out = NULL;
    int markdown = 0;
    const struct option options[] = {{"out", &out, NULL, NULL},
                                     {"markdown", NULL, &markdown, NULL}};
    struct arguments a;
    struct err e;
    if (arguments_parse(&a, argc, argv, options, LENGTH(options), NULL, 0, &e) < 0)
        return fail(&e);
    if (!out)
        out = markdown ? "results/README.md" : "results/report.html";
    return write_page(out, markdown, &e) < 0 ? fail(&e) : EXIT_DONE;
}

const struct verb verb_report = {
    .name = "report",
    .about = "all tables, verdicts and figures on one page",
    .main = report_main,
    .help =
        "usage: gossipbench report [--out results/report.html]\n"
        "       gossipbench report --markdown [--out results/README.md]\n\n"
        "Writes an HTML page of the tables and verdicts in results/tables and the figures in\n"
        "results/figures; for what was not run here, of those in results/expected, marked as\n"
        "committed.  The page needs no other file.  table --save, compare --save and plot write\n"
        "what it shows, as make reproduce does; without gnuplot it has no figures.\n"
        "--markdown writes a page of results/expected alone, for who reads the repository; its\n"
        "figures are those in results/expected/figures.\n"};
