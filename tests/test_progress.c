/* test_progress: how far a run is, and what of it is still to be made. */
#include "core/file.h"
#include "sweep/sweep.h"
#include "train/progress.h"

#include "tests/check.h"
#include "tests/temp.h"

static void put(const char *name, const char *text)
{
    struct err e;
    if (file_replace(temp_path(name), text, strlen(text), &e) < 0)
        fail_msg("%s", e.text);
}

/* A run whose first 10 rounds took a day, as its process was stopped, has made 10 more in 20 s. */
static void the_speed_is_that_of_this_process(void **state)
{
    (void)state;
    double done, seconds;
    struct run r = {
        .step = 20, .step_first = 10, .n_step = 100, .record = (struct record *)temp_dir};
    snprintf(r.place.dir, sizeof(r.place.dir), "%s", temp_dir);
    r.seconds.before = 86400, r.seconds.start = seconds_now() - 86420;
    progress_label("");
    progress_step(&r);
    assert_int_equal(progress_read(temp_dir, &done, &seconds), 0);
    check_close(done, 0.2, 1e-12);
    assert_true(seconds >= 40 && seconds < 400);
}

/* Half a run counts if a process holds it or a checkpoint of it is there: without them it will
 * begin anew. */
static void a_run_without_a_checkpoint_is_still_to_be_made(void **state)
{
    (void)state;
    struct cell cell = {.dir = "run"};
    struct experiment x = {.n_cell = 1, .cell = &cell};
    struct sweep s = {.x = &x};
    struct err e;
    config_default(&cell.c);
    snprintf(s.dir, sizeof(s.dir), "%s", temp_dir);
    if (dir_make(temp_path("run"), &e) < 0)
        fail_msg("%s", e.text);
    check_close(sweep_left(&s, 0), 1, 0);
    put("run/progress", "15 30 90.0");
    check_close(sweep_left(&s, 0), 1, 0);
    put("run/checkpoint", "");
    check_close(sweep_left(&s, 0), 0.5, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_speed_is_that_of_this_process),
        cmocka_unit_test(a_run_without_a_checkpoint_is_still_to_be_made),
    };
    return cmocka_run_group_tests(tests, temp_make, temp_remove);
}
