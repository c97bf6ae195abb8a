/* vector_conv: direct convolution for any vector length; only nn/kernels/avx*.c include this, after
 * defining LANES, and REST, the set with shorter vectors or none.
 *
 * A tile of pixels by one or two vectors of output channels stays in registers during the loop over
 * taps and input channels: an input number is broadcast, a row of weights is loaded.  The taps of
 * one kernel row are contiguous both in the image and in the weights, so they count as one tap with
 * k c channels.  Images are first copied into zero-padded ones.  Backward by data is the same loop
 * over transposed weights; when the stride is 2, it runs once for each parity of rows and columns,
 * since different pixels then see different taps.
 *
 * Winograd's algorithm does 3 x 3 convolutions with stride 1; REST does those whose channels do not
 * fill vectors. */
#include "nn/kernels/vector_planar.h"
#include "nn/kernels/vector_winograd.h"

enum { MAX_TAP = 49, CHUNK_PIXELS = 512 };
/* Input channels of a weight tile with one and with two vectors of outputs. */
enum { WEIGHT_1 = 2 * TILE, WEIGHT_2 = TILE };

/* What an output pixel sees: tap k is c numbers at offset in[k] from the pixel, with weights (c, o)
 * at w[k].  step: the distance between neighbours in a tile if it is the same in all tiles, else 0.
 */
struct stencil {
    int n_tap, c, step, in[MAX_TAP], w[MAX_TAP];
};

/* n pixels by `to` vectors of outputs; from and at: places of the pixels in x and y.  With a step
 * that the compiler knows, it does not read the table of places. */
INLINE void tile(int n, int to, int step, const struct stencil *s, const float *x, const int *from,
                 const float *w, int o, const float *bias, int add, float *y, const int *at)
{
    vec sum[2 * TILE][2];
#pragma GCC unroll 16
    for (int t = 0; t < n; t++)
#pragma GCC unroll 2
        for (int b = 0; b < to; b++)
            sum[t][b] = bias ? *(const vec *)(bias + b * LANES) : (vec){0};
    for (int k = 0; k < s->n_tap; k++) {
        const float *row = w + s->w[k], *in[2 * TILE];
#pragma GCC unroll 16
        for (int t = 0; t < n; t++)
            in[t] = x + s->in[k] + (step ? from[0] + t * step : from[t]);
        for (int i = 0; i < s->c; i++, row += o)
#pragma GCC unroll 16
            for (int t = 0; t < n; t++)
#pragma GCC unroll 2
                for (int b = 0; b < to; b++)
                    sum[t][b] += in[t][i] * *(const vec *)(row + b * LANES);
    }
#pragma GCC unroll 16
    for (int t = 0; t < n; t++)
#pragma GCC unroll 2
        for (int b = 0; b < to; b++) {
            vec *out = (vec *)(y + at[t] + b * LANES);
            if (add)
                sum[t][b] += *out;
            *out = sum[t][b];
        }
}

INLINE void strip(int to, int step, const struct stencil *s, int n, const float *x, const int *from,
                  const float *w, int o, const float *bias, int add, float *y, const int *at)
{
    int p = 0;
    /* with 32 inputs per pixel, addresses take no registers: twice the pixels fit */
    for (; step == 32 && p + 2 * TILE <= n; p += 2 * TILE)
        tile(2 * TILE, to, step, s, x, from + p, w, o, bias, add, y, at + p);
    for (; p + TILE <= n; p += TILE)
        tile(TILE, to, step, s, x, from + p, w, o, bias, add, y, at + p);
    for (; p < n; p++)
        tile(1, to, 0, s, x, from + p, w, o, bias, add, y, at + p);
}

/* y at n pixels, all o outputs (a multiple of LANES): two vectors of outputs at a time. */
static void stencil_run(const struct stencil *s, int n, const float *x, const int *from,
                        const float *w, int o, const float *bias, int add, float *y, const int *at)
{
    int q = 0;
    for (; q + 2 * LANES <= o; q += 2 * LANES)
        strip(2, 0, s, n, x, from, w + q, o, bias ? bias + q : NULL, add, y + q, at);
    if (q == o)
        return;
    bias = bias ? bias + q : NULL;
    if (s->step == 3)
        strip(1, 3, s, n, x, from, w + q, o, bias, add, y + q, at);
    else if (s->step == 32)
        strip(1, 32, s, n, x, from, w + q, o, bias, add, y + q, at);
    else
        strip(1, 0, s, n, x, from, w + q, o, bias, add, y + q, at);
}

