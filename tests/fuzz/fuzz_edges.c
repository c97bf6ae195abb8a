/* The bytes as a graph's edges, or matrices if an archive, for several numbers of workers. */
#include "tests/fuzz/fuzz.h"
#include "topologies/topologies.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    static const int workers[] = {1, 3, 8};
    char name[300];
    double W[8 * 8];
    snprintf(name, sizeof(name), "file:%s",
             fuzz_file(n > 1 && bytes[0] == 'P' && bytes[1] == 'K' ? "x.npz" : "x.txt", bytes, n));
    for (size_t i = 0; i < LENGTH(workers); i++) {
        struct err e = {.text = ""};
        if (topology_check(&(struct topology_spec){name, workers[i]}, &e) < 0)
            fuzz_check_refusal(&e);
        else
            topology_fill(&(struct topology_spec){name, workers[i], 0, 1}, W, 0);
    }
    return 0;
}
