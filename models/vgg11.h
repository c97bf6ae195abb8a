/* vgg11: what the networks of the VGG-11 family share. */
#pragma once
#include "models/models.h"

/* Begin a net with the eight convolutions of VGG-11 without norm, with 4k, 8k, 16k, 16k and four
 * times 32k channels, if name is `prefix` and then k; else return 0.  Returns the number of the
 * last node, whose output is (h / 32, w / 32, 32k), or -1 with a sentence if it cannot read such
 * input. */
int vgg11_begin(struct net *t, const char *name, const char *prefix, struct shape input, int *k,
                struct err *e);
