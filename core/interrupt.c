#include "core/interrupt.h"
#include "core/core.h"
#include <signal.h>

static volatile sig_atomic_t noted;

static void on_signal(int number)
{
    (void)number;
    noted = 1;
}

void interrupt_catch(void)
{
    static const int asks[] = {SIGINT, SIGTERM, SIGHUP, SIGUSR1, SIGUSR2, SIGXCPU, SIGPIPE};
    struct sigaction note = {.sa_handler = on_signal, .sa_flags = SA_RESTART}, old;
    for (size_t i = 0; i < LENGTH(asks); i++)
        if (asks[i] != SIGHUP || sigaction(SIGHUP, NULL, &old) != 0 || old.sa_handler != SIG_IGN)
            sigaction(asks[i], &note, NULL);
}

int interrupted(void)
{
    return noted;
}
