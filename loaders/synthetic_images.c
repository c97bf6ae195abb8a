/* synthetic_images: each class is a smooth pattern of a few waves per colour; an image is its
 * class's pattern, moved by up to a quarter of its side, at a contrast of its own, half covered by
 * noise.  A difficulty D multiplies the pattern by 2 (1 - D) and the noise by 2 D: at 0 there is no
 * noise, at 1 there is nothing else, and nothing can be learned.  Image k is a function of (seed,
 * difficulty, size, split, k, number of classes) alone, so a limit changes no image; its class is k
 * modulo the number of classes, which is 10 unless files of another data set's form are written. */
#include "loaders/synthetic_images.h"
#include "core/random.h"
#include "loaders/difficulty.h"
#include <math.h>
#include <stdlib.h>

enum { CHANNELS = 3, N_WAVE = 3, MAX_WAVES = 3 };
/* The "worker" of the random streams. */
enum { STREAM_PATTERN, STREAM_TRAIN, STREAM_TEST };

static size_t pattern_size(int side)
{
    return (size_t)side * (size_t)side * CHANNELS;
}

/* Add a pattern with values of about -1 to 1, periodic in both directions, to p (side, side, 3). */
static void draw_pattern(float *p, uint64_t seed, int class, int side)
{
    struct random r;
    random_init(&r, seed, RANDOM_SYNTHETIC, STREAM_PATTERN, (uint32_t) class);
    for (int c = 0; c < CHANNELS; c++)
        for (int wave = 0; wave < N_WAVE; wave++) {
            int fy = (int)random_below(&r, MAX_WAVES + 1);
            int fx = (int)random_below(&r, 2 * MAX_WAVES + 1) - MAX_WAVES;
            double phase = random_uniform(&r);
            for (int i = 0; i < side; i++)
                for (int j = 0; j < side; j++) {
                    double turns = phase + (double)(fy * i + fx * j) / side;
                    p[(i * side + j) * CHANNELS + c] +=
                        (float)(cos(6.283185307179586 * turns) / N_WAVE);
                }
        }
}

/* The sum of the four bytes of a random word, less its mean: nearly normal, std 148. */
static float draw_noise(struct random *r)
{
    uint32_t u = random_u32(r);
    return (float)(u >> 24) + (float)(u >> 16 & 255) + (float)(u >> 8 & 255) + (float)(u & 255) -
           510;
}

void image_generator_init(struct image_generator *g, uint64_t seed, double difficulty, int n_class,
                          int side)
{
    CHECK(difficulty >= 0 && difficulty <= 1 && n_class >= 1 && side >= IMAGE_SIZE_MIN);
    *g = (struct image_generator){.seed = seed,
                                  .signal = (float)(2 * (1 - difficulty)),
                                  .noise = (float)(2 * difficulty),
                                  .n_class = n_class,
                                  .side = side};
    size_t size = pattern_size(side);
    g->pattern = xcalloc((size_t)n_class * size, sizeof(*g->pattern));
    for (int k = 0; k < n_class; k++)
        draw_pattern(g->pattern + (size_t)k * size, seed, k, side);
}

void image_generator_release(struct image_generator *g)
{
    free(g->pattern);
}

static void draw_image(const struct image_generator *g, uint32_t stream, int k, uint8_t *x)
{
    int side = g->side, shift = side / 4;
    const float *p = g->pattern + (size_t)(k % g->n_class) * pattern_size(side);
    struct random r;
    random_init(&r, g->seed, RANDOM_SYNTHETIC, stream, (uint32_t)k);
    int dy = (int)random_below(&r, (uint32_t)(2 * shift + 1)) + side - shift;
    int dx = (int)random_below(&r, (uint32_t)(2 * shift + 1)) + side - shift;
    float contrast = g->signal * (30 + 60 * (float)random_uniform(&r)), noise = g->noise * 0.4f;
    for (int i = 0; i < side; i++)
        for (int j = 0; j < side; j++)
            for (int c = 0; c < CHANNELS; c++) {
                float v = p[((i + dy) % side * side + (j + dx) % side) * CHANNELS + c];
                v = 128 + contrast * v + noise * draw_noise(&r);
                *x++ = (uint8_t)(v < 0 ? 0 : v > 255 ? 255 : v);
            }
}

void image_generator_draw(const struct image_generator *g, int test, int first, int n, uint8_t *x,
                          int32_t *y)
{
    for (int i = 0; i < n; i++) {
        y[i] = (first + i) % g->n_class;
        draw_image(g, test ? STREAM_TEST : STREAM_TRAIN, first + i,
                   x + (size_t)i * pattern_size(g->side));
    }
}

enum { DIFFICULTY, IMAGE_SIZE };
static const struct parameter parameters[] = {PARAMETER_DIFFICULTY, PARAMETER_IMAGE_SIZE, {NULL}};

static int load(struct dataset *ds, const struct dataset_request *q, struct err *e)
{
    *ds = (struct dataset){.name = "synthetic-images",
                           .n_class = SYNTHETIC_IMAGES_CLASS,
                           .c = CHANNELS,
                           .mean = {0.5f, 0.5f, 0.5f},
                           .std = {0.25f, 0.25f, 0.25f}};
    ds->h = ds->w = image_size_take(ds->name, q->parameter[IMAGE_SIZE].number, IMAGE_SIZE_USUAL, e);
    if (ds->h < 0)
        return -1;
    if (q->train_limit > SYNTHETIC_IMAGES_MOST || q->test_limit > SYNTHETIC_IMAGES_MOST)
        return err_usage(e, "%s: at most %d images can be generated", ds->name,
                         SYNTHETIC_IMAGES_MOST);
    if (dataset_room(ds, q, q->train_limit ? q->train_limit : SYNTHETIC_IMAGES_TRAIN,
                     q->test_limit ? q->test_limit : SYNTHETIC_IMAGES_TEST, e))
        return -1;
    struct image_generator g;
    image_generator_init(&g, q->seed, q->parameter[DIFFICULTY].number, ds->n_class, ds->h);
    image_generator_draw(&g, 0, 0, ds->train.n, ds->train.x, ds->train.y);
    image_generator_draw(&g, 1, 0, ds->test.n, ds->test.x, ds->test.y);
    image_generator_release(&g);
    return 0;
}

const struct loader loader_synthetic_images = {
    .title = "synthetic-images", .parameter = parameters, .load = load};
