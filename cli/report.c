#include "cli/cli.h"
#include "core/file.h"
#include "report/page.h"
#include <stdlib.h>

static int report_main(int argc, char **argv)
{
    const char *out = "results/report.html";
    const struct option options[] = {{"out", &out, NULL}};
    struct arguments a;
    struct err e;
    char *text = NULL;
    size_t n = 0;
    if (arguments_parse(&a, argc, argv, options, 1, NULL, 0, &e) < 0)
        return fail(&e);
    FILE *f = open_memstream(&text, &n);
    int status = page_write("results", f, &e);
    fclose(f);
    if (status == 0)
        status = file_replace(out, text, n, &e);
    free(text);
    if (status < 0)
        return fail(&e);
    printf("%s written, %zu KiB\n", out, n / 1024);
    return EXIT_DONE;
}

const struct verb verb_report = {
    .name = "report",
    .about = "one HTML page of all tables, verdicts and figures",
    .main = report_main,
    .help = "usage: gossipbench report [--out results/report.html]\n\n"
            "Puts what is in results/tables and results/figures, and what results/expected has\n"
            "besides, into one page that needs no other file: tables as table --save writes them,\n"
            "verdicts as compare --save does, figures as plot does.\n"};