/* --- work space ------------------------------------------------------------------------------- */

/* Images processed at a time: enough pixels to fill tiles where images are small. */
static int chunk_of(int n_pixel)
{
    return n_pixel >= CHUNK_PIXELS ? 1 : CHUNK_PIXELS / n_pixel;
}

static size_t most(size_t a, size_t b)
{
    return a > b ? a : b;
}

static size_t padded_size(int h, int w, int c, int pad)
{
    return (size_t)(h + 2 * pad) * (size_t)(w + 2 * pad) * (size_t)c;
}

/* Whether REST does this convolution: its outputs, or the inputs of Winograd's algorithm, do not
 * fill vectors. */
static int is_left(const struct conv *s)
{
    return s->o % LANES != 0 || (is_simple(s) && s->c % LANES != 0);
}

static size_t conv_work(const struct conv *s)
{
    size_t x = padded_size(s->h, s->w, s->c, s->pad);
    size_t y = padded_size(s->out_h, s->out_w, s->o, s->k / 2), rest = REST.conv_work(s);
    size_t forward =
        (x + 2 * (size_t)(s->out_h * s->out_w)) * (size_t)chunk_of(s->out_h * s->out_w);
    size_t back = (y + 2 * (size_t)(s->h * s->w)) * (size_t)chunk_of(s->h * s->w);
    size_t weights = (size_t)s->k * (size_t)s->k * (size_t)s->c * (size_t)s->o;
    size_t mine = most(most(forward, back) + weights, rest);
    struct conv turned = conv_turned(s);
    if (is_planar(s))
        mine = most(mine, planar_work(s));
    if (is_winograd(s))
        mine = most(mine, most(winograd_work(s, 2), winograd_work(s, fewest(s))));
    if (is_winograd(&turned))
        mine = most(mine, weights + winograd_work(&turned, fewest(&turned)));
    return mine;
}

/* n images (h, w, c) with `pad` zeros around each. */
static const float *pad_images(int n, int h, int w, int c, int pad, const float *x, float *out)
{
    size_t row = (size_t)w * (size_t)c, side = (size_t)pad * (size_t)c,
           edge = pad * (row + 2 * side);
    const float *all = out;
    if (pad == 0)
        return x;
    for (int i = 0; i < n; i++) {
        memset(out, 0, edge * sizeof(*out)), out += edge;
        for (int r = 0; r < h; r++, x += row) {
            memset(out, 0, side * sizeof(*out)), out += side;
            memcpy(out, x, row * sizeof(*out)), out += row;
            memset(out, 0, side * sizeof(*out)), out += side;
        }
        memset(out, 0, edge * sizeof(*out)), out += edge;
    }
    return all;
}

/* --- forward ---------------------------------------------------------------------------------- */

static void convolve(const struct conv *s, int n, const float *x, const float *w, const float *bias,
                     int add, float *y, float *work)
{
    int wide = s->w + 2 * s->pad, area = s->out_h * s->out_w, chunk = chunk_of(area), n_pixel = 0;
    size_t size = padded_size(s->h, s->w, s->c, s->pad);
    int *from = (int *)work, *at = from + chunk * area;
    float *padded = work + 2 * chunk * area;
    for (int m = 0; m < chunk; m++)
        for (int r = 0; r < s->out_h; r++)
            for (int q = 0; q < s->out_w; q++, n_pixel++) {
                from[n_pixel] = m * (int)size + (r * wide + q) * s->stride * s->c;
                at[n_pixel] = n_pixel * s->o;
            }
    struct stencil t = {.n_tap = s->k, .c = s->k * s->c};
    CHECK(s->k <= MAX_TAP);
    t.step = s->out_w % (2 * TILE) == 0 ? s->stride * s->c : 0;
    for (int i = 0; i < s->k; i++)
        t.in[i] = i * wide * s->c, t.w[i] = i * t.c * s->o;
    for (int i = 0; i < n; i += chunk) {
        int m = least(chunk, n - i);
        const float *in = pad_images(m, s->h, s->w, s->c, s->pad,
                                     x + (size_t)i * (size_t)(s->h * s->w * s->c), padded);
        stencil_run(&t, m * area, in, from, w, s->o, bias, add, y + (size_t)(i * area * s->o), at);
    }
}

