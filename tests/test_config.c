/* test_config: a configuration's keys, their texts, and which of them fit together. */
#include "core/file.h"
#include "sweep/config_file.h"
#include "tests/keys.h"
#include "tests/temp.h"
#include "train/stability.h"

static void refuses(const char *key, const char *value, const char *words)
{
    struct config c, before;
    struct err e = {.text = ""};
    config_default(&c);
    before = c;
    if (config_set(&c, key, value, &e) == 0)
        fail_msg("%s = %s is accepted", key, value);
    check_says(e, words);
    assert_true(e.usage);
    assert_memory_equal(&c, &before, sizeof(c));
}

static void a_refused_value_changes_nothing(void **state)
{
    (void)state;
    refuses("wrokers", "3", "did you mean 'workers'?");
    refuses("workers", "0", "workers is '0', but must be a whole number from 1 to 65536");
    refuses("workers", "65537", "whole number");
    refuses("workers", "2.5", "whole number");
    refuses("workers", "2x", "whole number");
    refuses("workers", "", "whole number");
    refuses("lr", "0", "lr is '0', but must be a number from 1e-12");
    refuses("lr", "nan", "must be a number");
    refuses("lr", "inf", "must be a number");
    refuses("alpha", "-1", "must be a number");
    refuses("momentum", "1", "from 0 to 0.9999");
    refuses("vocabulary", "2", "whole number from 3 to 16777216");
    refuses("text_length", "0", "whole number from 1 to 4096");
    refuses("difficulty", "1.01", "difficulty is '1.01', but must be a number from 0 to 1");
    refuses("image_size", "257", "image_size is '257', but must be a whole number from 0 to 256");
    refuses("difficulty", "-0.1", "must be a number from 0 to 1");
    refuses("tau", "0", "whole number from 1");
    refuses("beta2", "1", "from 0 to 0.999999999");
    refuses("eps", "0", "from 1e-30 to 1");
    refuses("lazy", "1", "true or false");
    refuses("dim", "0", "dim is '0', but must be a whole number from 1 to 100000000");
    refuses("heterogeneity", "-0.1", "heterogeneity is '-0.1', but must be a number from 0");
    refuses("noise", "nan", "noise is 'nan', but must be a number from 0");
    refuses("conditioning", "0.9", "conditioning is '0.9', but must be a number from 1");
    refuses("heterogenity", "1", "did you mean 'heterogeneity'?");
    refuses("milestones", "[0.5, 0.5]", "ascending");
    refuses("milestones", "[0, 0.5]", "ascending");
    refuses("milestones", "[1]", "ascending");
    refuses("milestones", "[0.1,0.2,0.3,0.4,0.5,0.6,0.7,0.8,0.9]", "up to 8");
    refuses("eval_scopes", "[]", "a list of mean, worst, average and own");
    refuses("eval_scopes", "[mean, best]", "a list of mean, worst, average and own");
    char text[CONFIG_TEXT + 1];
    memset(text, 'x', CONFIG_TEXT);
    text[CONFIG_TEXT] = '\0';
    refuses("model", text, "longer than 255");
    static const char *const paths[] = {"data_dir", "topology", "partition_file"};
    char path[PATH_LENGTH + 1] = "", value[CONFIG_VALUE];
    for (size_t i = 0; i < LENGTH(paths); i++) { /* a path may be as long as the system's longest */
        struct config c;
        config_default(&c);
        memset(path, '\1', PATH_LENGTH);
        refuses(paths[i], path, "longer than 4095");
        path[PATH_LENGTH - 1] = '\0';
        set(&c, paths[i], path);
        for (int k = 0; config_key(k); k++)
            if (!strcmp(config_key(k), paths[i]))
                assert_int_equal(strlen(config_value(&c, k, value, sizeof(value))),
                                 2 + 6 * (PATH_LENGTH - 1));
    }
}

