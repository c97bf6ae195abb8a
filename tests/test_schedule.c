/* test_schedule: learning rates against values computed by hand. */
#include "tests/check.h"
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
        check_close(schedule_lr(&c, want[i].step, 98), want[i].lr, 1e-15);
}

static void without_warm_up(void **state)
{
    (void)state;
    struct config c = papers();
    c.warmup_epochs = 0;
    check_close(schedule_lr(&c, 0, 98), 0.8, 0);
    c.n_milestone = 0;
    check_close(schedule_lr(&c, 29399, 98), 0.8, 0);
}

/* A warm-up may end within an epoch, and from a rate above the final one. */
static void half_an_epoch_downwards(void **state)
{
    (void)state;
    struct config c = papers();
    c.warmup_epochs = 0.5, c.lr_start = 1;
    check_close(schedule_lr(&c, 0, 4), 1, 0);
    check_close(schedule_lr(&c, 1, 4), 0.9, 1e-15);
    check_close(schedule_lr(&c, 2, 4), 0.8, 0);
}

static void a_milestone_within_the_warm_up(void **state)
{
    (void)state;
    struct config c = papers();
    c.epochs = 10, c.warmup_epochs = 4, c.n_milestone = 1, c.milestone[0] = 0.2;
    check_close(schedule_lr(&c, 19, 10), 0.1 + 0.7 * 0.475, 1e-15);
    check_close(schedule_lr(&c, 20, 10), 0.1 * 0.45, 1e-15);
    check_close(schedule_lr(&c, 40, 10), 0.08, 1e-15);
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
            check_close(schedule_lr(&c, cut - 1, 7), 0.8, 0);
            check_close(schedule_lr(&c, cut, 7), 0.08, 1e-15);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(warm_up_and_milestones),  cmocka_unit_test(without_warm_up),
        cmocka_unit_test(half_an_epoch_downwards), cmocka_unit_test(a_milestone_within_the_warm_up),
        cmocka_unit_test(milestones_are_decimal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
