/* test_png_folder: folders of PNG files of every kind, written here by libpng. */
#include "core/file.h"
#include "loaders/png_image.h"
#include "tests/files.h"
#include <png.h>

enum { W = 12, H = 9, SIZE = W * H * 3, RGB = PNG_COLOR_TYPE_RGB, MAX_SIDE = 300 };

/* A PNG file to be written: sample k of pixel (i, j) is sample(i, j, k), of this many bits. */
struct kind {
    int w, h, color, bits, interlaced;
    unsigned (*sample)(int i, int j, int k);
    int transparent; /* a tRNS chunk that makes this value (of a palette: this entry) transparent;
                        -1 */
};

static const char *path_in(const char *name)
{
    char path[128];
    snprintf(path, sizeof(path), "png-folder/%s", name);
    return temp_path(path);
}

/* Colours of a palette of 8. */
static uint8_t palette_of(int entry, int k)
{
    return (uint8_t)(entry * 30 + k * 11);
}

static void set_header(png_structp png, png_infop info, const struct kind *k)
{
    png_color palette[8];
    png_byte alpha[8];
    png_color_16 clear = {.gray = (png_uint_16)k->transparent,
                          .red = (png_uint_16)k->transparent,
                          .green = (png_uint_16)k->transparent,
                          .blue = (png_uint_16)k->transparent};
    png_set_IHDR(png, info, (png_uint_32)k->w, (png_uint_32)k->h, k->bits, k->color,
                 k->interlaced ? PNG_INTERLACE_ADAM7 : PNG_INTERLACE_NONE, 0, 0);
    for (int i = 0; i < 8; i++) {
        palette[i] = (png_color){palette_of(i, 0), palette_of(i, 1), palette_of(i, 2)};
        alpha[i] = i == k->transparent ? 100 : 255;
    }
    if (k->color == PNG_COLOR_TYPE_PALETTE)
        png_set_PLTE(png, info, palette, 8);
    if (k->transparent >= 0)
        png_set_tRNS(png, info, alpha, 8, &clear);
}

static void write_png(const char *name, const struct kind *k)
{
    static png_byte bytes[MAX_SIDE][MAX_SIDE * 8];
    png_bytep rows[MAX_SIDE];
    int n_sample = k->color == PNG_COLOR_TYPE_PALETTE ? 1
                                                      : (k->color & PNG_COLOR_MASK_COLOR ? 3 : 1) +
                                                            !!(k->color & PNG_COLOR_MASK_ALPHA);
    FILE *f = fopen(path_in(name), "wb");
    assert_non_null(f);
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop info = png_create_info_struct(png);
    assert_int_equal(setjmp(png_jmpbuf(png)), 0);
    png_init_io(png, f);
    set_header(png, info, k);
    png_write_info(png, info);
    memset(bytes, 0, sizeof(bytes));
    for (int i = 0; i < k->h; i++) {
        rows[i] = bytes[i];
        for (int j = 0; j < k->w; j++)
            for (int s = 0; s < n_sample; s++) {
                unsigned v = k->sample(i, j, s);
                int at = j * n_sample + s;
                if (k->bits == 16)
                    bytes[i][2 * at] = (png_byte)(v >> 8), bytes[i][2 * at + 1] = (png_byte)v;
                else
                    bytes[i][at * k->bits / 8] |= (png_byte)(v << (8 - k->bits - at * k->bits % 8));
            }
    }
    png_write_image(png, rows);
    png_write_end(png, info);
    png_destroy_write_struct(&png, &info);
    fclose(f);
}

static int number; /* of the image that is written, so that no two are equal */

static unsigned colours(int i, int j, int k)
{
    return (unsigned)(number * 40 + i * 9 + j * 5 + k * 70) & 255;
}
static unsigned wide_colours(int i, int j, int k)
{
    return (unsigned)(i * 7001 + j * 523 + k * 20011) & 65535;
}
static unsigned few_bits(int i, int j, int k)
{
    return (unsigned)(i + j * 3 + k) & 1;
}
static unsigned entries(int i, int j, int k)
{
    return (unsigned)(i + j * 3 + k) & 7;
}
static unsigned opaque(int i, int j, int k)
{
    return k == 3 ? 255 : colours(i, j, k);
}
static unsigned clear_corner(int i, int j, int k)
{
    return k == 3 ? (i == 4 && j == 7 ? 254 : 255) : colours(i, j, k);
}

static const struct kind plain = {W, H, RGB, 8, 0, colours, -1};

static void make(const char *name)
{
    assert_int_equal(mkdir(path_in(name), 0777), 0);
}

static int remove_one(const char *path, const struct stat *s, int flag, struct FTW *f)
{
    (void)s, (void)flag, (void)f;
    return remove(path);
}

