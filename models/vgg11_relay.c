/* vgg11_relay: the VGG-11 of RelaySGD's experiments (Vogels et al., NeurIPS 2021;
 * tasks/models/vgg.py of epfml/relaysgd): the convolutions of vgg11, and a classifier of three
 * linear layers, of which two follow a dropout of 0.5 and precede a ReLU.  k = 16 is the original,
 * 512 wide.  There the biases of convolutions start at 0; here they start as those of vgg11. */
#include "models/vgg11.h"

static int build(struct net *t, const char *name, struct shape input, int n_class, struct err *e)
{
    static const char *const hidden[] = {"classifier.1", "classifier.4"};
    int k, x = vgg11_begin(t, name, "vgg11-relay-w", input, &k, e);
    if (x <= 0)
        return x;
    for (size_t i = 0; i < LENGTH(hidden); i++)
        x = nn_relu(t, nn_linear(t, nn_dropout(t, x, 50), hidden[i], 32 * k));
    nn_linear(t, x, "classifier.6", n_class);
    net_finish(t);
    return 1;
}

const struct model model_vgg11_relay = {.example = "vgg11-relay-w8", .build = build};
