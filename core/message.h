/* message: what people read while the program works. */
#pragma once
#include <stdio.h>

/* What is printed to the stream between begin and end is a message on stdout.  On a terminal, it
 * replaces the live line (core/terminal.h), and lines that are too long are broken at blanks,
 * preferably at double ones, never within a word.  Elsewhere it is printed as it is. */
FILE *message_begin(void);
void message_end(void);

/* A bar of n columns, of which this part, from 0 to 1, is full. */
void message_bar(FILE *f, double part, int n);
/* "42 s", "3 min", "2 h 05", or "" for NAN: at most 8 columns */
const char *message_duration(char buf[16], double seconds);
