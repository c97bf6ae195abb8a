#include "draw/gnuplot.h"
#include "core/path.h"
#include "core/replacement.h"
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

/* The open gnuplot: its error messages, the file that it draws, and what SIGPIPE did before. */
static struct {
    FILE *said;
    struct replacement file;
    struct sigaction on_pipe;
} now;

int gnuplot_check(struct err *e)
{
    if (system("command -v gnuplot >/dev/null 2>&1") == 0)
        return 0;
    return err_set(e, "a picture needs gnuplot, which is not installed (Debian: gnuplot-nox)");
}

/* The ending of a picture's name; "png" if it has none. */
static const char *form_of(const char *path)
{
    const char *name = path_name(path), *dot = strrchr(name, '.');
    return dot && dot > name ? dot + 1 : "png";
}

static int form_check(const char *path, struct err *e)
{
    static const char *const forms[] = {"png", "svg", "pdf"};
    for (size_t i = 0; i < LENGTH(forms); i++)
        if (!strcmp(form_of(path), forms[i]))
            return 0;
    return err_usage(e, "%.400s: a picture's name ends in .png, .pdf or .svg", path);
}

FILE *gnuplot_open(const char *path, struct err *e)
{
    char command[96];
    CHECK(!now.said);
    if (path[strcspn(path, "\r\n")]) {
        err_usage(e, "a picture's path must be without line breaks");
        return NULL;
    }
    if (form_check(path, e) < 0 || gnuplot_check(e) < 0 || replacement_open(&now.file, path, e) < 0)
        return NULL;
    if (!(now.said = tmpfile())) {
        replacement_close(
            &now.file, err_set(e, "what gnuplot says cannot be kept in /tmp: %s", strerror(errno)),
            e);
        return NULL;
    }
    snprintf(command, sizeof(command),
             "unset GNUTERM; exec gnuplot -d >/dev/null 2>/proc/self/fd/%d", fileno(now.said));
    FILE *to = popen(command, "w");
    if (!to)
        die("gnuplot cannot be started: %s", strerror(errno));
    /* if gnuplot ends early, its exit code shows it */
    sigaction(SIGPIPE, &(struct sigaction){.sa_handler = SIG_IGN}, &now.on_pipe);
    return to;
}

/* The last line of its messages that is not blank; "" if there is none. */
static void last_words(char line[256])
{
    char next[256];
    line[0] = '\0';
    rewind(now.said);
    while (fgets(next, sizeof(next), now.said)) {
        next[strcspn(next, "\n")] = '\0';
        const char *text = next + strspn(next, " \t");
        if (*text)
            memmove(line, text, strlen(text) + 1);
    }
    fclose(now.said);
    now.said = NULL;
}

int gnuplot_close(FILE *to, int (*finish)(const char *path, struct err *e), struct err *e)
{
    char said[256];
    int status = pclose(to);
    sigaction(SIGPIPE, &now.on_pipe, NULL);
    last_words(said);
    if (WIFSIGNALED(status))
        snprintf(said, sizeof(said), "signal %d ended it", WTERMSIG(status));
    if (status != 0)
        status = err_set(e, "%s: gnuplot could not draw it: %s", now.file.asked,
                         said[0] ? said : "it said nothing");
    else if (finish)
        status = finish(now.file.path, e);
    return replacement_close(&now.file, status, e);
}

void gnuplot_output(FILE *to)
{
    fputs("\nset output ", to);
    gnuplot_text(to, now.file.path);
    fputs("\n", to);
}

void gnuplot_page(FILE *to, int width, int height, int scale, const char *font)
{
    if (!strcmp(form_of(now.file.asked), "pdf"))
        fprintf(to,
                "set terminal pdfcairo size %.3fin,%.3fin font '%s' fontscale 0.75 linewidth 1.125 "
                "pointscale 0.75",
                width / 96.0, height / 96.0, font);
    else if (!strcmp(form_of(now.file.asked), "svg"))
        fprintf(to, "set terminal svg size %d,%d font '%s' fontscale 1.333", width, height, font);
    else
        fprintf(to,
                "set terminal pngcairo size %d,%d font '%s' fontscale %d linewidth %d pointscale "
                "%d",
                width * scale, height * scale, font, scale, scale, scale);
    gnuplot_output(to);
    fputs("unset key\n", to);
}

/* Only quotes, and percent signs in formats, are special; a line break would end the command. */
static void put_quoted(FILE *to, const char *text, int is_format)
{
    fputc('\'', to);
    for (; *text; text++) {
        if (*text == '\'' || (is_format && *text == '%'))
            fputc(*text, to);
        fputc((unsigned char)*text < ' ' ? ' ' : *text, to);
    }
    fputc('\'', to);
}

void gnuplot_text(FILE *to, const char *text)
{
    put_quoted(to, text, 0);
}

void gnuplot_tic(FILE *to, const char *text, double at)
{
    put_quoted(to, text, 1);
    fprintf(to, " %.9g", at);
}

void gnuplot_counts(FILE *to, const int *count, int n_row, int n_column, int only_some)
{
    for (int i = 0; i < n_row; i++)
        for (int k = 0; k < n_column; k++)
            if (!only_some || count[i * n_column + k])
                fprintf(to, "%d %d %d\n", k, i, count[i * n_column + k]);
}
