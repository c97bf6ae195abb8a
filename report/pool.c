#include "report/pool.h"
#include "report/results.h"
#include <libgen.h>
#include <stdio.h>

int pool_print(const char *dir, const char *index, struct err *e)
{
    char path[PATH_LENGTH], above[PATH_LENGTH];
    struct results r;
    if (path_copy(path, sizeof(path), dir, e) < 0 || path_copy(above, sizeof(above), dir, e) < 0 ||
        results_open(&r, dirname(above), basename(path), index, e) < 0)
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
