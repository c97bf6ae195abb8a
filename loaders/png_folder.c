/* png_folder: DIR/png-folder/{train,test}/<class>/<name>.png, a form in which CIFAR-10 and
 * downsampled ImageNet are also distributed.  The classes are the folders, sorted by name, byte by
 * byte, and the same in both splits.  Files are sorted in the same way and taken in turns: the
 * first of each class, the second of each, and so on, so that a limit keeps all classes.  Folders
 * whose names begin with a dot, and files that are not called *.png, are ignored.  All images have
 * one size, image_size x image_size if that is set.  Mean and std are 0.5, which maps bytes to -1
 * to 1, as nothing is known about the images. */
#include "core/file.h"
#include "loaders/class_names.h"
#include "loaders/image_size.h"
#include "loaders/png_image.h"
#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { CHANNELS = 3 };

/* The names in a folder, sorted. */
struct folder {
    char path[PATH_LENGTH];
    int n;
    struct dirent **entry;
};

/* A split: its folder of classes, and the folder of files of each, files (classes.n). */
struct tree {
    struct folder classes, *files;
};

static int by_bytes(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static int is_visible(const struct dirent *d)
{
    return d->d_name[0] != '.';
}

static int is_png(const struct dirent *d)
{
    size_t n = strlen(d->d_name);
    return n > 4 && !strcmp(d->d_name + n - 4, ".png");
}

static void folder_release(struct folder *f)
{
    for (int i = 0; i < f->n; i++)
        free(f->entry[i]);
    free(f->entry);
    f->n = 0, f->entry = NULL;
}

/* The path of a name in the folder. */
static int path_of(char path[PATH_LENGTH], const struct folder *f, int i, struct err *e)
{
    return path_print(path, e, "%s/%s", f->path, f->entry[i]->d_name);
}

/* List the folder at f->path. */
static int list(struct folder *f, int (*wanted)(const struct dirent *), struct err *e)
{
    f->n = scandir(f->path, &f->entry, wanted, by_bytes);
    if (f->n >= 0)
        return 0;
    f->n = 0, f->entry = NULL;
    return err_set(e, "%s: cannot be read as a folder: %s", f->path, strerror(errno));
}

/* Leave only folders in a list. */
static int keep_folders(struct folder *f, struct err *e)
{
    int kept = 0, n = f->n, rc = 0;
    for (int i = 0; i < n; i++) {
        char path[PATH_LENGTH];
        struct stat s;
        rc = rc ? rc : path_of(path, f, i, e);
        if (!rc && stat(path, &s) == 0 && S_ISDIR(s.st_mode))
            f->entry[kept++] = f->entry[i];
        else
            free(f->entry[i]);
    }
    f->n = kept;
    return rc;
}

/* List the folders of classes. */
static int classes_open(struct folder *c, const struct dataset_request *q, int test, struct err *e)
{
    const char *folder = test ? "png-folder/test" : "png-folder/train";
    if (path_print(c->path, e, "%s/%s", q->dir, folder) ||
        dataset_folder(q, folder, "put folders of PNG files, one a class, there", e))
        return -1;
    if (list(c, is_visible, e) || keep_folders(c, e))
        return -1;
    if (c->n == 0)
        return err_set(e, "%s: has no folders; there must be one for each class", c->path);
    return 0;
}

static int tree_open(struct tree *t, const struct dataset_request *q, int test, struct err *e)
{
    struct folder *c = &t->classes;
    if (classes_open(c, q, test, e))
        return -1;
    t->files = xcalloc((size_t)c->n, sizeof(*t->files));
    for (int k = 0; k < c->n; k++) {
        struct folder *f = &t->files[k];
        if (path_of(f->path, c, k, e) || list(f, is_png, e))
            return -1;
        if (f->n == 0)
            return err_set(e, "%s: has no files called *.png", f->path);
    }
    return 0;
}

static void tree_close(struct tree *t)
{
    for (int k = 0; t->files && k < t->classes.n; k++)
        folder_release(&t->files[k]);
    free(t->files);
    t->files = NULL;
    folder_release(&t->classes);
}

/* Both splits have the same classes. */
static int check_classes(const struct folder *a, const struct folder *b, struct err *e)
{
    for (int k = 0; k < a->n || k < b->n; k++) {
        int order = k == a->n   ? 1
                    : k == b->n ? -1
                                : strcmp(a->entry[k]->d_name, b->entry[k]->d_name);
        if (order)
            return err_set(e, "%s: has the folder '%s', but %s does not",
                           order < 0 ? a->path : b->path, (order < 0 ? a : b)->entry[k]->d_name,
                           order < 0 ? b->path : a->path);
    }
    return 0;
}

/* Both trees. */
static int trees_open(struct tree t[2], const struct dataset_request *q, struct err *e)
{
    return tree_open(&t[0], q, 0, e) || tree_open(&t[1], q, 1, e) ||
                   check_classes(&t[0].classes, &t[1].classes, e)
               ? -1
               : 0;
}

/* The number of files in the requested classes. */
static int n_wanted(const struct tree *t, const struct dataset_request *q, struct err *e)
{
    int n = 0;
    for (int k = 0; k < t->classes.n && dataset_wants(q, k); k++) {
        if (t->files[k].n > INT_MAX - n)
            return err_set(e, "%s: has more than %d files", t->classes.path, INT_MAX);
        n += t->files[k].n;
    }
    return n;
}

/* A position in the turns over the requested classes: file i of class k. */
struct turn {
    int i, k;
};

/* Move to the next file, which must exist.  The start is {0, -1}. */
static const struct folder *next_file(const struct tree *t, const struct dataset_request *q,
                                      struct turn *at)
{
    do
        if (++at->k == t->classes.n || !dataset_wants(q, at->k))
            at->k = 0, at->i++;
    while (at->i >= t->files[at->k].n);
    return &t->files[at->k];
}

static int files_of_split(const struct tree *t, const struct dataset_request *q, int limit,
                          struct file_list *list, struct err *e)
{
    struct turn at = {0, -1};
    size_t dir = strlen(q->dir) + 1;
    int n = n_wanted(t, q, e);
    for (int left = limit && limit < n ? limit : n; left > 0; left--) {
        const struct folder *f = next_file(t, q, &at);
        if (file_list_add(list, q->dir, e, "%s/%s", f->path + dir, f->entry[at.i]->d_name))
            return -1;
    }
    return n < 0 ? -1 : 0;
}

static int files(const struct dataset_request *q, struct file_list *to, struct err *e)
{
    struct tree *t = xcalloc(2, sizeof(*t));
    int rc = trees_open(t, q, e) || files_of_split(&t[0], q, q->train_limit, to, e) ||
             files_of_split(&t[1], q, q->test_limit, to, e);
    tree_close(&t[0]), tree_close(&t[1]);
    free(t);
    return rc ? -1 : 0;
}

static int read_one(struct png_image *im, const struct folder *f, int i, struct err *e)
{
    char path[PATH_LENGTH];
    return path_of(path, f, i, e) || png_image_read(im, path, e) ? -1 : 0;
}

/* Read images, in turns, until the split is full. */
static int fill(const struct dataset *ds, struct split *s, const struct tree *t,
                const struct dataset_request *q, struct png_image *im, struct err *e)
{
    struct turn turn = {0, -1};
    for (int at = 0; at < s->n; at++) {
        const struct folder *f = next_file(t, q, &turn);
        if (read_one(im, f, turn.i, e))
            return -1;
        if (im->w != ds->w || im->h != ds->h)
            return err_set(e, "%s/%s: is %d x %d, but the first training image is %d x %d", f->path,
                           f->entry[turn.i]->d_name, im->w, im->h, ds->w, ds->h);
        memcpy(s->x + (size_t)at * dataset_image_size(ds), im->pixels, dataset_image_size(ds));
        s->y[at] = turn.k;
    }
    return 0;
}

enum { IMAGE_SIZE };
static const struct parameter parameters[] = {PARAMETER_IMAGE_SIZE, {NULL}};

/* The size of all images is that of the first, which must be the requested one. */
static int take_size(struct dataset *ds, const struct folder *f, const struct dataset_request *q,
                     struct png_image *im, struct err *e)
{
    int size = image_size_take(ds->name, q->parameter[IMAGE_SIZE].number, 0, e);
    if (size < 0 || read_one(im, f, 0, e))
        return -1;
    ds->w = im->w, ds->h = im->h;
    if (size && (im->w != size || im->h != size))
        return err_set(e, "%s/%s: is %d x %d, but image_size is %d", f->path, f->entry[0]->d_name,
                       im->w, im->h, size);
    return 0;
}

static int read_trees(struct dataset *ds, struct tree t[2], const struct dataset_request *q,
                      struct png_image *im, struct err *e)
{
    if (trees_open(t, q, e) || take_size(ds, &t[0].files[0], q, im, e))
        return -1;
    ds->n_class = t[0].classes.n;
    int n_train = n_wanted(&t[0], q, e), n_test = n_train < 0 ? -1 : n_wanted(&t[1], q, e);
    if (n_test < 0 || dataset_room(ds, q, n_train, n_test, e) ||
        fill(ds, &ds->train, &t[0], q, im, e) || fill(ds, &ds->test, &t[1], q, im, e))
        return -1;
    return 0;
}

static int load(struct dataset *ds, const struct dataset_request *q, struct err *e)
{
    struct tree *t = xcalloc(2, sizeof(*t));
    struct png_image *im = xcalloc(1, sizeof(*im));
    *ds = (struct dataset){
        .name = "png-folder", .c = CHANNELS, .mean = {0.5f, 0.5f, 0.5f}, .std = {0.5f, 0.5f, 0.5f}};
    int rc = read_trees(ds, t, q, im, e);
    tree_close(&t[0]), tree_close(&t[1]);
    free(t);
    free(im);
    return rc;
}

static int names(struct class_names *c, const char *dir, struct err *e)
{
    struct folder classes = {.n = 0};
    int rc = classes_open(&classes, &(struct dataset_request){.dir = dir}, 0, e);
    for (int k = 0; k < classes.n && !rc; k++)
        class_names_add(c, classes.entry[k]->d_name, strlen(classes.entry[k]->d_name));
    folder_release(&classes);
    return rc;
}

const struct loader loader_png_folder = {
    .title = "png-folder",
    .folder = "png-folder",
    .parameter = parameters,
    .source = {.by_hand = "put images there as train/<class>/*.png and test/<class>/*.png"},
    .chooses = 1,
    .load = load,
    .files = files,
    .names = names,
    .write = write_png_folder};
