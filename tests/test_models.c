/* models: names, numbers of parameters, and whole networks against the executable specification
 * (tests/golden/models.txt: PyTorch in float64), whose parameters and batch come from formula.h. */
#include "models/models.h"
#include "nn/blas.h"
#include "tests/naive.h"

enum { N = 4, CLASSES = 10, X_STREAM = 900, Y_STREAM = 901, LABEL = 1000 };
static const struct shape image = {32, 32, 3}, text = {64, 1, 1};
static struct net net;

/* In float a ReLU whose input is within rounding of 0 may open where the specification's is shut;
 * one of them moves a gradient by up to a percent or two, so float finds wrong code and double
 * wrong digits.  Losses and logits are continuous. */
static const double TOL_VALUE = sizeof(real) == 8 ? 1e-9 : 2e-5;
static const double TOL_GRAD = sizeof(real) == 8 ? 1e-9 : 1e-2;

/* For images of h x w, or for texts if it reads those. */
static void build_for(const char *name, int n_class, int h, int w)
{
    struct err e[2];
    if (model_build(&net, name, (struct shape){h, w, 3}, n_class, &e[0]) < 0 &&
        model_build(&net, name, text, n_class, &e[1]) < 0)
        fail_msg("%s; %s", e[0].text, e[1].text);
}

static void build(const char *name, int n_class)
{
    build_for(name, n_class, image.h, image.w);
}

static FILE *golden_open(void)
{
    char line[256];
    int c;
    FILE *f = fopen("tests/golden/models.txt", "r");
    if (!f)
        fail_msg("tests/golden/models.txt is missing; run the tests from the project's root");
    while ((c = fgetc(f)) == '#')
        assert_non_null(fgets(line, sizeof(line), f));
    ungetc(c, f);
    return f;
}

static int golden_counts(FILE *f)
{
    char name[64];
    int n_class, cases = 0;
    for (size_t want; fscanf(f, " count %63s %d %zu", name, &n_class, &want) == 3; cases++) {
        build(name, n_class);
        assert_int_equal(net.n_param, want);
        assert_int_equal(net_n_class(&net), n_class);
        size_t parts = 0;
        for (int i = 0; i < net.n_param_part; i++) {
            assert_int_equal(net.param[i].offset, parts);
            parts += net.param[i].n;
        }
        assert_int_equal(parts, want);
    }
    return cases;
}

static void numbers_of_parameters(void **state)
{
    (void)state;
    FILE *f = golden_open();
    assert_int_equal(golden_counts(f), 23);
    fclose(f);
    build("resnet20-bn", CLASSES);
    assert_int_equal(net.n_param, 272474);
    assert_int_equal(net.n_stat, 2 * (16 + 6 * 16 + 7 * 32 + 7 * 64));
    build("resnet20-evonorm", CLASSES);
    assert_int_equal(net.n_stat, 0);
}

static void other_names_are_refused(void **state)
{
    (void)state;
    static const char *const names[] = {
        "",
        "resnet",
        "resnet20",
        "resnet21-bn",
        "resnet2-bn",
        "resnet-bn",
        "resnet20-xx",
        "resnet20-",
        "resnet20-bn-w0",
        "resnet20-bn-w",
        "resnet20bn",
        "resnet20-bn-w2x",
        "resnet20-bn-w-1",
        "resnet20-bn-w+2",
        "resnet20-bn-w02",
        "resnet+8-bn",
        "resnet020-bn",
        "resnet20-bn ",
        " resnet20-bn",
        "RESNET20-bn",
        "resnet20-bn-w99",
        "resnet20-bn-w2-w2",
        "resnet9998-bn",
        "resnet-4-bn",
        "resnet20-bn-2",
        "vgg11",
        "vgg11-w",
        "vgg11-w0",
        "vgg11-w2x",
        "vgg11-w02",
        "vgg11-w65",
        "vgg11-w-2",
        "vgg12-w2",
        "vgg11-w2 ",
        "vgg11-relay",
        "vgg11-relay-w0",
        "vgg11-relay-w02",
        "vgg11-relay-w65",
        "vgg11-relay-w2-w2",
        "resnet20-evonorms",
        "textcnn",
        "textcnn-v200",
        "textcnn-v200-e16",
        "textcnn-v0-e16-c8",
        "textcnn-v200-e0-c8",
        "textcnn-v200-e16-c0",
        "textcnn-v1000001-e16-c8",
        "textcnn-v200-e1025-c8",
        "textcnn-v200-e16-c1025",
        "textcnn-v0200-e16-c8",
        "textcnn-v200-e16-c8-d0",
        "textcnn-v200-e16-c8-d100",
        "textcnn-v200-e16-c8-d05",
        "textcnn-v200-e16-c8-d",
        "textcnn-v200-e16-c8-d50x",
        "textcnn-v200-c8-e16",
    };
    for (size_t i = 0; i < LENGTH(names); i++) {
        struct err e = {0};
        if (model_build(&net, names[i], image, CLASSES, &e) != -1)
            fail_msg("the model name '%s' was not refused", names[i]);
        check_says(e, "unknown model '");
        check_says(e, "known: ");
        check_says(e, "vgg11-w<k>");
        assert_true(e.usage);
    }
}

