#include "loaders/get.h"
#include "core/file.h"
#include "core/text.h"
#include "loaders/write.h"
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

/* --- what is there ------------------------------------------------------------------------- */

static int look_through(const struct file_list *list, const char *folder, struct err *e)
{
    for (int i = 0; i < list->n; i++)
        if (!file_exists(list->file[i].path))
            return err_set(e, "%s: has no %s; complete the folder, or remove it and try again",
                           folder, strchr(list->file[i].name, '/') + 1);
    return 1;
}

/* 1 if all files are there, with the folder that holds them; 0 if the data set's folder is not in
 * dir; -1 with a sentence if some files are missing. */
static int find(char folder[PATH_LENGTH], const struct loader *l, const char *name, const char *dir,
                struct err *e)
{
    struct file_list list;
    if (path_print(folder, e, "%s/%s", dir, l->folder))
        return -1;
    int there = dataset_files(&(struct dataset_request){.name = name, .dir = dir}, &list, e);
    if (there == 0 && list.n > 0) { /* it may be a folder outside dir */
        const struct listed_file *f = &list.file[0];
        path_print(folder, e, "%.*s%s", (int)(f->name - f->path), f->path, l->folder);
    }
    if (!file_exists(folder))
        there = 0;
    else if (there == 0)
        there = look_through(&list, folder, e);
    file_list_release(&list);
    return there;
}

/* --- the download -------------------------------------------------------------------------- */

/* Append a word to a shell command, in quotes. */
static void put_word(FILE *command, const char *word)
{
    fputs(" '", command);
    for (; *word; word++)
        fprintf(command, *word == '\'' ? "'\\%c'" : "%c", *word);
    fputc('\'', command);
}

/* Run a program and take what it prints on stdout, without the newline at its end; its exit code,
 * or -1 with a sentence. */
static int run(const char *const *argv, char *said, size_t size, struct err *e)
{
    struct text text;
    text_open(&text);
    for (int i = 0; argv[i]; i++)
        put_word(text.f, argv[i]);
    char *command = text_close(&text);
    FILE *program = popen(command, "r");
    free(command);
    if (!program)
        return err_set(e, "%s: cannot be run: %s", argv[1], strerror(errno));
    said[fread(said, 1, size - 1, program)] = '\0';
    said[strcspn(said, "\n")] = '\0';
    int status = pclose(program);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/* Let datasets/fetch.sh download the files into DIR/folder. */
static int fetch(const struct loader *l, const char *dir, struct err *e)
{
    enum { MAX_FILE = LENGTH(l->official.file), HEAD = 5 };
    const struct source *s = &l->source;
    const char *other = getenv(s->variable), *url = other && *other ? other : s->url;
    char title[128], said[512], address[MAX_FILE][PATH_LENGTH];
    const char *script = path_of_asset("datasets/fetch.sh");
    const char *argv[HEAD + 3 * MAX_FILE + 1] = {"sh", script, title, dir, l->folder};
    const char **at = argv + HEAD;
    if (!file_exists(script))
        return err_set(e, "%s, which downloads %s, is not there", script, l->title);
    snprintf(title, sizeof(title), "%s (%s)", l->title, s->size);
    if (s->archive_sha256)
        *at++ = s->archive_sha256, *at++ = strrchr(s->url, '/') + 1, *at++ = url;
    for (int k = 0; k < MAX_FILE && !s->archive_sha256 && l->official.file[k].name; k++) {
        if (path_print(address[k], e, "%s/%s", url, l->official.file[k].name))
            return -1;
        *at++ = l->official.file[k].sha256, *at++ = l->official.file[k].name, *at++ = address[k];
    }
    if (dir_make(dir, e))
        return -1;
    int code = run(argv, said, sizeof(said), e);
    if (code > 0)
        err_set(e, "%s", said[0] ? said : "datasets/fetch.sh was stopped");
    return code == 0 ? 0 : -1;
}

/* Download the data set; -1 with the reason if that is impossible. */
static int download(char folder[PATH_LENGTH], const struct loader *l, const char *name,
                    const char *dir, struct err *e)
{
    if (!l->source.url)
        return err_set(e, "%s is not there, and %s cannot be downloaded: %s", folder, l->title,
                       l->source.by_hand);
    if (fetch(l, dir, e))
        return -1;
    int there = find(folder, l, name, dir, e);
    return there == 0 ? err_set(e, "the download did not contain %s", folder) : there < 0 ? -1 : 0;
}

/* --- the decision -------------------------------------------------------------------------- */

static int say(struct got *g, enum got_how how, const char *dataset, const char *fmt, ...)
    PRINTF(4, 5);
static int say(struct got *g, enum got_how how, const char *dataset, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(g->words, sizeof(g->words), fmt, ap);
    va_end(ap);
    g->how = how, g->dataset = dataset;
    return 0;
}

/* Use the stand-in of a data set that is not available, for the reason why. */
static int stand_in(struct got *g, const struct loader *l, const char *dir, const struct err *why,
                    struct err *e)
{
    struct got other;
    const struct loader *in = loader_find(l->stand_in, e);
    if (!in || dataset_get(&other, l->stand_in, dir, 0, e))
        return -1;
    return say(g, GOT_STAND_IN, other.dataset, "%s is used in place of %s, because %s", in->title,
               l->title, why->text);
}

int dataset_get(struct got *g, const char *name, const char *dir, int only_real, struct err *e)
{
    const struct loader *l = loader_find(name, e);
    char folder[PATH_LENGTH], words[256];
    struct err why = {.usage = 0};
    if (!l)
        return -1;
    if (!l->folder)
        return say(g, GOT_GENERATED, name, "%s needs no files: it is generated when it is used",
                   l->title);
    int there = find(folder, l, name, dir, e);
    if (there < 0)
        return -1;
    int generated = there && dataset_was_written(name, dir, words, sizeof(words));
    if (generated && only_real)
        return err_set(e, "%s: holds generated files; remove it and try again", folder);
    if (generated)
        return say(g, GOT_GENERATED, name, "%s: generated files in %s", l->title, folder);
    if (there)
        return say(g, GOT_FILES, name, "%s: the files in %s", l->title, folder);
    if (download(folder, l, name, dir, &why) == 0)
        return say(g, GOT_DOWNLOAD, name, "%s: downloaded into %s and checked; %s", l->title,
                   folder, l->source.terms);
    if (!only_real && l->stand_in)
        return stand_in(g, l, dir, &why, e);
    *e = why;
    return -1;
}

int dataset_get_generated(struct got *g, const char *name, const char *dir, struct err *e)
{
    const struct loader *l = loader_find(name, e);
    struct written w;
    if (!l || !l->write)
        return l ? dataset_get(g, name, dir, 0, e) : -1;
    if (!dataset_was_written(name, dir, w.words, sizeof(w.words)) &&
        dataset_write(&w, &(struct dataset_request){.name = name, .dir = dir, .seed = 1}, 0.5, e))
        return -1;
    return say(g, GOT_GENERATED, name, "generated files in %s, in the form of %s", dir, l->title);
}
