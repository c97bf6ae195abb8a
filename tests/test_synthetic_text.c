/* synthetic_text: generated texts: what they depend on, and how well they can be told apart. */
#include "core/file.h"
#include "loaders/synthetic_text.h"
#include "tests/data.h"
#include "tests/temp.h"

static struct dataset synthetic(int n_train, int n_test, uint64_t seed, double difficulty)
{
    return open_or_fail(
        &(struct dataset_request){.name = "synthetic-text",
                                  .train_limit = n_train,
                                  .test_limit = n_test,
                                  .seed = seed,
                                  .parameter = (union value[]){{20000}, {64}, {difficulty}}});
}

static void generated_texts_depend_on_seed_and_difficulty(void **state)
{
    (void)state;
    size_t n, more;
    char *few = synthetic_text_csv(5, 0.5, 0, 40, &n),
         *all = synthetic_text_csv(5, 0.5, 0, 90, &more);
    assert_true(n < more);
    assert_memory_equal(few, all, n);
    assert_true(strstr(all, "\"\"") && strchr(all, '\\'));
    free(few), free(all);
    struct dataset a = synthetic(0, 0, 5, 0.5), again = synthetic(0, 0, 5, 0.5),
                   b = synthetic(0, 0, 6, 0.5), c = synthetic(0, 0, 5, 0.4);
    assert_true(a.train.n == 2000 && a.test.n == 500);
    assert_string_equal(a.sha256, again.sha256);
    assert_string_not_equal(a.sha256, b.sha256);
    assert_string_not_equal(a.sha256, c.sha256);
    assert_memory_not_equal(a.train.token, a.test.token, 64 * sizeof(int32_t));
    for (int i = 0; i < a.train.n; i++)
        assert_int_equal(a.train.y[i], i % 4);
    dataset_close(&a), dataset_close(&again), dataset_close(&b), dataset_close(&c);
    check_refused(&(struct dataset_request){.name = "synthetic-text", .test_limit = 1000001}, 1,
                  "at most 1000000 texts can be generated");
}

static void write_split(const char *name, int test, int n_text)
{
    struct err e = {.text = ""};
    size_t n;
    char *csv = synthetic_text_csv(2, 0.3, test, n_text, &n);
    if (file_replace(temp_path(name), csv, n, &e) < 0)
        fail_msg("%s", e.text);
    free(csv);
}

/* Texts that are written to files are read as the same data. */
static void generated_files_are_the_data_set(void **state)
{
    (void)state;
    struct err e;
    assert_int_equal(dir_make(temp_path("ag_news_csv"), &e), 0);
    write_split("ag_news_csv/train.csv", 0, 100), write_split("ag_news_csv/test.csv", 1, 30);
    const struct dataset_request q = {
        .name = "ag_news", .dir = temp_dir, .parameter = (union value[]){{20000}, {64}, {1}}};
    struct dataset files = open_or_fail(&q), ds = synthetic(100, 30, 2, 0.3);
    assert_string_equal(files.sha256, ds.sha256);
    assert_string_equal(files.vocabulary.sha256, ds.vocabulary.sha256);
    dataset_close(&files), dataset_close(&ds);
}

/* Test texts out of 500 that naive Bayes puts into the right class. */
static int bayes_right(double difficulty)
{
    struct dataset ds = synthetic(0, 0, 1, difficulty);
    double *count = xcalloc(4 * (size_t)ds.n_token, sizeof(*count));
    int right = 0;
    for (int i = 0; i < ds.train.n; i++)
        for (int k = 0; k < ds.h; k++)
            count[ds.train.token[i * ds.h + k] * 4 + ds.train.y[i]]++;
    for (int i = 0; i < ds.test.n; i++) {
        double score[4] = {0};
        int best = 0;
        for (int k = 0; k < ds.h && ds.test.token[i * ds.h + k]; k++)
            for (int c = 0; c < 4; c++)
                score[c] += log(count[ds.test.token[i * ds.h + k] * 4 + c] + 1);
        for (int c = 1; c < 4; c++)
            best = score[c] > score[best] ? c : best;
        right += best == ds.test.y[i];
    }
    free(count);
    dataset_close(&ds);
    return right;
}

static void generated_texts_can_be_learned_unless_too_difficult(void **state)
{
    (void)state;
    int easy = bayes_right(0), middle = bayes_right(0.5), hopeless = bayes_right(1);
    print_message("right of 500: %d, %d, %d\n", easy, middle, hopeless);
    assert_in_range(easy, 490, 500);
    assert_in_range(middle, 300, 480);
    assert_in_range(hopeless, 75, 175); /* chance is 125 with a standard deviation of 10 */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(generated_texts_depend_on_seed_and_difficulty),
        cmocka_unit_test(generated_files_are_the_data_set),
        cmocka_unit_test(generated_texts_can_be_learned_unless_too_difficult),
    };
    return cmocka_run_group_tests(tests, temp_make, temp_remove);
}