/* The classifier of RelaySGD's VGG-11. */
static void relay_drops_before_each_hidden_layer(void **state)
{
    (void)state;
    static const char *const ops[] = {"dropout", "linear", "relu",  "dropout",
                                      "linear",  "relu",   "linear"};
    build("vgg11-relay-w16", CLASSES);
    for (size_t i = 0; i < LENGTH(ops); i++) {
        const struct node *nd = &net.node[net.n_node - (int)(LENGTH(ops) - i)];
        assert_string_equal(nd->op->name, ops[i]);
        assert_int_equal(nd->in[0], nd->id - 1);
        assert_int_equal(nd->percent, i % 3 || i == 6 ? 0 : 50);
        assert_int_equal(nd->out.c, i == 6 ? CLASSES : 512);
    }
}

/* An input is an image or a text; a model reads only one of the two. */
static void inputs_that_do_not_suit_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        struct shape input;
        const char *says;
    } cases[] = {
        {"textcnn-v200-e16-c8", {32, 32, 3}, "reads texts, but the data are images"},
        {"textcnn-v200-e16-c8", {28, 28, 1}, "reads texts, but the data are images"},
        {"textcnn-v200-e16-c8", {4, 1, 1}, "needs texts of at least 5 tokens; these have 4"},
        {"resnet20-bn", {64, 1, 1}, "reads images, but the data are texts"},
        {"vgg11-w8", {64, 1, 1}, "reads images, but the data are texts"},
        {"vgg11-relay-w8", {64, 1, 1}, "reads images, but the data are texts"},
        {"vgg11-relay-w8", {32, 48, 3}, "32 x 48 is not divisible by 32"},
        {"vgg11-w8", {28, 28, 1}, "28 x 28 is not divisible by 32"},
        {"vgg11-w8", {32, 48, 3}, "32 x 48 is not divisible by 32"},
    };
    for (size_t i = 0; i < LENGTH(cases); i++) {
        struct err e = {0};
        assert_int_equal(model_build(&net, cases[i].name, cases[i].input, CLASSES, &e), -1);
        check_says(e, cases[i].name);
        check_says(e, cases[i].says);
        assert_true(e.usage);
    }
    struct err e = {0};
    assert_int_equal(model_build(&net, "resnet20-bn", (struct shape){32, 32, 3}, 1001, &e), -1);
    check_says(e, "can have at most 1000 classes, but the data have 1001");
    assert_int_equal(model_build(&net, "textcnn-v200-e16-c8-d50", (struct shape){5, 1, 1}, 2, &e),
                     0);
    assert_int_equal(net.n_token, 200);
    build("resnet8-bn", CLASSES);
    assert_int_equal(net.n_token, 0);
}

/* Every depth is built or refused; none exceeds the lists of a net. */
static void every_depth_is_built_or_refused(void **state)
{
    (void)state;
    int deepest = 0;
    for (int depth = 0; depth < 1000; depth++) {
        char name[32];
        struct err e = {0};
        snprintf(name, sizeof(name), "resnet%d-bn", depth);
        if (model_build(&net, name, image, CLASSES, &e) < 0)
            continue;
        assert_int_equal(depth % 6, 2);
        deepest = depth;
    }
    assert_true(deepest >= 110);
}

