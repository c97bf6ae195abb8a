/* test_config_hash: which keys of a configuration affect its hash, by which finished runs are found. */
#include "core/file.h"
#include "tests/keys.h"
#include "tests/temp.h"
#include "train/keys.h"

static void hash_of(const struct config *c, char text[HASH_TEXT])
{
    struct err e = {.text = ""};
    if (config_hash(c, text, &e) < 0)
        fail_msg("%s", e.text);
}

/* Whether setting the key changes the hash of c. */
static int matters(const struct config *c, const char *key, const char *value)
{
    struct config other = *c;
    char a[HASH_TEXT], b[HASH_TEXT];
    set(&other, key, value);
    hash_of(c, a), hash_of(&other, b);
    return strcmp(a, b) != 0;
}

/* Another value for every key that is not a plug-in's; a new key must be entered here. */
static const struct change {
    const char *key, *value;
    int matters; /* for qg-dsgdm-n on a Dirichlet partition with warm-up and milestones */
} changes[] = {{"dataset", "fashion-mnist", 1},
               {"data_dir", "elsewhere", 0},
               {"classes", "5", 1},
               {"train_limit", "100", 1},
               {"test_limit", "100", 1},
               {"holdout", "100", 1},
               {"model", "vgg11-w4", 1},
               {"workers", "8", 1},
               {"topology", "complete", 1},
               {"lazy", "true", 1},
               {"message_loss", "0.1", 1},
               {"straggle", "0.1", 1},
               {"absence", "0.1", 1},
               {"absence_rounds", "10", 0},
               {"algorithm", "qg-dsgdm", 1},
               {"local_steps", "2", 1},
               {"allow_unstable", "true", 0},
               {"partition", "iid", 1},
               {"seed", "2", 1},
               {"epochs", "10", 1},
               {"batch_size", "64", 1},
               {"drop_last", "true", 1},
               {"weight_decay", "0", 1},
               {"clip_norm", "1", 1},
               {"augment", "false", 1},
               {"lr", "0.7", 1},
               {"lr_start", "0.2", 1},
               {"warmup_epochs", "4", 1},
               {"lr_schedule", "cosine", 1},
               {"lr_min", "0.1", 0},
               {"milestones", "[0.5]", 1},
               {"lr_decay", "0.2", 1},
               {"eval_every", "2", 1},
               {"eval_last", "5", 1},
               {"eval_scopes", "[mean]", 1},
               {"checkpoint_every", "1", 0},
               {"checkpoint_minutes", "1", 0},
               {"init_from", "tests/golden/inputs.npz", 1},
               {"save_model", "true", 0}};

/* Another value for the i-th key, and whether it should change the hash of the default. */
static struct change change_of(int i, char value[32])
{
    const struct key *k = keys_find(config_key(i));
    if (!k->parameter) {
        for (size_t c = 0; c < LENGTH(changes); c++)
            if (!strcmp(changes[c].key, k->name))
                return changes[c];
        fail_msg("the key %s is not in this test", k->name);
    }
    const struct parameter *p = k->parameter;
    double other = p->type == WHOLE ? p->initial + (p->initial < p->max ? 1 : -1)
                                    : (p->initial + fmin(p->max, 1e3)) / 2;
    snprintf(value, 32, p->type == FILE_PATH ? "none.csv" : "%.9g", other);
    static const char *const read[] = {"momentum", "mu", "every", "alpha"};
    int matters = 0;
    for (size_t r = 0; r < LENGTH(read); r++)
        matters |= !strcmp(read[r], k->name);
    return (struct change){k->name, value, matters};
}

static void the_hash_is_of_what_decides_results(void **state)
{
    (void)state;
    struct config c;
    char value[32];
    config_default(&c);
    for (int i = 0; config_key(i); i++) {
        struct change change = change_of(i, value);
        if (matters(&c, change.key, change.value) != change.matters)
            fail_msg("%s should %schange the hash", change.key, change.matters ? "" : "not ");
    }
}

