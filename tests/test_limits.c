/* limits: memory and processors as control groups of both versions limit them, from made-up /proc
 * and /sys. */
#include "core/file.h"
#include "core/limits.h"
#include "core/memory.h"
#include "core/path.h"
#include "sweep/fit.h"

#include "tests/check.h"
#include "tests/temp.h"

#define MIB  1048576.0
#define NONE INFINITY
static const char v2[] = "30 23 0:26 / /sys/fs/cgroup rw,nosuid - cgroup2 cgroup2 rw,nsdelegate\n";
static const char v1[] =
    "35 31 0:32 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n"
    "36 31 0:33 / /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct\n"
    "37 31 0:34 / /sys/fs/cgroup/cpuset rw - cgroup cgroup rw,cpuset\n"
    "41 31 0:38 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw\n";

/* What the files say, and what is right. */
static const struct machine {
    const char *what, *group, *mounts;
    struct {
        const char *path, *text;
    } file[8];
    double mib, processors;
} machines[] = {
    {"no groups", "", "", {{NULL}}, NONE, NONE},
    {"version 2 without limits",
     "0::/user.slice/job\n",
     v2,
     {{"user.slice/job/memory.max", "max\n"},
      {"user.slice/job/memory.current", "1048576\n"},
      {"user.slice/job/cpu.max", "max 100000\n"}},
     NONE,
     NONE},
    {"version 2, own limits",
     "0::/job\n",
     v2,
     {{"job/memory.max", "157286400\n"},
      {"job/memory.current", "62914560\n"},
      {"job/memory.stat", "anon 5\nactive_file 9\ninactive_file 10485760\n"},
      {"job/cpu.max", "50000 100000\n"}},
     100,
     1},
    {"version 2, limits of the groups above",
     "0::/a/b/c\n",
     v2,
     {{"a/b/c/memory.max", "max\n"},
      {"a/b/c/memory.current", "1048576\n"},
      {"a/memory.max", "20971520\n"},
      {"a/memory.current", "4194304\n"},
      {"a/b/cpu.max", "max 100000\n"},
      {"a/cpu.max", "199999 100000\n"}},
     16,
     1},
    {"version 2 in a container, whose group is the top",
     "0::/\n",
     v2,
     {{"memory.max", "33554432\n"},
      {"memory.current", "33554432\n"},
      {"cpu.max", "200000 100000\n"},
      {"cpuset.cpus.effective", "0\n"}},
     0,
     1},
    {"version 2, a set of processors and a quota of more",
     "0::/job\n",
     v2,
     {{"job/cpu.max", "900000 100000\n"}, {"job/cpuset.cpus.effective", "0-1,4\n"}},
     NONE,
     3},
    {"version 2, a quota of two and a half",
     "0::/job\n",
     v2,
     {{"job/cpu.max", "250000 100000\n"}},
     NONE,
     2},
    {"version 1",
     "9:cpuset:/set\n4:memory:/a/b\n1:cpu,cpuacct:/c\n0::/\n",
     v1,
     {{"memory/a/b/memory.limit_in_bytes", "9223372036854771712\n"},
      {"memory/a/b/memory.usage_in_bytes", "1048576\n"},
      {"memory/a/memory.limit_in_bytes", "104857600\n"},
      {"memory/a/memory.usage_in_bytes", "62914560\n"},
      {"memory/a/memory.stat", "inactive_file 1\ntotal_inactive_file 20971520\n"},
      {"cpu,cpuacct/c/cpu.cfs_quota_us", "50000\n"},
      {"cpu,cpuacct/c/cpu.cfs_period_us", "100000\n"},
      {"cpuset/set/cpuset.cpus", "0-63\n"}},
     60,
     1},
    {"version 1 without limits",
     "4:memory:/\n1:cpu,cpuacct:/c\n9:cpuset:/set\n",
     v1,
     {{"cpu,cpuacct/c/cpu.cfs_quota_us", "-1\n"},
      {"cpu,cpuacct/c/cpu.cfs_period_us", "100000\n"},
      {"cpuset/set/cpuset.cpus", "2\n"}},
     NONE,
     1},
    {"version 1 in a container that sees its own groups only, but the host's paths",
     "4:memory:/docker/0123/step\n1:cpu,cpuacct:/docker/01234\n",
     "35 31 0:32 /docker/0123 /sys/fs/cgroup/memory ro shared:7 - cgroup cgroup rw,memory\n"
     "36 31 0:33 /docker/0123 /sys/fs/cgroup/cpu,cpuacct ro - cgroup cgroup rw,cpu,cpuacct\n",
     {{"memory/step/memory.limit_in_bytes", "62914560\n"},
      {"memory/step/memory.usage_in_bytes", "0\n"},
      {"memory/memory.limit_in_bytes", "52428800\n"},
      {"cpu,cpuacct/cpu.cfs_quota_us", "100000\n"},
      {"cpu,cpuacct/cpu.cfs_period_us", "100000\n"}},
     50,
     1},
};

