/* test_schedule: learning rates against values computed by hand. */
#include "core/file.h"
#include "tests/check.h"
#include "tests/temp.h"
#include "train/schedule.h"

/* The papers' schedule: 300 epochs of 98 steps, to 0.8 from 0.1 over 5 epochs, cut at 150, 225. */
static struct config papers(void)
{
    struct config c;
    struct err e;
    config_default(&c);
    assert_int_equal(config_set(&c, "epochs", "300", &e), 0);
    assert_int_equal(config_set(&c, "lr", "0.8", &e), 0);
    assert_int_equal(config_set(&c, "lr_start", "0.1", &e), 0);
    assert_int_equal(config_set(&c, "warmup_epochs", "5", &e), 0);
    assert_int_equal(config_set(&c, "milestones", "[0.5, 0.75]", &e), 0);
    assert_int_equal(config_set(&c, "lr_decay", "0.1", &e), 0);
    return c;
}

static double lr_of(const struct config *c, long step, long steps_per_epoch)
{
    struct schedule s;
    struct err e;
    assert_int_equal(schedule_open(&s, c, &e), 0);
    double lr = schedule_lr(&s, step, steps_per_epoch);
    schedule_close(&s);
    return lr;
}

static void warm_up_and_milestones(void **state)
{
    (void)state;
    struct config c = papers();
    const struct {
        long step;
        double lr;
    } want[] = {{0, 0.1},       {98, 0.24},    {245, 0.45},   {489, 0.1 + 0.7 * 489 / 490},
                {490, 0.8},     {14699, 0.8},  {14700, 0.08}, {22049, 0.08},
                {22050, 0.008}, {29399, 0.008}};
    for (size_t i = 0; i < LENGTH(want); i++)
        check_close(lr_of(&c, want[i].step, 98), want[i].lr, 1e-15);
}

static void without_warm_up(void **state)
{
    (void)state;
    struct config c = papers();
    c.warmup_epochs = 0;
    check_close(lr_of(&c, 0, 98), 0.8, 0);
    c.n_milestone = 0;
    check_close(lr_of(&c, 29399, 98), 0.8, 0);
}

/* A warm-up may end within an epoch, and from a rate above the final one. */
static void half_an_epoch_downwards(void **state)
{
    (void)state;
    struct config c = papers();
    c.warmup_epochs = 0.5, c.lr_start = 1;
    check_close(lr_of(&c, 0, 4), 1, 0);
    check_close(lr_of(&c, 1, 4), 0.9, 1e-15);
    check_close(lr_of(&c, 2, 4), 0.8, 0);
}

static void a_milestone_within_the_warm_up(void **state)
{
    (void)state;
    struct config c = papers();
    c.epochs = 10, c.warmup_epochs = 4, c.n_milestone = 1, c.milestone[0] = 0.2;
    check_close(lr_of(&c, 19, 10), 0.1 + 0.7 * 0.475, 1e-15);
    check_close(lr_of(&c, 20, 10), 0.1 * 0.45, 1e-15);
    check_close(lr_of(&c, 40, 10), 0.08, 1e-15);
}

/* 0.55 times 100 is 55.00000000000001 in binary: the cut is at epoch 55 all the same. */
static void milestones_are_decimal(void **state)
{
    (void)state;
    struct config c = papers();
    c.warmup_epochs = 0, c.n_milestone = 1;
    for (int percent = 1; percent < 100; percent++) {
        char text[16];
        struct err e;
        snprintf(text, sizeof(text), "[0.%02d]", percent);
        assert_int_equal(config_set(&c, "milestones", text, &e), 0);
        for (c.epochs = 100; c.epochs <= 300; c.epochs += 100) {
            long cut = percent * c.epochs / 100 * 7;
            check_close(lr_of(&c, cut - 1, 7), 0.8, 0);
            check_close(lr_of(&c, cut, 7), 0.08, 1e-15);
        }
    }
}

/* torch's CosineAnnealingLR(optimizer, T_max=40, eta_min=0.01) at lr 0.8 after so many steps; and
 * SequentialLR of LinearLR(start_factor=0.125, total_iters=10) and CosineAnnealingLR(T_max=30). */
