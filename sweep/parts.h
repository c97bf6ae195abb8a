/* parts: the parts of an experiment's file, of which those of the tier override those of the file:
 * where they are in the file, and whether their form is right. */
#pragma once
#include "sweep/experiment.h"
#include <cJSON.h>

enum { PLACE = 96 };
/* The axis whose values set nothing by themselves, but are names for settings to refer to. */
extern const char variant[];

const cJSON *parts_tier(const struct experiment *x);
/* The tier's part of this name if the tier has one, else the file's; NULL: neither has one, or the
 * tier's is null, which removes the file's. */
const cJSON *parts_get(const struct experiment *x, const char *name);
/* Where parts_get found it, as "tiers.quick.claims"; returns place. */
const char *parts_place(const struct experiment *x, const char *name, char place[PLACE]);
/* Check that the object at a place in the file ("" for the whole) has only the n known keys. */
int parts_check_keys(const char *path, const char *place, const cJSON *object,
                     const char *const *known, size_t n, struct err *e);
/* Check the form of all parts that describe runs. */
int parts_check(const struct experiment *x, const char *path, struct err *e);