/* Classes B, a and a1 (sorted by bytes), with files as below: image n has the number n. */
static const char *const files[] = {
    "train/B/1.png",  "train/B/10.png", "train/B/2.png", "train/a/x.png", "train/a1/y.png",
    "train/a1/z.png", "test/B/1.png",   "test/a/1.png",  "test/a1/1.png", "test/a1/2.png"};
static void write_set(void)
{
    nftw(path_in(""), remove_one, 16, FTW_DEPTH | FTW_PHYS);
    make(""), make("train"), make("test");
    make("train/B"), make("train/a"), make("train/a1");
    make("test/B"), make("test/a"), make("test/a1");
    for (number = 0; number < (int)LENGTH(files); number++)
        write_png(files[number], &plain);
    number = 0;
}

static struct dataset_request request(void)
{
    return (struct dataset_request){.name = "png-folder", .dir = temp_dir};
}

/* Sample at of a split is image n of class. */
static void check_image(const struct split *s, int at, int n, int class)
{
    assert_int_equal(s->y[at], class);
    number = n;
    for (int i = 0; i < H; i++)
        for (int j = 0; j < W; j++)
            for (int k = 0; k < 3; k++)
                assert_int_equal(s->x[at * SIZE + (i * W + j) * 3 + k], colours(i, j, k));
    number = 0;
}

static void folders_are_classes_and_take_turns(void **state)
{
    (void)state;
    struct dataset_request q = request();
    static const int train[][2] = {{0, 0}, {3, 1}, {4, 2}, {1, 0}, {5, 2}, {2, 0}};
    static const int test[][2] = {{6, 0}, {7, 1}, {8, 2}, {9, 2}};
    write_set();
    write_png("train/.hidden.png", &plain); /* none of these is a class or an image */
    make("train/.git"), make("test/a/more");
    write_png("train/a/image.PNG", &plain);
    write_png("train/readme.png", &plain);
    struct dataset ds = open_or_fail(&q);
    assert_string_equal(ds.name, "png-folder");
    assert_true(ds.w == W && ds.h == H && ds.c == 3 && ds.n_class == 3);
    assert_true(ds.train.n == 6 && ds.test.n == 4);
    check_names("png-folder", temp_dir, "B|a|a1|");
    for (int i = 0; i < 6; i++)
        check_image(&ds.train, i, train[i][0], train[i][1]);
    for (int i = 0; i < 4; i++)
        check_image(&ds.test, i, test[i][0], test[i][1]);
    dataset_close(&ds);
    q.train_limit = 4, q.test_limit = 1;
    ds = open_or_fail(&q);
    assert_true(ds.train.n == 4 && ds.test.n == 1 && ds.n_class == 3);
    for (int i = 0; i < 4; i++)
        check_image(&ds.train, i, train[i][0], train[i][1]);
    dataset_close(&ds);
    q.train_limit = 3, q.classes = 2;
    ds = open_or_fail(&q);
    assert_true(ds.train.n == 3 && ds.n_class == 2);
    check_image(&ds.train, 0, 0, 0), check_image(&ds.train, 1, 3, 1);
    check_image(&ds.train, 2, 1, 0);
    dataset_close(&ds);
    q.train_limit = 5;
    check_refused(&q, 1, "png-folder: 5 training images are asked for, but there are 4");
    q.train_limit = 0, q.classes = 4;
    check_refused(&q, 1, "png-folder: the first 4 classes are asked for, but there are 3");
}

static void files_within_limits_are_read(void **state)
{
    (void)state;
    struct dataset_request q = request();
    write_set();
    check_file_names(&q, "png-folder/test/B/1.png|png-folder/test/a/1.png|"
                         "png-folder/test/a1/1.png|png-folder/test/a1/2.png|"
                         "png-folder/train/B/1.png|png-folder/train/B/10.png|"
                         "png-folder/train/B/2.png|png-folder/train/a/x.png|"
                         "png-folder/train/a1/y.png|png-folder/train/a1/z.png|");
    q.test_limit = 1, q.train_limit = 3, q.classes = 2;
    check_file_names(&q, "png-folder/test/B/1.png|png-folder/train/B/1.png|"
                         "png-folder/train/B/10.png|png-folder/train/a/x.png|");
    check_files_are_read(&q, "png-folder", 6);
    write_set();
    q.train_limit = 4, q.classes = 0;
    check_file_names(&q, "png-folder/test/B/1.png|png-folder/train/B/1.png|"
                         "png-folder/train/B/10.png|png-folder/train/a/x.png|"
                         "png-folder/train/a1/y.png|");
    check_files_are_read(&q, "png-folder", 5);
    struct file_list list;
    struct err e = {0};
    nftw(path_in("test"), remove_one, 16, FTW_DEPTH | FTW_PHYS);
    assert_int_equal(dataset_files(&q, &list, &e), -1);
    check_says(e, "png-folder/test: there is no such folder; put folders of PNG files");
    file_list_release(&list);
}

