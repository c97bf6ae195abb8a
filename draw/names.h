/* names: what tables and figures show for settings: names as papers write them, in UTF-8, in place
 * of the identifiers that are typed.  The names of plug-ins are in the list.h of their folders. */
#pragma once
#include <stddef.h>

enum { NAME_SHOWN = 128 };
/* "method" of "algorithm", "α" of "alpha"; the key itself, with blanks for underscores, in buf if
 * it has no other name.  Returns buf or a constant. */
const char *name_of_key(const char *key, char buf[NAME_SHOWN]);
/* "QG-DSGDm-N" of the key "algorithm" and the value "qg-dsgdm-n"; the value itself if it has no
 * other name.  Writes into buf and returns it. */
const char *name_of_value(const char *key, const char *value, char buf[NAME_SHOWN]);
