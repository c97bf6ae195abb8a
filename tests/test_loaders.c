/* test_loaders: what all data sets have in common, on generated images. */
#include "core/file.h"
#include "loaders/synthetic_images.h"
#include "loaders/write.h"
#include "tests/files.h"
#include <stdlib.h>

enum { IMAGE = 3072 };

static struct dataset_request generated(int n_train, int n_test, uint64_t seed)
{
    return (struct dataset_request){
        .name = "synthetic-images", .train_limit = n_train, .test_limit = n_test, .seed = seed};
}

static struct dataset synthetic(int n_train, int n_test, uint64_t seed)
{
    struct dataset_request q = generated(n_train, n_test, seed);
    return open_or_fail(&q);
}

static void bad_requests_are_refused(void **state)
{
    (void)state;
    check_refused(&(struct dataset_request){.name = "cifar-10", .dir = "."}, 1,
                  "unknown data set 'cifar-10' (did you mean 'cifar10'?); known: cifar10, ");
    check_refused(&(struct dataset_request){.name = "synthetic-images", .train_limit = -1}, 1,
                  "the limit of training images is -1, but must be 0 (all) or more");
    check_refused(
        &(struct dataset_request){.name = "synthetic-images", .train_limit = 1, .test_limit = -2},
        1, "the limit of test images is -2, but must be 0 (all) or more");
    check_refused(&(struct dataset_request){.name = "synthetic-images",
                                            .train_limit = 1000001,
                                            .test_limit = 1},
                  1, "at most 1000000 images");
}

static void generated_images_depend_on_the_seed_alone(void **state)
{
    (void)state;
    struct dataset a = synthetic(0, 0, 5), b = synthetic(30, 3000, 5), c = synthetic(30, 3000, 6);
    assert_int_equal(a.train.n, 2000);
    assert_int_equal(a.test.n, 500);
    assert_int_equal(b.test.n, 3000);
    assert_memory_equal(a.train.x, b.train.x, 30 * IMAGE);
    assert_memory_equal(a.test.x, b.test.x, 500 * IMAGE);
    assert_memory_equal(a.test.y, b.test.y, 500 * sizeof(*a.test.y));
    assert_memory_not_equal(b.train.x, c.train.x, IMAGE);
    assert_memory_not_equal(b.train.x, b.test.x, IMAGE);
    assert_string_not_equal(a.sha256, b.sha256);
    /* what was generated before there was a difficulty */
    assert_string_equal(a.sha256,
                        "b00ee4c9990f13553dc6d15fca0513065770bbc3ece13d87c0a6d3a34c4f8f1c");
    struct dataset again = synthetic(0, 0, 5);
    assert_string_equal(a.sha256, again.sha256);
    int count[10] = {0};
    for (int i = 0; i < a.train.n; i++)
        count[a.train.y[i]]++;
    for (int k = 0; k < 10; k++)
        assert_int_equal(count[k], 200);
    dataset_close(&a);
    dataset_close(&b);
    dataset_close(&c);
    dataset_close(&again);
    assert_null(again.train.x);
}

/* The number of 500 test images whose class has the nearest mean image. */
static int nearest_right(double difficulty)
{
    struct dataset_request q = generated(0, 0, 1);
    q.parameter = (union value[]){{difficulty}, {0}};
    struct dataset ds = open_or_fail(&q);
    double(*mean)[IMAGE] = xcalloc(10, sizeof(*mean));
    int right = 0;
    for (int i = 0; i < ds.train.n; i++)
        for (int k = 0; k < IMAGE; k++)
            mean[ds.train.y[i]][k] += ds.train.x[i * IMAGE + k] / 200.0;
    for (int i = 0; i < ds.test.n; i++) {
        int best = -1;
        double least = INFINITY;
        for (int c = 0; c < 10; c++) {
            double sum = 0;
            for (int k = 0; k < IMAGE; k++) {
                double d = ds.test.x[i * IMAGE + k] - mean[c][k];
                sum += d * d;
            }
            if (sum < least)
                least = sum, best = c;
        }
        right += best == ds.test.y[i];
    }
    free(mean);
    dataset_close(&ds);
    return right;
}

/* There is something to learn, and it takes more than means; at difficulty 1 there is nothing:
 * chance is 50 with a standard deviation of 7, and the classes' images are drawn alike. */
static void generated_images_can_be_learned_unless_too_difficult(void **state)
{
    (void)state;
    int easy = nearest_right(0), middle = nearest_right(0.5), hard = nearest_right(0.75),
        hopeless = nearest_right(1);
    print_message("right of 500: %d, %d, %d, %d\n", easy, middle, hard, hopeless);
    assert_in_range(middle, 150, 475);
    assert_in_range(hopeless, 20, 80);
    assert_true(easy > middle && middle > hard && hard > hopeless);
}

