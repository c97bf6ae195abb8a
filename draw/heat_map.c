#include "draw/heat_map.h"
#include "draw/gnuplot.h"

enum { MAX_NUMBERS = 1000, MAX_SIDE = 2000 };

static int smaller(int a, int b)
{
    return a < b ? a : b;
}

int heat_map_axes(FILE *to, const int *count, int n_row, int n_column)
{
    int most = 1;
    for (int i = 0; i < n_row * n_column; i++)
        most = count[i] > most ? count[i] : most;
    fprintf(to,
            "set xlabel 'class'\nset ylabel 'worker'\n"
            "set xrange [-0.5:%d.5]\nset yrange [%d.5:-0.5]\nset cbrange [0:%d]\n"
            "set palette defined (0 'white', 1 'black')\n",
            n_column - 1, n_row - 1, most);
    return most;
}

int heat_map_draw(const int *count, int n_row, int n_column, const char *title, const char *path,
                  struct err *e)
{
    int labelled = n_row * n_column <= MAX_NUMBERS;
    FILE *to = gnuplot_open(path, e);
    if (!to)
        return -1;
    gnuplot_page(to, smaller(220 + 46 * n_column, MAX_SIDE), smaller(140 + 24 * n_row, MAX_SIDE),
                 ",10");
    fputs("set title ", to);
    gnuplot_text(to, title);
    fputs(" noenhanced\nset cblabel 'samples'\n", to);
    int most = heat_map_axes(to, count, n_row, n_column);
    fputs("plot '-' with image", to);
    if (labelled)
        fprintf(to,
                ", '-' using 1:2:(sprintf('%%d', $3)):($3 > 0.5 * %d ? 0xffffff : 0) with labels "
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
