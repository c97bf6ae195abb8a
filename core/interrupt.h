/* interrupt: notes the signals that ask the program to stop, so that it can save its work first. */
#pragma once

/* From now on SIGINT, SIGTERM, SIGHUP, SIGUSR1, SIGUSR2, SIGXCPU and SIGPIPE no longer end the
 * process.  If SIGHUP is ignored, as under nohup, it stays ignored. */
void interrupt_catch(void);
/* Whether one of these signals has come since. */
int interrupted(void);
