/* test_page: the page of results, its parts, and what figures need in addition to gnuplot: levels
 * of axes and reduced PNG files. */
#include "draw/palette.h"
#include "report/html.h"
#include "report/levels.h"
#include "report/page.h"
#include "tests/made.h"
#include <png.h>

/* RFC 4648's test vectors. */
static void pictures_are_embedded(void **state)
{
    (void)state;
    static const struct {
        const char *bytes, *base64;
    } known[] = {{"f", "Zg=="},        {"fo", "Zm8="},        {"foo", "Zm9v"},
                 {"foob", "Zm9vYg=="}, {"fooba", "Zm9vYmE="}, {"foobar", "Zm9vYmFy"}};
    struct err e = {.text = ""};
    for (size_t i = 0; i < LENGTH(known); i++) {
        char *text = NULL, want[128];
        size_t n = 0;
        FILE *f = open_memstream(&text, &n);
        put("image", known[i].bytes);
        assert_int_equal(html_image(f, temp_path("image"), "<", &e), 0);
        fclose(f);
        snprintf(want, sizeof(want), "<img alt=\"&lt;\" src=\"data:image/png;base64,%s\">\n",
                 known[i].base64);
        assert_string_equal(text, want);
        free(text);
    }
    assert_int_equal(html_image(stderr, temp_path("none"), "", &e), -1);
    check_says(e, "none: cannot be read");
}

/* Two runs of an experiment's tier, with an accuracy of that last digit and the next, and more of
 * its index. */
static void put_runs(const char *runs, const char *experiment, const char *tier, const char *title,
                     int digit, const char *keys)
{
    char name[256], text[1024];
    for (int i = 0; i < 2; i++) {
        snprintf(name, sizeof(name), "%s/%s/%s%d/manifest.json", runs, experiment, tier, i);
        snprintf(text, sizeof(text),
                 "{\"status\": \"finished\", \"config\": {\"dataset\": \"d\", \"model\": \"m\"}, "
                 "\"results\": {\"acc_mean_pct\": {\"last\": 12.3%d}}}",
                 digit + i);
        put(name, text);
    }
    snprintf(name, sizeof(name), "%s/%s/%s.json", runs, experiment, tier);
    snprintf(text, sizeof(text),
             "{\"experiment\": \"%s\", \"tier\": \"%s\", \"title\": \"%s\", \"metric\": "
             "\"acc_mean_pct\", \"axes\": [\"algorithm\"], %s\"runs\": [{\"dir\": \"%s0\", "
             "\"seed\": 1, \"algorithm\": \"a\"}, {\"dir\": \"%s1\", \"seed\": 1, \"algorithm\": "
             "\"b\"}]}",
             experiment, tier, title, keys, tier, tier);
    put(name, text);
}

static void open_made(struct sections *s, struct source source[2])
{
    static char folder[4][512];
    struct err e = {.text = ""};
    for (int i = 0; i < 4; i++)
        snprintf(folder[i], sizeof(folder[i]), "%s/page/%d", temp_dir, i);
    source[0] = (struct source){folder[0], folder[1], 0};
    source[1] = (struct source){folder[2], folder[3], 1};
    if (sections_open(s, source, 2, &e) < 0)
        fail_msg("%s", e.text);
}

/* The page as HTML, or as Markdown; free() it. */
static char *page_of(const struct sections *s, int markdown)
{
    struct text text;
    struct err e = {.text = ""};
    text_open(&text);
    if (markdown)
        page_markdown(text.f, s);
    else if (page_html(text.f, s, "1 <2>", temp_path("page/page.html"), &e) < 0)
        fail_msg("%s", e.text);
    return text_close(&text);
}

