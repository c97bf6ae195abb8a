/* shim: Google Benchmark through C.  bench/shim.cc is the project's only C++. */
#ifndef BENCH_SHIM_H
#define BENCH_SHIM_H
#ifdef __cplusplus
extern "C" {
#endif

struct bench; /* a benchmark that is running */

/* Register run(b, context) under a name, which is copied; context must outlive bench_run. */
void bench_add(const char *name, void (*run)(struct bench *b, const void *context),
               const void *context);
/* while (bench_next(b)) { what is timed } */
int bench_next(struct bench *b);
/* What one iteration processes, for items_per_second and bytes_per_second; after the loop. */
void bench_items(struct bench *b, double n);
void bench_bytes(struct bench *b, double n);
/* Instead of the loop: not measured, and why. */
void bench_skip(struct bench *b, const char *why);
/* Run what --benchmark_filter and the other options of Google Benchmark ask for; an exit code. */
int bench_run(int argc, char **argv);

#ifdef __cplusplus
}
#endif
#endif