/* Every key's text, read back as a JSON file, gives the same configuration. */
static void values_survive_their_text(void **state)
{
    (void)state;
    struct config c, back;
    struct err e = {.text = ""};
    char value[CONFIG_VALUE], json[1 << 16] = "{";
    config_default(&c);
    set(&c, "data_dir", "a \"quoted\" \\ back\nline"), set(&c, "lr", "0.3333333333333333");
    set(&c, "weight_decay", "1e-12"), set(&c, "seed", "123456789012345");
    set(&c, "milestones", "[0.1, 0.3, 0.7]"), set(&c, "eval_scopes", "[average, mean]");
    set(&c, "lazy", "true"), set(&c, "workers", "3"), set(&c, "alpha", "100000");
    for (int i = 0; config_key(i); i++) {
        size_t n = strlen(json);
        snprintf(json + n, sizeof(json) - n, "%s\"%s\": %s", i ? ", " : "", config_key(i),
                 config_value(&c, i, value, sizeof(value)));
    }
    strcat(json, "}");
    const char *path = temp_path("all.json");
    assert_int_equal(file_replace(path, json, strlen(json), &e), 0);
    config_default(&back);
    if (config_read(&back, path, &e) < 0)
        fail_msg("%s", e.text);
    assert_string_equal(back.data_dir, c.data_dir);
    check_close(back.lr, 0.3333333333333333, 0);
    assert_int_equal(back.seed, 123456789012345);
    for (int i = 0; config_key(i); i++) {
        char again[CONFIG_VALUE];
        assert_string_equal(config_value(&back, i, again, sizeof(again)),
                            config_value(&c, i, value, sizeof(value)));
    }
}

/* Read the text as a configuration's file. */
static int read_text(struct config *c, const char *text, size_t n, struct err *e)
{
    const char *path = temp_path("c.json");
    if (file_replace(path, text, n, e) < 0)
        fail_msg("%s", e->text);
    config_default(c);
    return config_read(c, path, e);
}

static void bad_files_are_refused_with_the_cause(void **state)
{
    (void)state;
    static const char *const bad[][2] = {
        {"", "c.json:1: is not valid JSON near '': the file is empty"},
        {"\n// x\n{\"lr\": 1}",
         "c.json:2: is not valid JSON near '// x {\"lr\": 1}': JSON has no comm"},
        {"{\"model\": \"a//b\",\n\"lr\": 1 /* high */}",
         "c.json:2: is not valid JSON near '/* high"},
        {"{\"lr\": 1 # high\n}", "near '# high }': JSON has no comments"},
        {"{\"lr\": 1,\n \"milestones\": [0.5, ]}",
         "c.json:2: is not valid JSON near ', ]}': a comma"},
        {"{\"lr\": 1,\n}", "near ', }': a comma stands before the closing bracket"},
        {"{'lr': 1}", "JSON has texts in double quotes only"},
        {"{\"lr\": NaN}", "near 'NaN}': JSON has no such number"},
        {"{\"lr\": -Infinity}", "near 'Infinity}': JSON has no such number"},
        {"{\"lazy\": True}", "JSON writes true"},
        {"{\"lr\": .5}", "a number needs a digit before its point"},
        {"{\"lr\": 0,5}", "numbers have a decimal point, not a comma"},
        {"{\"lr\": 1} {\"lr\": 2}", "near '{\"lr\": 2}': only one object may be in the file"},
        {"lr: 1", "must hold a JSON object, {\"key\": value}, but begins 'lr: 1'"},
        {"{\"topology\": \"ring\\u0000x\"}", "c.json:1: \\u0000 cannot be in a text"},
        {"{\"lr\": 1, \"seed\": 2, \"lr\": 1}", "c.json: lr is given twice"},
        {"{\"base\": {\"a\": [1, {\"b\": 1, \"b\": 2}]}}", "c.json: base.a[1].b is given twice"},
        {"{\"lr\": 1e400}", "lr is 'inf', but must be a number from"},
        {"{\"seed\": 9007199254740993}",
         "seed is '9007199254740992', but must be a whole number from 0"},
        {"{\"LR\": 1}", "unknown key 'LR' (did you mean 'lr'?)"},
        {"{\"axes\": {\"lr\": [1]}}", "is an experiment; gossipbench sweep"},
        {"\xff\xfe{",
         "c.json: is UTF-16, but must be UTF-8; iconv -f UTF-16 -t UTF-8 converts it"}};
    struct config c;
    struct err e;
    for (size_t i = 0; i < LENGTH(bad); i++) {
        e = (struct err){.text = ""};
        assert_int_equal(read_text(&c, bad[i][0], strlen(bad[i][0]), &e), -1);
        check_says(e, bad[i][1]);
        assert_true(e.usage || i + 1 == LENGTH(bad));
    }
    assert_int_equal(read_text(&c, "{\n\"lr\"\0: 1}", 10, &e), -1);
    check_says(e, "c.json:2: has a NUL byte, which no text has");
}

