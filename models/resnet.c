/* resnet: residual networks for 32 x 32 images (He et al. 2016, section 4.2) with 16, 32 and 64
 * channels times k, and 1 x 1 convolutions where the shape changes.
 *   bn       batch norm;   gn  group norm with 2 groups (as in the QGM paper)
 *   evonorm  EvoNorm-S0 after the stem and after each block's first convolution; the block's second
 *            norm and the shortcut's norm stay batch norm on batch statistics, in evaluation too.
 *            This follows the QGM paper's code; its text says EvoNorm throughout. */
#include "models/models.h"
#include <stdio.h>
#include <string.h>

enum { NAME = 40, MAX_DEPTH = 140, MAX_WIDTH = 16 };
enum kind { BN, GN, EVONORM };

static int norm(struct net *t, int x, const char *name, enum kind kind)
{
    return kind == GN ? nn_group_norm(t, x, name, 2) : nn_batch_norm(t, x, name, kind == BN);
}

/* A norm and the activation after it: ReLU, or the one that EvoNorm-S0 contains. */
static int norm_relu(struct net *t, int x, const char *name, enum kind kind)
{
    return kind == EVONORM ? nn_evonorm(t, x, name) : nn_relu(t, norm(t, x, name, kind));
}

static int block(struct net *t, int x, int number, int c, int stride, enum kind kind)
{
    char conv1[NAME], norm1[NAME], conv2[NAME], norm2[NAME], conv3[NAME], norm3[NAME];
    snprintf(conv1, NAME, "blocks.%d.conv1", number);
    snprintf(norm1, NAME, "blocks.%d.norm1", number);
    snprintf(conv2, NAME, "blocks.%d.conv2", number);
    snprintf(norm2, NAME, "blocks.%d.norm2", number);
    snprintf(conv3, NAME, "blocks.%d.down_conv", number);
    snprintf(norm3, NAME, "blocks.%d.down_norm", number);
    int changes = stride != 1 || t->node[x].out.c != c;
    int y = norm_relu(t, nn_conv(t, x, conv1, c, 3, stride, 0), norm1, kind);
    y = norm(t, nn_conv(t, y, conv2, c, 3, 1, 0), norm2, kind);
    if (changes)
        x = norm(t, nn_conv(t, x, conv3, c, 1, stride, 0), norm3, kind);
    return nn_relu(t, nn_add(t, y, x));
}

static int build(struct net *t, const char *name, struct shape input, int n_class, struct err *e)
{
    static const char *const kinds[] = {"bn", "gn", "evonorm"};
    char word[16], canonical[64];
    int depth, width = 1, kind = BN, parts = 0;
    parts = sscanf(name, "resnet%3d-%15[a-z]-w%2d", &depth, word, &width);
    while (kind <= EVONORM && (parts < 2 || strcmp(word, kinds[kind]) != 0))
        kind++;
    if (kind > EVONORM || depth < 8 || depth > MAX_DEPTH || depth % 6 != 2 || width < 1 ||
        width > MAX_WIDTH)
        return 0;
    snprintf(canonical, sizeof(canonical), parts == 3 ? "resnet%d-%s-w%d" : "resnet%d-%s", depth,
             word, width);
    if (strcmp(name, canonical) != 0) /* no leading zeros, nothing after the name */
        return 0;
    if (model_takes(name, "images", input, e) < 0)
        return -1;
    int n_block = (depth - 2) / 6, number = 0;
    net_begin(t, input);
    int x = norm_relu(t, nn_conv(t, 0, "conv", 16 * width, 3, 1, 0), "norm", (enum kind)kind);
    for (int stage = 0; stage < 3; stage++)
        for (int i = 0; i < n_block; i++)
            x = block(t, x, number++, 16 * width << stage, stage > 0 && i == 0 ? 2 : 1,
                      (enum kind)kind);
    nn_linear(t, nn_mean(t, x), "classifier", n_class);
    net_finish(t);
    return 1;
}

const struct model model_resnet = {.example = "resnet20-gn", .build = build};
