/* synthetic_images: each class is a smooth pattern of a few waves per colour; an image is its
 * class's pattern, moved by up to 8 pixels, at a contrast of its own, half covered by noise.  A
 * difficulty D multiplies the pattern by 2 (1 - D) and the noise by 2 D: at 0 there is no noise, at
 * 1 there is nothing else, and nothing can be learned.  Image k is a function of (seed, difficulty,
 * split, k, number of classes) alone, so a limit changes no image; its class is k modulo the number
 * of classes, which is 10 unless files of another data set's form are written. */
#include "loaders/synthetic_images.h"
#include "core/random.h"
#include "loaders/difficulty.h"
#include <math.h>
#include <stdlib.h>

enum { SIDE = 32, CHANNELS = 3, IMAGE = SIDE * SIDE * CHANNELS };
enum { N_WAVE = 3, MAX_WAVES = 3, SHIFT = 8 };
/* The "worker" of the random streams. */
enum { STREAM_PATTERN, STREAM_TRAIN, STREAM_TEST };

/* Values of about -1 to 1, periodic in both directions. */
struct image_pattern {
    float at[SIDE][SIDE][CHANNELS];
};

static void draw_pattern(struct image_pattern *p, uint64_t seed, int class)
{
    struct random r;
    random_init(&r, seed, RANDOM_SYNTHETIC, STREAM_PATTERN, (uint32_t) class);
    for (int c = 0; c < CHANNELS; c++)
        for (int wave = 0; wave < N_WAVE; wave++) {
            int fy = (int)random_below(&r, MAX_WAVES + 1);
            int fx = (int)random_below(&r, 2 * MAX_WAVES + 1) - MAX_WAVES;
            double phase = random_uniform(&r);
            for (int i = 0; i < SIDE; i++)
                for (int j = 0; j < SIDE; j++) {
                    double turns = phase + (double)(fy * i + fx * j) / SIDE;
                    p->at[i][j][c] += (float)(cos(6.283185307179586 * turns) / N_WAVE);
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

void image_generator_init(struct image_generator *g, uint64_t seed, double difficulty, int n_class)
{
    CHECK(difficulty >= 0 && difficulty <= 1 && n_class >= 1);
    *g = (struct image_generator){.seed = seed,
                                  .signal = (float)(2 * (1 - difficulty)),
                                  .noise = (float)(2 * difficulty),
                                  .n_class = n_class,
                                  .pattern = xcalloc((size_t)n_class, sizeof(*g->pattern))};
    for (int k = 0; k < n_class; k++)
        draw_pattern(&g->pattern[k], seed, k);
}

void image_generator_release(struct image_generator *g)
{
    free(g->pattern);
}

static void draw_image(const struct image_generator *g, uint32_t stream, int k, uint8_t *x)
{
    const struct image_pattern *p = &g->pattern[k % g->n_class];
    struct random r;
    random_init(&r, g->seed, RANDOM_SYNTHETIC, stream, (uint32_t)k);
    int dy = (int)random_below(&r, 2 * SHIFT + 1) + SIDE - SHIFT;
    int dx = (int)random_below(&r, 2 * SHIFT + 1) + SIDE - SHIFT;
    float contrast = g->signal * (30 + 60 * (float)random_uniform(&r)), noise = g->noise * 0.4f;
    for (int i = 0; i < SIDE; i++)
        for (int j = 0; j < SIDE; j++)
            for (int c = 0; c < CHANNELS; c++) {
                float v = p->at[(i + dy) % SIDE][(j + dx) % SIDE][c];
                v = 128 + contrast * v + noise * draw_noise(&r);
                *x++ = (uint8_t)(v < 0 ? 0 : v > 255 ? 255 : v);
            }
}

void image_generator_draw(const struct image_generator *g, int test, int first, int n, uint8_t *x,
                          int32_t *y)
{
    for (int i = 0; i < n; i++) {
        y[i] = (first + i) % g->n_class;
        draw_image(g, test ? STREAM_TEST : STREAM_TRAIN, first + i, x + (size_t)i * IMAGE);
    }
}

enum { DIFFICULTY };
static const struct parameter parameters[] = {PARAMETER_DIFFICULTY, {NULL}};

static int load(struct dataset *ds, const struct dataset_request *q, struct err *e)
{
    *ds = (struct dataset){.name = "synthetic-images",
                           .n_class = SYNTHETIC_IMAGES_CLASS,
                           .h = SIDE,
                           .w = SIDE,
                           .c = CHANNELS,
                           .mean = {0.5f, 0.5f, 0.5f},
                           .std = {0.25f, 0.25f, 0.25f}};
    if (q->train_limit > SYNTHETIC_IMAGES_MOST || q->test_limit > SYNTHETIC_IMAGES_MOST)
        return err_usage(e, "%s: at most %d images can be generated", ds->name,
                         SYNTHETIC_IMAGES_MOST);
    if (dataset_room(ds, q, q->train_limit ? q->train_limit : SYNTHETIC_IMAGES_TRAIN,
                     q->test_limit ? q->test_limit : SYNTHETIC_IMAGES_TEST, e))
        return -1;
    struct image_generator g;
    image_generator_init(&g, q->seed, q->parameter[DIFFICULTY].number, ds->n_class);
    image_generator_draw(&g, 0, 0, ds->train.n, ds->train.x, ds->train.y);
    image_generator_draw(&g, 1, 0, ds->test.n, ds->test.x, ds->test.y);
    image_generator_release(&g);
    return 0;
}

const struct loader loader_synthetic_images = {
    .title = "synthetic-images", .parameter = parameters, .load = load};
