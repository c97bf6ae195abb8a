/* ag_news: AG News (Zhang, Zhao and LeCun 2015): DIR/ag_news_csv/train.csv and test.csv, rows
 * "class","title","description" with classes 1 to 4: World, Sports, Business, Sci/Tech.  120,000
 * and 7,600 rows when whole; any number is read.  How rows become tokens: loaders/text.h. */
#include "core/file.h"
#include "loaders/class_names.h"
#include "loaders/text.h"
#include <stdio.h>
#include <stdlib.h>

enum { PATH_LENGTH = 4096, FILE_LIMIT = 1 << 30 };

static int load(struct dataset *ds, const struct dataset_request *q, struct err *e)
{
    static const char *const names[] = {"train.csv", "test.csv"};
    struct text_file file[LENGTH(names)];
    char path[LENGTH(names)][PATH_LENGTH];
    if (snprintf(path[0], PATH_LENGTH, "%s/ag_news_csv", q->dir) >= PATH_LENGTH - 32)
        return err_usage(e, "%.200s: the path is too long", q->dir);
    if (!file_exists(path[0]))
        return err_set(e, "%s: there is no such folder; name the one that has ag_news_csv in it",
                       path[0]);
    for (size_t i = 0; i < LENGTH(names); i++) {
        snprintf(path[i], PATH_LENGTH, "%s/ag_news_csv/%s", q->dir, names[i]);
        file[i] = (struct text_file){.path = path[i]};
    }
    file[0].bytes = file_read(path[0], FILE_LIMIT, &file[0].n, e);
    if (file[0].bytes)
        file[1].bytes = file_read(path[1], FILE_LIMIT, &file[1].n, e);
    int status = file[1].bytes ? text_load(ds, "ag_news", q, &file[0], &file[1], e) : -1;
    free(file[0].bytes), free(file[1].bytes);
    return status;
}

static int names(struct class_names *c, const char *dir, struct err *e)
{
    return class_names_read(c, dir, "ag_news_csv/classes.txt", e);
}

static const struct parameter parameters[] = {PARAMETER_VOCABULARY, PARAMETER_TEXT_LENGTH, {NULL}};

const struct loader loader_ag_news = {
    .parameter = parameters, .load = load, .text = 1, .names = names};