/* Image 0 and its class's pattern: without noise images of a class differ in place and contrast
 * only, so that all pixels of a wave's crest have one colour; at 1 the class leaves no trace. */
static void difficulty_is_a_share_of_noise(void **state)
{
    (void)state;
    struct image_generator none, all, other;
    uint8_t *x = xcalloc(3, IMAGE);
    int32_t y[1];
    image_generator_init(&none, 3, 0, 10, 32), image_generator_init(&all, 3, 1, 10, 32);
    image_generator_init(&other, 3, 1, 7, 32);
    image_generator_draw(&none, 0, 8, 1, x, y);
    image_generator_draw(&all, 0, 8, 1, x + IMAGE, y);
    assert_int_equal(y[0], 8);
    image_generator_draw(&other, 0, 8, 1, x + 2 * IMAGE, y);
    assert_int_equal(y[0], 1);
    assert_memory_equal(x + IMAGE, x + 2 * IMAGE, IMAGE);
    long step = 0, noise = 0; /* from a pixel to the one below */
    for (int k = 0; k + 96 < IMAGE; k++)
        step += labs((long)x[k] - x[k + 96]), noise += labs((long)x[IMAGE + k] - x[IMAGE + k + 96]);
    assert_true(step < 40L * IMAGE && noise > 80L * IMAGE);
    image_generator_release(&none), image_generator_release(&all), image_generator_release(&other);
    free(x);
}

/* The same waves, sampled twice as densely; and images of a quarter of the side moved. */
static void images_of_another_size_have_the_same_waves(void **state)
{
    (void)state;
    enum { SMALL = 32, LARGE = 64, K = 3 };
    struct image_generator small, large;
    image_generator_init(&small, 3, 0, 10, SMALL), image_generator_init(&large, 3, 0, 10, LARGE);
    for (int k = 0; k < 10; k++)
        for (int i = 0; i < SMALL; i++)
            for (int j = 0; j < SMALL * K; j++) {
                int at = 2 * i * LARGE + j / K * 2;
                assert_true(small.pattern[(k * SMALL + i) * SMALL * K + j] ==
                            large.pattern[(k * LARGE * LARGE + at) * K + j % K]);
            }
    image_generator_release(&small), image_generator_release(&large);
    struct dataset_request q = generated(30, 20, 5);
    q.parameter = (union value[]){{0.5}, {LARGE}};
    struct dataset ds = open_or_fail(&q);
    assert_true(ds.h == LARGE && ds.w == LARGE && ds.c == K);
    assert_int_equal(dataset_image_size(&ds), 4 * IMAGE);
    q.train_limit = 7;
    struct dataset few = open_or_fail(&q);
    assert_memory_equal(ds.train.x, few.train.x, (size_t)7 * 4 * IMAGE);
    dataset_close(&ds), dataset_close(&few);
    q.parameter = (union value[]){{0.5}, {7}};
    check_refused(&q, 1, "synthetic-images: image_size is 7, but must be 0, or from 8 to 256");
}

/* --- what all data sets share --- */

static void test_batches_are_normalised(void **state)
{
    (void)state;
    struct dataset ds = synthetic(10, 20, 1);
    const float mean[] = {0.1f, 0.5f, 0.9f}, std[] = {0.2f, 0.3f, 0.4f};
    memcpy(ds.mean, mean, sizeof(mean));
    memcpy(ds.std, std, sizeof(std));
    real *x = xcalloc(7 * IMAGE, sizeof(*x));
    int32_t y[7];
    dataset_test_batch(&ds, 13, 7, x, y);
    for (int i = 0; i < 7 * IMAGE; i++) {
        double want =
            (ds.test.x[13 * IMAGE + i] / 255.0 - (double)mean[i % 3]) / (double)std[i % 3];
        check_close((double)x[i], want, 2e-6);
    }
    assert_memory_equal(y, ds.test.y + 13, sizeof(y));
    free(x);
    dataset_close(&ds);
}