static void good_files_are_read(void **state)
{
    (void)state;
    static const char *const good[] = {
        "\xef\xbb\xbf{\"lr\": 0.25}", "{\"lr\": 25e-2, \"model\": \"a,}//#'\\\\u0000\"}",
        "{\"status\": \"finished\", \"config\": {\"lr\": 0.25}, \"config_sha256\": \"x\"}"};
    struct config c;
    struct err e = {.text = ""};
    for (size_t i = 0; i < LENGTH(good); i++) {
        if (read_text(&c, good[i], strlen(good[i]), &e) < 0)
            fail_msg("%s", e.text);
        assert_true(c.lr == 0.25);
        assert_int_equal(c.allow_unstable, i == 2);
    }
}

/* A graph of only one size sets the number of workers, whichever key comes first. */
static void workers_follow_a_graph_of_one_size(void **state)
{
    (void)state;
    struct config c;
    struct err e;
    char name[600];
    assert_int_equal(file_replace(temp_path("a.txt"), "0 1\n1 2\n", 8, &e), 0);
    snprintf(name, sizeof(name), "file:%s", temp_path("a.txt"));
    config_default(&c);
    set(&c, "topology", "davis-southern-women");
    assert_int_equal(c.workers, 32);
    set(&c, "topology", name);
    assert_int_equal(c.workers, 3);
    assert_int_equal(config_check(&c, &e), 0);
    set(&c, "topology", "ring");
    assert_int_equal(c.workers, 16);
    set(&c, "workers", "8");
    set(&c, "topology", "davis-southern-women");
    assert_int_equal(c.workers, 8);
    assert_int_equal(config_check(&c, &e), -1);
    check_says(e, "does not fit 8 workers: it has exactly 32");
}

static void values_must_go_together(void **state)
{
    (void)state;
    static const struct {
        const char *key, *value, *words;
    } bad[] = {{"dataset", "cifar", "unknown dataset 'cifar' (did you mean 'cifar10'?)"},
               {"algorithm", "dsdg", "unknown algorithm"},
               {"topology", "rings", "unknown topology"},
               {"partition", "halves", "unknown partition"},
               {"partition", "file", "partition_file names no file"},
               {"warmup_epochs", "301", "there are only 300 epochs"}};
    struct config c;
    struct err e = {.text = ""};
    config_default(&c);
    assert_int_equal(config_check(&c, &e), 0);
    for (size_t i = 0; i < LENGTH(bad); i++) {
        config_default(&c), set(&c, bad[i].key, bad[i].value);
        assert_int_equal(config_check(&c, &e), -1);
        check_says(e, bad[i].words);
        assert_true(e.usage);
    }
}

/* Faults that a method does not define are refused, even with allow_unstable. */
static void undefined_faults_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *algorithm, *fault, *words;
    } cases[] = {
        {"sgdm-n", "message_loss",
         "message_loss is not defined for sgdm-n, which averages exactly over all workers: set "
         "message_loss to 0"},
        {"slowmo", "absence", "absence is not defined for slowmo, which averages exactly"},
        {"choco-sgd-q8", "message_loss", "choco-sgd-q8, which keeps copies of its neighbours"},
        {"choco-sgd-q8", "straggle", NULL},
        {"sgdm-n", "straggle", NULL},
        {"d2", "message_loss", NULL},
        {"relaysgd", "absence", NULL}};
    for (size_t i = 0; i < LENGTH(cases); i++) {
        struct config c;
        struct err e = {.text = ""};
        config_default(&c), set(&c, "allow_unstable", "true");
        set(&c, "algorithm", cases[i].algorithm), set(&c, cases[i].fault, "0.1");
        assert_int_equal(config_check(&c, &e), cases[i].words ? -1 : 0);
        if (cases[i].words)
            check_says(e, cases[i].words);
    }
}

