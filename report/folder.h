/* folder: the files in a folder whose names have a given ending. */
#pragma once

struct folder {
    char **name; /* (n), sorted by their bytes */
    int n;
};
/* Empty if there is no such folder. */
void folder_open(struct folder *d, const char *path, const char *end);
void folder_close(struct folder *d);
/* Whether the text ends with `end`. */
int ends_in(const char *text, const char *end);