static void sections_are_found(void **state)
{
    (void)state;
    struct sections s;
    struct source source[2];
    assert_int_equal(path_set_root(temp_dir, &(struct err){0}), 0);
    put_runs("page/0", "b", "quick", "Title of B (sic) | <i>", 1,
             "\"claims\": [{\"better\": {\"algorithm\": \"a\"}, \"than\": {\"algorithm\": "
             "\"b\"}, \"scope\": \"acc_mean_pct\", \"source\": \"C, abstract | 1\"}, "
             "{\"better\": {\"algorithm\": \"b\"}, \"than\": {\"algorithm\": "
             "\"a\"}, \"scope\": \"acc_mean_pct\", \"source\": \"C, Table 1\"}], ");
    put_runs("page/0", "a", "smoke", "Smoke", 3, "");
    put("page/1/b-quick-bars.png", "fo");
    put("page/1/b-quick-bars.pdf", "fo");
    put("page/1/bb-quick-bars.png", "fo");
    put("page/1/b-quick-tune-over-lr.png", "fo"); /* of another table */
    put_runs("page/2", "b", "quick", "Old", 7, "");
    put_runs("page/2", "c", "quick-tune", "<Rates>", 5, "");
    put("page/3/c-quick-tune-over-lr.png", "foo");
    put("page/2/figures/x.png", "no experiment");
    put("page/2/loose/manifest.json", "{\"status\": \"finished\"}");
    open_made(&s, source);
    assert_int_equal(s.n, 3);
    assert_string_equal(s.list[0].name, "b-quick");
    assert_int_equal(s.list[0].outcome, OUTCOME_INCOMPLETE); /* one pair of seeds */
    assert_int_equal(s.list[0].figures.n, 1);
    assert_string_equal(s.list[0].why, "");
    assert_string_equal(s.list[1].name, "c-quick-tune");
    assert_true(s.list[1].from->is_committed);
    assert_int_equal(s.list[1].outcome, OUTCOME_NO_CLAIMS);
    assert_string_equal(s.list[2].name, "a-smoke"); /* smoke tests last */
    assert_true(s.list[2].why[0]);                  /* there is no metrics.csv, or no gnuplot */
    char *text = page_of(&s, 0);
    holds(text, "<td>b</td><td><b><a title=\"seed 1 of this number\" "
                "href=\"0/b/quick1/manifest.json\">12.32</a></b></td><td>1: "
                "<a title=\"seed 1 of this number\" href=\"0/b/quick1/manifest.json\">1</a></td>");
    holds(text, "href=\"2/c/quick-tune1/manifest.json\">12.36</a>");
    holds(text, "<h3>Further experiments</h3>\n<ul class=\"contents\">\n<li><span class=\"badge "
                "INCOMPLETE\">incomplete</span> <a href=\"#b-quick\">");
    holds(text, "<img alt=\"Last values, mean and seeds. Title of B (sic) | &lt;i&gt;\" src=");
    holds(text, "<figcaption>Last values, mean and seeds</figcaption>");
    holds(text, "<a href=\"#b-quick\">Title of B (sic) | &lt;i&gt;</a>");
    holds(text, "<code>make reproduce TABLE=b TIER=quick</code>");
    holds(text, "<code>build/gossipbench sweep c --tier quick --tune</code>");
    holds(text, "base64,Zm8=\">");
    holds(text, "<li><span class=\"badge NOT-RUN\">not run</span> a beats b (mean of workers): ");
    holds(text,
          "<p>2 of 2 runs have ended; 0 of 2 claims are reproduced, 0 undecided, 0 contradicted");
    assert_null(strstr(text, "VERDICT="));
    holds(text, "Not all figures could be drawn: ");
    holds(text, "&lt;Rates&gt;");
    holds(text, "1 &lt;2&gt;");
    assert_null(strstr(text, "<Rates>"));
    assert_null(strstr(text, "12.37"));
    free(text);
    text = page_of(&s, 1);
    holds(text, "| INCOMPLETE | [Title of B (sic) \\| <i>](#b-quick) | quick | d | 2/2 |\n");
    holds(text, "\n## What abstracts say, and what was found\n");
    holds(text,
          "| seeds | table | source |\n| --- | --- | --- | --- | --- | --- |\n| NOT-RUN | a "
          "beats b (mean of workers) | – | 1 | [b-quick](#b-quick) | C, abstract \\| 1 |\n\n");
    holds(text, "\n## b-quick\n\n**Title of B (sic) | <i>**\n");
    holds(text, "| b | **12.32** | 1 |\n");
    holds(text, "\n- **NOT-RUN** a beats b (mean of workers): ");
    holds(text, "\n    VERDICT=INCOMPLETE table=b ");
    holds(text, "\n![Last values, mean and seeds](0/1/b-quick-bars.png)\n");
    free(text);
    sections_close(&s);
    assert_int_equal(path_set_root(".", &(struct err){0}), 0);
}

