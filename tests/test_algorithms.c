/* test_algorithms: every registered method against the executable specification
 * (tests/golden/algorithms.txt), and what holds for all methods. */
#include "tests/rounds.h"

static void read_numbers(FILE *f, double *v, int n)
{
    for (int i = 0; i < n; i++)
        assert_int_equal(fscanf(f, "%lf", &v[i]), 1);
}

/* KEY VALUE pairs up to "end", all of them the method's; they are also appended to the text. */
static void read_hyper(FILE *f, const struct algorithm *a, struct hyper *h, char *text, size_t size)
{
    static char key[LENGTH(h->set)][32];
    double value;
    while (fscanf(f, " %31s", key[h->n]) == 1 && strcmp(key[h->n], "end") != 0) {
        assert_int_equal(fscanf(f, "%lf", &value), 1);
        if (parameter_find(a->parameter, key[h->n]) < 0)
            fail_msg("%s has no parameter '%s'", text, key[h->n]);
        size_t n = strlen(text);
        snprintf(text + n, size - n, ", %s %g", key[h->n], value);
        hyper_set(h, key[h->n], value);
    }
}

/* The 2-norm of all parameters, and their product with a fixed vector. */
static void check_round(const char *what, const struct workers *w, int t, const double *want)
{
    double square = 0, product = 0, label = 0;
    for (int i = 0; i < w->n * D; i++) {
        double x = (double)w->at[i / D].vec[X][i % D], u = formula(5, (uint32_t)i);
        square += x * x, product += x * u, label += u * u;
    }
    double allowed = TOL * want[0];
    if (!(fabs(sqrt(square) - want[0]) <= allowed) ||
        !(fabs(product - want[1]) <= allowed * sqrt(label)))
        fail_msg("%s leaves its path in round %d: norm %.15g, expected %.15g; product %.15g, "
                 "expected %.15g",
                 what, t - 1, sqrt(square), want[0], product, want[1]);
}

static void check_case(FILE *f, const char *name, struct trial *p, int is_path)
{
    static double want[2 * (ROUNDS + 1)], end[MAX_N * D];
    char what[256];
    double largest = 0;
    struct workers w;
    snprintf(what, sizeof(what), "%s on %s", name, p->topology);
    const struct algorithm *a = find(name);
    read_hyper(f, a, &p->hyper, what, sizeof(what));
    if (is_path)
        read_numbers(f, want, 2 * (ROUNDS + 1));
    read_numbers(f, end, p->n * D);
    rounds_begin(p, &w, a, S0 + a->n_state);
    for (int t = 0; t <= ROUNDS; t++) {
        if (is_path)
            check_round(what, &w, t, want + 2 * t);
        if (t < ROUNDS)
            round_run(a, p, &w, t);
    }
    for (int i = 0; i < p->n * D; i++)
        largest = fmax(largest, fabs(end[i]));
    for (int i = 0; i < p->n * D; i++) {
        double got = (double)w.at[i / D].vec[X][i % D];
        if (!(fabs(got - end[i]) <= TOL * largest))
            fail_msg("%s: worker %d ends at %.15g in coordinate %d, expected %.15g", what, i / D,
                     got, i % D, end[i]);
    }
    workers_release(&w);
}

static void paths_equal_the_specification(void **state)
{
    (void)state;
    char word[16], name[64], topology[64], what[16], line[256], seen[64] = {0};
    int n, c, cases = 0;
    FILE *f = fopen("tests/golden/algorithms.txt", "r");
    if (!f)
        fail_msg("tests/golden/algorithms.txt is missing; run the tests from the project's root");
    while ((c = fgetc(f)) == '#')
        assert_non_null(fgets(line, sizeof(line), f));
    ungetc(c, f);
    assert_true(n_algorithm <= LENGTH(seen));
    while (fscanf(f, " %15s %63s", word, name) == 2) {
        for (size_t i = 0; i < n_algorithm; i++)
            seen[i] |= strcmp(algorithm_registry[i].name, name) == 0;
        if (strcmp(word, "unknown") == 0)
            continue;
        assert_string_equal(word, "case");
        assert_int_equal(fscanf(f, "%63s %d %15s", topology, &n, what), 3);
        assert_in_range(n, 1, MAX_N);
        struct trial p = {
            .n = n, .topology = topology, .hyper = {.weight_decay = usual.weight_decay}};
        check_case(f, name, &p, strcmp(what, "path") == 0);
        cases++;
    }
    assert_true(feof(f));
    fclose(f);
    assert_true(cases >= 100);
    for (size_t i = 0; i < n_algorithm; i++)
        if (!seen[i])
            fail_msg(
                "%s is not in tests/golden/algorithms.txt: add the line \"unknown %s\", and its "
                "equations to tests/test_references.c, as docs/adding.md shows",
                algorithm_registry[i].name, algorithm_registry[i].name);
}