/* A key that is added later must not count at its default, or kept results would be lost. */
static void the_hash_of_the_default_never_changes(void **state)
{
    (void)state;
    struct config c;
    struct err e;
    char hash[HASH_TEXT];
    config_default(&c);
    assert_int_equal(config_hash(&c, hash, &e), 0);
    assert_string_equal(hash, "c828e6a1ed0bb54c44caf4dedf368cbefa2db84aafa7a119d61587a5bb319346");
}

static void what_is_not_read_does_not_count(void **state)
{
    (void)state;
    struct config c;
    config_default(&c), set(&c, "partition", "iid");
    assert_false(matters(&c, "alpha", "1"));
    set(&c, "partition", "hsu");
    assert_true(matters(&c, "alpha", "1"));
    config_default(&c), set(&c, "warmup_epochs", "0");
    assert_false(matters(&c, "lr_start", "0.2"));
    config_default(&c), set(&c, "milestones", "[]");
    assert_false(matters(&c, "lr_decay", "0.2"));
    config_default(&c), set(&c, "lr_schedule", "cosine");
    assert_true(matters(&c, "lr_min", "0.2"));
    assert_false(matters(&c, "milestones", "[0.2]"));
    assert_false(matters(&c, "lr_decay", "0.2"));
    config_default(&c), set(&c, "absence", "0.1");
    assert_true(matters(&c, "absence_rounds", "10"));
    config_default(&c), set(&c, "dataset", "ag_news");
    assert_true(matters(&c, "vocabulary", "1000"));
    assert_true(matters(&c, "text_length", "32"));
    assert_false(matters(&c, "augment", "false"));
    assert_false(matters(&c, "difficulty", "0.4"));
    set(&c, "dataset", "synthetic-text");
    assert_true(matters(&c, "difficulty", "0.4"));
    set(&c, "dataset", "synthetic-images");
    assert_true(matters(&c, "difficulty", "0.4"));
    assert_true(matters(&c, "image_size", "64"));
    for (int i = 0; config_key(i); i++) /* as before there was such a key */
        if (!strcmp(config_key(i), "image_size")) {
            assert_false(config_counts(&c, i));
            set(&c, "image_size", "64");
            assert_true(config_counts(&c, i));
        }
    config_default(&c);
    assert_false(matters(&c, "image_size", "64"));
    config_default(&c), set(&c, "algorithm", "dsgd");
    assert_false(matters(&c, "momentum", "0.8"));
    assert_false(matters(&c, "mu", "0.8"));
    assert_false(matters(&c, "every", "2"));
    assert_true(matters(&c, "lazy", "true"));
    set(&c, "algorithm", "dsgdm-n");
    assert_true(matters(&c, "momentum", "0.8"));
    assert_false(matters(&c, "mu", "0.8"));
    set(&c, "algorithm", "slowmo");
    assert_true(matters(&c, "tau", "2"));
    assert_true(matters(&c, "slow_beta", "0.5"));
    assert_true(matters(&c, "slow_lr", "0.5"));
    assert_false(matters(&c, "beta1", "0.8"));
    set(&c, "algorithm", "dadam");
    assert_true(matters(&c, "beta1", "0.8"));
    assert_true(matters(&c, "beta2", "0.8"));
    assert_true(matters(&c, "eps", "1e-3"));
    assert_false(matters(&c, "tau", "2"));
    set(&c, "algorithm", "choco-sgd-sign");
    assert_true(matters(&c, "gamma", "0.5"));
    set(&c, "algorithm", "sgdm-n");
    assert_true(matters(&c, "momentum", "0.8"));
    assert_false(matters(&c, "topology", "complete"));
    assert_false(matters(&c, "lazy", "true"));
}

