#include "report/section.h"
#include "core/file.h"
#include "report/plot.h"
#include "report/tables.h"
#include <stdlib.h>
#include <string.h>

/* Whether one of the figures is older than what it shows. */
static int are_old(const struct section *s)
{
    for (int i = 0; i < s->figures.n; i++)
        if (plot_is_old(&s->r, s->from->figures, s->figures.name[i]))
            return 1;
    return 0;
}

static void find_figures(struct section *s)
{
    struct plot p;
    struct err e;
    plot_find(&s->figures, &s->r, s->from->figures, ".png");
    if (s->r.n_ended == 0 || (s->figures.n > 0 && (s->from->is_committed || !are_old(s))))
        return;
    if (plot_all(&p, &s->r, s->from->figures, looks, &e) < 0)
        snprintf(s->why, sizeof(s->why), "%.255s", e.text);
    folder_close(&s->figures);
    plot_find(&s->figures, &s->r, s->from->figures, ".png");
}

static int section_open(struct section *s, const struct source *from, const char *experiment,
                        const char *tier, struct err *e)
{
    if (results_open(&s->r, from->runs, experiment, tier, e) < 0)
        return -1;
    s->with = reference_of_root();
    if (from->is_committed)
        s->with.expected = NULL;
    if (verdict_make(&s->judged, &s->r, &s->with, e) < 0)
        return -1;
    s->outcome = verdict_outcome(&s->judged, &s->r, 0);
    table_of(&s->table, &s->r);
    find_figures(s);
    return 0;
}

static int has(const struct sections *s, const char *name)
{
    for (int i = 0; i < s->n; i++)
        if (!strcmp(s->list[i].name, name))
            return 1;
    return 0;
}

static int add_section(struct sections *s, const struct source *from, const char *experiment,
                       char *tier, struct err *e)
{
    struct text name;
    tier[strlen(tier) - strlen(".json")] = '\0';
    fprintf(text_open(&name), "%s-%s", experiment, tier);
    char *text = text_close(&name);
    if (has(s, text)) {
        free(text);
        return 0;
    }
    s->list = xgrow(s->list, s->n, sizeof(*s->list));
    struct section *section = &s->list[s->n++];
    *section = (struct section){.from = from, .name = text};
    return section_open(section, from, experiment, tier, e);
}

static int add_source(struct sections *s, const struct source *from, struct err *e)
{
    struct folder experiments, tiers;
    char path[PATH_LENGTH];
    int status = 0;
    folder_open(&experiments, from->runs, "");
    for (int i = 0; i < experiments.n && status == 0; i++) {
        if (experiments.name[i][0] == '.')
            continue;
        status = path_print(path, e, "%s/%s", from->runs, experiments.name[i]);
        folder_open(&tiers, path, ".json");
        for (int k = 0; k < tiers.n && status == 0; k++)
            if (strcmp(tiers.name[k], "manifest.json") != 0) /* of a run of no experiment */
                status = add_section(s, from, experiments.name[i], tiers.name[k], e);
        folder_close(&tiers);
    }
    folder_close(&experiments);
    return status;
}

/* The groups in the order of a page, and what the names of their experiments begin with. */
static const struct {
    const char *begins, *name;
} groups[] = {{"table", "The paper's tables"},
              {"figure", "The paper's figures"},
              {"relaysgd", "RelaySGD's tables"},
              {"", "Further experiments"},
              {"nightly", "The nightly gate"},
              {NULL, "Learning rates that were tried"},
              {NULL, "Smoke tests"}};

static size_t group_of(const struct section *s)
{
    if (!strcmp(s->r.tier, "smoke"))
        return LENGTH(groups) - 1;
    if (results_is_tuning(&s->r))
        return LENGTH(groups) - 2;
    size_t any = 0;
    for (size_t i = 0; i < LENGTH(groups); i++) {
        const char *begins = groups[i].begins;
        if (begins && *begins && !strncmp(s->r.experiment, begins, strlen(begins)))
            return i;
        any = begins && !*begins ? i : any;
    }
    return any;
}

const char *section_group(const struct section *s)
{
    return groups[group_of(s)].name;
}

/* The most work first. */
static int rank_of(const struct section *s)
{
    static const char *const tiers[] = {"full", "standard", "quick"};
    size_t i = 0;
    while (i < LENGTH(tiers) && strncmp(s->r.tier, tiers[i], strlen(tiers[i])) != 0)
        i++;
    return (int)i;
}

/* By group, runs made here before committed ones, by name, the largest tier first. */
static int by_interest(const void *a, const void *b)
{
    const struct section *x = a, *y = b;
    int group = (int)group_of(x) - (int)group_of(y);
    int committed = x->from->is_committed - y->from->is_committed;
    int name = strcmp(x->r.experiment, y->r.experiment), rank = rank_of(x) - rank_of(y);
    return group       ? group
           : committed ? committed
           : name      ? name
           : rank      ? rank
                       : strcmp(x->name, y->name);
}

int sections_open(struct sections *s, const struct source *source, int n_source, struct err *e)
{
    int status = 0;
    *s = (struct sections){.n = 0};
    for (int i = 0; i < n_source && status == 0; i++)
        status = add_source(s, &source[i], e);
    if (status == 0 && s->n == 0)
        status =
            err_set(e, "there are no runs in %s%s%s: gossipbench sweep makes some", source[0].runs,
                    n_source > 1 ? " or " : "", n_source > 1 ? source[1].runs : "");
    if (status < 0)
        sections_close(s);
    else
        qsort(s->list, (size_t)s->n, sizeof(*s->list), by_interest);
    return status;
}

const char *sections_why(const struct sections *s)
{
    for (int i = 0; i < s->n; i++)
        if (s->list[i].why[0])
            return s->list[i].why;
    return "";
}

void sections_close(struct sections *s)
{
    for (int i = 0; i < s->n; i++) {
        struct section *t = &s->list[i];
        results_close(&t->r), table_free(&t->table), judgements_free(&t->judged);
        folder_close(&t->figures);
        free(t->name);
    }
    free(s->list);
    memset(s, 0, sizeof(*s));
}

char *section_command(const struct section *s)
{
    struct text text;
    FILE *f = text_open(&text);
    int n = (int)strlen(s->r.tier) - (int)strlen("-tune");
    if (ends_in(s->r.tier, "-tune"))
        fprintf(f, "build/gossipbench sweep %s --tier %.*s --tune", s->r.experiment, n, s->r.tier);
    else
        fprintf(f, "make reproduce TABLE=%s TIER=%s", s->r.experiment, s->r.tier);
    return text_close(&text);
}
