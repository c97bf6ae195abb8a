/* vgg11: VGG-11 (Simonyan and Zisserman 2015) without norm and with one linear layer, "VGG-S" in
 * the QGM paper's code.  Channels 4k, 8k, 16k, 16k, 32k x 4; k = 16 is the original, k = 8 the
 * half-width network of the paper. */
#include "models/vgg11.h"
#include <stdio.h>
#include <string.h>

enum { MAX_WIDTH = 64 };

/* The k of a name, 0 if it is not of this family. */
static int width_of(const char *name, const char *prefix)
{
    char canonical[32];
    size_t n = strlen(prefix);
    int k;
    if (strncmp(name, prefix, n) != 0 || sscanf(name + n, "%3d", &k) != 1 || k < 1 || k > MAX_WIDTH)
        return 0;
    snprintf(canonical, sizeof(canonical), "%s%d", prefix, k);
    return strcmp(name, canonical) ? 0 : k;
}

int vgg11_begin(struct net *t, const char *name, const char *prefix, struct shape input, int *k,
                struct err *e)
{
    static const int channels[] = {4, 8, 16, 16, 32, 32, 32, 32};
    static const int pool[] = {1, 1, 0, 1, 0, 1, 0, 1};
    char layer[24];
    int x = 0;
    *k = width_of(name, prefix);
    if (!*k)
        return 0;
    if (model_takes(name, "images", input, e) < 0)
        return -1;
    if (input.h % 32 != 0 || input.w % 32 != 0)
        return err_usage(e, "model '%s' halves images five times: %d x %d is not divisible by 32",
                         name, input.h, input.w);
    net_begin(t, input);
    for (int i = 0; i < (int)LENGTH(channels); i++) {
        snprintf(layer, sizeof(layer), "convs.%d", i);
        x = nn_conv(t, x, layer, *k * channels[i], 3, 1, 1);
        if (pool[i]) /* before ReLU, which then has a quarter of the work; the result is the same */
            x = nn_max_pool(t, x);
        x = nn_relu(t, x);
    }
    return x;
}

static int build(struct net *t, const char *name, struct shape input, int n_class, struct err *e)
{
    int k, x = vgg11_begin(t, name, "vgg11-w", input, &k, e);
    if (x <= 0)
        return x;
    nn_linear(t, x, "classifier", n_class);
    net_finish(t);
    return 1;
}

const struct model model_vgg11 = {.example = "vgg11-w8", .build = build};
