/* terminal: one live line for people who watch, which is replaced again and again.  If stdout or
 * stderr is not a terminal, there is no live line. */
#pragma once
#include <stdio.h>

/* Whether there is a terminal.  Open MPI gives its processes one for stdout, never for stderr. */
int terminal_is_there(void);
/* Its number of columns; 80 if unknown. */
int terminal_columns(void);
/* How many bytes of a UTF-8 text fit into this number of columns. */
int terminal_fit(const char *text, int n_column);

/* Replace the live line.  What does not fit is cut off. */
void terminal_live(const char *line);
/* Erase the live line of this process or of its parent; f: stdout or stderr. */
void terminal_clear(FILE *f);
