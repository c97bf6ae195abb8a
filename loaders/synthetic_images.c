/* synthetic_images: generated images, for tests and first runs without any download: ten classes,
 * each a smooth pattern of a few waves per colour; an image is its class's pattern, moved by up to
 * 8 pixels, at a contrast of its own, half covered by noise.  Image k is a function of (seed,
 * split, k) alone, so a limit cuts or extends the sets and changes no image; class k % 10.
 * Reads nothing. */
#include "core/random.h"
#include "loaders/dataset.h"
#include <math.h>
#include <stdlib.h>

enum { SIDE = 32, CHANNELS = 3, N_CLASS = 10, N_WAVE = 3, MAX_WAVES = 3, SHIFT = 8 };
enum { N_TRAIN = 2000, N_TEST = 500, N_MOST = 1000000 };
/* The "worker" of the random streams. */
enum { STREAM_PATTERN, STREAM_TRAIN, STREAM_TEST };

/* Values of about -1 to 1, periodic in both directions. */
struct pattern {
    float at[SIDE][SIDE][CHANNELS];
};

static void draw_pattern(struct pattern *p, uint64_t seed, int class)
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

static void draw_split(struct split *s, const struct pattern *patterns, uint64_t seed,
                       uint32_t stream)
{
    uint8_t *x = s->x;
    for (int k = 0; k < s->n; k++) {
        struct random r;
        random_init(&r, seed, RANDOM_SYNTHETIC, stream, (uint32_t)k);
        s->y[k] = k % N_CLASS;
        int dy = (int)random_below(&r, 2 * SHIFT + 1) + SIDE - SHIFT;
        int dx = (int)random_below(&r, 2 * SHIFT + 1) + SIDE - SHIFT;
        float contrast = 30 + 60 * (float)random_uniform(&r);
        for (int i = 0; i < SIDE; i++)
            for (int j = 0; j < SIDE; j++)
                for (int c = 0; c < CHANNELS; c++) {
                    float v = patterns[s->y[k]].at[(i + dy) % SIDE][(j + dx) % SIDE][c];
                    v = 128 + contrast * v + 0.4f * draw_noise(&r);
                    *x++ = (uint8_t)(v < 0 ? 0 : v > 255 ? 255 : v);
                }
    }
}

static int load(struct dataset *ds, const struct dataset_request *q, struct err *e)
{
    *ds = (struct dataset){.name = "synthetic-images",
                           .n_class = N_CLASS,
                           .h = SIDE,
                           .w = SIDE,
                           .c = CHANNELS,
                           .mean = {0.5f, 0.5f, 0.5f},
                           .std = {0.25f, 0.25f, 0.25f}};
    if (q->train_limit > N_MOST || q->test_limit > N_MOST)
        return err_usage(e, "%s: at most %d images can be generated", ds->name, N_MOST);
    if (dataset_room(ds, q, q->train_limit ? q->train_limit : N_TRAIN,
                     q->test_limit ? q->test_limit : N_TEST, e))
        return -1;
    struct pattern *patterns = xcalloc(N_CLASS, sizeof(*patterns));
    for (int k = 0; k < N_CLASS; k++)
        draw_pattern(&patterns[k], q->seed, k);
    draw_split(&ds->train, patterns, q->seed, STREAM_TRAIN);
    draw_split(&ds->test, patterns, q->seed, STREAM_TEST);
    free(patterns);
    return 0;
}

const struct loader loader_synthetic_images = {.load = load};