struct batch {
    real *param, *grad, *stat, *x;
    int32_t y[N];
    struct arena arena;
};

/* Parameters in PyTorch's order from their formula: see fill() of scripts/golden/models.py. */
static void fill_parameters(real *param)
{
    for (int i = 0; i < net.n_param_part; i++) {
        const struct param *p = &net.param[i];
        const char *part = strrchr(p->name, '.');
        real *theirs = guarded(p->n);
        double fan_in = (double)(p->n / p->dim[0]);
        for (size_t k = 0; k < p->n; k++) {
            double u = formula_unit((uint32_t)i, (uint32_t)k);
            u = p->n_dim > 1 ? u * sqrt(2 / fan_in) : u * 0.1 + !strcmp(part, ".weight");
            theirs[k] = (real)u;
        }
        param_import(p, theirs, param + p->offset);
        guarded_free(theirs, p->n);
    }
}

static void fill_input(real *x)
{
    struct shape s = net.node[0].out;
    int area = s.h * s.w;
    for (int i = 0; i < N * area * s.c; i++) { /* (n, c, h, w) becomes (n, h, w, c) */
        int e = i / area / s.c, c = i / area % s.c, pixel = i % area;
        double token = floor((formula(X_STREAM, (uint32_t)i) + 1) / 2 * net.n_token);
        x[(e * area + pixel) * s.c + c] =
            (real)(net.n_token ? token : formula_unit(X_STREAM, (uint32_t)i));
    }
}

static void batch_open_for(struct batch *b, const char *name, int h, int w)
{
    build_for(name, CLASSES, h, w);
    b->param = guarded(net.n_param), b->grad = guarded(net.n_param);
    b->stat = guarded(net.n_stat), b->x = guarded(N * shape_size(net.node[0].out));
    arena_init(&b->arena, &net, N);
    struct random r;
    random_init(&r, 1, RANDOM_TEST, 0, 0);
    net_init(&net, b->param, b->stat, &r); /* for the running statistics */
    fill_parameters(b->param);
    fill_input(b->x);
    for (int i = 0; i < N; i++)
        b->y[i] = (int32_t)((formula(Y_STREAM, (uint32_t)i) + 1) / 2 * CLASSES);
}

static void batch_open(struct batch *b, const char *name)
{
    batch_open_for(b, name, image.h, image.w);
}

static void batch_close(struct batch *b)
{
    guarded_free(b->param, net.n_param), guarded_free(b->grad, net.n_param);
    guarded_free(b->stat, net.n_stat), guarded_free(b->x, N * shape_size(net.node[0].out));
    arena_release(&b->arena);
}

static void read_numbers(FILE *f, double *v, int n)
{
    for (int i = 0; i < n; i++)
        assert_int_equal(fscanf(f, "%lf", &v[i]), 1);
}

static void check_logits(const struct batch *b, const double *want)
{
    double largest = 0;
    for (int i = 0; i < N * CLASSES; i++)
        largest = fmax(largest, fabs(want[i]));
    for (int i = 0; i < N * CLASSES; i++)
        check_close(net_logits(&b->arena)[i], want[i], TOL_VALUE * largest);
}

/* One line: the tensor's name, shape, 2-norm and product with its formula. */
static void check_tensor(FILE *f, const char *kind, int i, const struct param *p, const real *v,
                         double tol)
{
    char word[16], name[64];
    int n_dim;
    size_t dim;
    double want[2], square = 0, product = 0, label = 0;
    assert_int_equal(fscanf(f, " %15s %63s %d", word, name, &n_dim), 3);
    assert_string_equal(word, kind);
    assert_string_equal(name, p->name);
    assert_int_equal(n_dim, p->n_dim);
    for (int k = 0; k < n_dim; k++) {
        assert_int_equal(fscanf(f, "%zu", &dim), 1);
        assert_int_equal(dim, p->dim[k]);
    }
    read_numbers(f, want, 2);
    real *theirs = guarded(p->n);
    param_export(p, v + p->offset, theirs);
    for (size_t k = 0; k < p->n; k++) {
        double u = formula((uint32_t)(LABEL + i), (uint32_t)k);
        square += (double)theirs[k] * (double)theirs[k];
        product += (double)theirs[k] * u, label += u * u;
    }
    guarded_free(theirs, p->n);
    if (!(fabs(sqrt(square) - want[0]) <= tol * want[0]))
        fail_msg("%s: norm %.17g, expected %.17g", name, sqrt(square), want[0]);
    if (!(fabs(product - want[1]) <= tol * want[0] * sqrt(label)))
        fail_msg("%s: product %.17g, expected %.17g", name, product, want[1]);
}

