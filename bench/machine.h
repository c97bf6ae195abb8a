/* machine: the best speed of one core of this machine, measured once per process, at the first
 * call.  All other speeds are given as fractions of it. */
#pragma once
#ifdef __cplusplus
extern "C" {
#endif

/* CPU seconds that this thread has used. */
double machine_seconds(void);
/* Floating-point operations per second of multiply-adds (two each) in float, in registers, with the
 * widest instructions of the processor; and their name: avx512, avx2, or plain (multiplication and
 * addition are separate instructions). */
double machine_peak(void);
const char *machine_instructions(void);
/* Bytes per second of the triad a = b + s c in float on three arrays of 128 MiB, larger than any
 * cache.  Counted as in STREAM (McCalpin 1995): each array once, although a processor may read a
 * before it writes it.  So code that only reads, or that stays in cache, can be faster. */
double machine_triad(void);

#ifdef __cplusplus
}
#endif
