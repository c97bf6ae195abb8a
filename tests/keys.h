/* keys: shared by the tests of configurations: setting a key that must be accepted. */
#pragma once
#include "tests/check.h"
#include "train/config.h"

static inline void set(struct config *c, const char *key, const char *value)
{
    struct err e = {.text = ""};
    if (config_set(c, key, value, &e) < 0)
        fail_msg("%s = %s: %s", key, value, e.text);
}
