/* help: what --help prints, made of the table of verbs. */
#include "command/command.h"
#include "core/build.h"
#include <ctype.h>
#include <string.h>

enum { WIDTH = 79, MARGIN = 22 };

int help_is_asked(const char *word)
{
    return !strcmp(word, "--help") || !strcmp(word, "-h") || !strcmp(word, "help");
}

void fill(FILE *f, int at, int indent, const char *text, const char *broken)
{
    int hang = 0; /* lines after one that begins with "- " are indented */
    for (size_t n, blanks; *text; text += n) {
        blanks = strspn(text, " ");
        n = *text == '\n' ? 1 : blanks + strcspn(text + blanks, " \n");
        if (*text == '\n') {
            fputc('\n', f);
            at = 0, hang = strncmp(text + 1, "- ", 2) ? 0 : 2;
            continue;
        }
        if (at > 0 && at + (int)(n + strlen(broken)) > WIDTH) {
            at = fprintf(f, "%s\n%*s", broken, indent + hang, "") - (int)strlen(broken) - 1;
            text += blanks, n -= blanks;
        }
        if (at == 0)
            at = fprintf(f, "%*s", indent, "");
        at += (int)fwrite(text, 1, n, f);
    }
    fputc('\n', f);
}

const char *option_words(char *buf, size_t size, const struct option *o)
{
    snprintf(buf, size, "%s%s%s%s", o->help, o->initial ? " (default: " : "",
             o->initial ? o->initial : "", o->initial ? ")" : "");
    return buf;
}

const char *verb_usage(char *buf, size_t size, const struct verb *v)
{
    size_t at = (size_t)snprintf(buf, size, "gossipbench %s", v->name);
    if (v->operand)
        at += (size_t)snprintf(buf + at, size - at, " %s", v->operand);
    for (const struct option *o = v->option; o && o->name; o++)
        if (o->how == REQUIRED)
            at += (size_t)snprintf(buf + at, size - at, " --%s %s", o->name, o->takes);
    at += (size_t)snprintf(buf + at, size - at, " [OPTION]...");
    if (v->settings)
        snprintf(buf + at, size - at, " [--%s VALUE]...", v->settings);
    return buf;
}

static void print_option(FILE *f, const struct option *o)
{
    char text[1024];
    int at = fprintf(f, "  %s%s%s%s", o->name[1] ? "--" : "-", o->name, o->takes ? " " : "",
                     o->takes ? o->takes : "");
    fprintf(f, at < MARGIN - 1 ? "%*s" : "\n%*s", at < MARGIN - 1 ? MARGIN - at : MARGIN, "");
    fill(f, MARGIN, MARGIN, option_words(text, sizeof(text), o), "");
}

/* The example's comment, and the command, which can be copied as it stands. */
static void print_example(FILE *f, const struct verb *v)
{
    char command[256];
    const char *comment = strchr(v->example, '\n');
    snprintf(command, sizeof(command), "gossipbench %.*s", (int)strcspn(v->example, "\n"),
             v->example);
    fprintf(f, "\nExample:%s", comment ? " " : "");
    fill(f, 9, 0, comment ? comment + 1 : "", "");
    fputs("  ", f);
    fill(f, 2, 6, command, " \\");
}

static void print_verb(FILE *f, const struct verb *v)
{
    char usage[1024];
    fprintf(f, "usage: ");
    fill(f, 7, 11, verb_usage(usage, sizeof(usage), v), "");
    fprintf(f, "\n%c", toupper((unsigned char)v->about[0]));
    fill(f, 1, 0, v->about + 1, "");
    fputc('\n', f);
    for (const struct option *o = v->option; o && o->name; o++)
        print_option(f, o);
    for (int i = 0; option_of_all(v, i); i++)
        print_option(f, option_of_all(v, i));
    if (v->help) {
        fputc('\n', f);
        fill(f, 0, 0, v->help, "");
    }
    print_example(f, v);
}

static void print_verbs(FILE *f, const char *only)
{
    const struct verb *v;
    for (int i = 0; (v = verbs_at(i)); i++)
        if (!only || !strncmp(v->name, only, strlen(only))) {
            fprintf(f, "  %-14s ", v->name);
            fill(f, 17, 17, v->about, "");
        }
}

void help_print(FILE *f, const struct verb *v, const char *only)
{
    if (v) {
        print_verb(f, v);
        return;
    }
    fprintf(f,
            "gossipbench %s: the reproducible benchmark of decentralized deep learning\n\n"
            "usage: gossipbench VERB [...]      alone, or under mpirun -np P\n\n",
            build.version);
    print_verbs(f, only);
    fprintf(f, "\ngossipbench VERB --help says more, with an example.\n");
    fill(f, 0, 0, root_help, "");
    fill(f, 0, 0, exit_help, "");
}
