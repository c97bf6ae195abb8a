/* contact_sheet: the page is drawn here, as bytes, so that every pixel of an image becomes exactly
 * one pixel of the page, or a square of them; gnuplot adds the text.  Coordinates are pixels from
 * the top left. */
#include "draw/contact_sheet.h"
#include "draw/gnuplot.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { GAP = 2, EDGE = 8, HEAD = 30, LETTER = 7, LABEL_LETTERS = 24, LINE = 16 };
enum { MAX_WIDTH = 2800, MAX_HEIGHT = 1800, MAX_BLOCK = 50, GOOD_WIDTH = 1100, MAX_ZOOM = 4 };
enum { TEXTS = 3, TEXT_LETTERS = 130, TITLE_LETTERS = 240 };

/* The layout of rows of images: blocks next to each other, with n_down rows each. */
struct layout {
    int n_row, n_image, n_block, n_down, zoom;
    int gutter, x_step, y_step, block_width, width, height;
};

static int smaller(int a, int b)
{
    return a < b ? a : b;
}

static int larger(int a, int b)
{
    return a > b ? a : b;
}

/* The sample at place k of n_place, so that the places are spread over all samples of the row. */
static int32_t sample_of(const struct contact_row *row, int k, int n_place)
{
    return row->sample[row->n > n_place ? k * row->n / n_place : k];
}

/* Pixels that the longest label takes. */
static int gutter_of(const struct contact_sheet *s)
{
    size_t longest = 0;
    for (int i = 0; i < s->n_row; i++)
        if (strlen(s->row[i].label) > longest)
            longest = strlen(s->row[i].label);
    return LETTER * smaller((int)longest, LABEL_LETTERS) + 2 * EDGE;
}

static int title_width(const struct contact_sheet *s)
{
    return LETTER * (int)strlen(s->title) + 2 * EDGE;
}

static void set_steps(struct layout *l, const struct dataset *ds, int zoom)
{
    l->zoom = zoom;
    l->x_step = ds->w * zoom + GAP, l->y_step = ds->h * zoom + GAP;
    l->block_width = l->gutter + l->n_image * l->x_step;
}

static struct layout lay_out(const struct contact_sheet *s)
{
    const struct dataset *ds = s->ds;
    struct layout l = {.gutter = gutter_of(s),
                       .n_image = larger(1, smaller(CONTACT_MOST, GOOD_WIDTH / (ds->w + GAP)))};
    int most_down = larger(1, smaller(MAX_BLOCK, MAX_HEIGHT / (ds->h + GAP)));
    set_steps(&l, ds, 1);
    if (s->n_row > most_down * (MAX_WIDTH / l.block_width) && l.n_image > 1) {
        l.n_image /= 2; /* many rows are made shorter */
        set_steps(&l, ds, 1);
    }
    l.n_row = smaller(s->n_row, most_down * larger(1, MAX_WIDTH / l.block_width));
    l.n_block = (l.n_row + most_down - 1) / most_down;
    l.n_down = (l.n_row + l.n_block - 1) / l.n_block;
    for (int zoom = 2; zoom <= MAX_ZOOM; zoom++)
        if (l.n_block * l.n_image * (ds->w * zoom + GAP) <= GOOD_WIDTH &&
            l.n_down * (ds->h * zoom + GAP) <= GOOD_WIDTH)
            set_steps(&l, ds, zoom);
    l.width = larger(l.n_block * l.block_width + EDGE, title_width(s));
    l.height = HEAD + l.n_down * l.y_step + EDGE;
    return l;
}

/* The left and upper edge of row i. */
static int x_of(const struct layout *l, int i)
{
    return i / l->n_down * l->block_width;
}

static int y_of(const struct layout *l, int i)
{
    return HEAD + i % l->n_down * l->y_step;
}

static void paint(const struct layout *l, const struct dataset *ds, int32_t sample, int x, int y,
                  uint8_t *page)
{
    const uint8_t *image = ds->train.x + (size_t)sample * dataset_image_size(ds);
    for (int i = 0; i < ds->h * l->zoom; i++)
        for (int j = 0; j < ds->w * l->zoom; j++)
            memcpy(page + ((size_t)(y + i) * (size_t)l->width + (size_t)(x + j)) * 3,
                   image + (i / l->zoom * ds->w + j / l->zoom) * 3, 3);
}

/* Print a label of at most `most` letters in ASCII, which every font has. */
static void put_label(FILE *to, int x, int y, const char *text, int most, const char *style)
{
    char line[256];
    int n = 0;
    for (; text[n] && n < most && n < (int)sizeof(line) - 1; n++)
        line[n] = text[n] >= ' ' && text[n] <= '~' ? text[n] : '?';
    line[n] = '\0';
    if (text[n])
        memcpy(line + n - 2, "..", 2);
    fprintf(to, "set label ");
    gnuplot_text(to, line);
    fprintf(to, " at %d,%d left noenhanced front %s\n", x, y, style);
}