static void held_out_images_leave_the_training_set(void **state)
{
    (void)state;
    enum { N = 300, HELD = 50 };
    struct dataset ds = synthetic(N, 5, 1), all = synthetic(N, 5, 1), other = synthetic(N, 5, 1);
    struct err e = {0};
    assert_int_equal(dataset_hold_out(&ds, HELD, 9, &e), 0);
    assert_int_equal(dataset_hold_out(&other, HELD, 10, &e), 0);
    assert_int_equal(ds.train.n, N - HELD);
    assert_int_equal(ds.test.n, HELD);
    assert_memory_not_equal(ds.test.x, other.test.x, HELD * IMAGE);
    int kept = 0, held = 0; /* both in the order of the whole set: walk along it */
    for (int i = 0; i < N; i++) {
        const uint8_t *image = all.train.x + i * IMAGE;
        if (held < HELD && !memcmp(image, ds.test.x + held * IMAGE, IMAGE)) {
            assert_int_equal(ds.test.y[held++], all.train.y[i]);
        } else {
            assert_memory_equal(image, ds.train.x + kept * IMAGE, IMAGE);
            assert_int_equal(ds.train.y[kept++], all.train.y[i]);
        }
    }
    assert_int_equal(held, HELD);
    static const int bad[] = {-1, 0, N - HELD, N};
    for (size_t i = 0; i < LENGTH(bad); i++) {
        assert_int_equal(dataset_hold_out(&ds, bad[i], 1, &e), -1);
        check_says(e, "of 250 training images cannot be held out; use 1 to 249");
        assert_int_equal(e.usage, 1);
    }
    dataset_close(&ds);
    dataset_close(&all);
    dataset_close(&other);
}

static void classes_are_chosen_before_limits(void **state)
{
    (void)state;
    struct dataset all = synthetic(0, 0, 5);
    struct dataset_request q = generated(70, 20, 5);
    q.classes = 3;
    struct dataset ds = open_or_fail(&q);
    assert_true(ds.n_class == 3 && ds.train.n == 70 && ds.test.n == 20);
    const struct split *from[] = {&all.train, &all.test}, *to[] = {&ds.train, &ds.test};
    for (int s = 0; s < 2; s++)
        for (int i = 0, at = 0; at < to[s]->n; i++)
            if (from[s]->y[i] < 3) {
                assert_int_equal(to[s]->y[at], from[s]->y[i]);
                assert_memory_equal(to[s]->x + at++ * IMAGE, from[s]->x + i * IMAGE, IMAGE);
            }
    dataset_close(&ds);
    q.train_limit = q.test_limit = 0;
    ds = open_or_fail(&q);
    assert_true(ds.train.n == 600 && ds.test.n == 150);
    dataset_close(&ds);
    dataset_close(&all);
    q.train_limit = 601;
    check_refused(&q, 1, "601 training images are asked for, but there are 600");
    q.train_limit = 0, q.test_limit = 151;
    check_refused(&q, 1, "151 test images are asked for, but there are 150");
    q.test_limit = 0, q.classes = 11;
    check_refused(&q, 1, "the first 11 classes are asked for, but there are 10");
    q.classes = -1;
    check_refused(&q, 1, "the number of classes is -1, but must be 0 (all) or more");
}

static double told;
static void tell(const struct dataset *ds, double bytes)
{
    assert_null(ds->train.x);
    told = bytes;
}

static void memory_is_told_and_refused_beforehand(void **state)
{
    (void)state;
    struct dataset_request q = {.name = "synthetic-images",
                                .train_limit = 10,
                                .test_limit = 5,
                                .memory = 15 * (IMAGE + 4),
                                .tell = tell};
    struct dataset ds = open_or_fail(&q);
    dataset_close(&ds);
    check_close(told, 15 * (IMAGE + 4.0), 0);
    q.memory -= 1;
    check_refused(&q, 0,
                  "synthetic-images: 10 training and 5 test images take 0 MiB, but this machine "
                  "has 0 MiB for them: lower train_limit");
}

/* What another process would map: the same images and labels, until the offer ends. */
static void images_can_be_taken_while_they_are_offered(void **state)
{
    (void)state;
    struct dataset_request q = generated(60, 33, 2);
    struct dataset own = open_or_fail(&q), ds, taken;
    struct dataset_offer offer;
    struct err e;
    q.shares = 1;
    ds = open_or_fail(&q);
    assert_int_equal(dataset_hold_out(&own, 13, 1, &e), 0);
    assert_int_equal(dataset_hold_out(&ds, 13, 1, &e), 0);
    dataset_offer(&ds, &offer);
    assert_int_equal(dataset_take(&taken, "synthetic-images", &offer), 0);
    assert_ptr_not_equal(taken.train.x, ds.train.x);
    assert_true(taken.train.n == 47 && taken.test.n == 13 && taken.h == own.h);
    assert_memory_equal(taken.train.x, own.train.x, (size_t)47 * IMAGE);
    assert_memory_equal(taken.train.y, own.train.y, 47 * sizeof(int32_t));
    assert_memory_equal(taken.test.x, own.test.x, (size_t)13 * IMAGE);
    assert_memory_equal(taken.test.y, own.test.y, 13 * sizeof(int32_t));
    ds.train.x[5]++;
    assert_int_equal(taken.train.x[5], ds.train.x[5]);
    dataset_close(&taken);
    offer.test.inode++;
    assert_int_equal(dataset_take(&taken, "synthetic-images", &offer), -1);
    assert_null(taken.train.x);
    offer.test.inode--;
    dataset_offer_end(&ds);
    assert_int_equal(dataset_take(&taken, "synthetic-images", &offer), -1);
    dataset_close(&ds);
    dataset_offer(&own, &offer); /* not opened to be shared */
    assert_int_equal(dataset_take(&taken, "synthetic-images", &offer), -1);
    dataset_close(&own);
}