static void write_below(const char *root, const char *path, const char *text)
{
    char full[PATH_LENGTH], *slash;
    struct err e = {.text = ""};
    assert_int_equal(path_print(full, &e, "%s%s", root, path), 0);
    slash = strrchr(full, '/');
    *slash = '\0';
    assert_int_equal(dir_make(full, &e), 0);
    *slash = '/';
    assert_int_equal(file_replace(full, text, strlen(text), &e), 0);
}

static void groups_limit_memory_and_processors(void **state)
{
    (void)state;
    char root[PATH_LENGTH], path[PATH_LENGTH];
    limits_set_root("/nowhere");
    int all = limits_processors();
    assert_true(all >= 1 && isinf(limits_memory()));
    for (size_t i = 0; i < LENGTH(machines); i++) {
        const struct machine *m = &machines[i];
        snprintf(root, sizeof(root), "%s/%zu", temp_dir, i);
        write_below(root, "/proc/self/cgroup", m->group);
        write_below(root, "/proc/self/mountinfo", m->mounts);
        for (size_t k = 0; k < LENGTH(m->file) && m->file[k].path; k++) {
            snprintf(path, sizeof(path), "/sys/fs/cgroup/%s", m->file[k].path);
            write_below(root, path, m->file[k].text);
        }
        limits_set_root(root);
        print_message("%s\n", m->what);
        if (isinf(m->mib))
            assert_true(isinf(limits_memory()));
        else
            check_close(limits_memory(), m->mib * MIB, 0);
        assert_int_equal(limits_processors(), m->processors < all ? (int)m->processors : all);
        if (!isinf(m->mib)) /* what decides whether a run is refused; 0 would mean unknown */
            assert_true(memory_available() >= 1 && memory_available() <= fmax(m->mib * MIB, 1));
    }
    limits_set_root("");
}

static void a_sweep_starts_what_has_room(void **state)
{
    (void)state;
    char root[PATH_LENGTH];
    struct sweep s = {.n_process = 4, .may_shrink = 1};
    snprintf(root, sizeof(root), "%s/sweep", temp_dir);
    write_below(root, "/proc/self/cgroup", "0::/job\n");
    write_below(root, "/proc/self/mountinfo", v2);
    write_below(root, "/sys/fs/cgroup/job/memory.max", "67108864\n");
    write_below(root, "/sys/fs/cgroup/job/memory.current", "4194304\n");
    limits_set_root(root);
    assert_int_equal(fit_count(&s, 15 * MIB), 4);
    assert_int_equal(fit_count(&s, 16 * MIB), 3);
    assert_int_equal(fit_count(&s, 31 * MIB), 1);
    assert_int_equal(fit_count(&s, 100 * MIB), 1); /* which says itself that it has no room */
    s.may_shrink = 0;
    assert_int_equal(fit_count(&s, 16 * MIB), 4);
    limits_set_root("");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(groups_limit_memory_and_processors),
                                       cmocka_unit_test(a_sweep_starts_what_has_room)};
    return cmocka_run_group_tests(tests, temp_make, temp_remove);
}