/* The keys that affect a toy problem: those that it uses, none of data and networks. */
static void toy_problems_have_keys_of_their_own(void **state)
{
    (void)state;
    static const char *const data_only[] = {
        "train_limit",    "test_limit", "holdout",      "model",    "partition",
        "alpha",          "batch_size", "weight_decay", "augment",  "eval_scopes",
        "partition_file", "classes",    "init_from",    "drop_last"};
    static const struct {
        const char *name, *uses;
    } toys[] = {{"quadratic", "dim heterogeneity noise conditioning"},
                {"rosenbrock", "noise"},
                {"consensus", "dim"}};
    struct config c;
    char value[32];
    for (size_t t = 0; t < LENGTH(toys); t++) {
        config_default(&c), set(&c, "dataset", toys[t].name);
        for (int i = 0; config_key(i); i++) {
            struct change change = change_of(i, value);
            int is_data = 0,
                is_toy = strstr("dim heterogeneity noise conditioning", change.key) != NULL;
            for (size_t k = 0; k < LENGTH(data_only); k++)
                is_data |= !strcmp(data_only[k], change.key);
            int want =
                is_toy ? strstr(toys[t].uses, change.key) != NULL : change.matters && !is_data;
            if (matters(&c, change.key, change.value) != want)
                fail_msg("%s should %schange the hash of %s", change.key, want ? "" : "not ",
                         toys[t].name);
        }
        check_close(config_optimizer(&c).weight_decay, 0, 0);
    }
    config_default(&c);
    check_close(config_optimizer(&c).weight_decay, 1e-4, 0);
    struct err e = {.text = ""};
    set(&c, "dataset", "quadratc");
    assert_int_equal(config_check(&c, &e), -1);
    check_says(e, "did you mean 'quadratic'?");
    check_says(e, "cifar10, ");
}

static void a_partition_file_counts_by_its_content(void **state)
{
    (void)state;
    struct config c;
    struct err e = {.text = ""};
    char a[HASH_TEXT], b[HASH_TEXT];
    config_default(&c);
    set(&c, "partition", "file");
    assert_int_equal(file_replace(temp_path("a.csv"), "0,1\n", 4, &e), 0);
    set(&c, "partition_file", temp_path("a.csv"));
    hash_of(&c, a);
    assert_int_equal(file_replace(temp_path("b.csv"), "0,1\n", 4, &e), 0);
    assert_false(matters(&c, "partition_file", temp_path("b.csv")));
    assert_int_equal(file_replace(temp_path("a.csv"), "0,2\n", 4, &e), 0);
    hash_of(&c, b);
    assert_string_not_equal(a, b);
    set(&c, "partition_file", temp_path("none.csv"));
    assert_int_equal(config_hash(&c, a, &e), -1);
    check_says(e, "none.csv");
}

/* A graph or a schedule from a file. */
static void a_named_file_counts_by_its_content(void **state)
{
    (void)state;
    static const char *const keys[] = {"topology", "lr_schedule"};
    struct config c;
    struct err e;
    char name[600], a[HASH_TEXT], b[HASH_TEXT];
    for (size_t k = 0; k < LENGTH(keys); k++) {
        config_default(&c);
        assert_int_equal(file_replace(temp_path("a.txt"), "0 1\n", 4, &e), 0);
        assert_int_equal(file_replace(temp_path("b.txt"), "0 1\n", 4, &e), 0);
        snprintf(name, sizeof(name), "file:%s", temp_path("a.txt"));
        set(&c, keys[k], name);
        hash_of(&c, a);
        snprintf(name, sizeof(name), "file:%s", temp_path("b.txt"));
        assert_false(matters(&c, keys[k], name));
        assert_int_equal(file_replace(temp_path("a.txt"), "0 2\n", 4, &e), 0);
        hash_of(&c, b);
        assert_string_not_equal(a, b);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_hash_is_of_what_decides_results),
        cmocka_unit_test(the_hash_of_the_default_never_changes),
        cmocka_unit_test(what_is_not_read_does_not_count),
        cmocka_unit_test(toy_problems_have_keys_of_their_own),
        cmocka_unit_test(a_partition_file_counts_by_its_content),
        cmocka_unit_test(a_named_file_counts_by_its_content),
    };
    return cmocka_run_group_tests(tests, temp_make, temp_remove);
}
