/* terminal: where people watch: one live line, which is replaced again and again.  Where stdout or
 * stderr is no terminal, there is no live line. */
#pragma once
#include <stdio.h>

/* Whether there is a terminal.  Open MPI gives its processes one for stdout, never for stderr. */
int terminal_is_there(void);
/* Its columns; 80 if it does not say. */
int terminal_columns(void);
/* The bytes of a text's UTF-8 characters that fit into so many columns. */
int terminal_fit(const char *text, int n_column);

/* Replace the live line.  What does not fit is cut off. */
void terminal_live(const char *line);
/* Erase the live line of this process or of its parent; f: stdout or stderr. */
void terminal_clear(FILE *f);