/* Read a.png after it was written; its red, green and blue at (i, j). */
static struct png_image *read_back(const struct kind *k)
{
    struct png_image *im = xcalloc(1, sizeof(*im));
    struct err e = {0};
    write_png("a.png", k);
    if (png_image_read(im, path_in("a.png"), &e))
        fail_msg("%s", e.text);
    assert_true(im->w == k->w && im->h == k->h);
    return im;
}

static void every_kind_becomes_three_bytes(void **state)
{
    (void)state;
    static const struct kind kinds[] = {
        {W, H, PNG_COLOR_TYPE_RGB, 8, 0, colours, -1},
        {W, H, PNG_COLOR_TYPE_RGB, 8, 1, colours, -1},
        {W, H, PNG_COLOR_TYPE_RGB, 16, 0, wide_colours, -1},
        {W, H, PNG_COLOR_TYPE_RGB, 16, 1, wide_colours, -1},
        {W, H, PNG_COLOR_TYPE_GRAY, 8, 0, colours, -1},
        {W, H, PNG_COLOR_TYPE_GRAY, 16, 0, wide_colours, -1},
        {W, H, PNG_COLOR_TYPE_GRAY, 1, 0, few_bits, -1},
        {W, H, PNG_COLOR_TYPE_GRAY, 4, 1, entries, -1},
        {W, H, PNG_COLOR_TYPE_GRAY, 4, 0, entries, 15}, /* transparent, but no pixel is of it */
        {W, H, PNG_COLOR_TYPE_PALETTE, 4, 0, entries, -1},
        {W, H, PNG_COLOR_TYPE_PALETTE, 8, 1, entries, -1},
        {W, H, PNG_COLOR_TYPE_RGB_ALPHA, 8, 0, opaque, -1},
        {8, 256, PNG_COLOR_TYPE_RGB, 8, 0, colours, -1},
        {256, 256, PNG_COLOR_TYPE_RGB, 8, 1, colours, -1},
    };
    for (size_t n = 0; n < LENGTH(kinds); n++) {
        const struct kind *k = &kinds[n];
        struct png_image *im = read_back(k);
        for (int i = 0; i < k->h; i++)
            for (int j = 0; j < k->w; j++)
                for (int c = 0; c < 3; c++) {
                    int grey = k->color == PNG_COLOR_TYPE_GRAY;
                    unsigned most = (1u << k->bits) - 1, v = k->sample(i, j, grey ? 0 : c);
                    unsigned want = k->color == PNG_COLOR_TYPE_PALETTE
                                        ? palette_of((int)k->sample(i, j, 0), c)
                                        : (v * 255 + most / 2) / most;
                    assert_int_equal(im->pixels[(i * k->w + j) * 3 + c], want);
                }
        free(im);
    }
}

static void check_not_read(const char *words)
{
    struct png_image *im = xcalloc(1, sizeof(*im));
    struct err e = {0};
    assert_int_equal(png_image_read(im, path_in("a.png"), &e), -1);
    check_says(e, words);
    check_says(e, "a.png: ");
    free(im);
}

static void what_cannot_be_shown_is_refused(void **state)
{
    (void)state;
    static const struct {
        struct kind kind;
        const char *words;
    } bad[] = {
        {{W, H, PNG_COLOR_TYPE_RGB_ALPHA, 8, 0, clear_corner, -1},
         "the pixel in row 4, column 7 is not opaque; save it without alpha"},
        {{W, H, PNG_COLOR_TYPE_GRAY_ALPHA, 8, 0, colours, -1}, "the pixel in row 0, column 0 is"},
        {{W, H, PNG_COLOR_TYPE_GRAY, 4, 0, entries, 7}, "the pixel in row 0, column 5 is not"},
        {{W, H, PNG_COLOR_TYPE_PALETTE, 4, 0, entries, 1}, "the pixel in row 0, column 3 is not"},
        {{7, 8, PNG_COLOR_TYPE_RGB, 8, 0, colours, -1},
         "is 7 x 8; images have 8 to 256 pixels a side"},
        {{8, 7, PNG_COLOR_TYPE_RGB, 8, 0, colours, -1}, "is 8 x 7;"},
        {{257, 8, PNG_COLOR_TYPE_RGB, 8, 0, colours, -1}, "is 257 x 8;"},
        {{8, 257, PNG_COLOR_TYPE_RGB, 8, 0, colours, -1}, "is 8 x 257;"},
    };
    for (size_t i = 0; i < LENGTH(bad); i++) {
        write_png("a.png", &bad[i].kind);
        check_not_read(bad[i].words);
    }
}

