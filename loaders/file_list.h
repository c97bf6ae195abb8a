/* file_list: the files that a data set is read from. */
#pragma once
#include "core/path.h"

struct file_list {
    int n;
    struct listed_file {
        char *path;
        const char *name; /* the part of path below the data folder: the same wherever that is */
    } * file;
};

/* Add DIR/name, the name printed by fmt; -1 with a sentence if the path is too long. */
int file_list_add(struct file_list *l, const char *dir, struct err *e, const char *fmt, ...)
    PRINTF(4, 5);
/* Sort the files by their names, byte by byte. */
void file_list_sort(struct file_list *l);
void file_list_release(struct file_list *l);