/* The same for tiny images: each pixel's sum takes only the taps that lie inside the image. */
static void convolve_tiny(const struct conv *s, int n, const float *x, const float *w,
                          const float *bias, int add, float *y, float *work)
{
    int area = s->h * s->w, chunk = chunk_of(area), *from = (int *)work, *at = from + chunk;
    for (int i = 0; i < chunk; i++)
        from[i] = i * area * s->c, at[i] = i * area * s->o;
    for (int p = 0; p < area; p++) {
        struct stencil t = {.c = s->c};
        for (int k = 0; k < 9; k++) {
            int r = p / s->w + k / 3 - 1, q = p % s->w + k % 3 - 1;
            if (r < 0 || r >= s->h || q < 0 || q >= s->w)
                continue;
            t.in[t.n_tap] = (r * s->w + q) * s->c, t.w[t.n_tap++] = k * s->c * s->o;
        }
        for (int i = 0; i < n; i += chunk)
            stencil_run(&t, least(chunk, n - i), x + i * area * s->c, from, w, s->o, bias, add,
                        y + (i * area + p) * s->o, at);
    }
}

static void conv_forward(const struct conv *s, int n, const float *x, const float *w,
                         const float *bias, float *y, float *work)
{
    if (is_planar(s))
        planar_outputs(s, n, x, w, bias, y, work);
    else if (is_left(s))
        REST.conv_forward(s, n, x, w, bias, y, work);
    else if (is_winograd(s))
        winograd_outputs(s, n, x, w, bias, 0, y, work);
    else if (is_tiny(s))
        convolve_tiny(s, n, x, w, bias, 0, y, work);
    else
        convolve(s, n, x, w, bias, 0, y, work);
}

/* --- backward by weights ---------------------------------------------------------------------- */

/* dw (n_c, o) += sum over the pixels of n images of x[pixel][n_c] dy[pixel][to vectors]. */
INLINE void weight_tile(int n_c, int to, const struct conv *s, int n, const float *x,
                        const float *dy, float *dw)
{
    vec sum[WEIGHT_1][2];
    int wide = (s->w + 2 * s->pad) * s->c, step = s->stride * s->c;
    size_t size = padded_size(s->h, s->w, s->c, s->pad);
#pragma GCC unroll 16
    for (int t = 0; t < n_c; t++)
#pragma GCC unroll 2
        for (int b = 0; b < to; b++)
            sum[t][b] = *(const vec *)(dw + t * s->o + b * LANES);
    for (int r = 0; r < n * s->out_h; r++) {
        const float *in = x + (size_t)(r / s->out_h) * size + r % s->out_h * s->stride * wide;
        for (int q = 0; q < s->out_w; q++, in += step, dy += s->o)
#pragma GCC unroll 16
            for (int t = 0; t < n_c; t++)
#pragma GCC unroll 2
                for (int b = 0; b < to; b++)
                    sum[t][b] += in[t] * *(const vec *)(dy + b * LANES);
    }
#pragma GCC unroll 16
    for (int t = 0; t < n_c; t++)
#pragma GCC unroll 2
        for (int b = 0; b < to; b++)
            *(vec *)(dw + t * s->o + b * LANES) = sum[t][b];
}

/* One kernel row: k c channels of the padded image by all outputs. */
static void weight_row(const struct conv *s, int n, const float *x, const float *dy, float *dw)
{
    int n_c = s->k * s->c, o = s->o;
    for (int q = 0; q < o; q += 2 * LANES) {
        int two = q + 2 * LANES <= o, i = 0;
        for (; !two && i + WEIGHT_1 <= n_c; i += WEIGHT_1)
            weight_tile(WEIGHT_1, 1, s, n, x + i, dy + q, dw + i * o + q);
        for (; two && i + WEIGHT_2 <= n_c; i += WEIGHT_2)
            weight_tile(WEIGHT_2, 2, s, n, x + i, dy + q, dw + i * o + q);
        for (; !two && i + TILE <= n_c; i += TILE)
            weight_tile(TILE, 1, s, n, x + i, dy + q, dw + i * o + q);
        for (; two && i < n_c; i++)
            weight_tile(1, 2, s, n, x + i, dy + q, dw + i * o + q);
        for (; i < n_c; i++)
            weight_tile(1, 1, s, n, x + i, dy + q, dw + i * o + q);
    }
}