/* A file that claims to be larger than memory, that is cut, or has an inverted byte anywhere. */
static void damaged_files_are_refused(void **state)
{
    (void)state;
    struct err e = {0};
    size_t n;
    write_png("a.png", &plain);
    char *bytes = file_read(path_in("a.png"), 1 << 20, &n, &e);
    struct png_image *im = xcalloc(1, sizeof(*im));
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(file_replace(path_in("a.png"), bytes, i, &e), 0);
        check_not_read("cannot be read as a PNG file up to byte ");
        bytes[i] = (char)~bytes[i];
        assert_int_equal(file_replace(path_in("a.png"), bytes, n, &e), 0);
        bytes[i] = (char)~bytes[i];
        if (png_image_read(im, path_in("a.png"), &e))
            check_says(e, "a.png: ");
    }
    static const unsigned char huge[] = {0x7f, 0xff, 0xff, 0xff, 0x7f, 0xff, 0xff, 0xff, 8,
                                         2,    0,    0,    0,    0,    0,    0,    0};
    unsigned char head[33];
    memcpy(head, bytes, 16);
    memcpy(head + 16, huge, sizeof(huge));
    assert_int_equal(file_replace(path_in("a.png"), head, sizeof(head), &e), 0);
    check_not_read("cannot be read as a PNG file up to byte ");
    assert_int_equal(file_replace(path_in("a.png"), "GIF89a, not this", 16, &e), 0);
    check_not_read("cannot be read as a PNG file up to byte 8: Not a PNG file");
    remove(path_in("a.png"));
    check_not_read("cannot be read: No such file");
    make("a.png");
    check_not_read("cannot be read: not a regular file");
    remove(path_in("a.png"));
    assert_int_equal(mkfifo(path_in("a.png"), 0600), 0); /* and it does not wait */
    check_not_read("cannot be read: not a regular file");
    remove(path_in("a.png"));
    free(im);
    free(bytes);
}

static void folders_that_do_not_fit_are_refused(void **state)
{
    (void)state;
    struct dataset_request q = request();
    write_set();
    write_png("test/a1/2.png", &(struct kind){H, W, RGB, 8, 0, colours, -1});
    check_refused(&q, 0, "test/a1/2.png: is 9 x 12, but the first training image is 12 x 9");
    remove(path_in("test/a1/2.png"));
    q.parameter = &(union value){33};
    check_refused(&q, 0, "train/B/1.png: is 12 x 9, but image_size is 33");
    q.parameter = &(union value){W};
    check_refused(&q, 0, "train/B/1.png: is 12 x 9, but image_size is 12");
    q.parameter = &(union value){7};
    check_refused(&q, 1, "png-folder: image_size is 7, but must be 0, or from 8 to 256");
    q.parameter = NULL;
    struct err e;
    assert_int_equal(file_replace(path_in("train/a/x.png"), "", 0, &e), 0);
    check_refused(&q, 0, "train/a/x.png: cannot be read as a PNG file up to byte 0: ");
    remove(path_in("train/a/x.png"));
    check_refused(&q, 0, "train/a: has no files called *.png");
    remove(path_in("train/a"));
    check_refused(&q, 0, "png-folder/test: has the folder 'a', but ");
    check_refused(&q, 0, "png-folder/train does not");
    write_set();
    remove(path_in("test/B/1.png"));
    check_refused(&q, 0, "test/B: has no files called *.png");
    remove(path_in("test/B"));
    check_refused(&q, 0, "png-folder/train: has the folder 'B', but ");
    write_set();
    make("train/z");
    write_png("train/z/1.png", &plain);
    check_refused(&q, 0, "png-folder/train: has the folder 'z', but ");
    nftw(path_in("test"), remove_one, 16, FTW_DEPTH | FTW_PHYS);
    check_refused(&q, 0, "png-folder/test: there is no such folder; put folders of PNG files");
    make("test");
    check_refused(&q, 0, "png-folder/test: has no folders; there must be one for each class");
    remove(path_in("test"));
    write_png("test", &plain);
    check_refused(&q, 0, "png-folder/test: cannot be read as a folder: Not a directory");
    char *deep = xcalloc(5000, 1);
    q.dir = memset(deep, 'd', 4999);
    check_refused(&q, 1, "the path is longer than 4095 characters");
    free(deep);
}

/* The folder of all tests here, with png-folder in it. */
static int make_folder(void **state)
{
    return temp_make(state) || mkdir(path_in(""), 0777);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_becomes_three_bytes),
        cmocka_unit_test(what_cannot_be_shown_is_refused),
        cmocka_unit_test(damaged_files_are_refused),
        cmocka_unit_test(folders_are_classes_and_take_turns),
        cmocka_unit_test(files_within_limits_are_read),
        cmocka_unit_test(folders_that_do_not_fit_are_refused),
    };
    return cmocka_run_group_tests(tests, make_folder, temp_remove);
}
