#include "cli/cli.h"

static int man_main(const struct arguments *a, struct err *e)
{
    manual_print();
    return EXIT_DONE;
}

const struct verb verb_man = {.name = "man",
                              .about = "print the manual page",
                              .main = man_main,
                              .example = "man | man -l -\nread it"};
