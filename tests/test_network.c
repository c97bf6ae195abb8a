/* test_network: accuracies on the workers' own mixes of classes, by the definition of
 * docs/results.md. */
#include "tests/check.h"
#include "train/network.h"

static void the_own_mix_weighs_the_classes(void **state)
{
    (void)state;
    int32_t train[] = {0, 0, 0, 1, 2, 2, 1, 3}, test[] = {0, 0, 0, 0, 1, 1, 2, 2, 2, 2};
    int32_t sample[] = {0, 1, 2, 3, 4, 6, 5, 7}, start[] = {0, 4, 7, 8};
    const double right[] = {1, 2, 3, 0}; /* accuracies 1/4, 1, 3/4, none */
    struct network w = {
        .data = {.n_class = 4, .train = {.n = 8, .y = train}, .test = {.n = 10, .y = test}},
        .part = {.n_worker = 3, .index = sample, .start = start}};
    check_close(network_own_accuracy(&w, 0, right), 0.75 * 0.25 + 0.25 * 1, 1e-15);
    check_close(network_own_accuracy(&w, 1, right), (2 * 0.75 + 1) / 3, 1e-15);
    assert_true(isnan(network_own_accuracy(&w, 2, right))); /* no test sample of class 3 */
    start[2] = 8;
    check_close(network_own_accuracy(&w, 1, right), (2 * 0.75 + 1) / 3, 1e-15);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_own_mix_weighs_the_classes)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