static void check_golden(void)
{
    FILE *f = golden_open();
    char name[64];
    int cases = 0, right, h, w;
    golden_counts(f);
    for (; fscanf(f, " model %63s %d %d", name, &h, &w) == 3; cases++) {
        struct batch b;
        double loss, logits[N * CLASSES], eval[N * CLASSES];
        batch_open_for(&b, name, h, w);
        read_numbers(f, &loss, 1);
        read_numbers(f, logits, N * CLASSES);
        read_numbers(f, eval, N * CLASSES);
        check_close(net_train(&net, &b.arena, b.param, b.stat, N, b.x, b.y, NULL, b.grad), loss,
                    TOL_VALUE * loss);
        check_logits(&b, logits);
        net_evaluate(&net, &b.arena, b.param, b.stat, N, b.x, b.y, &right);
        check_logits(&b, eval);
        for (int i = 0; i < net.n_param_part; i++)
            check_tensor(f, "grad", i, &net.param[i], b.grad, TOL_GRAD);
        for (int i = 0; i < net.n_stat_part; i++)
            check_tensor(f, "stat", i, &net.stat[i], b.stat, TOL_VALUE);
        batch_close(&b);
    }
    assert_true(feof(f));
    assert_int_equal(cases, 10);
    fclose(f);
}

static void networks_equal_the_specification(void **state)
{
    (void)state;
    with_every_set(check_golden);
}

/* What two dropouts draw does not depend on how many examples run at a time. */
static void dropouts_draw_for_the_batch(void **state)
{
    (void)state;
    double loss[2];
    for (int i = 0; i < 2; i++) {
        struct batch b;
        struct random noise;
        random_init(&noise, 1, RANDOM_DROPOUT, 0, 0);
        batch_open(&b, "vgg11-relay-w1");
        arena_release(&b.arena);
        net.n_pass = i ? 3 : N;
        arena_init(&b.arena, &net, N);
        loss[i] = net_train(&net, &b.arena, b.param, b.stat, N, b.x, b.y, &noise, b.grad);
        batch_close(&b);
    }
    check_close(loss[1], loss[0], TOL_VALUE * loss[0]);
}

/* In float, central differences are too inexact to prove anything. */
#ifdef REAL_DOUBLE
/* Every time the same is dropped. */
static double train_dropping(struct batch *b)
{
    struct random noise;
    random_init(&noise, 1, RANDOM_DROPOUT, 0, 0);
    return net_train(&net, &b->arena, b->param, b->stat, N, b->x, b->y, &noise, b->grad);
}

static double loss_at(struct batch *b, const struct param *p, double step)
{
    real *v = b->param + p->offset;
    for (size_t k = 0; k < p->n; k++)
        v[k] += (real)(step * formula_unit(LABEL, (uint32_t)k));
    double loss = train_dropping(b);
    for (size_t k = 0; k < p->n; k++)
        v[k] -= (real)(step * formula_unit(LABEL, (uint32_t)k));
    return loss;
}