/* Method a of the registry, where the test now is; NULL after the last. */
static const struct algorithm *method_at(size_t a)
{
    const struct registry *r = a < n_algorithm ? &algorithm_registry[a] : NULL;
    check_at(r ? r->name : NULL, 0);
    return r ? r->item : NULL;
}

/* Eight workers: double sums of eighths of floats are exact, and so is the equality.  Two if
 * messages are relayed, so that none is late. */
static void equal_workers_stay_equal_to_one_alone(void **state)
{
    (void)state;
    const struct algorithm *method;
    for (size_t a = 0; (method = method_at(a)); a++) {
        struct trial p = {.n = 8, .hyper = usual, .source = FIRST};
        real many[8 * D], one[D];
        int n = p.n = method->relayed ? 2 : 8;
        p.topology = suited(method, "complete"), hyper_set(&p.hyper, "every", 3);
        rounds_run(method, &p, many);
        p.n_run = 1;
        rounds_run(method, &p, one);
        for (int i = 0; i < n * D; i++)
            check_close(many[i], (double)one[i % D], sizeof(real) == 8 ? 1e-12 : 0);
        for (int i = 1; i < n; i++)
            assert_memory_equal(many + i * D, many, sizeof(one));
    }
}

/* If the gradients do not depend on x and W keeps the mean, the mean of the workers moves like one
 * worker with the mean gradient, on any graph: for every method that is linear in its gradients and
 * uses none of them late. */
static void the_mean_moves_by_the_mean_gradient(void **state)
{
    (void)state;
    static const char *const graphs[] = {"ring", "one-peer-exponential", "disconnected"};
    const struct algorithm *method;
    for (size_t a = 0; (method = method_at(a)); a++) {
        if (method->traits & (NOT_LINEAR | DELAYED))
            continue;
        for (size_t g = 0; g < LENGTH(graphs); g++) {
            struct trial p = {.n = 8, .topology = graphs[g], .hyper = usual, .uncoupled = 1};
            real many[8 * D], one[D];
            hyper_set(&p.hyper, "every", 1 + (int)g), hyper_set(&p.hyper, "tau", 3 + (int)g);
            rounds_run(method, &p, many);
            p.n_run = 1, p.source = MEAN;
            rounds_run(method, &p, one);
            for (int k = 0; k < D; k++) {
                double mean = 0;
                for (int i = 0; i < 8; i++)
                    mean += (double)many[i * D + k] / 8;
                check_close(mean, (double)one[k], TOL);
            }
        }
    }
}

/* All state is in the slots, or is a relayed message: workers that get nothing but x and S0 .. go
 * on to the same bits. */
static void state_is_all_in_its_slots(void **state)
{
    (void)state;
    const struct algorithm *method;
    for (size_t a = 0; (method = method_at(a)); a++) {
        struct trial p = {.n = 8, .topology = suited(method, "ring"), .hyper = usual};
        struct workers w, v;
        real whole[8 * D];
        hyper_set(&p.hyper, "every", 3), hyper_set(&p.hyper, "tau", 3);
        rounds_run(method, &p, whole);
        rounds_begin(&p, &w, method, S0 + method->n_state);
        for (int t = 0; t < ROUNDS; t++) {
            round_run(method, &p, &w, t);
            rounds_begin(&p, &v, method, S0 + method->n_state);
            for (int s = 0; s < S0 + method->n_state; s++)
                if (s != G)
                    memcpy(v.slab[s], w.slab[s], 8 * w.stride * sizeof(real));
            workers_release(&w);
            w = v;
        }
        for (int i = 0; i < 8; i++)
            assert_memory_equal(w.at[i].vec[X], whole + i * D, D * sizeof(real));
        workers_release(&w);
    }
}

/* Mixing and what follows it keep the mean that the local steps left, if only x is mixed, nothing
 * is averaged, and the method does not step again after mixing. */
static void mixing_keeps_the_mean(void **state)
{
    (void)state;
    static const char *const names[] = {"dsgd", "dsgdm", "dsgdm-n", "qg-dsgdm", "qg-dsgdm-n"};
    for (size_t a = 0; a < LENGTH(names); a++) {
        struct trial p = {.n = 8, .topology = "ring", .hyper = usual};
        const struct algorithm *method = find(names[a]);
        struct algorithm local = *method; /* the same without mixing and what follows */
        struct workers w, v;
        local.mixed = 0, local.after_mix = NULL;
        assert_true(method->mixed == BIT(X) && method->averaged == 0);
        rounds_begin(&p, &w, method, S0 + method->n_state);
        rounds_begin(&p, &v, method, S0 + method->n_state);
        for (int t = 0; t < ROUNDS; t++) {
            for (int s = 0; s < S0 + method->n_state; s++)
                memcpy(v.slab[s], w.slab[s], 8 * w.stride * sizeof(real));
            round_run(method, &p, &w, t);
            round_run(&local, &p, &v, t);
            for (int k = 0; k < D; k++) {
                double sum = 0;
                for (int i = 0; i < 8; i++)
                    sum += (double)w.at[i].vec[X][k] - (double)v.at[i].vec[X][k];
                check_close(sum, 0, sizeof(real) == 8 ? 1e-14 : 4e-6);
            }
        }
        workers_release(&w), workers_release(&v);
    }
}

