/* shim: Google Benchmark through C.  bench/shim.cc is the project's only C++.
 *
 * Results are checked before anything is timed: a benchmark can have a check; if a result is wrong,
 * it is not timed but shown as an error, and bench_run returns 1.  Times are CPU times. */
#pragma once
#ifdef __cplusplus
extern "C" {
#endif

struct bench; /* a benchmark that is running */

/* Register a benchmark under a name, which is copied; context must outlive bench_run.
 * check(b, context) is called once, before run(b, context) is called one or several times; it calls
 * bench_wrong or bench_skip unless all is well.  NULL: run checks its own results, or the
 * tests check them. */
void bench_add(const char *name, void (*check)(struct bench *b, const void *context),
               void (*run)(struct bench *b, const void *context), const void *context);
/* while (bench_next(b)) { what is timed } */
int bench_next(struct bench *b);
/* The work of one iteration; call these after the loop.  Shown per second of the loop:
 *   items   items_per_second
 *   flops   GFLOP/s, and of_peak, the fraction of machine_peak
 *   bytes   moved between core and memory: GB/s, and of_triad, the fraction of machine_triad */
void bench_items(struct bench *b, double n);
void bench_flops(struct bench *b, double n);
void bench_bytes(struct bench *b, double n);
/* Another number of the benchmark, shown under this name; call it after the loop. */
void bench_number(struct bench *b, const char *name, double value);
/* Part of a whole, in percent to a tenth. */
void bench_share(struct bench *b, const char *name, double part, double whole);
/* A remark at the end of the benchmark's line. */
void bench_note(struct bench *b, const char *text);
/* The benchmark is not measured, and why: something is missing, or a result is wrong. */
void bench_skip(struct bench *b, const char *why);
void bench_wrong(struct bench *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* Add a line to the head of the report and of the JSON file. */
void bench_context(const char *key, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* Run the benchmarks that --benchmark_filter and the other options of Google Benchmark select.
 * Returns an exit code: 1 if a result was wrong, 2 for an unknown option.  JSON holds everything;
 * the library's CSV ends the program at the first benchmark with a counter that the first one does
 * not have. */
int bench_run(int argc, char **argv);

#ifdef __cplusplus
}
#endif
