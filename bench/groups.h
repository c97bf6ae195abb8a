/* groups: the groups of benchmarks, a file each; each function registers one group. */
#pragma once
#include "bench/shim.h"
#include "core/core.h"

void add_runs(double seconds); /* run/<table>/<model>: what its time is for; seconds to start */
void add_train_steps(void);    /* train_step/<model>/batch:<n> and eval/<model>: samples, flops */
void add_layers(void);         /* layers/<model>/batch:<n>: the share of each kind of layer */
void add_convs(void);          /* conv/<pass>/<c>x<h>-<o>-k<k>-s<stride>/batch:32: flops, bytes */
void add_mixings(void);        /* mix/<topology>/n:<n>/d:272474: numbers, bytes, on one rank */
void add_rounds(void);         /* round/<method>/n:16/d:272474: the cost of a method; bytes */
void add_loads(void);          /* load/<dataset> and augment/<dataset>: images */

struct dataset_request;
/* If the data set that q names has no files and they can be generated, generate them and let q read
 * them; they are removed when the benchmarks end.  -1 if nothing was generated. */
int load_generate(struct dataset_request *q, struct err *e);
