/* test_contact_sheet: pages of samples: every pixel is where it belongs, and pages are limited. */
#include "draw/contact_sheet.h"
#include "tests/data.h"
#include "tests/temp.h"
#include <png.h>
#include <signal.h>

/* A page that was drawn. */
struct page {
    int w, h;
    uint8_t *rgb; /* (h, w, 3) */
};

static struct page read_page(const char *path)
{
    png_image image = {.version = PNG_IMAGE_VERSION};
    if (!png_image_begin_read_from_file(&image, path))
        fail_msg("%s: %s", path, image.message);
    image.format = PNG_FORMAT_RGB;
    struct page p = {(int)image.width, (int)image.height, NULL};
    p.rgb = xcalloc(PNG_IMAGE_SIZE(image), 1);
    if (!png_image_finish_read(&image, NULL, p.rgb, 0, NULL))
        fail_msg("%s: %s", path, image.message);
    return p;
}

/* Whether the training sample is at (x, y) of the page, each pixel a square of zoom. */
static int is_at(const struct page *p, const struct dataset *ds, int sample, int zoom, int x, int y)
{
    const uint8_t *image = ds->train.x + (size_t)sample * dataset_image_size(ds);
    if (x + ds->w * zoom > p->w || y + ds->h * zoom > p->h)
        return 0;
    for (int i = 0; i < ds->h * zoom; i++)
        for (int j = 0; j < ds->w * zoom; j++)
            if (memcmp(p->rgb + ((y + i) * p->w + x + j) * 3,
                       image + (i / zoom * ds->w + j / zoom) * 3, 3) != 0)
                return 0;
    return 1;
}

/* Where the sample is on the page; fails if it is not there. */
static void find(const struct page *p, const struct dataset *ds, int sample, int zoom, int at[2])
{
    for (at[1] = 0; at[1] < p->h; at[1]++)
        for (at[0] = 0; at[0] < p->w; at[0]++)
            if (is_at(p, ds, sample, zoom, at[0], at[1]))
                return;
    fail_msg("sample %d is not on the page", sample);
}

static struct dataset images(int n_train)
{
    struct dataset_request q = {
        .name = "synthetic-images", .train_limit = n_train, .test_limit = 1, .seed = 1};
    return open_or_fail(&q);
}

/* Draw n_row rows, row i of the samples i, i + n_row, ...; returns how many were drawn. */
static int draw(const struct dataset *ds, int n_row, int n, struct page *p)
{
    struct contact_sheet s = {.ds = ds, .title = "A 'title' with \\ {in} it", .n_row = n_row};
    struct err e = {0};
    s.row = xcalloc((size_t)n_row, sizeof(*s.row));
    for (int i = 0; i < n_row; i++) {
        snprintf(s.row[i].label, CONTACT_LABEL, "row '%d' of \xff_^{}", i);
        for (; s.row[i].n < n; s.row[i].n++)
            s.row[i].sample[s.row[i].n] = (s.row[i].n * n_row + i) % ds->train.n;
    }
    signal(SIGPIPE, SIG_DFL);
    int shown = contact_sheet_draw(&s, temp_path("page.png"), &e);
    if (shown < 0)
        fail_msg("%s", e.text);
    assert_true(signal(SIGPIPE, SIG_IGN) == SIG_DFL); /* drawing does not change it permanently */
    *p = read_page(temp_path("page.png"));
    free(s.row);
    return shown;
}

/* n_row rows of n images are there, all zoomed alike, at equal distances. */
static void check_grid(int n_row, int n, int zoom)
{
    struct dataset ds = images(n_row * n);
    struct page p;
    assert_int_equal(draw(&ds, n_row, n, &p), n_row);
    int first[2] = {0}, second[2] = {0};
    find(&p, &ds, 0, zoom, first);
    find(&p, &ds, n_row + 1, zoom, second);
    int step = 32 * zoom + 2;
    assert_int_equal(second[0] - first[0], step);
    assert_int_equal(second[1] - first[1], step);
    assert_true(first[0] > 20 && first[1] > 20); /* room for labels and title, with ink in it */
    for (int i = 0; i < n_row; i++) {
        int ink = 0, y = first[1] + i * step;
        for (int k = 0; k < n; k++)
            assert_true(is_at(&p, &ds, k * n_row + i, zoom, first[0] + k * step, y));
        for (int line = y; line < y + step; line++)
            for (int x = 0; x < first[0] - 2; x++)
                ink += p.rgb[(line * p.w + x) * 3] < 128;
        assert_true(ink > 20);
    }
    free(p.rgb);
    dataset_close(&ds);
}

static void pixels_are_kept(void **state)
{
    (void)state;
    check_grid(3, 16, 2);
    check_grid(4, 5, 2);
    check_grid(40, 4, 1);
}

/* Rows are put into blocks, and left out if a page has no room for them. */
static void pages_have_an_end(void **state)
{
    (void)state;
    static const int n_row[] = {1, 51, 100, 151, 290, 2000};
    struct dataset ds = images(400);
    for (size_t i = 0; i < LENGTH(n_row); i++) {
        struct page p;
        int at[2] = {0}, shown = draw(&ds, n_row[i], 1, &p);
        assert_true(shown == n_row[i] || (n_row[i] == 2000 && shown >= 300));
        assert_true(p.w <= 2808 && p.h <= 1850);
        if (shown > 100 && shown < 400) { /* the last row is on the page, in the last block */
            find(&p, &ds, shown - 1, 1, at);
            assert_true(at[0] > p.w / 2);
        }
        free(p.rgb);
    }
    dataset_close(&ds);
}

static void texts_are_drawn(void **state)
{
    (void)state;
    struct dataset_request q = {.name = "synthetic-text", .train_limit = 40, .test_limit = 4};
    struct dataset ds = open_or_fail(&q);
    struct page p;
    char one[] = "one", two[] = "two", three[] = "three", four[] = "four";
    char *name[] = {one, two, three, four};
    const struct class_names names = {4, name};
    struct contact_row row[2] = {{"first", 3, {0, 1, 2}}, {"second", 1, {39}}};
    struct contact_sheet s = {.ds = &ds, .names = &names, .title = "texts", .row = row, .n_row = 2};
    struct err e = {0};
    assert_int_equal(contact_sheet_draw(&s, temp_path("page.png"), &e), 2);
    p = read_page(temp_path("page.png"));
    int ink = 0;
    for (int i = 0; i < p.w * p.h; i++)
        ink += p.rgb[3 * i] < 128;
    assert_true(ink > 2000);
    free(p.rgb);
    assert_int_equal(contact_sheet_draw(&s, temp_path("no/page.png"), &e), -1);
    check_says(e, "no/page.png: cannot be written");
    dataset_close(&ds);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pixels_are_kept),
        cmocka_unit_test(pages_have_an_end),
        cmocka_unit_test(texts_are_drawn),
    };
    return cmocka_run_group_tests(tests, temp_make, temp_remove);
}
