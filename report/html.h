/* html: what a page of HTML holds in addition to text and tables. */
#pragma once
#include "core/core.h"
#include <stdio.h>

/* A PNG file as an <img> that holds it. */
int html_image(FILE *f, const char *path, const char *alt, struct err *e);
/* The style sheet of a page: for a screen, a phone and a printer. */
extern const char html_style[];
