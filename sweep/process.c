#include "sweep/process.h"
#include "gossip/gossip.h"
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

pid_t process_start(int (*job)(const struct sweep *s, const void *context), const struct sweep *s,
                    const void *context)
{
    fflush(NULL);
    pid_t parent = getpid(), child = fork();
    if (child < 0)
        die("no process can be started: %s", strerror(errno));
    if (child > 0)
        return child;
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (getppid() != parent)
        _exit(1);
    gossip_start(&(int){0}, &(char **){NULL});
    int code = job(s, context);
    gossip_finish();
    fflush(stdout);
    _exit(code);
}
