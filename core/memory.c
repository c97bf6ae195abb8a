#include "core/memory.h"
#include "core/limits.h"
#include <math.h>
#include <stdio.h>
#include <sys/resource.h>

double memory_taken(void)
{
    struct rusage u;
    getrusage(RUSAGE_SELF, &u);
    return 1024.0 * (double)u.ru_maxrss;
}

double memory_available(void)
{
    char line[128];
    double kib = 0;
    FILE *f = fopen("/proc/meminfo", "r");
    while (f && fgets(line, sizeof(line), f))
        if (sscanf(line, "MemAvailable: %lf kB", &kib) == 1)
            break;
    if (f)
        fclose(f);
    double machine = 1024 * kib, groups = limits_memory();
    return machine > 0 && machine < groups ? machine : isfinite(groups) ? fmax(groups, 1) : 0;
}