/* The method must fit the graph; if theory does not decide this, nothing is refused. */
static void unstable_pairs_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *algorithm, *topology, *workers, *lazy, *words;
    } cases[] = {{"d2", "ring", "16", "false", "-0.3333 and not above -1/3: set lazy to true"},
                 {"d2-plus", "ring", "16", "false", "d2-plus is unstable on ring"},
                 {"d2-dsgdm-n", "davis-southern-women", "32", "false", "set lazy to true"},
                 {"d2", "ring", "16", "true", NULL},
                 {"d2", "ring", "15", "false", NULL},
                 {"d2", "complete", "16", "false", NULL},
                 {"d2", "one-peer-exponential", "16", "false", "by the factor 1.3161 per round"},
                 {"d2", "random-matching", "16", "false", NULL},
                 {"exact-diffusion", "davis-southern-women", "32", "false", NULL},
                 {"gt", "davis-southern-women", "32", "false", NULL},
                 {"choco-sgd-q8", "one-peer-exponential", "16", "false", "take a static graph"},
                 {"choco-sgd-q8", "ring", "16", "false", NULL},
                 {"sgp", "ring", "16", "false", "but ring with 16 workers is undirected"},
                 {"sgp-qg", "random-matching", "16", "false", "or use qg-dsgdm-n on this graph"},
                 {"sgp", "directed-ring", "16", "false", NULL},
                 {"sgp", "directed-ring", "1", "false", NULL},
                 {"sgp", "one-peer-exponential", "16", "false", NULL},
                 {"sgp", "directed-erdos-renyi", "16", "false", NULL},
                 {"dsgd", "directed-erdos-renyi", "16", "false", "take sgp or sgp-qg"},
                 {"sgdm-n", "directed-erdos-renyi", "16", "false", NULL},
                 {"relaysgd", "directed-erdos-renyi", "16", "false", "take chain, star"},
                 {"relaysgd", "ring", "16", "false", "16 workers is not a tree: take chain"},
                 {"relaysgd", "disconnected", "16", "false", "relays messages along a tree"},
                 {"relaysgd", "double-binary-trees", "16", "false", "is not a tree"},
                 {"relaysgd-dsgdm-n", "chain", "16", "false", NULL},
                 {"relaysgd", "star", "16", "true", NULL},
                 {"relaysgd", "binary-tree", "16", "false", NULL},
                 {"relaysgd", "chain", "1", "false", NULL}};
    for (size_t i = 0; i < LENGTH(cases); i++) {
        struct config c;
        struct err e = {.text = ""};
        config_default(&c);
        set(&c, "algorithm", cases[i].algorithm), set(&c, "topology", cases[i].topology);
        set(&c, "workers", cases[i].workers), set(&c, "lazy", cases[i].lazy);
        assert_int_equal(config_check(&c, &e), 0);
        assert_int_equal(stability_check(&c, &e), cases[i].words ? -1 : 0);
        if (!cases[i].words)
            continue;
        check_says(e, cases[i].words);
        assert_true(e.usage);
        set(&c, "allow_unstable", "true");
        assert_int_equal(stability_check(&c, &e), 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_refused_value_changes_nothing),
        cmocka_unit_test(values_survive_their_text),
        cmocka_unit_test(bad_files_are_refused_with_the_cause),
        cmocka_unit_test(good_files_are_read),
        cmocka_unit_test(workers_follow_a_graph_of_one_size),
        cmocka_unit_test(values_must_go_together),
        cmocka_unit_test(undefined_faults_are_refused),
        cmocka_unit_test(unstable_pairs_are_refused),
    };
    return cmocka_run_group_tests(tests, temp_make, temp_remove);
}