static void bad_pages_are_refused(void **state)
{
    (void)state;
    struct sections s;
    struct err e = {.text = ""};
    char folder[512];
    snprintf(folder, sizeof(folder), "%s/bad", temp_dir);
    const struct source source = {folder, folder, 0};
    assert_int_equal(sections_open(&s, &source, 1, &e), -1);
    check_says(e, "there are no runs in ");
    put("bad/a/quick.json", "{\"axes\": [7]}");
    assert_int_equal(sections_open(&s, &source, 1, &e), -1);
    check_says(e, "bad/a/quick.json: \"axes\", element 1: must be one of at most 4 names");
}

static void levels_sort_runs(void **state)
{
    (void)state;
    static const struct made run[] = {
        {"dsgd", 1, NULL, {0}}, {"qg", 1, NULL, {0}}, {"dsgd", 1, NULL, {0}}, {"qg", 1, NULL, {0}}};
    const struct second alpha = {"alpha", {1, 1, 0.1, 0.1}};
    struct results r;
    struct levels l, m;
    make(&r, run, LENGTH(run), "\"claims\": []", MADE_CONFIG, &alpha);
    levels_open(&l, &r, 1), levels_open(&m, &r, 2);
    assert_int_equal(l.n, 2), assert_int_equal(m.n, 2);
    assert_string_equal(l.label[1], "qg"); /* a name speaks for itself, a number does not */
    assert_string_equal(m.label[1], "α 0.1");
    assert_int_equal(l.of[3], 1), assert_int_equal(m.first[1], 2);
    assert_int_equal(levels_cell(&r, &l, 1, &m, 1, NULL, 0), r.run[3].cell);
    check_close(levels_number(&r, 3, 1), 0.1, 0);
    assert_true(isnan(levels_number(&r, 3, 0)));
    levels_close(&l), levels_close(&m);
    levels_open(&l, &r, 3);
    assert_int_equal(l.n, 4);
    assert_string_equal(l.label[3], "qg, α 0.1");
    levels_close(&l);
    levels_open(&l, &r, 0);
    assert_int_equal(l.n, 1);
    assert_string_equal(l.label[0], "");
    levels_close(&l);
    results_close(&r);
}

/* The most frequent colours of a picture are kept, and all of them if there are few. */
static void pictures_are_reduced(void **state)
{
    (void)state;
    enum { SIDE = 128, N = SIDE * SIDE };
    static png_byte rgb[2][3 * N];
    struct err e = {.text = ""};
    for (int many = 0; many < 2; many++) {
        png_image image = {.version = PNG_IMAGE_VERSION, .width = SIDE, .height = SIDE};
        image.format = PNG_FORMAT_RGB;
        for (int i = 0; i < N; i++) {
            int rare = many && i % 4 == 0;
            rgb[0][3 * i] = (png_byte)(rare ? i >> 2 : i % 4 == 1 ? 17 : 255);
            rgb[0][3 * i + 1] = (png_byte)(rare ? i >> 6 : 255), rgb[0][3 * i + 2] = 255;
        }
        assert_true(png_image_write_to_file(&image, temp_path("p.png"), 0, rgb[0], 0, NULL));
        assert_int_equal(palette_reduce(temp_path("p.png"), &e), 0);
        image = (png_image){.version = PNG_IMAGE_VERSION};
        assert_true(png_image_begin_read_from_file(&image, temp_path("p.png")));
        assert_true(image.format & PNG_FORMAT_FLAG_COLORMAP);
        image.format = PNG_FORMAT_RGB;
        assert_true(png_image_finish_read(&image, NULL, rgb[1], 0, NULL));
        for (int i = 0; i < N; i++)
            if (!many || i % 4)
                assert_memory_equal(&rgb[0][3 * i], &rgb[1][3 * i], 3);
    }
    put("no.png", "not a picture");
    assert_int_equal(palette_reduce(temp_path("no.png"), &e), -1);
    check_says(e, "no.png: cannot be made smaller");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pictures_are_embedded), cmocka_unit_test(sections_are_found),
        cmocka_unit_test(bad_pages_are_refused), cmocka_unit_test(levels_sort_runs),
        cmocka_unit_test(pictures_are_reduced),
    };
    return cmocka_run_group_tests(tests, temp_make, temp_remove);
}
