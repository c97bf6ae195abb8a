/* class_names: files with the names of the classes, one name per line.  Private to loaders/. */
#pragma once
#include "loaders/dataset.h"

/* The lines of DIR/file up to the first empty one; c->n is 0 if there is no such file. */
int class_names_read(struct class_names *c, const char *dir, const char *file, struct err *e);
/* Add a name. */
void class_names_add(struct class_names *c, const char *text, size_t n);
