/* info_experiment: what an experiment is, for the verb info. */
#include "command/info.h"
#include "core/json.h"
#include "core/path.h"

static void list_experiments(void)
{
    struct values all = values_of("EXPERIMENT");
    for (int i = 0; i < all.n; i++) {
        char below[PATH_LENGTH];
        struct err e = {.text = ""};
        cJSON *o = path_print(below, &e, "experiments/%s.json", all.at[i]) < 0
                       ? NULL
                       : json_read(path_installed(below), 1, &e);
        info_line(all.at[i], o ? json_field(o, "title") : e.text);
        cJSON_Delete(o);
    }
    values_free(&all);
}

/* The title, and for each tier how many runs it has, over which axes. */
int info_experiment(const char *name, struct err *e)
{
    struct experiment_request q = {.tier = "quick"};
    struct experiment x, one;
    const cJSON *tier;
    if (!name) {
        list_experiments();
        return 0;
    }
    if (experiment_open(&x, name, &q, e) < 0)
        return values_hint(name, e);
    printf("experiment %s: %s\n", x.name, json_field(x.json, "title"));
    int status = 0;
    cJSON_ArrayForEach (tier, cJSON_GetObjectItem(x.json, "tiers")) {
        q.tier = tier->string;
        if ((status = experiment_open(&one, name, &q, e)) < 0)
            break;
        printf("  %-10s %4d runs over", one.tier, one.n_cell);
        for (int i = 0; i < one.n_axis; i++)
            printf("%s %s", i ? "," : "", one.axis[i]);
        printf(" and seeds\n");
        experiment_close(&one);
    }
    experiment_close(&x);
    return status;
}
