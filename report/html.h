/* html: parts of an HTML page other than text and tables. */
#pragma once
#include "core/path.h"
#include <stdio.h>

/* A PNG file embedded in an <img> whose width is half its number of pixels. */
int html_image(FILE *f, const char *path, const char *alt, struct err *e);
/* A word in a box whose colour depends on the class. */
void html_badge(FILE *f, const char *class, const char *word);
/* The beginning of a link to a file, <a href=...>, relative to the folder of the page's file. */
void html_link(FILE *f, const char *page, const char *path, const char *title);

/* A line "name<tab>path", split into its parts. */
struct file_link {
    char name[32], path[PATH_LENGTH];
};
struct file_link link_of(const char *line);

/* The style sheet of a page: for a light or dark screen, a phone and a printer; and its script,
 * which sorts tables and shows the values of curves.  The page also works without the script. */
extern const char html_style[], html_script[];
