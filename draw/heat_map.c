#include "draw/heat_map.h"
#include "draw/gnuplot.h"

enum { MAX_NUMBERS = 1000, MAX_SIDE = 2000, NAME_LETTERS = 24 };

static int smaller(int a, int b)
{
    return a < b ? a : b;
}

int heat_map_most(const int *count, int n)
{
    int most = 1;
    for (int i = 0; i < n; i++)
        most = count[i] > most ? count[i] : most;
    return most;
}

void heat_map_axes(FILE *to, int n_row, int n_column, int most)
{
    enum { TICS = 10 }; /* at whole numbers */
    fprintf(to,
            "set xlabel 'class'\nset ylabel 'worker'\nset xtics 0,%d\nset ytics 0,%d\n"
            "set xrange [-0.5:%d.5]\nset yrange [%d.5:-0.5]\nset cbrange [0:%d]\n"
            "set cblabel 'samples'\nset palette defined (0 'white', 0.15 '#c8c8c8', 0.5 '#707070', "
            "1 'black')\n",
            (n_column + TICS - 1) / TICS, (n_row + TICS - 1) / TICS, n_column - 1, n_row - 1, most);
}

/* The names of the classes in place of their numbers. */
static void put_names(FILE *to, const struct class_names *names, int n_column)
{
    char text[NAME_LETTERS];
    for (int k = 0; k < n_column; k++) {
        fputs(k ? ", " : "set xtics rotate by -45 left scale 0 noenhanced (", to);
        class_names_print(names, k, text, sizeof(text));
        gnuplot_tic(to, text, k);
    }
    fputs(")\n", to);
}

int heat_map_draw(const int *count, int n_row, int n_column, const struct class_names *names,
                  const char *title, const char *path, struct err *e)
{
    int labelled = n_row * n_column <= MAX_NUMBERS, most = heat_map_most(count, n_row * n_column);
    int named = names && names->n && 46 * n_column < MAX_SIDE;
    FILE *to = gnuplot_open(path, e);
    if (!to)
        return -1;
    gnuplot_page(to, smaller(220 + 46 * n_column, MAX_SIDE),
                 smaller(140 + 60 * named + 24 * n_row, MAX_SIDE), 2, ",10");
    fputs("set title ", to);
    gnuplot_text(to, title);
    fputs(" noenhanced\n", to);
    heat_map_axes(to, n_row, n_column, most);
    if (named)
        put_names(to, names, n_column);
    fputs("plot '-' with image", to);
    if (labelled)
        fprintf(to,
                ", '-' using 1:2:(sprintf('%%d', $3)):($3 > 0.35 * %d ? 0xffffff : 0) with labels "
                "textcolor rgb variable",
                most);
    fputs("\n", to);
    gnuplot_counts(to, count, n_row, n_column, 0);
    fputs("e\n", to);
    if (labelled) {
        gnuplot_counts(to, count, n_row, n_column, 1);
        fputs("e\n", to);
    }
    return gnuplot_close(to, NULL, e);
}
