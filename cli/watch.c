#include "watch/watch.h"
#include "cli/cli.h"
#include "core/text.h"
#include "report/saved.h"
#include <locale.h>
#include <ncurses.h>
#include <stdlib.h>
#include <unistd.h>

static int print_once(const char *runs, int width, int height, FILE *f, struct err *e)
{
    struct watched w;
    if (watch_read(&w, runs, e) < 0)
        return -1;
    watch_draw(&w, width, height, f);
    watch_free(&w);
    return 0;
}

static int draw_screen(const char *runs, struct err *e)
{
    struct text text;
    int status = print_once(runs, COLS, LINES, text_open(&text), e);
    char *all = text_close(&text);
    erase();
    mvaddstr(0, 0, all);
    refresh();
    free(all);
    return status;
}

/* Show it until q; ncurses gives the terminal back, also after Ctrl-C, SIGTERM and Ctrl-Z. */
static int follow(const char *runs, struct err *e)
{
    int status;
    initscr(), cbreak(), noecho(), curs_set(0), timeout(2000);
    keypad(stdscr, 1);
    while ((status = draw_screen(runs, e)) == 0 && getch() != 'q')
        ;
    endwin();
    return status;
}

static int watch_main(const struct arguments *a, struct err *e)
{
    enum { MANY = 100000 };
    const char *runs = runs_folder(a->operand[0]), *columns_are = getenv("COLUMNS");
    int width = columns_are ? (int)arguments_whole(columns_are, 1, 1000) : 80;
    setlocale(LC_CTYPE, "C.UTF-8");
    setlocale(LC_CTYPE, "");
    int live = isatty(STDOUT_FILENO) && isatty(STDIN_FILENO) && !arguments_value(a, "once");
    return live ? follow(runs, e) : print_once(runs, width, MANY, stdout, e);
}

const struct verb verb_watch = {
    .name = "watch",
    .about = "a live view of the runs under way: progress, sparklines, time left, failures",
    .operand = "[DIR]",
    .option = (const struct option[]){{"once", NULL, NULL, "print the view once, and end"}, {NULL}},
    .main = watch_main,
    .help =
        "Shows the experiments in DIR (default: results/runs), those under way first: how many of "
        "their runs are done, the best result and the time left, and each run under way with its "
        "epoch, and a sparkline and the last value of the metric of its table.  It only reads "
        "files, so it can be used on any machine that sees the folder.  The view is renewed every "
        "two seconds; q ends it.  If the output is not a terminal, the view is printed once.",
    .example = "watch\nbeside gossipbench sweep table1"};
