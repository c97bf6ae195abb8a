/* normalise: turns bytes into the input of a network, (byte / 255 - mean) / std of the byte's
 * channel, computed as byte * scale + shift so that a row of pixels is one vector loop; and token
 * numbers into reals.  Private to loaders/. */
#pragma once
#include "loaders/dataset.h"

enum { NORMALISE_MAX_ROW = 768 };

/* The factors of one image row of w * c bytes, channels repeating. */
struct normaliser {
    int n;
    real scale[NORMALISE_MAX_ROW], shift[NORMALISE_MAX_ROW];
};

static inline void normaliser_init(struct normaliser *nz, const struct dataset *ds)
{
    nz->n = ds->w * ds->c;
    CHECK(ds->c <= 3 && nz->n <= NORMALISE_MAX_ROW);
    for (int i = 0; i < nz->n; i++) {
        double mean = (double)ds->mean[i % ds->c], std = (double)ds->std[i % ds->c];
        nz->scale[i] = (real)(1 / (255 * std));
        nz->shift[i] = (real)(-mean / std);
    }
}

static inline void normalise_row(const struct normaliser *nz, const uint8_t *restrict bytes,
                                 real *restrict x)
{
    for (int i = 0; i < nz->n; i++)
        x[i] = (real)bytes[i] * nz->scale[i] + nz->shift[i];
}

static inline void token_row(const int32_t *restrict token, size_t n, real *restrict x)
{
    for (size_t i = 0; i < n; i++)
        x[i] = (real)token[i];
}