/* Along a random direction in each tensor, and along one in all of them. */
static void check_slopes(const char *name)
{
    struct batch b;
    batch_open(&b, name);
    struct param all = {.name = "all", .n = net.n_param};
    train_dropping(&b);
    double *grad = doubles_of(b.grad, net.n_param);
    for (int i = 0; i <= net.n_param_part; i++) {
        const struct param *p = i < net.n_param_part ? &net.param[i] : &all;
        double h = 1e-6 / sqrt((double)p->n); /* so short that no ReLU opens or shuts */
        double slope = (loss_at(&b, p, h) - loss_at(&b, p, -h)) / (2 * h), want = 0, norm = 0;
        for (size_t k = 0; k < p->n; k++) {
            double g = grad[p->offset + k];
            want += g * formula_unit(LABEL, (uint32_t)k), norm += g * g;
        }
        if (!(fabs(slope - want) <= 1e-6 * sqrt(norm)))
            fail_msg("%s, %s: slope %.12g, expected %.12g, |gradient| %g", name, p->name, slope,
                     want, sqrt(norm));
    }
    free(grad);
    batch_close(&b);
}

/* Of these networks, and of the example of every family that has none of them. */
static void gradients_are_slopes_of_the_loss(void **state)
{
    (void)state;
    static const char *const names[] = {"resnet8-bn", "resnet8-gn",     "resnet8-evonorm",
                                        "vgg11-w1",   "vgg11-relay-w1", "textcnn-v200-e16-c8-d50"};
    char known[16] = {0};
    assert_true(n_model <= sizeof(known));
    for (size_t i = 0; i < LENGTH(names); i++) {
        check_slopes(names[i]);
        known[registry_match(model_registry, n_model, names[i]) - model_registry] = 1;
    }
    for (size_t m = 0; m < n_model; m++)
        if (!known[m])
            check_slopes(((const struct model *)model_registry[m].item)->example);
}
#endif

/* Vectors of 8 and of 16 sum alike, where channels fill either, only the shorter, or none. */
static void vector_sets_give_the_same_bits(void **state)
{
    (void)state;
#if defined(__x86_64__) && !defined(REAL_DOUBLE)
    static const char *const names[] = {"resnet8-bn",
                                        "resnet8-gn-w2",
                                        "resnet8-evonorm",
                                        "vgg11-w1",
                                        "vgg11-w2",
                                        "vgg11-w6",
                                        "vgg11-relay-w2",
                                        "textcnn-v200-e16-c8",
                                        "textcnn-v50-e7-c33-d20",
                                        "textcnn-v900-e128-c100"};
    static const struct kernels *const sets[] = {&kernels_avx2, &kernels_avx512};
    if (!kernels_supported(sets[0]) || !kernels_supported(sets[1]))
        skip();
    for (size_t m = 0; m < LENGTH(names); m++) {
        struct batch b[2];
        double loss[2], tested[2];
        for (int i = 0; i < 2; i++) {
            int right;
            struct random noise;
            random_init(&noise, 1, RANDOM_DROPOUT, 0, 0);
            kernels = sets[i];
            batch_open(&b[i], names[m]);
            loss[i] = net_train(&net, &b[i].arena, b[i].param, b[i].stat, N, b[i].x, b[i].y, &noise,
                                b[i].grad);
            tested[i] =
                net_evaluate(&net, &b[i].arena, b[i].param, b[i].stat, N, b[i].x, b[i].y, &right);
        }
        if (memcmp(b[0].grad, b[1].grad, net.n_param * sizeof(real)) != 0 || loss[0] != loss[1] ||
            tested[0] != tested[1])
            fail_msg("%s differs between %s and %s", names[m], sets[0]->name, sets[1]->name);
        batch_close(&b[0]), batch_close(&b[1]);
    }
#else
    skip();
#endif
}

int main(void)
{
    struct err e = {0};
    if (blas_start(&e) < 0)
        die("%s", e.text);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_of_parameters),
        cmocka_unit_test(other_names_are_refused),
        cmocka_unit_test(inputs_that_do_not_suit_are_refused),
        cmocka_unit_test(every_depth_is_built_or_refused),
        cmocka_unit_test(relay_drops_before_each_hidden_layer),
        cmocka_unit_test(networks_equal_the_specification),
        cmocka_unit_test(dropouts_draw_for_the_batch),
#ifdef REAL_DOUBLE
        cmocka_unit_test(gradients_are_slopes_of_the_loss),
#endif
        cmocka_unit_test(vector_sets_give_the_same_bits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
