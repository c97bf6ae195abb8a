/* shim: Google Benchmark through C.  bench/shim.cc is the project's only C++.
 *
 * Nothing is timed before its results were checked: a benchmark comes with its check, and a wrong
 * result is not timed, is shown as an error, and makes bench_run return 1.  Times are CPU times. */
#ifndef BENCH_SHIM_H
#define BENCH_SHIM_H
#ifdef __cplusplus
extern "C" {
#endif

struct bench; /* a benchmark that is running */

/* Register a benchmark under a name, which is copied; context must outlive bench_run.
 * check(b, context) runs once, before the first run(b, context), which may come several times, and
 * says bench_wrong or bench_skip unless all is well; NULL: run checks what it does by itself. */
void bench_add(const char *name, void (*check)(struct bench *b, const void *context),
               void (*run)(struct bench *b, const void *context), const void *context);
/* while (bench_next(b)) { what is timed } */
int bench_next(struct bench *b);
/* What one iteration does; after the loop.  Shown per second of the loop: items as
 * items_per_second, flops as GFLOP/s and as of_peak, the fraction of machine_peak, bytes moved
 * between core and memory as GB/s and as of_triad, the fraction of machine_triad. */
void bench_items(struct bench *b, double n);
void bench_flops(struct bench *b, double n);
void bench_bytes(struct bench *b, double n);
/* A number of the benchmark's own, shown under its name; after the loop. */
void bench_number(struct bench *b, const char *name, double value);
/* A word behind the benchmark's line. */
void bench_note(struct bench *b, const char *text);
/* Not measured, and why: something is missing; a result is wrong. */
void bench_skip(struct bench *b, const char *why);
void bench_wrong(struct bench *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* A line for the head of the report, and of the JSON file. */
void bench_context(const char *key, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* Run what --benchmark_filter and the other options of Google Benchmark ask for; an exit code: 1
 * if a result was wrong, 2 for an unknown option.  JSON takes everything; the library's CSV ends
 * the program at the first benchmark that shows a counter which the first one does not. */
int bench_run(int argc, char **argv);

#ifdef __cplusplus
}
#endif
#endif
