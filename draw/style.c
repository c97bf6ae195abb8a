#include "draw/style.h"
#include "core/core.h"
#include <stdint.h>
#include <string.h>

/* The colours of Okabe and Ito ("Color universal design", 2008), which people with any colour
 * vision can tell apart, without yellow, which white paper hides; and darker ones. */
#define VERMILION "#d55e00"
#define BLUE      "#0072b2"
#define SKY       "#56b4e9"
#define GREEN     "#009e73"
#define ORANGE    "#e69f00"
#define PURPLE    "#cc79a7"
#define BLACK     "#000000"
#define GREY      "#777777"
#define WINE      "#882255"
#define INDIGO    "#332288"
#define WHOLE     ""
#define LONG      "9,4"
#define SHORT     "5,3"
#define DOTS      "2,2"
#define DASH_DOT  "8,3,2,3"
#define DOT_DOT   "8,3,2,3,2,3"
enum { /* gnuplot's points */
       SQUARE = 4,
       FULL_SQUARE,
       CIRCLE,
       FULL_CIRCLE,
       UP,
       FULL_UP,
       DOWN,
       FULL_DOWN,
       DIAMOND,
       FULL_DIAMOND,
       PENTAGON,
       FULL_PENTAGON
};

/* Each family of methods has a colour, and the QGM paper's method the strongest line. */
static const struct {
    const char *name;
    struct style style;
} methods[] = {{"qg-dsgdm-n", {VERMILION, WHOLE, FULL_CIRCLE, 1.8}},
               {"qg-dsgdm", {VERMILION, SHORT, CIRCLE, 1.2}},
               {"qg-dadam", {WINE, WHOLE, FULL_DIAMOND, 1.5}},
               {"qg-dadam-stable", {WINE, SHORT, DIAMOND, 1.2}},
               {"sgp-qg", {VERMILION, DASH_DOT, FULL_PENTAGON, 1.2}},
               {"dsgdm-n", {BLUE, LONG, SQUARE, 1.2}},
               {"dsgdm", {BLUE, DOTS, FULL_SQUARE, 1.2}},
               {"dsgd", {GREY, DASH_DOT, UP, 1.2}},
               {"dadam", {PURPLE, LONG, DOWN, 1.2}},
               {"sgd", {BLACK, DOTS, DOWN, 1.2}},
               {"sgdm", {BLACK, SHORT, FULL_UP, 1.2}},
               {"sgdm-n", {BLACK, WHOLE, FULL_DOWN, 1.2}},
               {"d2", {GREEN, WHOLE, FULL_UP, 1.2}},
               {"d2-plus", {GREEN, SHORT, UP, 1.2}},
               {"d2-dsgdm-n", {GREEN, LONG, FULL_DIAMOND, 1.2}},
               {"exact-diffusion", {GREEN, DOTS, DIAMOND, 1.2}},
               {"edm", {GREEN, DASH_DOT, CIRCLE, 1.2}},
               {"gut", {WINE, LONG, SQUARE, 1.2}},
               {"qg-gutm", {WINE, DASH_DOT, FULL_SQUARE, 1.2}},
               {"gt", {SKY, WHOLE, DIAMOND, 1.2}},
               {"gt-dsgdm-n", {SKY, LONG, FULL_DIAMOND, 1.2}},
               {"gt-atc", {SKY, DASH_DOT, PENTAGON, 1.2}},
               {"gt-atc-dsgdm-n", {SKY, DOTS, FULL_PENTAGON, 1.2}},
               {"momentum-tracking", {INDIGO, SHORT, FULL_SQUARE, 1.2}},
               {"decentlam", {INDIGO, DASH_DOT, DOWN, 1.2}},
               {"slowmo", {ORANGE, WHOLE, SQUARE, 1.2}},
               {"gossip-pga", {ORANGE, SHORT, CIRCLE, 1.2}},
               {"relaysgd", {INDIGO, WHOLE, FULL_PENTAGON, 1.2}},
               {"relaysgd-dsgdm-n", {INDIGO, LONG, PENTAGON, 1.2}},
               {"relay-adam", {INDIGO, DOTS, CIRCLE, 1.2}},
               {"damsgrad", {PURPLE, WHOLE, FULL_UP, 1.2}},
               {"sgp", {ORANGE, DOTS, DIAMOND, 1.2}},
               {"choco-sgd-top1", {PURPLE, SHORT, SQUARE, 1.2}},
               {"choco-sgd-sign", {PURPLE, DOTS, CIRCLE, 1.2}},
               {"choco-sgd-q8", {PURPLE, DOT_DOT, UP, 1.2}},
               {"beer-top1", {BLUE, SHORT, DIAMOND, 1.2}},
               {"beer-sign", {BLUE, DASH_DOT, CIRCLE, 1.2}},
               {"beer-q8", {BLUE, DOT_DOT, UP, 1.2}}};

/* For lines that are not in the table; the last colour is left to the QGM paper's method. */
static const char *const colors[] = {BLUE,   BLACK, GREEN, PURPLE, WINE,
                                     ORANGE, SKY,   GREY,  INDIGO, VERMILION};
static const char *const dashes[] = {WHOLE, LONG, DOTS, DASH_DOT, SHORT, DOT_DOT};
static const int points[] = {FULL_CIRCLE, SQUARE, UP,           DIAMOND, FULL_DOWN,
                             FULL_SQUARE, CIRCLE, FULL_DIAMOND, FULL_UP, FULL_PENTAGON};

static const struct style *find(const char *name)
{
    for (size_t i = 0; i < LENGTH(methods); i++)
        if (!strcmp(methods[i].name, name))
            return &methods[i].style;
    return NULL;
}

int style_is_known(const char *name)
{
    return find(name) != NULL;
}

/* Whether a method of the table looks like this. */
static int is_taken(const struct style *s)
{
    for (size_t i = 0; i < LENGTH(methods); i++) {
        const struct style *t = &methods[i].style;
        if (!strcmp(s->color, t->color) && !strcmp(s->dash, t->dash) && s->point == t->point)
            return 1;
    }
    return 0;
}

struct style style_of_method(const char *name)
{
    const struct style *known = find(name);
    struct style s = {0};
    uint32_t h = 2166136261u; /* FNV-1a */
    for (const char *c = name; *c; c++)
        h = (h ^ (unsigned char)*c) * 16777619u;
    if (known)
        return *known;
    do {
        s = (struct style){colors[h % (LENGTH(colors) - 1)], dashes[h / 16 % LENGTH(dashes)],
                           points[h / 256 % LENGTH(points)], 1.2};
        h = h * 16777619u + 1;
    } while (is_taken(&s));
    return s;
}

struct style style_at(int i)
{
    size_t k = (size_t)i;
    return (struct style){colors[k % LENGTH(colors)], dashes[k % LENGTH(dashes)],
                          points[k % LENGTH(points)], 1.2};
}

void style_put(FILE *to, int number, const struct style *s)
{
    fprintf(to, "set linetype %d lc rgb '%s' dt %s%s%s lw %g pt %d ps 0.5\n", number, s->color,
            *s->dash ? "(" : "", *s->dash ? s->dash : "solid", *s->dash ? ")" : "", s->width,
            s->point);
}
