#include "cli/seeds.h"
#include "gossip/gossip.h"
#include "report/results.h"
#include <stdio.h>
#include <string.h>

/* Cut the slashes off the end of a path, and the last name off the rest; returns it. */
static const char *cut_name(char path[PATH_LENGTH])
{
    size_t n = strlen(path);
    while (n > 1 && path[n - 1] == '/')
        path[--n] = '\0';
    char *slash = strrchr(path, '/');
    if (!slash)
        return path;
    *slash = '\0';
    return slash + 1;
}

/* The pool of every result that the runs have, as tables have it: mean ± deviation over the seeds. */
static int print_pool(const char *dir, struct err *e)
{
    char path[PATH_LENGTH];
    struct results r;
    if (path_copy(path, sizeof(path), dir, e) < 0)
        return -1;
    const char *name = cut_name(path), *runs = name == path ? "." : *path ? path : "/";
    if (results_open(&r, runs, name, seeds_index, e) < 0)
        return -1;
    printf("%s: mean ± deviation of %d runs after the last epoch", dir, r.n_ended - r.n_diverged);
    if (r.n_diverged)
        printf("; %d diverged", r.n_diverged);
    printf("\n");
    for (int c = 0; c < N_COLUMN; c++) {
        struct summary s = results_summary(&r, 0, c, "last");
        if (!column_is_compared(c) || s.v.n == 0)
            continue;
        printf("  %-24s ", columns[c].key);
        sample_print(&s.v, c, "±", stdout);
        printf("%s%s\n", *columns[c].unit ? " " : "", columns[c].unit);
    }
    results_close(&r);
    return 0;
}

int run_seeds(const char *seeds, const struct config *c, const char *file, const char *dir,
              enum run_start start, int replace, struct err *e)
{
    struct seeds s;
    char path[PATH_LENGTH];
    int status = seeds_read(&s, seeds, e);
    if (status == 0 && gossip_is_root())
        status = path_copy(path, sizeof(path), dir, e) < 0
                     ? -1
                     : seeds_write_index(&s, c, dir, cut_name(path), e);
    if (gossip_agree(status, e) < 0)
        return -1;
    status = seeds_run(&s, c, file, dir, start, replace, e);
    if (status < 0 || status == RUN_INTERRUPTED)
        return status;
    return gossip_agree(gossip_is_root() ? print_pool(dir, e) : 0, e) < 0 ? -1 : status;
}
