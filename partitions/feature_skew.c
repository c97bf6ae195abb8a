/* feature-skew: equal parts of all images, shuffled, as iid makes them, with noise that grows with
 * the worker's number (the noise-based feature imbalance of Li, Diao, Chen and He, "Federated
 * Learning on Non-IID Data Silos: An Experimental Study", ICDE 2022).  With values from 0 to 1, the
 * images of worker i = 1 .. n get the noise
 *   Normal(0, variance feature_noise i / n)
 * added to every value once and for all: an image keeps its noise in all epochs.  Sums are rounded
 * to bytes and cut at 0 and 255.  Test images have no noise. */
#include "partitions/partitions.h"
#include <math.h>

enum { FEATURE_NOISE };
static const struct parameter parameters[] = {
    [FEATURE_NOISE] =
        {"feature_noise", 0.1, 0, 100,
         "variance of the last worker's noise in feature-skew, of values from 0 to 1"},
    {NULL}};

static int make(struct partition *p, const struct partition_request *q, const struct labels *l,
                struct err *e)
{
    struct random r;
    (void)e;
    labels_shuffle(&r, q->seed, p->index, l->n);
    return 0;
}

static void add_noise(const struct partition_request *q, int worker, int sample, uint8_t *image,
                      size_t n)
{
    struct random r;
    double variance = q->parameter[FEATURE_NOISE].number * (worker + 1) / q->n_worker;
    double deviation = 255 * sqrt(variance);
    random_init(&r, q->seed, RANDOM_FEATURES, (uint32_t)sample, 0);
    for (size_t i = 0; i < n; i++)
        image[i] = (uint8_t)lround(fmin(fmax(image[i] + deviation * random_normal(&r), 0), 255));
}

const struct partition_kind partition_feature_skew = {
    .about = "equal parts of all images, with noise that grows with the worker's number",
    .parameter = parameters,
    .make = make,
    .alter = add_noise};
