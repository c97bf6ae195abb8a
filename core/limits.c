#define _GNU_SOURCE /* sched_getaffinity */
#include "core/limits.h"
#include "core/path.h"
#include <math.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LINE = 2 * PATH_LENGTH };
static const char *root = "";

void limits_set_root(const char *dir)
{
    root = dir;
}

/* This process's group of one controller: the folder `top` of all groups, and `below` it. */
struct group {
    int version;
    char top[PATH_LENGTH], below[PATH_LENGTH];
};

static FILE *open_below(const char *path)
{
    char full[PATH_LENGTH];
    struct err e;
    return path_print(full, &e, "%s%s", root, path) < 0 ? NULL : fopen(full, "r");
}

/* Whether a list separated by commas holds the word. */
static int lists(const char *list, const char *word)
{
    size_t n = strlen(word);
    for (const char *at = list; *at; at += strcspn(at, ","), at += *at == ',')
        if (!strncmp(at, word, n) && strchr(",\n", at[n]))
            return 1;
    return 0;
}

/* The path in /proc/self/cgroup, whose lines are NUMBER:CONTROLLERS:PATH.  A controller of version
 * 1 is named there; otherwise it belongs to version 2, whose line names none. */
static int find_path(struct group *g, const char *controller)
{
    char line[LINE];
    FILE *f = open_below("/proc/self/cgroup");
    g->version = 0;
    while (f && g->version != 1 && fgets(line, sizeof(line), f)) {
        line[strcspn(line, "\n")] = '\0';
        char *list = strchr(line, ':'), *path = list ? strchr(list + 1, ':') : NULL;
        if (!path || strlen(path) > PATH_LENGTH)
            continue;
        *path++ = '\0';
        int version = lists(list + 1, controller) ? 1 : list[1] ? 0 : 2;
        if (version)
            g->version = version, strcpy(g->below, path);
    }
    if (f)
        fclose(f);
    return g->version;
}

/* Where the groups are mounted, in /proc/self/mountinfo, whose lines are
 * "... ROOT POINT ... - TYPE SOURCE OPTIONS".  A container may see only its own groups, those below
 * ROOT; paths that do not begin with it are seen from outside. */
static int find_top(struct group *g, const char *controller)
{
    char line[LINE], from[PATH_LENGTH], type[32], options[512];
    FILE *f = open_below("/proc/self/mountinfo");
    int found = 0;
    while (f && !found && fgets(line, sizeof(line), f)) {
        const char *rest = strstr(line, " - ");
        found = rest && sscanf(line, "%*s %*s %*s %4095s %4095s", from, g->top) == 2 &&
                sscanf(rest, " - %31s %*s %511s", type, options) == 2 &&
                !strcmp(type, g->version == 1 ? "cgroup" : "cgroup2") &&
                (g->version == 2 || lists(options, controller));
    }
    if (f)
        fclose(f);
    size_t n = strcmp(from, "/") != 0 ? strlen(from) : 0;
    if (found &&
        (strncmp(g->below, from, n) != 0 || !strchr("/", g->below[n]) || strstr(g->below, "/..")))
        n = strlen(g->below);
    if (found)
        memmove(g->below, g->below + n, strlen(g->below + n) + 1);
    return found;
}

static int group_find(struct group *g, const char *controller)
{
    return find_path(g, controller) && find_top(g, controller);
}

/* Go to the group above; 0 at the top. */
static int group_up(struct group *g)
{
    char *slash = strrchr(g->below, '/');
    if (slash)
        *slash = '\0';
    return slash != NULL;
}

static FILE *group_open(const struct group *g, const char *name)
{
    char path[PATH_LENGTH];
    struct err e;
    return path_print(path, &e, "%s%s/%s", g->top, g->below, name) < 0 ? NULL : open_below(path);
}

/* Read the first two numbers in a group's file.  If one is not a number, as in "max 100000", it
 * keeps its value, and so does what follows. */
static void group_read(const struct group *g, const char *name, double *first, double *second)
{
    FILE *f = group_open(g, name);
    if (f) {
        int n = second ? fscanf(f, "%lf %lf", first, second) : fscanf(f, "%lf", first);
        (void)n;
        fclose(f);
    }
}

/* A line "NAME NUMBER" of the group's memory.stat; 0 if there is none. */
static double group_statistic(const struct group *g, const char *name)
{
    char line[256], word[64];
    double value, found = 0;
    FILE *f = group_open(g, "memory.stat");
    while (f && fgets(line, sizeof(line), f))
        if (sscanf(line, "%63s %lf", word, &value) == 2 && !strcmp(word, name))
            found = value;
    if (f)
        fclose(f);
    return found;
}

double limits_memory(void)
{
    struct group g;
    double least = INFINITY;
    if (!group_find(&g, "memory"))
        return least;
    int old = g.version == 1;
    do {
        double most = INFINITY, used = 0;
        group_read(&g, old ? "memory.limit_in_bytes" : "memory.max", &most, NULL);
        group_read(&g, old ? "memory.usage_in_bytes" : "memory.current", &used, NULL);
        used -= group_statistic(&g, old ? "total_inactive_file" : "inactive_file");
        least = fmin(least, most - used);
    } while (group_up(&g));
    return fmax(least, 0);
}

/* The CPU time that the quotas of the groups allow, in processors. */
static double quota(void)
{
    struct group g;
    double least = INFINITY;
    if (!group_find(&g, "cpu"))
        return least;
    do {
        double time = -1, period = 1e5; /* -1: no quota */
        group_read(&g, g.version == 1 ? "cpu.cfs_quota_us" : "cpu.max", &time, &period);
        if (g.version == 1)
            group_read(&g, "cpu.cfs_period_us", &period, NULL);
        if (time > 0 && period > 0)
            least = fmin(least, time / period);
    } while (group_up(&g));
    return least;
}

/* The processors that the group may use, a list such as 0-3,8; INFINITY if it names none. */
static double processor_set(void)
{
    struct group g;
    int first, last, n = 0, sign = ',';
    if (!group_find(&g, "cpuset"))
        return INFINITY;
    FILE *f = group_open(&g, g.version == 1 ? "cpuset.cpus" : "cpuset.cpus.effective");
    while (f && sign == ',' && fscanf(f, "%d", &first) == 1) {
        last = first;
        if ((sign = fgetc(f)) == '-' && fscanf(f, "%d", &last) == 1)
            sign = fgetc(f);
        n += last - first + 1;
    }
    if (f)
        fclose(f);
    return n > 0 ? n : INFINITY;
}

int limits_processors(void)
{
    cpu_set_t set;
    double n = sched_getaffinity(0, sizeof(set), &set) == 0 ? CPU_COUNT(&set)
                                                            : (double)sysconf(_SC_NPROCESSORS_ONLN);
    n = fmin(n, fmin(processor_set(), quota()));
    return n > 1 ? (int)n : 1;
}
