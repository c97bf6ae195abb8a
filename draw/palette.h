/* palette: PNG files of a quarter of their size, for what is committed and embedded. */
#pragma once
#include "core/core.h"

/* Rewrite a PNG file with 8 bits per pixel: of 32 shades each of red, green and blue, the 256
 * colours that it uses most; all others become the nearest of these. */

int palette_reduce(const char *path, struct err *e);
