/* code_parts: lists the SHA-256 of every source file that can change a bit of a result, for
 * core/code.c.  A file is hashed as the sequence of its tokens.  These do not count:
 *   comments and layout
 *   #include lines
 *   words for people: string literals with a blank between two letters, and the value of .about
 *
 * usage: code_parts GROUP: FILE... [GROUP: FILE...] plugins: FILE...
 * For each file of a group it prints the line
 *   PART("group", "file", "sha256")
 * A plug-in is a file that defines a const struct called <symbol>.  For the file, for each file of
 * the same folder that it includes, and for the .c file that belongs to that, it prints the line
 *   PART("<symbol>", "file", "sha256")
 * and for the comment at its head
 *   HEAD("<symbol>", "file", "text")
 * Only files named on the command line count. */
#include "core/hash.h"
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_FILE = 512, MAX_TOKEN = 1 << 18, MAX_INCLUDE = 64, MAX_SYMBOL = 64 };

struct source {
    const char *path, *head; /* head: the text of the comment that it begins with */
    char sha256[HASH_TEXT];
    char *include[MAX_INCLUDE], *symbol[MAX_SYMBOL];
    int n_include, n_symbol, is_shared; /* is_shared: belongs to a group */
};
static struct source source[MAX_FILE];
static int n_source;

static char *token[MAX_TOKEN];
static int n_token;

static void fail(const char *path, const char *why)
{
    fprintf(stderr, "code_parts: %s: %s\n", path, why);
    exit(1);
}

static char *copy(const char *from, size_t n)
{
    char *to = calloc(n + 1, 1);
    if (!to)
        fail("", "out of memory");
    return memcpy(to, from, n);
}

static void add_token(const char *from, size_t n)
{
    if (n_token == MAX_TOKEN)
        fail(from, "too many tokens");
    token[n_token++] = copy(from, n);
}

/* The end of a literal that begins with a quote. */
static const char *after_quote(const char *p)
{
    char quote = *p++;
    for (; *p && *p != quote; p++)
        if (*p == '\\' && p[1])
            p++;
    return *p ? p + 1 : p;
}

static size_t operator_length(const char *p)
{
    static const char *const longest[] = {"...", "<<=", ">>=", "->", "++", "--", "<<", ">>",
                                          "<=",  ">=",  "==",  "!=", "&&", "||", "+=", "-=",
                                          "*=",  "/=",  "%=",  "&=", "|=", "^=", "##"};
    for (size_t i = 0; i < sizeof(longest) / sizeof(*longest); i++)
        if (!strncmp(p, longest[i], strlen(longest[i])))
            return strlen(longest[i]);
    return 1;
}

/* Add a string; if the last token is a string too, append to it. */
static void add_string(const char *from, size_t n)
{
    if (n_token && token[n_token - 1][0] == '"') {
        char *last = token[n_token - 1];
        size_t m = strlen(last) - 1;
        char *both = calloc(m + n, 1);
        memcpy(both, last, m), memcpy(both + m, from + 1, n - 1);
        free(last);
        token[n_token - 1] = both;
    } else {
        add_token(from, n);
    }
}

/* Add the tokens of a text; a token "\n" marks the end of a preprocessor line. */
static void tokenize(struct source *s, const char *p)
{
    int directive = 0, fresh = 1; /* fresh: only blanks in this line so far */
    for (size_t n; *p; p += n) {
        n = 1;
        if (*p == '\\' && p[1] == '\n') {
            n = 2;
        } else if (*p == '\n') {
            if (directive)
                add_token("\n", 1);
            directive = 0, fresh = 1;
        } else if (isspace((unsigned char)*p)) {
            continue;
        } else if (p[0] == '/' && p[1] == '*') {
            const char *end = strstr(p + 2, "*/");
            n = end ? (size_t)(end + 2 - p) : strlen(p);
        } else if (p[0] == '/' && p[1] == '/') {
            n = strcspn(p, "\n");
        } else if (*p == '#' && fresh) {
            size_t blank = 1 + strspn(p + 1, " \t");
            fresh = 0;
            if (!strncmp(p + blank, "include", 7)) {
                const char *open = strchr(p, '"'), *line = p + strcspn(p, "\n");
                n = (size_t)(line - p);
                if (open && open < line && s->n_include < MAX_INCLUDE)
                    s->include[s->n_include++] = copy(open + 1, strcspn(open + 1, "\""));
            } else {
                directive = 1;
                add_token(p, 1);
            }
        } else {
            fresh = 0;
            if (isalnum((unsigned char)*p) || *p == '_' ||
                (*p == '.' && isdigit((unsigned char)p[1])))
                while (isalnum((unsigned char)p[n]) || p[n] == '_' || p[n] == '.' ||
                       (strchr("+-", p[n]) && p[n] && strchr("eEpP", p[n - 1]) &&
                        isdigit((unsigned char)*p)))
                    n++;
            else if (*p == '"' || *p == '\'')
                n = (size_t)(after_quote(p) - p);
            else
                n = operator_length(p);
            if (*p == '"')
                add_string(p, n);
            else
                add_token(p, n);
        }
    }
}