/* A page on which a plot's coordinates are pixels, for the first n_row rows. */
static void put_page(FILE *to, const struct contact_sheet *s, int n_row, int width, int height)
{
    char title[TITLE_LETTERS];
    int n = snprintf(title, sizeof(title), "%s", s->title);
    if (n_row < s->n_row && n < TITLE_LETTERS)
        snprintf(title + n, sizeof(title) - (size_t)n, " (the first %d are shown)", n_row);
    gnuplot_page(to, width, height, 1, "Sans,9");
    fprintf(to,
            "unset border\nunset tics\nset lmargin at screen 0\n"
            "set rmargin at screen 1\nset tmargin at screen 1\nset bmargin at screen 0\n"
            "set xrange [0:%d]\nset yrange [%d:0]\n",
            width, height);
    put_label(to, EDGE, HEAD / 2, title, TITLE_LETTERS, "font 'Sans,10'");
}

static int draw_images(const struct contact_sheet *s, const char *path, struct err *e)
{
    struct layout l = lay_out(s);
    FILE *to = gnuplot_open(path, e);
    if (!to)
        return -1;
    size_t size = (size_t)l.width * (size_t)l.height * 3;
    uint8_t *page = xcalloc(size, 1);
    memset(page, 255, size);
    put_page(to, s, l.n_row, l.width, l.height);
    for (int i = 0; i < l.n_row; i++) {
        const struct contact_row *row = &s->row[i];
        int x = x_of(&l, i), y = y_of(&l, i);
        put_label(to, x + EDGE, y + l.y_step / 2, row->label, LABEL_LETTERS, "");
        for (int k = 0; k < row->n && k < l.n_image; k++)
            paint(&l, s->ds, sample_of(row, k, l.n_image), x + l.gutter + k * l.x_step, y, page);
    }
    fprintf(to,
            "plot '-' binary array=(%d,%d) origin=(0.5,0.5) format='%%uchar' using 1:2:3 with "
            "rgbimage\n",
            l.width, l.height);
    fwrite(page, 1, size, to);
    free(page);
    return gnuplot_close(to, NULL, e) < 0 ? -1 : l.n_row;
}

/* --- texts --------------------------------------------------------------------------------- */

/* Where each line of the vocabulary begins; free() it. */
static const char **list_words(const struct dataset *ds)
{
    const char **word = xcalloc((size_t)ds->n_token + 1, sizeof(*word));
    const char *at = ds->vocabulary.text, *end = at + ds->vocabulary.size;
    for (int k = 0; k <= ds->n_token && at <= end; k++) {
        word[k] = at;
        const char *line = at < end ? memchr(at, '\n', (size_t)(end - at)) : NULL;
        at = line ? line + 1 : end;
    }
    return word;
}

/* The first words of a text, from its tokens; unknown words are <unk>. */
static void spell(const struct dataset *ds, const char *const *word, int32_t sample, char *line,
                  size_t size)
{
    const int32_t *token = ds->train.token + (size_t)sample * (size_t)ds->h;
    size_t n = 0;
    line[0] = '\0';
    for (int k = 0; k < ds->h && token[k] && n < size; k++)
        n += (size_t)snprintf(line + n, size - n, "%s%.*s", k ? " " : "",
                              (int)(word[token[k] + 1] - word[token[k]] - 1), word[token[k]]);
}

static int draw_texts(const struct contact_sheet *s, const char *path, struct err *e)
{
    const struct dataset *ds = s->ds;
    int gutter = gutter_of(s), step = (TEXTS + 1) * LINE;
    int n_row = smaller(s->n_row, MAX_HEIGHT / step);
    int width = larger(gutter + LETTER * TEXT_LETTERS, title_width(s));
    FILE *to = gnuplot_open(path, e);
    if (!to)
        return -1;
    const char **word = list_words(ds);
    put_page(to, s, n_row, width, HEAD + n_row * step);
    for (int i = 0; i < n_row; i++) {
        int y = HEAD + i * step + LINE / 2;
        put_label(to, EDGE, y, s->row[i].label, LABEL_LETTERS, "");
        for (int k = 0; k < s->row[i].n && k < TEXTS; k++) {
            char line[256], class[41];
            int32_t sample = sample_of(&s->row[i], k, TEXTS);
            size_t n = 0;
            if (s->names) {
                class_names_print(s->names, ds->train.y[sample], class, sizeof(class));
                n = (size_t)snprintf(line, sizeof(line), "[%s] ", class);
            }
            spell(ds, word, sample, line + n, sizeof(line) - n);
            put_label(to, gutter, y + k * LINE, line, TEXT_LETTERS, "");
        }
    }
    fprintf(to, "plot -1 notitle\n"); /* labels need a plot: one off the page */
    free(word);
    return gnuplot_close(to, NULL, e) < 0 ? -1 : n_row;
}

int contact_sheet_draw(const struct contact_sheet *s, const char *path, struct err *e)
{
    return dataset_is_text(s->ds) ? draw_texts(s, path, e) : draw_images(s, path, e);
}