static void samples_of_a_class_come_in_order(void **state)
{
    (void)state;
    struct dataset ds = synthetic(25, 1, 1);
    int32_t sample[3];
    assert_int_equal(dataset_of_class(&ds, 4, 2, sample), 2);
    assert_true(sample[0] == 4 && sample[1] == 14);
    assert_int_equal(dataset_of_class(&ds, 5, 3, sample), 2);
    assert_int_equal(dataset_of_class(&ds, 10, 3, sample), 0);
    dataset_close(&ds);
}

static void two_files_are_read_of_texts(void **state)
{
    (void)state;
    struct written w;
    struct err e = {0};
    struct dataset_request q = {
        .name = "ag_news", .dir = temp_dir, .train_limit = 40, .test_limit = 20, .seed = 1};
    if (dataset_write(&w, &q, 0.5, &e))
        fail_msg("%s", e.text);
    q.train_limit = q.test_limit = 5;
    check_file_names(&q, "ag_news_csv/test.csv|ag_news_csv/train.csv|");
    check_files_are_read(&q, "ag_news_csv", 2); /* classes.txt, GENERATED.txt */
}

static void generated_samples_are_read_from_no_files(void **state)
{
    (void)state;
    for (size_t i = 0; i < n_loader; i++) {
        const struct loader *l = loader_registry[i].item;
        struct dataset_request q = {.name = loader_registry[i].name, .dir = temp_dir};
        assert_true(!l->files == !l->folder);
        if (!l->files)
            check_file_names(&q, "");
    }
    struct file_list list;
    struct err e = {0};
    assert_int_equal(dataset_files(&(struct dataset_request){.name = "cifar11"}, &list, &e), -1);
    check_says(e, "did you mean 'cifar10'?");
    char *deep = xcalloc(5000, 1);
    struct dataset_request far = {.name = "ag_news", .dir = memset(deep, 'd', 4999)};
    assert_int_equal(dataset_files(&far, &list, &e), -1);
    check_says(e, "the path is longer than 4095 characters");
    file_list_release(&list);
    free(deep);
}

/* Facts that the program, scripts and tests rely on. */
static void every_data_set_says_what_it_is(void **state)
{
    (void)state;
    for (size_t i = 0; i < n_loader; i++) {
        const struct loader *l = loader_registry[i].item;
        struct err e = {0};
        assert_non_null(l->title);
        if (l->stand_in && !loader_find(l->stand_in, &e))
            fail_msg("%s", e.text);
        if (l->stand_in)
            assert_int_equal(dataset_has_texts(l->stand_in), l->text);
        assert_true(!l->folder || l->source.url || l->source.by_hand);
        assert_true(!l->source.url || (l->source.variable && l->source.size && l->source.terms));
        assert_true(!l->source.url || l->source.archive_sha256 || l->official.file[0].name);
        assert_true(!l->written_whole || (l->write && l->official.n_train && l->official.n_test));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bad_requests_are_refused),
        cmocka_unit_test(generated_images_depend_on_the_seed_alone),
        cmocka_unit_test(generated_images_can_be_learned_unless_too_difficult),
        cmocka_unit_test(difficulty_is_a_share_of_noise),
        cmocka_unit_test(images_of_another_size_have_the_same_waves),
        cmocka_unit_test(test_batches_are_normalised),
        cmocka_unit_test(held_out_images_leave_the_training_set),
        cmocka_unit_test(classes_are_chosen_before_limits),
        cmocka_unit_test(memory_is_told_and_refused_beforehand),
        cmocka_unit_test(images_can_be_taken_while_they_are_offered),
        cmocka_unit_test(samples_of_a_class_come_in_order),
        cmocka_unit_test(two_files_are_read_of_texts),
        cmocka_unit_test(generated_samples_are_read_from_no_files),
        cmocka_unit_test(every_data_set_says_what_it_is),
    };
    return cmocka_run_group_tests(tests, temp_make, temp_remove);
}