/* Whether a token is a sentence for people. */
static int is_words(int i)
{
    const char *t = token[i];
    if (*t != '"')
        return 0;
    for (const char *p = t; *p; p++)
        if (p[0] == ' ' && isalpha((unsigned char)p[-1]) && isalpha((unsigned char)p[1]))
            return 1;
    return i > 1 && !strcmp(token[i - 1], "=") && !strcmp(token[i - 2], "about");
}

/* Find the names of the const structs that the file defines and that are not static. */
static void find_symbols(struct source *s)
{
    for (int i = 3; i + 1 < n_token; i++)
        if (!strcmp(token[i + 1], "=") && !strcmp(token[i - 2], "struct") &&
            !strcmp(token[i - 3], "const") && (i < 4 || strcmp(token[i - 4], "static") != 0) &&
            s->n_symbol < MAX_SYMBOL)
            s->symbol[s->n_symbol++] = copy(token[i], strlen(token[i]));
}

/* The text of the comment with which a file begins, "" if it does not. */
static char *copy_head(const char *text)
{
    const char *end = strstr(text, "*/");
    if (strncmp(text, "/* ", 3) != 0 || !end)
        return copy("", 0);
    while (strchr(" \n", end[-1]))
        end--;
    return copy(text + 3, (size_t)(end - text - 3));
}

static struct source *read_source(const char *path)
{
    for (int i = 0; i < n_source; i++)
        if (!strcmp(source[i].path, path))
            return &source[i];
    FILE *f = fopen(path, "rb");
    static char text[1 << 21];
    size_t n = f ? fread(text, 1, sizeof(text) - 1, f) : 0;
    if (!f || n == sizeof(text) - 1 || n_source == MAX_FILE)
        fail(path, "cannot be read");
    fclose(f);
    text[n] = '\0';
    struct source *s = &source[n_source++];
    s->path = path;
    s->head = copy_head(text);
    n_token = 0;
    tokenize(s, text);
    find_symbols(s);
    struct hash *h = hash_begin();
    for (int i = 0; i < n_token; i++)
        if (!is_words(i))
            hash_add(h, token[i], strlen(token[i]) + 1);
    hash_end(h, s->sha256);
    for (int i = 0; i < n_token; i++)
        free(token[i]);
    return s;
}

static struct source *find(const char *path)
{
    for (int i = 0; i < n_source; i++)
        if (!strcmp(source[i].path, path))
            return &source[i];
    return NULL;
}

static int same_folder(const char *a, const char *b)
{
    const char *x = strrchr(a, '/'), *y = strrchr(b, '/');
    return x && y && x - a == y - b && !strncmp(a, b, (size_t)(x - a));
}

/* Mark the file and all files that it depends on. */
static void close_over(struct source *s, char marked[MAX_FILE])
{
    if (!s || s->is_shared || marked[s - source])
        return;
    marked[s - source] = 1;
    for (int i = 0; i < s->n_include; i++) {
        char body[1024];
        if (!same_folder(s->path, s->include[i]))
            continue;
        snprintf(body, sizeof(body), "%s", s->include[i]);
        body[strlen(body) - 1] = 'c';
        close_over(find(s->include[i]), marked), close_over(find(body), marked);
    }
}

/* Print the comment at the head of a file as a string literal, without the stars at the margin. */
static void print_head(const char *symbol, const struct source *s)
{
    printf("HEAD(\"%s\", \"%s\", \"", symbol, s->path);
    for (const char *c = s->head; *c; c++)
        if (*c == '\n') {
            printf("\\n\"\n     \"");
            c += strncmp(c + 1, " *", 2) ? 0 : 2;
            c += c[1] == ' ';
        } else {
            printf(*c == '"' || *c == '\\' ? "\\%c" : "%c", *c);
        }
    printf("\")\n");
}

int main(int argc, char **argv)
{
    const char *group = "";
    int first_plugin = argc;
    for (int i = 1; i < argc; i++) {
        size_t n = strlen(argv[i]);
        if (argv[i][n - 1] == ':') {
            argv[i][n - 1] = '\0', group = argv[i];
            first_plugin = !strcmp(group, "plugins") ? i + 1 : first_plugin;
            continue;
        }
        struct source *s = read_source(argv[i]);
        s->is_shared = i < first_plugin;
        if (s->is_shared)
            printf("PART(\"%s\", \"%s\", \"%s\")\n", group, s->path, s->sha256);
    }
    for (int i = first_plugin; i < argc; i++) {
        struct source *s = find(argv[i]);
        char marked[MAX_FILE] = {0};
        close_over(s, marked);
        for (int k = 0; k < s->n_symbol; k++)
            print_head(s->symbol[k], s);
        for (int k = 0; k < s->n_symbol; k++)
            for (int f = 0; f < n_source; f++)
                if (marked[f])
                    printf("PART(\"%s\", \"%s\", \"%s\")\n", s->symbol[k], source[f].path,
                           source[f].sha256);
    }
    return 0;
}
