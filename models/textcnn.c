/* textcnn: the convolutional network for sentences (Kim 2014): vectors of E numbers for V tokens,
 * windows of 3, 4 and 5 tokens with C maps each, ReLU, the maximum over time, dropout in training,
 * and a linear classifier.  A padding token is treated like any other token. */
#include "models/models.h"
#include <stdio.h>
#include <string.h>

enum { MAX_TOKEN = 1000000, MAX_WIDTH = 1024, N_WINDOW = 3 };
static const int windows[N_WINDOW] = {3, 4, 5};

static int build(struct net *t, const char *name, struct shape input, int n_class, struct err *e)
{
    char canonical[64], layer[24];
    int v, width, c, percent = 0, x, y[N_WINDOW];
    int parts = sscanf(name, "textcnn-v%7d-e%4d-c%4d-d%2d", &v, &width, &c, &percent);
    if (parts < 3 || v < 1 || v > MAX_TOKEN || width < 1 || width > MAX_WIDTH || c < 1 ||
        c > MAX_WIDTH || (parts == 4 && percent < 1))
        return 0;
    snprintf(canonical, sizeof(canonical),
             parts == 4 ? "textcnn-v%d-e%d-c%d-d%d" : "textcnn-v%d-e%d-c%d", v, width, c, percent);
    if (strcmp(name, canonical) != 0)
        return 0;
    if (model_takes(name, "texts", input, e) < 0)
        return -1;
    if (input.h < windows[N_WINDOW - 1])
        return err_usage(e, "model '%s' needs texts of at least %d tokens; these have %d", name,
                         windows[N_WINDOW - 1], input.h);
    net_begin(t, input);
    x = nn_embedding(t, 0, "embedding", v, width);
    for (int i = 0; i < N_WINDOW; i++) {
        snprintf(layer, sizeof(layer), "convs.%d", i);
        y[i] = nn_text_conv(t, x, layer, c, windows[i]);
    }
    x = nn_concat(t, N_WINDOW, y);
    if (percent)
        x = nn_dropout(t, x, percent);
    nn_linear(t, x, "classifier", n_class);
    net_finish(t);
    return 1;
}

const struct model model_textcnn = {.example = "textcnn-v200-e16-c8", .build = build};
