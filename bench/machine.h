/* machine: what one core of this machine does at best, measured once in this process, at the first
 * question: what the speed of everything else is a fraction of. */
#ifndef BENCH_MACHINE_H
#define BENCH_MACHINE_H
#ifdef __cplusplus
extern "C" {
#endif

/* CPU seconds that this thread has used. */
double machine_seconds(void);
/* Floating-point operations per second of multiply-adds (two each) in float, in registers, with the
 * widest instructions that the processor has; and their name: avx512, avx2, or plain, where
 * multiplication and addition are instructions of their own. */
double machine_peak(void);
const char *machine_instructions(void);
/* Bytes per second of the triad a = b + s c in float on three arrays of 128 MiB, which no cache
 * holds.  Counted as STREAM does (McCalpin 1995): each array once, though a processor may also read
 * a before it writes it; so what only reads, or stays in cache, can be faster. */
double machine_triad(void);

#ifdef __cplusplus
}
#endif
#endif
