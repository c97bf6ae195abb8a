/* manual: the manual page, made of the verbs and the keys. */
#include "command/command.h"
#include "core/build.h"
#include <string.h>

/* Print a text as roff: "\n" ends a line, two of them a paragraph. */
static void put(const char *text)
{
    for (const char *c = text; *c; c++) {
        int begins = c == text || c[-1] == '\n';
        if (begins && c > text && *c != '\n')
            fputs(c - text > 1 && c[-2] == '\n' ? ".PP\n" : ".br\n", stdout);
        if (*c == '\n' && begins)
            continue;
        if (begins && (*c == '.' || *c == '\''))
            fputs("\\&", stdout);
        fputs(*c == '\\' ? "\\e" : *c == '-' ? "\\-" : (char[]){*c, '\0'}, stdout);
    }
    fputc('\n', stdout);
}

static void put_option(const struct option *o)
{
    char text[1024];
    snprintf(text, sizeof(text), "%s%s%s%s", o->name[1] ? "--" : "-", o->name, o->takes ? " " : "",
             o->takes ? o->takes : "");
    fputs(".TP\n.B ", stdout), put(text);
    put(option_words(text, sizeof(text), o));
}

static void put_verb(const struct verb *v)
{
    char text[1024];
    const char *comment = strchr(v->example, '\n');
    fputs(".SS ", stdout), put(v->name);
    fputs(".B ", stdout), put(verb_usage(text, sizeof(text), v));
    fputs(".PP\n", stdout), put(v->about);
    for (const struct option *o = v->option; o && o->name; o++)
        put_option(o);
    for (int i = 0; option_of_all(v, i); i++)
        put_option(option_of_all(v, i));
    if (v->help)
        fputs(".PP\n", stdout), put(v->help);
    printf(".PP\nExample%s", comment ? ": " : ""), put(comment ? comment + 1 : ":");
    printf(".PP\n.EX\n"), snprintf(text, sizeof(text), "  gossipbench %s", v->example);
    text[strcspn(text, "\n")] = '\0';
    put(text), printf(".EE\n");
}

static void put_keys(void)
{
    struct config c;
    char value[CONFIG_VALUE], text[CONFIG_VALUE + 512];
    config_default(&c);
    for (int i = 0; config_key(i); i++) {
        fputs(".TP\n.B ", stdout), put(config_key(i));
        snprintf(text, sizeof(text), "%s (default: %s)", config_help(i),
                 config_value(&c, i, value, sizeof(value)));
        put(text);
    }
}

void manual_print(void)
{
    printf(".TH GOSSIPBENCH 1 \"\" \"gossipbench %s\" \"User Commands\"\n"
           ".SH NAME\ngossipbench \\- the reproducible benchmark of decentralized deep learning\n"
           ".SH SYNOPSIS\n.B gossipbench\n.I VERB\n[...]\n.br\n.B mpirun \\-np\n.I P\n"
           ".B gossipbench\n.I VERB\n[...]\n.SH VERBS\n",
           build.version);
    for (int i = 0; verbs_at(i); i++)
        put_verb(verbs_at(i));
    printf(".SH CONFIGURATION KEYS\n");
    put_keys();
    printf(".SH FILES\n"), put(root_help);
    printf(".SH EXIT STATUS\n"), put(exit_help);
}
