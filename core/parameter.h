/* parameter: the settings of a plug-in (a method, graph, data set, partition or toy problem).  Each
 * plug-in lists its own in its own file; configuration, help, hash and manifest gather them from
 * the registries.  A parameter that several plug-ins share has one definition. */
#pragma once

enum parameter_type {
    NUMBER,
    WHOLE,    /* a whole number */
    FLAG,     /* 0 or 1 */
    FILE_PATH /* a text: the path of a file whose content affects results */
};
/* A list ends with an entry without a name. */
struct parameter {
    const char *name; /* the key in a configuration */
    double initial, min, max;
    const char *help;
    enum parameter_type type;
    /* The parameter affects results and a run's hash only if it differs from the initial value.
     * For parameters that were added later, so that earlier runs keep their hash. */
    int if_set;
};
/* The value of one parameter: text for a FILE_PATH, else number.  Plug-ins get an array of them, in
 * the order of their own list. */
union value {
    double number;
    const char *text;
};
#define BELOW_ONE 0.999999999 /* the largest value of a factor that must be less than 1 */
enum { MAX_PARAMETER = 16 };  /* of one plug-in */

/* The number of parameters in the list; 0 if list is NULL. */
int parameter_count(const struct parameter *list);
/* The position of a name in the list; -1 if it is not there. */
int parameter_find(const struct parameter *list, const char *name);
/* Set every parameter to its initial value. */
void parameter_defaults(const struct parameter *list, union value value[MAX_PARAMETER]);
