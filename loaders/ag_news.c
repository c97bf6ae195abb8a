/* ag_news: AG News (Zhang, Zhao and LeCun 2015): DIR/ag_news_csv/train.csv and test.csv, rows
 * "class","title","description" with classes 1 to 4: World, Sports, Business, Sci/Tech.  The
 * official files have 120,000 and 7,600 rows; any number is read, and so are copies with headings
 * or with classes from 0 (loaders/text_rows.h).  loaders/text.h says how rows become tokens. */
#include "core/file.h"
#include "loaders/class_names.h"
#include "loaders/text.h"
#include <stdlib.h>

enum { FILE_LIMIT = 1 << 30, TRAIN = 0, TEST };
enum { FIRST_CLASS = TEXT_LENGTH + 1 };
static const char folder[] = "ag_news_csv";

static int files(const struct dataset_request *q, struct file_list *list, struct err *e)
{
    return dataset_folder(q, folder, "name the one that has ag_news_csv in it", e) ||
                   file_list_add(list, q->dir, e, "%s/train.csv", folder) ||
                   file_list_add(list, q->dir, e, "%s/test.csv", folder)
               ? -1
               : 0;
}

static int read_files(struct dataset *ds, const struct dataset_request *q,
                      const struct file_list *list, struct err *e)
{
    struct text_file file[2];
    int rc = 0;
    for (int i = TRAIN; i <= TEST; i++) {
        file[i] = (struct text_file){.path = list->file[i].path,
                                     .first = (int)q->parameter[FIRST_CLASS].number};
        file[i].bytes = rc ? NULL : file_read_text(file[i].path, FILE_LIMIT, &file[i].n, e);
        rc = file[i].bytes ? 0 : -1;
    }
    rc = rc ? -1 : text_load(ds, "ag_news", q, &file[TRAIN], &file[TEST], e);
    free(file[TRAIN].bytes), free(file[TEST].bytes);
    return rc;
}

static int load(struct dataset *ds, const struct dataset_request *q, struct err *e)
{
    struct file_list list = {.n = 0};
    int rc = files(q, &list, e) || read_files(ds, q, &list, e) ? -1 : 0;
    file_list_release(&list);
    return rc;
}

static int names(struct class_names *c, const char *dir, struct err *e)
{
    return class_names_read(c, dir, "ag_news_csv/classes.txt", e);
}

static const struct parameter parameters[] = {
    PARAMETER_VOCABULARY,
    PARAMETER_TEXT_LENGTH,
    {"first_class", 1, 0, 1,
     "number of the first class in the files: 1, or 0 as in the Hugging Face export", WHOLE},
    {NULL}};

const struct loader loader_ag_news = {
    .title = "AG News",
    .folder = folder,
    .parameter = parameters,
    .official = {.n_train = 120000,
                 .n_test = 7600,
                 .n_class = TEXT_N_CLASS,
                 .file = {{"train.csv",
                           "76a0a2d2f92b286371fe4d4044640910a04a803fdd2538e0f3f29a5c6f6b672e"},
                          {"test.csv",
                           "521465c2428ed7f02f8d6db6ffdd4b5447c1c701962353eb2c40d548c3c85699"}}},
    .source = {.url = "https://raw.githubusercontent.com/mhjabreel/CharCnn_Keras/master/data/"
                      "ag_news_csv",
               .variable = "AG_NEWS_URL",
               .size = "30 MB in two files",
               .terms = "for research and non-commercial use only"},
    .stand_in = "synthetic-text",
    .text = 1,
    .load = load,
    .files = files,
    .names = names,
    .write = write_ag_news};
