/* core: the few things every other folder may use: errors, checks, memory.
 * A leaf: it knows no BLAS, no MPI, and no other folder of this project.
 *
 * Three kinds of error and no more:
 *   CHECK  our own bug; always compiled in, ends the program;
 *   err    a fault outside the program (a file, a key, an argument): the function returns -1 (or
 *          NULL) with one whole sentence in struct err, prints nothing, and the caller passes it up
 *          to cli/;
 *   die    cannot go on (no memory); under MPI it ends every rank. */
#pragma once
#include <stddef.h>
#include <stdint.h>

#define PRINTF(fmt_at, first) __attribute__((format(printf, fmt_at, first)))
#define LENGTH(array)         (sizeof(array) / sizeof((array)[0]))

/* One sentence for the user.  usage: the command line or configuration is at fault (exit code 2),
 * else something outside it, such as a file (exit code 1). */
struct err {
    char text[1024];
    int usage;
};
/* Write the sentence into e as one line, with blanks for control characters, and return -1.  If a
 * long path makes the sentence too long, its middle is left out. */
int err_set(struct err *e, const char *fmt, ...) PRINTF(2, 3);
/* The same for a fault of the command line or of a configuration. */
int err_usage(struct err *e, const char *fmt, ...) PRINTF(2, 3);

/* Print "gossipbench: ..." on stderr and end the program through the hook: exit(1), or the one that
 * gossip/ has set to end all ranks. */
_Noreturn void die(const char *fmt, ...) PRINTF(1, 2);
void die_set_hook(void (*hook)(void));

#define CHECK(cond) ((cond) ? (void)0 : die("%s:%d: check failed: %s", __FILE__, __LINE__, #cond))

/* n zeroed objects of the given size, aligned to 64 bytes; dies when memory runs out; free() it. */
void *xcalloc(size_t n, size_t size);
/* Make room for one more object in a list of n objects of the given size, which starts as NULL and
 * grows one by one.  Returns the list itself, or a larger copy that replaces it; the new object is
 * not initialised. */
void *xgrow(void *list, int n, size_t size);
/* A copy of the text; free() it. */
char *xstrdup(const char *text);

/* Seconds on a clock that only moves forward. */
double seconds_now(void);
