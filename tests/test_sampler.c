/* test_sampler: what a worker sees, and that nothing but (seed, worker, step) decides it. */
#include "core/random.h"
#include "loaders/sampler.h"
#include "tests/check.h"
#include <stdlib.h>

enum { SIDE = 32, N_WORKER = 4, N_EACH = 21, BATCH = 8, STEPS = 3, IMAGE = SIDE * SIDE * 3 };

/* Images of which every byte is known: pixel (i, j) is (row + 1, column + 1, image + 1), so that an
 * augmented one shows its flip and offsets; mean 0 and std 1/255 leave bytes unchanged except in
 * the first channel. */
struct world {
    struct dataset ds;
    struct partition part;
    struct sampler s;
    real x[BATCH * IMAGE];
    int32_t y[BATCH];
};

static int make(void **state)
{
    struct world *w = xcalloc(1, sizeof(*w));
    struct dataset *ds = &w->ds;
    *ds = (struct dataset){
        .name = "made", .n_class = 10, .h = SIDE, .w = SIDE, .c = 3, .mean = {0.5f}};
    for (int c = 0; c < 3; c++)
        ds->std[c] = 1 / 255.0f;
    dataset_split_init(ds, &ds->train, N_WORKER * N_EACH + 3);
    for (int k = 0; k < ds->train.n; k++) {
        ds->train.y[k] = k; /* the sample's number, to know it again */
        for (int p = 0; p < SIDE * SIDE; p++) {
            const uint8_t pixel[] = {(uint8_t)(p / SIDE + 1), (uint8_t)(p % SIDE + 1),
                                     (uint8_t)(k + 1)};
            memcpy(ds->train.x + k * IMAGE + p * 3, pixel, 3);
        }
    }
    w->part = (struct partition){.n_worker = N_WORKER, .n_each = N_EACH};
    w->part.index = xcalloc(N_WORKER * N_EACH, sizeof(*w->part.index));
    for (int i = 0; i < N_WORKER * N_EACH; i++)
        w->part.index[i] = N_WORKER * N_EACH - i; /* samples 1 .. 84 of 0 .. 86 */
    sampler_open(&w->s, ds, &w->part, (struct batches){BATCH, 1, 0}, 11, 0, N_WORKER);
    *state = w;
    return 0;
}

static int release(void **state)
{
    struct world *w = *state;
    sampler_close(&w->s);
    partition_close(&w->part);
    dataset_close(&w->ds);
    free(w);
    return 0;
}

static void an_epoch_covers_every_sample_once(void **state)
{
    struct world *w = *state;
    assert_int_equal(sampler_steps(&w->s), STEPS);
    for (int worker = 0; worker < N_WORKER; worker++)
        for (int epoch = 0; epoch < 3; epoch++) {
            int seen[N_WORKER * N_EACH + 3] = {0};
            for (int k = 0; k < STEPS; k++) {
                int n = sampler_batch(&w->s, worker, epoch * STEPS + k, w->x, w->y);
                assert_int_equal(n, k < STEPS - 1 ? BATCH : N_EACH - 2 * BATCH);
                for (int i = 0; i < n; i++)
                    seen[w->y[i]]++;
            }
            for (int i = 0; i < N_EACH; i++)
                assert_int_equal(seen[w->part.index[worker * N_EACH + i]], 1);
        }
}

static void epochs_workers_and_seeds_differ(void **state)
{
    struct world *w = *state;
    int32_t first[BATCH];
    sampler_batch(&w->s, 1, 0, w->x, first);
    sampler_batch(&w->s, 1, STEPS, w->x, w->y);
    assert_memory_not_equal(first, w->y, sizeof(first));
    sampler_batch(&w->s, 2, 0, w->x, w->y); /* worker 2's samples lie N_EACH below worker 1's */
    for (int i = 0; i < BATCH; i++)
        w->y[i] += N_EACH;
    assert_memory_not_equal(first, w->y, sizeof(first));
    w->s.seed++;
    w->s.epoch[1] = -1;
    sampler_batch(&w->s, 1, 0, w->x, w->y);
    assert_memory_not_equal(first, w->y, sizeof(first));
}

/* A batch depends neither on earlier requests nor on which rank hosts the worker. */
static void order_of_calls_and_hosting_do_not_matter(void **state)
{
    struct world *w = *state;
    struct sampler alone;
    static real x[BATCH * IMAGE];
    int32_t y[BATCH];
    sampler_open(&alone, &w->ds, &w->part, (struct batches){BATCH, 1, 0}, 11, 2, 1);
    static const int steps[] = {7, 0, 8, 1, 7, 2};
    for (size_t k = 0; k < LENGTH(steps); k++) {
        for (int other = 0; other < N_WORKER; other++)
            if (other != 2)
                sampler_batch(&w->s, other, steps[k] + 1, w->x, w->y);
        int n = sampler_batch(&w->s, 2, steps[k], w->x, w->y);
        sampler_close(&alone);
        sampler_open(&alone, &w->ds, &w->part, (struct batches){BATCH, 1, 0}, 11, 2,
                     1 + (int)(k % 2));
        assert_int_equal(sampler_batch(&alone, 2, steps[k], x, y), n);
        assert_memory_equal(y, w->y, (size_t)n * sizeof(*y));
        assert_memory_equal(x, w->x, (size_t)n * IMAGE * sizeof(*x));
    }
    sampler_close(&alone);
}

