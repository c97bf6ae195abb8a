/* html: what a page of HTML holds in addition to text and tables. */
#pragma once
#include "core/path.h"
#include <stdio.h>

/* A PNG file as an <img> that holds it, half as wide as it has pixels. */
int html_image(FILE *f, const char *path, const char *alt, struct err *e);
/* A word in a box whose colour depends on the class. */
void html_badge(FILE *f, const char *class, const char *word);
/* The beginning of a link to a file, <a href=...>, relative to the folder of the page's file. */
void html_link(FILE *f, const char *page, const char *path, const char *title);

/* A line "name<tab>path" in its parts. */
struct file_link {
    char name[32], path[PATH_LENGTH];
};
struct file_link link_of(const char *line);

/* The style sheet of a page: for a screen, light or dark, a phone and a printer; and its script, which
 * sorts tables and shows the values of curves, and which a page can do without. */
extern const char html_style[], html_script[];