static void cosine_as_in_torch(void **state)
{
    (void)state;
    struct config c = papers();
    struct schedule s;
    struct err e;
    static const struct {
        long step;
        double alone, warm;
    } want[] = {{0, 0.8, 0.1},
                {1, 0.798782346824586, 0.17},
                {9, 0.705360356412012, 0.73},
                {10, 0.684307178568686, 0.8},
                {11, 0.661531979090422, 0.797836148670468},
                {20, 0.405, 0.6025},
                {33, 0.0682071350801335, 0.111457793936429},
                {39, 0.0112176531754145, 0.012163851329532}};
    assert_int_equal(config_set(&c, "lr_schedule", "cosine", &e), 0);
    c.epochs = 4, c.lr_min = 0.01;
    for (size_t i = 0; i < LENGTH(want); i++) {
        c.warmup_epochs = 0;
        check_close(lr_of(&c, want[i].step, 10), want[i].alone, 1e-12);
        c.warmup_epochs = 1;
        check_close(lr_of(&c, want[i].step, 10), want[i].warm, 1e-12);
    }
    c.lr_min = 0.9;
    assert_int_equal(schedule_open(&s, &c, &e), -1);
    assert_non_null(strstr(e.text, "lr_min is 0.9, but must not be above lr, which is 0.8"));
}

static const char *temp_text(const char *text)
{
    struct err e;
    const char *path = temp_path("schedule.csv");
    assert_int_equal(file_replace(path, text, strlen(text), &e), 0);
    return path;
}

/* The rate's factors come from rows, which hold until the next one; the warm-up is multiplied. */
static void from_a_file(void **state)
{
    (void)state;
    struct config c = papers();
    const char *path = temp_text("\xef\xbb\xbf"
                                 "epoch,factor\r\n0,1\r\n2.5, 0.5\r\n4,0\r\n6,1.25\n");
    static const struct {
        long step;
        double lr;
    } want[] = {{0, 0.1},    {24, 0.1 + 0.7 * 24 / 50},
                {25, 0.225}, {39, 0.5 * (0.1 + 0.7 * 39 / 50)},
                {40, 0},     {59, 0},
                {60, 1},     {2999, 1}};
    snprintf(c.lr_schedule, sizeof(c.lr_schedule), "file:%s", path);
    for (size_t i = 0; i < LENGTH(want); i++)
        check_close(lr_of(&c, want[i].step, 10), want[i].lr, 1e-15);
}

static void what_is_no_schedule(void **state)
{
    (void)state;
    static const struct {
        const char *text, *says;
    } bad[] = {{"", "row 1 is not \"epoch,factor\", the heading"},
               {"epoch,rate\n0,1\n", "row 1 is not \"epoch,factor\", the heading"},
               {"epoch,factor\n", "has no row after the heading, as 0,1"},
               {"epoch,factor\n1,1\n", "epochs must begin with 0 and ascend, but here is 1"},
               {"epoch,factor\n0,1\n2,1\n2,1\n", "row 4"},
               {"epoch,factor\n0,-1\n", "'-1' is not a number from 0 to 1e+06"},
               {"epoch,factor\n0,nan\n", "'nan' is not a number from 0 to 1e+06"},
               {"epoch,factor\n0,\n", "'' is not a number from 0 to 1e+06"},
               {"epoch,factor\n0,1,2\n", "row 2"}};
    struct config c = papers();
    struct schedule s;
    struct err e;
    for (size_t i = 0; i < LENGTH(bad); i++) {
        const char *path = temp_text(bad[i].text);
        snprintf(c.lr_schedule, sizeof(c.lr_schedule), "file:%s", path);
        assert_int_equal(schedule_open(&s, &c, &e), -1);
        if (!strstr(e.text, bad[i].says) || !strstr(e.text, path))
            fail_msg("%s", e.text);
    }
    assert_int_equal(config_set(&c, "lr_schedule", "linear", &e), 0);
    assert_int_equal(config_check(&c, &e), -1);
    assert_string_equal(e.text, "lr_schedule is 'linear', but must be steps, cosine or file:PATH");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(warm_up_and_milestones),
        cmocka_unit_test(without_warm_up),
        cmocka_unit_test(half_an_epoch_downwards),
        cmocka_unit_test(a_milestone_within_the_warm_up),
        cmocka_unit_test(milestones_are_decimal),
        cmocka_unit_test(cosine_as_in_torch),
        cmocka_unit_test(from_a_file),
        cmocka_unit_test(what_is_no_schedule),
    };
    return cmocka_run_group_tests(tests, temp_make, temp_remove);
}
