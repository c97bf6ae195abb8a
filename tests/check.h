/* check: included by every test program: cmocka, and comparisons that NaN cannot pass. */
#ifndef TESTS_CHECK_H
#define TESTS_CHECK_H
/* cmocka needs these four headers before its own */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/* |got - want| <= tol, written so that NaN fails (cmocka 1.1.5's assert_float_equal passes it). */
#define check_close(got, want, tol) check_close_at(got, want, tol, #got, __FILE__, __LINE__)
static inline void check_close_at(double got, double want, double tol, const char *what,
                                  const char *file, int line)
{
    if (!(fabs(got - want) <= tol)) {
        print_error("%s is %.17g, expected %.17g within %g\n", what, got, want, tol);
        _fail(file, line);
    }
}

/* Check that the sentence in e contains the words. */
#define check_says(e, words) check_says_at((e).text, words, __FILE__, __LINE__)
static inline void check_says_at(const char *text, const char *words, const char *file, int line)
{
    if (!strstr(text, words)) {
        print_error("the error says \"%s\", expected \"%s\" in it\n", text, words);
        _fail(file, line);
    }
}

/* Where a test of many plug-ins is: it calls check_at at each, and with NULL at the end.  If it
 * fails, check_tell, its teardown, says where.  n: workers, if not 0. */
static char check_place[96];
static inline void check_at(const char *name, int n)
{
    check_place[0] = '\0';
    if (name)
        snprintf(check_place, sizeof(check_place), n ? "%s, n = %d" : "%s", name, n);
}
static inline int check_tell(void **state)
{
    (void)state;
    if (check_place[0])
        print_error("failed at %s\n", check_place);
    check_at(NULL, 0);
    return 0;
}
#endif