/* dw (n_c, `to` vectors) of tap k: the sum over the pixels whose tap lies inside the image, of n
 * tiny images. */
INLINE void tiny_tile(int n_c, int to, const struct conv *s, int k, int n, const float *x,
                      const float *dy, float *dw)
{
    int down = k / 3 - 1, right = k % 3 - 1, size = s->h * s->w;
    vec sum[WEIGHT_1][2];
#pragma GCC unroll 16
    for (int t = 0; t < n_c; t++)
#pragma GCC unroll 2
        for (int b = 0; b < to; b++)
            sum[t][b] = (vec){0};
    for (int p = 0; p < size; p++) {
        int r = p / s->w + down, q = p % s->w + right;
        if (r < 0 || r >= s->h || q < 0 || q >= s->w)
            continue;
        const float *in = x + (r * s->w + q) * s->c, *out = dy + p * s->o;
        for (int i = 0; i < n; i++, in += size * s->c, out += size * s->o)
#pragma GCC unroll 16
            for (int t = 0; t < n_c; t++)
#pragma GCC unroll 2
                for (int b = 0; b < to; b++)
                    sum[t][b] += in[t] * *(const vec *)(out + b * LANES);
    }
#pragma GCC unroll 16
    for (int t = 0; t < n_c; t++)
#pragma GCC unroll 2
        for (int b = 0; b < to; b++)
            *(vec *)(dw + t * s->o + b * LANES) = sum[t][b];
}

static void tiny_weights(const struct conv *s, int n, const float *x, const float *dy, float *dw)
{
    for (int k = 0; k < 9; k++, dw += s->c * s->o)
        for (int q = 0; q < s->o; q += 2 * LANES)
            for (int i = 0; i < s->c; i += TILE)
                if (q + 2 * LANES <= s->o)
                    tiny_tile(TILE, 2, s, k, n, x + i, dy + q, dw + i * s->o + q);
                else
                    tiny_tile(TILE, 1, s, k, n, x + i, dy + q, dw + i * s->o + q);
}

static void conv_backward_weights(const struct conv *s, int n, const float *x, const float *dy,
                                  float *dw, float *work)
{
    if (is_planar(s)) {
        planar_weights(s, n, x, dy, dw, work);
        return;
    }
    if (is_left(s)) {
        REST.conv_backward_weights(s, n, x, dy, dw, work);
        return;
    }
    if (is_winograd(s)) {
        winograd_weights(s, n, x, dy, dw, work);
        return;
    }
    if (is_tiny(s)) {
        tiny_weights(s, n, x, dy, dw);
        return;
    }
    size_t in = (size_t)(s->h * s->w * s->c), out = (size_t)(s->out_h * s->out_w * s->o);
    int row = (s->w + 2 * s->pad) * s->c, row_weights = s->k * s->c * s->o;
    memset(dw, 0, (size_t)(s->k * row_weights) * sizeof(*dw));
    for (int i = 0, m; i < n; i += m) {
        m = least(chunk_of(s->out_h * s->out_w), n - i);
        const float *image = pad_images(m, s->h, s->w, s->c, s->pad, x + (size_t)i * in, work);
        for (int k = 0; k < s->k; k++)
            weight_row(s, m, image + k * row, dy + (size_t)i * out, dw + k * row_weights);
    }
}

/* --- backward by data ------------------------------------------------------------------------- */

/* w (k, k, c, o) to (k, k, o, c), c a multiple of LANES; `turn` reverses the taps. */
static void transpose(const struct conv *s, int turn, const float *w, float *out)
{
    int taps = s->k * s->k, size = s->c * s->o;
    for (int k = 0; k < taps; k++, w += size) {
        float *to = out + (turn ? taps - 1 - k : k) * size;
        int o = 0;
        for (; o + LANES <= s->o; o += LANES)
            for (int c = 0; c < s->c; c += LANES)
                transpose_square(w + c * s->o + o, s->o, to + o * s->c + c, s->c);
        for (; o < s->o; o++)
            for (int c = 0; c < s->c; c++)
                to[o * s->c + c] = w[c * s->o + o];
    }
}