/* Byte c of pixel (i, j), or 0 for padding, undoing the normalisation. */
static int byte_at(const real *image, int i, int j, int c)
{
    double v = (double)image[(i * SIDE + j) * 3 + c] + (c == 0 ? 127.5 : 0);
    check_close(v, round(v), 1e-3);
    return (int)round(v);
}

static void without_augmentation_images_are_whole(void **state)
{
    struct world *w = *state;
    w->s.batch.augment = 0;
    int n = sampler_batch(&w->s, 3, 5, w->x, w->y);
    for (int k = 0; k < n; k++)
        for (int i = 0; i < IMAGE; i++) {
            int want = w->ds.train.x[w->y[k] * IMAGE + i];
            assert_int_equal(byte_at(w->x + k * IMAGE, i / 3 / SIDE, i / 3 % SIDE, i % 3), want);
        }
}

/* The middle shows flip and offsets, from which every pixel must follow; padding is zero bytes
 * before normalisation. */
static void augmentation_flips_and_crops(void **state)
{
    struct world *w = *state;
    enum { EPOCHS = 60, DRAWS = EPOCHS * N_EACH * N_WORKER };
    int rows[9] = {0}, columns[9] = {0}, flips = 0;
    for (int t = 0; t < N_WORKER * EPOCHS * STEPS; t++) {
        int n = sampler_batch(&w->s, t % N_WORKER, t / N_WORKER, w->x, w->y);
        for (int k = 0; k < n; k++) {
            const real *image = w->x + k * IMAGE;
            int a = byte_at(image, 16, 15, 1), flip = byte_at(image, 16, 16, 1) < a;
            int dy = byte_at(image, 16, 16, 0) - 17, dx = flip ? 17 - a : a - 16;
            assert_in_range(dy + 4, 0, 8);
            assert_in_range(dx + 4, 0, 8);
            rows[dy + 4]++, columns[dx + 4]++, flips += flip;
            for (int p = 0; t < 40 && p < SIDE * SIDE; p++) {
                int i = p / SIDE + dy, j = p % SIDE + dx;
                int inside = i >= 0 && i < SIDE && j >= 0 && j < SIDE;
                const int want[] = {i + 1, flip ? SIDE - j : j + 1, w->y[k] + 1};
                for (int c = 0; c < 3; c++)
                    assert_int_equal(byte_at(image, p / SIDE, p % SIDE, c), inside ? want[c] : 0);
            }
        }
    }
    /* within five standard deviations */
    check_close(flips, DRAWS / 2.0, 5 * sqrt(DRAWS / 4.0));
    for (int o = 0; o < 9; o++) {
        check_close(rows[o], DRAWS / 9.0, 5 * sqrt(DRAWS * 8 / 81.0));
        check_close(columns[o], DRAWS / 9.0, 5 * sqrt(DRAWS * 8 / 81.0));
    }
}

/* With one sample a worker, only augmentation can differ. */
static void augmentation_depends_on_seed_and_step(void **state)
{
    struct world *w = *state;
    enum { DRAWS = 30 };
    int same_step = 0, same_seed = 0;
    struct sampler a, b;
    static real first[IMAGE], x[IMAGE];
    w->part.n_each = 1;
    sampler_open(&a, &w->ds, &w->part, (struct batches){1, 1, 0}, 1, 0, 1);
    sampler_open(&b, &w->ds, &w->part, (struct batches){1, 1, 0}, 2, 0, 1);
    sampler_batch(&a, 0, 0, first, w->y);
    for (int step = 1; step <= DRAWS; step++) {
        sampler_batch(&a, 0, step, w->x, w->y);
        sampler_batch(&b, 0, step, x, w->y);
        same_step += !memcmp(w->x, first, sizeof(first));
        same_seed += !memcmp(w->x, x, sizeof(x));
    }
    assert_in_range(same_step, 0, 2); /* of 162 ways */
    assert_in_range(same_seed, 0, 2);
    sampler_close(&a);
    sampler_close(&b);
}

