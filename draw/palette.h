/* palette: PNG files of a quarter of their size, for what is committed and embedded. */
#pragma once
#include "core/core.h"

/* Rewrite a PNG file in 8 bits a pixel: the 256 colours that it uses most (of 32 shades each of
 * red, green and blue), and for all others the nearest of these. */
int palette_reduce(const char *path, struct err *e);