/* The taps through which outputs see pixels of row and column parity (pr, pq): output row R sees
 * row r = s R - pad + i through tap i, so R = (r + pad - i) / s where that is a whole number. */
static struct stencil taps_of(const struct conv *s, int pr, int pq, int wide)
{
    struct stencil t = {.n_tap = 0, .c = s->o};
    for (int i = 0; i < s->k; i++)
        for (int j = 0; j < s->k; j++) {
            int r = pr + s->pad - i, q = pq + s->pad - j;
            if (r % s->stride != 0 || q % s->stride != 0)
                continue;
            t.in[t.n_tap] = (r / s->stride * wide + q / s->stride) * s->o;
            t.w[t.n_tap++] = (i * s->k + j) * s->o * s->c;
        }
    return t;
}

/* The pixels of one parity of n images of dx: their places there and in the padded dy. */
static int pixels_of(const struct conv *s, int n, int pr, int pq, int border, int *from, int *at)
{
    int wide = s->out_w + 2 * border, n_pixel = 0;
    int size = (int)padded_size(s->out_h, s->out_w, s->o, border);
    for (int i = 0; i < n; i++)
        for (int r = pr; r < s->h; r += s->stride)
            for (int q = pq; q < s->w; q += s->stride, n_pixel++) {
                int place = (r / s->stride + border) * wide + q / s->stride + border;
                from[n_pixel] = i * size + place * s->o;
                at[n_pixel] = ((i * s->h + r) * s->w + q) * s->c;
            }
    return n_pixel;
}

/* dx of a strided convolution: parity by parity. */
static void backward_strided(const struct conv *s, int n, const float *dy, const float *turned,
                             float *dx, int add, float *work)
{
    int border = s->k / 2, wide = s->out_w + 2 * border, area = s->h * s->w, chunk = chunk_of(area);
    int *from = (int *)work, *at = from + chunk * area;
    float *padded = work + 2 * chunk * area;
    int n_parity = s->stride * s->stride, n_pixel = 0, first[MAX_TAP];
    CHECK(s->k * s->k <= MAX_TAP && n_parity <= MAX_TAP);
    for (int k = 0; k < n_parity; k++) {
        first[k] = n_pixel;
        n_pixel +=
            pixels_of(s, chunk, k / s->stride, k % s->stride, border, from + n_pixel, at + n_pixel);
    }
    for (int i = 0; i < n; i += chunk) {
        int m = least(chunk, n - i);
        const float *in = pad_images(m, s->out_h, s->out_w, s->o, border,
                                     dy + (size_t)i * (size_t)(s->out_h * s->out_w * s->o), padded);
        float *out = dx + (size_t)i * (size_t)(area * s->c);
        for (int k = 0; k < n_parity; k++) {
            const int *place = at + first[k];
            int count = ((k + 1 < n_parity ? first[k + 1] : n_pixel) - first[k]) / chunk * m;
            struct stencil t = taps_of(s, k / s->stride, k % s->stride, wide);
            t.step = s->w % (2 * TILE * s->stride) == 0 ? s->o : 0;
            if (t.n_tap)
                stencil_run(&t, count, in, from + first[k], turned, s->c, NULL, add, out, place);
            for (int p = 0; !t.n_tap && !add && p < count; p++)
                memset(out + place[p], 0, (size_t)s->c * sizeof(*out));
        }
    }
}

static void conv_backward_data(const struct conv *s, int n, const float *dy, const float *w,
                               float *dx, int add, float *work)
{
    struct conv t = conv_turned(s);
    float *turned = work, *rest = work + s->k * s->k * s->c * s->o;
    if (s->stride == 1 ? is_left(&t) : s->c % LANES != 0) {
        REST.conv_backward_data(s, n, dy, w, dx, add, work);
    } else if (s->stride > 1) {
        transpose(s, 0, w, turned);
        backward_strided(s, n, dy, turned, dx, add, rest);
    } else { /* a convolution of dy with reversed taps */
        transpose(s, 1, w, turned);
        if (is_winograd(&t))
            winograd_outputs(&t, n, dy, turned, NULL, add, dx, rest);
        else if (is_tiny(&t))
            convolve_tiny(&t, n, dy, turned, NULL, add, dx, rest);
        else
            convolve(&t, n, dy, turned, NULL, add, dx, rest);
    }
}
