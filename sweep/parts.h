/* parts: the parts of an experiment's file: those of the tier before those of the file, where they
 * stand, and whether their form is right. */
#pragma once
#include "sweep/experiment.h"
#include <cJSON.h>

enum { PLACE = 96 };
/* An axis whose values set nothing by themselves: they are names for settings to refer to. */
extern const char variant[];

const cJSON *parts_tier(const struct experiment *x);
/* The tier's part of this name if it has its own, else the file's; NULL: neither has it, or the tier's
 * is null, which takes away the file's. */
const cJSON *parts_get(const struct experiment *x, const char *name);
/* Where parts_get found it, as "tiers.quick.claims"; returns place. */
const char *parts_place(const struct experiment *x, const char *name, char place[PLACE]);
/* Check that the object, which is at a place in the file ("" for the whole), has only the n known
 * keys. */
int parts_check_keys(const char *path, const char *place, const cJSON *object,
                     const char *const *known, size_t n, struct err *e);
/* Check the form of all that makes the runs. */
int parts_check(const struct experiment *x, const char *path, struct err *e);