/* A value far from the initial one. */
static double another(const struct parameter *p)
{
    return p->type == WHOLE ? p->initial + 2 : p->max > 10 ? p->initial / 2 : (p->min + p->max) / 2;
}

/* A method can read only its own parameters, and reads all of them. */
static void every_parameter_is_read(void **state)
{
    (void)state;
    const struct algorithm *method;
    for (size_t a = 0; (method = method_at(a)); a++) {
        struct trial p = {.n = 8, .topology = suited(method, "ring"), .hyper = usual};
        real before[8 * D], after[8 * D];
        rounds_run(method, &p, before);
        for (int k = 0; k < parameter_count(method->parameter); k++) {
            p.hyper = usual;
            hyper_set(&p.hyper, method->parameter[k].name, another(&method->parameter[k]));
            rounds_run(method, &p, after);
            if (!memcmp(before, after, sizeof(before)))
                fail_msg("%s lists %s, but does not read it", algorithm_registry[a].name,
                         method->parameter[k].name);
        }
    }
}

/* A method's slots are x, with its weight if it has one, g and its n_state; it may neither read nor
 * write the other slots and the room after each vector. */
static void only_declared_slots_are_touched(void **state)
{
    (void)state;
    const struct algorithm *method;
    for (size_t a = 0; (method = method_at(a)); a++) {
        struct trial p = {.n = 8, .topology = suited(method, "ring"), .hyper = usual};
        struct workers w;
        real few[8 * D];
        int own = S0 + method->n_state;
        assert_true(method->n_state >= 0 && own <= MAX_VEC);
        assert_true((method->mixed_first | method->mixed | method->averaged) < BIT(own));
        assert_true(method->about && *method->about);
        rounds_run(method, &p, few);
        rounds_begin(&p, &w, method, MAX_VEC);
        for (int s = 0; s < MAX_VEC; s++)
            for (size_t k = 0; k < 8 * w.stride; k++)
                if (s >= own || k % w.stride >= (s == X ? w.length : D))
                    w.slab[s][k] = guard_value;
        for (int t = 0; t < ROUNDS; t++)
            round_run(method, &p, &w, t);
        for (int s = 0; s < MAX_VEC; s++)
            for (size_t k = 0; k < 8 * w.stride; k++)
                if (s >= own || k % w.stride >= (s == X ? w.length : D))
                    assert_true(w.slab[s][k] == guard_value);
        for (int i = 0; i < 8; i++)
            assert_memory_equal(w.at[i].vec[X], few + i * D, D * sizeof(real));
        workers_release(&w);
    }
}

/* A warm-up may start at 0: no gradient moves anything, and nothing is divided by the rate. */
static void a_rate_of_zero_is_harmless(void **state)
{
    (void)state;
    const struct algorithm *method;
    for (size_t a = 0; (method = method_at(a)); a++) {
        struct trial p = {
            .n = 8, .topology = suited(method, "ring"), .hyper = usual, .first_lr = -1};
        struct workers w;
        rounds_begin(&p, &w, method, S0 + method->n_state);
        for (int t = 0; t < ROUNDS; t++) {
            round_run(method, &p, &w, t);
            for (int s = 0; s < S0 + method->n_state; s++)
                for (int i = 0; i < 8 * D; i++) {
                    double v = (double)w.at[i / D].vec[s][i % D];
                    assert_true(isfinite(v));
                    if (s == X && t < 3)
                        check_close(v, (double)(real)start_of(i % D), 1e-6);
                }
        }
        workers_release(&w);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(paths_equal_the_specification),
        cmocka_unit_test_teardown(equal_workers_stay_equal_to_one_alone, check_tell),
        cmocka_unit_test_teardown(the_mean_moves_by_the_mean_gradient, check_tell),
        cmocka_unit_test_teardown(state_is_all_in_its_slots, check_tell),
        cmocka_unit_test(mixing_keeps_the_mean),
        cmocka_unit_test_teardown(every_parameter_is_read, check_tell),
        cmocka_unit_test_teardown(only_declared_slots_are_touched, check_tell),
        cmocka_unit_test_teardown(a_rate_of_zero_is_harmless, check_tell),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
