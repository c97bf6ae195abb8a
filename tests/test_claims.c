/* test_claims: the claims of experiments/ say who makes them, and no runs decide a claim twice. */
#include "sweep/config_file.h"
#include "sweep/parts.h"
#include "sweep/reported.h"
#include "tests/check.h"
#include <glob.h>
#include <stdlib.h>

/* What decides a claim with one seed, whatever its margin: the result and the configurations that
 * it compares, by their hashes; and where the claim stands. */
struct decided {
    char by[512], place[128];
};
struct all {
    struct decided *list;
    size_t n;
};

/* Append the hash of the configuration that is at a place with a side and a seed.  How often it is
 * evaluated does not count. */
static void add_run(char *by, const struct experiment *x, const cJSON *side, const cJSON *at,
                    long seed)
{
    struct err e = {.text = ""};
    char sha256[HASH_TEXT];
    for (int i = 0; i < x->n_cell; i++) {
        struct config c = x->cell[i].c;
        if (c.seed != seed || !reported_has(x, &x->cell[i], side) ||
            !reported_has(x, &x->cell[i], at))
            continue;
        c.eval_every = 1, c.eval_last = 0;
        if (config_hash(&c, sha256, &e) < 0)
            fail_msg("%s", e.text);
        snprintf(by + strlen(by), sizeof(((struct decided *)0)->by) - strlen(by), "%s ", sha256);
        return;
    }
}

static void add_claim(struct all *all, const struct experiment *x, const cJSON *claim,
                      const char *place)
{
    const cJSON *seed, *better = cJSON_GetObjectItem(claim, "better");
    const cJSON *than = cJSON_GetObjectItem(claim, "than"), *at = cJSON_GetObjectItem(claim, "at");
    const cJSON *more = cJSON_GetObjectItem(claim, "more_than_at");
    cJSON_ArrayForEach (seed, parts_get(x, "seeds")) {
        all->list = xgrow(all->list, (int)all->n, sizeof(*all->list));
        struct decided *d = &all->list[all->n++];
        snprintf(d->by, sizeof(d->by), "%s of ",
                 cJSON_GetStringValue(cJSON_GetObjectItem(claim, "scope")));
        add_run(d->by, x, better, at, (long)seed->valuedouble);
        add_run(d->by, x, than, at, (long)seed->valuedouble);
        if (more) {
            add_run(d->by, x, better, more, (long)seed->valuedouble);
            add_run(d->by, x, than, more, (long)seed->valuedouble);
        }
        snprintf(d->place, sizeof(d->place), "%s", place);
    }
}

/* Whether two places are two tiers of one experiment, which differ only in how much is run. */
static int are_tiers_of_one(const char *a, const char *b)
{
    size_t n = strcspn(a, " ");
    return !strncmp(a, b, n + 1) && strcmp(a, b) != 0;
}

static void no_claim_is_judged_twice(const struct all *all)
{
    for (size_t i = 0; i < all->n; i++)
        for (size_t k = 0; k < i; k++)
            if (!strcmp(all->list[i].by, all->list[k].by) &&
                !are_tiers_of_one(all->list[i].place, all->list[k].place))
                fail_msg("the same runs decide a claim of %s and one of %s: %s", all->list[k].place,
                         all->list[i].place, all->list[i].by);
}

/* Add the claims of a tier of an experiment. */
static void add_tier(struct all *all, const char *path, const char *tier)
{
    struct experiment x;
    struct err e = {.text = ""};
    char place[128];
    const cJSON *claim;
    if (experiment_open(&x, path, &(struct experiment_request){.tier = tier}, &e) < 0) {
        /* The rates of some tiers do not come with the code. */
        if (strstr(e.text, "-tune chooses it") && strstr(e.text, ".json is not there"))
            return;
        fail_msg("%s", e.text);
    }
    snprintf(place, sizeof(place), "%s %s", x.name, tier);
    cJSON_ArrayForEach (claim, parts_get(&x, "claims")) {
        const char *source = cJSON_GetStringValue(cJSON_GetObjectItem(claim, "source"));
        if (!source || !*source)
            fail_msg("a claim of %s has no \"source\"", place);
        add_claim(all, &x, claim, place);
    }
    experiment_close(&x);
}

static void the_claims_of_experiments(void **state)
{
    (void)state;
    struct all all = {NULL, 0};
    glob_t files;
    assert_int_equal(glob("experiments/*.json", 0, NULL, &files), 0);
    for (size_t i = 0; i < files.gl_pathc; i++) {
        struct err e = {.text = ""};
        cJSON *json = config_json(files.gl_pathv[i], &e), *tier;
        if (!json)
            fail_msg("%s", e.text);
        cJSON_ArrayForEach (tier, cJSON_GetObjectItem(json, "tiers"))
            add_tier(&all, files.gl_pathv[i], tier->string);
        cJSON_Delete(json);
    }
    globfree(&files);
    assert_true(all.n > 100);
    no_claim_is_judged_twice(&all);
    free(all.list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_claims_of_experiments),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