/* Images of 48 x 64: each is what the draws of its random stream make of it. */
static void images_of_other_sizes_are_augmented_alike(void **state)
{
    (void)state;
    enum { H = 48, W = 64, C = 3, N = 5, SIZE = H * W * C };
    struct dataset ds = {.name = "made", .n_class = N, .h = H, .w = W, .c = C, .std = {1, 0.5f, 2}};
    struct partition part = {.n_worker = 1, .n_each = N, .index = (int32_t[]){0, 1, 2, 3, 4}};
    struct sampler s;
    struct random r;
    static real x[N * SIZE];
    int32_t y[N];
    dataset_split_init(&ds, &ds.train, N);
    for (int i = 0; i < N * SIZE; i++)
        ds.train.x[i] = (uint8_t)(i * 2654435761u >> 13), ds.train.y[i / SIZE] = i / SIZE;
    sampler_open(&s, &ds, &part, (struct batches){N, 1, 0}, 11, 0, 1);
    assert_int_equal(sampler_batch(&s, 0, 2, x, y), N);
    random_init(&r, 11, RANDOM_AUGMENT, 0, 2);
    for (int k = 0; k < N; k++) {
        int flip = (int)random_below(&r, 2), dy = (int)random_below(&r, 9) - 4,
            dx = (int)random_below(&r, 9) - 4;
        for (int i = 0; i < SIZE; i++) {
            int row = i / C / W + dy, column = i / C % W + dx, c = i % C;
            int inside = row >= 0 && row < H && column >= 0 && column < W;
            int from = ((y[k] * H + row) * W + (flip ? W - 1 - column : column)) * C + c;
            double want = inside ? ds.train.x[from] / 255.0 / (double)ds.std[c] : 0;
            check_close((double)x[k * SIZE + i], want, 1e-6);
        }
    }
    sampler_close(&s);
    dataset_close(&ds);
}

static void a_batch_larger_than_the_share_is_one_step(void **state)
{
    struct world *w = *state;
    struct sampler s;
    w->part.n_each = 5;
    sampler_open(&s, &w->ds, &w->part, (struct batches){BATCH, 0, 0}, 1, 0, 1);
    assert_int_equal(sampler_steps(&s), 1);
    assert_int_equal(sampler_batch(&s, 0, 3, w->x, w->y), 5);
    sampler_close(&s);
}

static void short_batches_can_be_dropped(void **state)
{
    struct world *w = *state;
    struct sampler s;
    sampler_open(&s, &w->ds, &w->part, (struct batches){BATCH, 0, 1}, 1, 0, N_WORKER);
    assert_int_equal(sampler_steps(&s), N_EACH / BATCH);
    for (int epoch = 0; epoch < 2; epoch++) {
        int seen[N_WORKER * N_EACH + 3] = {0}, n_seen = 0;
        for (int k = 0; k < N_EACH / BATCH; k++) {
            assert_int_equal(sampler_batch(&s, 1, epoch * (N_EACH / BATCH) + k, w->x, w->y), BATCH);
            for (int i = 0; i < BATCH; i++)
                n_seen += !seen[w->y[i]]++;
        }
        assert_int_equal(n_seen, N_EACH / BATCH * BATCH); /* none twice */
    }
    sampler_close(&s);
}

/* Two workers with 5 and 37 samples each go through their own; an epoch of the run has the number
 * of batches that the mean of the two needs. */
static void uneven_workers_go_through_their_own(void **state)
{
    struct world *w = *state;
    enum { SMALL = 5, LARGE = 37, SIZE = 8 };
    int32_t start[] = {0, SMALL, SMALL + LARGE};
    struct partition part = {.n_worker = 2, .index = w->part.index, .start = start};
    struct sampler s;
    sampler_open(&s, &w->ds, &part, (struct batches){SIZE, 1, 0}, 1, 0, 2);
    assert_int_equal(sampler_steps(&s), 3);
    for (int j = 0; j < 2; j++) {
        int held = start[j + 1] - start[j], n_step = (held - 1) / SIZE + 1;
        for (int pass = 0; pass < 3; pass++) {
            int seen[N_WORKER * N_EACH + 3] = {0};
            for (int k = 0; k < n_step; k++) {
                int n = sampler_batch(&s, j, pass * n_step + k, w->x, w->y);
                assert_int_equal(n, k < n_step - 1 ? SIZE : held - k * SIZE);
                for (int i = 0; i < n; i++)
                    seen[w->y[i]]++;
            }
            for (int i = 0; i < SMALL + LARGE; i++)
                assert_int_equal(seen[part.index[i]], i >= start[j] && i < start[j + 1]);
        }
    }
    sampler_close(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_epoch_covers_every_sample_once, make, release),
        cmocka_unit_test_setup_teardown(epochs_workers_and_seeds_differ, make, release),
        cmocka_unit_test_setup_teardown(order_of_calls_and_hosting_do_not_matter, make, release),
        cmocka_unit_test_setup_teardown(without_augmentation_images_are_whole, make, release),
        cmocka_unit_test_setup_teardown(augmentation_flips_and_crops, make, release),
        cmocka_unit_test_setup_teardown(augmentation_depends_on_seed_and_step, make, release),
        cmocka_unit_test(images_of_other_sizes_are_augmented_alike),
        cmocka_unit_test_setup_teardown(a_batch_larger_than_the_share_is_one_step, make, release),
        cmocka_unit_test_setup_teardown(short_batches_can_be_dropped, make, release),
        cmocka_unit_test_setup_teardown(uneven_workers_go_through_their_own, make, release),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
