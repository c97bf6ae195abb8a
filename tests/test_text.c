/* test_text: from CSV files to token numbers: the grammar, the tokens, the vocabulary, batches, the
 * real AG News against an independent reading (tests/golden/ag_news.txt). */
#include "core/csv.h"
#include "core/file.h"
#include "loaders/sampler.h"
#include "tests/data.h"
#include "tests/temp.h"

/* --- files made here --- */

static void write_bytes(const char *name, const void *bytes, size_t n)
{
    struct err e = {.text = ""};
    if (dir_make(temp_path("ag_news_csv"), &e) < 0 ||
        file_replace(temp_path(name), bytes, n, &e) < 0)
        fail_msg("%s", e.text);
}

static void write_train(const char *text)
{
    write_bytes("ag_news_csv/train.csv", text, strlen(text));
}

static void write_test(const char *text)
{
    write_bytes("ag_news_csv/test.csv", text, strlen(text));
}

/* The parameters of the request that small() gives. */
static union value small_value[3] = {[2] = {1}};

static struct dataset_request small(int vocabulary, int text_length)
{
    small_value[0].number = vocabulary, small_value[1].number = text_length;
    return (struct dataset_request){.name = "ag_news", .dir = temp_dir, .parameter = small_value};
}

/* Quotes, doubled quotes, both meanings of \n, a row without quotes, CRLF, empty fields, a newline
 * in quotes, UTF-8, no newline at the end. */
static const char fixture[] = "\"1\",\"Don't \"\"Stop\"\" Now\",\"A b\\nC\\nine a\"\n"
                              "3,plain A,b b b a\r\n"
                              "\"4\",\"\",\"\"\n"
                              "\"2\",\"two\nlines,\\\\X\",\"caf\xc3\xa9 #39;s &lt;B&gt;\\n\"";
static const char fixture_test[] = "\"1\",\"zebra A\",\"b\"\n";
/* The vocabulary: b and a are the most frequent, the others occur once. */
static const char words[] =
    "<pad>\n<unk>\nb\na\n39\nc\ncaf\xc3\xa9\ndon\ngt\nlines\nlt\nnine\nnow\n"
    "plain\ns\nstop\nt\ntwo\nx\n";
enum { N_TOKEN = 19 };

static int write_fixture(void **state)
{
    (void)state;
    write_train(fixture), write_test(fixture_test);
    return 0;
}

/* --- rows and tokens --- */

static void fields_are_what_was_quoted(void **state)
{
    (void)state;
    static const char *const want[3][2] = {{"a\"b\"", ",\r\n"}, {"\"\"", "\\n c "}, {"", ""}};
    static const size_t at[3][2] = {{0, 9}, {16, 23}, {29, 30}};
    char text[] = "\"a\"\"b\"\"\",\",\r\n\"\r\n\"\"\"\"\"\",\\n c \n,";
    struct csv c = {.path = "x.csv", .bytes = text, .n = sizeof(text) - 1};
    struct csv_field field[2];
    struct err e = {.text = ""};
    for (int row = 0; row < 3; row++) {
        if (csv_row(&c, 2, field, &e) != 1)
            fail_msg("row %d: %s", row + 1, e.text);
        for (int k = 0; k < 2; k++) {
            assert_int_equal(field[k].n, strlen(want[row][k]));
            assert_memory_equal(field[k].text, want[row][k], field[k].n);
            assert_int_equal(field[k].at, at[row][k]);
        }
    }
    assert_int_equal(csv_row(&c, 2, field, &e), 0);
    assert_int_equal(c.row, 3);
}

static void rows_become_tokens(void **state)
{
    (void)state;
    enum { LENGTH_10 = 10 };
    static const int32_t want[4][LENGTH_10] = {{7, 16, 15, 12, 3, 2, 5, 11, 3},
                                               {13, 3, 2, 2, 2, 3},
                                               {0},
                                               {17, 9, 18, 6, 4, 14, 10, 2, 8}},
                         want_test[LENGTH_10] = {1, 3, 2};
    struct dataset_request q = small(20000, LENGTH_10);
    struct dataset ds = open_or_fail(&q);
    assert_true(ds.h == LENGTH_10 && ds.w == 1 && ds.c == 1 && ds.n_class == 4);
    assert_true(ds.train.n == 4 && ds.test.n == 1 && ds.n_token == N_TOKEN);
    assert_null(ds.train.x);
    assert_memory_equal(ds.train.y, ((const int32_t[]){0, 2, 3, 1}), 4 * sizeof(int32_t));
    assert_int_equal(ds.test.y[0], 0);
    assert_memory_equal(ds.train.token, want, sizeof(want));
    assert_memory_equal(ds.test.token, want_test, sizeof(want_test));
    struct dataset again = open_or_fail(&q);
    assert_string_equal(ds.sha256, again.sha256);
    dataset_close(&again);
    /* shorter: the first tokens, and the same vocabulary, which comes from all tokens */
    small_value[1].number = 6;
    again = open_or_fail(&q);
    for (int i = 0; i < 4; i++)
        assert_memory_equal(again.train.token + 6 * i, want[i], 6 * sizeof(int32_t));
    assert_string_equal(ds.vocabulary.sha256, again.vocabulary.sha256);
    assert_string_not_equal(ds.sha256, again.sha256);
    dataset_close(&ds), dataset_close(&again);
}

static void the_vocabulary_is_a_file(void **state)
{
    (void)state;
    struct dataset_request q = small(20000, 10);
    struct dataset ds = open_or_fail(&q);
    assert_int_equal(ds.vocabulary.size, sizeof(words) - 1);
    assert_memory_equal(ds.vocabulary.text, words, sizeof(words) - 1);
    assert_string_equal(ds.vocabulary.sha256,
                        "a3a18a2819c5864e4d4717d64aee12bfb69b8c7464f641bfed1d18e0f14af39a");
    dataset_close(&ds);
    /* just enough room, and too little */
    small_value[0].number = N_TOKEN;
    ds = open_or_fail(&q);
    assert_int_equal(ds.vocabulary.size, sizeof(words) - 1);
    dataset_close(&ds);
    small_value[0].number = 5;
    ds = open_or_fail(&q);
    assert_int_equal(ds.n_token, 5);
    assert_int_equal(ds.vocabulary.size, strlen("<pad>\n<unk>\nb\na\n39\n"));
    assert_memory_equal(ds.train.token, ((const int32_t[]){1, 1, 1, 1, 3, 2, 1, 1, 3, 0}), 40);
    dataset_close(&ds);
}

/* Rows after the limit are neither read nor counted; rows that are held out are counted. */
static void the_vocabulary_is_of_the_training_rows_read(void **state)
{
    (void)state;
    struct err e = {.text = ""};
    write_train("\"1\",\"a b\",\"a\"\n\"2\",\"c\",\"\"\n\"9\",\"d\n");
    struct dataset_request q = small(20000, 3);
    q.train_limit = 2;
    struct dataset ds = open_or_fail(&q), all = open_or_fail(&q);
    assert_int_equal(ds.n_token, 5);
    assert_int_equal(dataset_hold_out(&ds, 1, 3, &e), 0);
    assert_true(ds.n_token == 5 && ds.train.n == 1 && ds.test.n == 1);
    int held = ds.test.y[0];
    assert_memory_equal(ds.test.token, all.train.token + 3 * held, 3 * sizeof(int32_t));
    assert_memory_equal(ds.train.token, all.train.token + 3 * !held, 3 * sizeof(int32_t));
    assert_int_equal(dataset_hold_out(&ds, 1, 3, &e), -1);
    check_says(e, "ag_news: 1 of 1 training texts cannot be held out");
    dataset_close(&ds), dataset_close(&all);
}

/* More different words than a new table has room for, each of them found again. */
static void many_words_are_told_apart(void **state)
{
    (void)state;
    enum { N = 20000, LENGTH_4 = 4 };
    char *text = NULL;
    size_t n;
    FILE *f = open_memstream(&text, &n);
    for (int i = 0; i < N; i++)
        fprintf(f, "1,w%d,common w%d\n", i, i);
    fclose(f);
    write_train(text);
    free(text);
    struct dataset_request q = small(1 << 20, LENGTH_4);
    struct dataset ds = open_or_fail(&q);
    assert_int_equal(ds.n_token, N + 3);
    char *seen = xcalloc(N + 3, 1);
    for (int i = 0; i < N; i++) {
        const int32_t *token = ds.train.token + i * LENGTH_4;
        assert_true(token[0] >= 3 && token[0] < N + 3 && !seen[token[0]]++);
        assert_true(token[1] == 2 && token[2] == token[0] && token[3] == 0);
    }
    free(seen);
    dataset_close(&ds);
}

/* --- what is refused --- */

static const struct {
    const char *text, *says;
} malformed[] = {
    {"\"1\",\"a\",\"b\n", "row 1, byte 8: the quote that opens here is never closed"},
    {"\"1\",\"a\",\"b\"\"\n", "row 1, byte 8: the quote that opens here is never closed"},
    {"\"", "row 1, byte 0: the quote that opens here is never closed"},
    {"\"1\",\"a\"x,\"b\"\n", "row 1, byte 7: 'x' follows a closing quote, where only a comma or"},
    {"\"1\",\"a\" ,\"b\"\n", "row 1, byte 7: ' ' follows a closing quote"},
    {"\"1\",\"a\",\"b\"\r", "row 1, byte 11: a carriage return without a newline follows"},
    {"\"1\",\"a\"\n",
     "row 1, byte 0: 2 fields, but \"class\",\"title\",\"description\" are expected"},
    {"\"1\",\"a\",\"b\",\"c\"\n", "row 1, byte 0: 4 fields, but \"class\","},
    {"\"1\",\"a\",\"b\",\n", "row 1, byte 0: 4 fields, but \"class\","},
    {"\"1\",\"a\",\"b\"\n\n1,a,b\n", "row 2, byte 12: 1 field, but 3 are expected"},
    {"\"0\",\"a\",\"b\"\n",
     "row 1, byte 0: the class is '0', but must be one of 1 to 4; labels 0 to 3, "},
    {"\"5\",\"a\",\"b\"\n", "row 1, byte 0: the class is '5', but must be one of 1 to 4"},
    {"\"12\",\"a\",\"b\"\n", "row 1, byte 0: the class is '12', but must be one of 1 to 4"},
    {"\"\",\"a\",\"b\"\n", "row 1, byte 0: the class is '', but must be one of 1 to 4"},
    {" 1,a,b\n", "row 1, byte 0: the class is ' 1', but must be one of 1 to 4"},
    {"Class Index,Title,Words\n", "row 1, byte 0: the class is 'Class Index', but must be"},
    {"title,text,label\na,b,1\na,b,World\n", "row 3, byte 27: the class is 'World', but must"},
    {"text,label\na,1\na,1,b\n", "row 3, byte 15: 3 fields, but 2 are expected"},
    {"\xff\xfe\"", "train.csv: is UTF-16, but must be UTF-8"},
    {"\"1\",\"a\n\",\"b\"\r\n\"7\",\"c\",\"d\"\n",
     "row 2, byte 14: the class is '7', but must be one of"},
    {"1,a\"b,c\n", "row 1, byte 3: a quote inside a field that does not begin with one"},
    {" \"1\",\"a\",\"b\"\n",
     "byte 1: a quote inside a field that does not begin with one; no blanks"},
    {"1,a\rb,c\n", "row 1, byte 3: a carriage return without a newline"},
    {"Class Index,Title,Description\n", "has no rows"},
    {"\n \r\n", "has no rows"},
    {"", "train.csv: has no rows"}};

static void malformed_files_are_refused(void **state)
{
    (void)state;
    struct dataset_request q = small(20000, 8);
    for (size_t i = 0; i < LENGTH(malformed); i++) {
        write_train(malformed[i].text);
        check_refused(&q, 0, malformed[i].says);
    }
    write_fixture(NULL);
    for (size_t i = 0; i < LENGTH(malformed); i++) {
        const char *said = strstr(malformed[i].says, "train.csv: ");
        said = said ? said + strlen("train.csv: ") : malformed[i].says;
        write_test(malformed[i].text);
        check_refused(&q, 0, said);
        check_refused(&q, 0, "ag_news_csv/test.csv: ");
    }
    write_fixture(NULL);
    write_bytes("ag_news_csv/train.csv", "\"1\",\"a\n\0b\",\"c\"", 14);
    check_refused(&q, 0, "train.csv:2: has a NUL byte, which no text has");
}

/* Copies of the data set: the same texts and classes in other forms. */
static void copies_are_read(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int first;
    } copy[] = {{"\"1\",\"a b\",\"c\"\n\"4\",\"d\",\"e\"\n", 1},
                {"\xef\xbb\xbf\"1\",\"a b\",\"c\"\n\"4\",\"d\",\"e\"", 1},
                {"1,a b,c\r\n4,d,e\r\n\r\n \n\x1a", 1},
                {"Class Index,Title,Description\n1,a b,c\n4,d,e\n", 1},
                {"\"class\",\"title\",\"description\"\n1,a b,c\n4,d,e\n", 1},
                {",Class Index,Title,Description\n0,1,a b,c\n1,4,d,e\n", 1},
                {"Description, title ,CLASS\nc,a b,1\ne,d,4\n", 1},
                {"\"0\",\"a b\",\"c\"\n\"3\",\"d\",\"e\"\n", 0},
                {"text,label\na b c,0\nd e,3\n", 0},
                {",text,label\n0,a b c,0\n1,\"d\ne\",3\n", 0}};
    struct dataset_request q = small(100, 4);
    char first[HASH_TEXT] = "";
    for (size_t i = 0; i < LENGTH(copy); i++) {
        write_train(copy[i].text), write_test(copy[i].text);
        small_value[2].number = copy[i].first;
        struct dataset ds = open_or_fail(&q);
        assert_int_equal(ds.train.n, 2), assert_int_equal(ds.test.n, 2);
        assert_int_equal(ds.train.y[0], 0), assert_int_equal(ds.train.y[1], 3);
        if (i == 0)
            memcpy(first, ds.sha256, sizeof(first));
        assert_string_equal(ds.sha256, first);
        dataset_close(&ds);
    }
    small_value[2].number = 1;
}

static void missing_files_and_rows_are_refused(void **state)
{
    (void)state;
    struct dataset_request q = small(20000, 8);
    q.train_limit = 5;
    check_refused(&q, 1, "train.csv: 5 training texts are asked for, but there are 4");
    q.train_limit = 4, q.test_limit = 2;
    check_refused(&q, 1, "test.csv: 2 test texts are asked for, but there are 1");
    q.test_limit = 0;
    remove(temp_path("ag_news_csv/test.csv"));
    check_refused(&q, 0, "ag_news_csv/test.csv: cannot be read: No such file");
    remove(temp_path("ag_news_csv/train.csv"));
    mkdir(temp_path("ag_news_csv/train.csv"), 0777);
    check_refused(&q, 0, "ag_news_csv/train.csv: cannot be read: not a regular file");
    remove(temp_path("ag_news_csv/train.csv"));
    q.dir = temp_path("nowhere");
    check_refused(&q, 0, "nowhere/ag_news_csv: there is no such folder");
    char *deep = xcalloc(5000, 1);
    q.dir = memset(deep, 'd', 4999);
    check_refused(&q, 1, "the path is longer than 4095 characters");
    free(deep);
}

/* --- batches --- */

static void batches_are_token_numbers(void **state)
{
    (void)state;
    enum { L = 7, N_WORKER = 2, BATCH = 2 };
    struct dataset_request q = small(20000, L);
    struct dataset ds = open_or_fail(&q);
    struct partition part;
    struct partition_request iid = {.kind = "iid", .n_worker = N_WORKER, .seed = 1};
    struct sampler s;
    struct err e = {.text = ""};
    real x[BATCH * L];
    int32_t y[BATCH];
    int seen[4] = {0};
    assert_int_equal(partition_open(&part, &iid, ds.train.y, ds.train.n, ds.n_class, &e), 0);
    sampler_open(&s, &ds, &part, (struct batches){BATCH, 1, 0}, 1, 0,
                 N_WORKER); /* augment, which is for images */
    for (int worker = 0; worker < N_WORKER; worker++) {
        assert_int_equal(sampler_batch(&s, worker, 0, x, y), BATCH);
        for (int i = 0; i < BATCH; i++) {
            int at = s.order[worker * BATCH + i];
            seen[at]++;
            assert_int_equal(y[i], ds.train.y[at]);
            for (int k = 0; k < L; k++)
                assert_true(x[i * L + k] == (real)ds.train.token[at * L + k]);
        }
    }
    for (int i = 0; i < 4; i++)
        assert_int_equal(seen[i], 1);
    sampler_close(&s), partition_close(&part);
    assert_int_equal(dataset_hold_out(&ds, 3, 1, &e), 0);
    dataset_test_batch(&ds, 1, 2, x, y);
    for (int i = 0; i < 2; i++)
        for (int k = 0; k < L; k++)
            assert_true(x[i * L + k] == (real)ds.test.token[(1 + i) * L + k]);
    assert_memory_equal(y, ds.test.y + 1, sizeof(y));
    dataset_close(&ds);
}

/* --- the real files --- */

static void hash_file(const char *dir, const char *name, char text[HASH_TEXT])
{
    char path[1024];
    struct err e = {.text = ""};
    size_t n;
    snprintf(path, sizeof(path), "%s/ag_news_csv/%s", dir, name);
    char *bytes = file_read(path, 1 << 28, &n, &e);
    text[0] = '\0';
    if (bytes)
        hash_bytes(bytes, n, text);
    free(bytes);
}

/* The folder that holds ag_news_csv as the golden file knows it. */
static const char *real_folder(const char *train, const char *test)
{
    const char *const folders[] = {getenv("GOSSIPBENCH_DATA"), "datasets/data",
                                   "../shared/datasets"};
    char is_train[HASH_TEXT], is_test[HASH_TEXT];
    for (size_t i = 0; i < LENGTH(folders); i++) {
        if (!folders[i])
            continue;
        hash_file(folders[i], "train.csv", is_train), hash_file(folders[i], "test.csv", is_test);
        if (!strcmp(is_train, train) && !strcmp(is_test, test))
            return folders[i];
    }
    return NULL;
}

static void real_ag_news_is_as_read_by_others(void **state)
{
    (void)state;
    char train[HASH_TEXT], test[HASH_TEXT], vocabulary[HASH_TEXT], data[HASH_TEXT];
    int n_train, n_test, n_token, row, label, want, n_row = 0;
    FILE *f = fopen("tests/golden/ag_news.txt", "r");
    if (!f)
        fail_msg("tests/golden/ag_news.txt is missing; run the tests from the project's root");
    assert_int_equal(fscanf(f,
                            "train.csv %64s test.csv %64s vocabulary %64s data %64s sizes %d %d %d",
                            train, test, vocabulary, data, &n_train, &n_test, &n_token),
                     7);
    const char *dir = real_folder(train, test);
    if (!dir) {
        fclose(f);
        print_message("the AG News files of tests/golden/ag_news.txt are not here\n");
        skip();
    }
    struct dataset ds = open_or_fail(&(struct dataset_request){.name = "ag_news", .dir = dir});
    assert_true(ds.train.n == n_train && ds.test.n == n_test && ds.n_token == n_token);
    for (; fscanf(f, "%d %d", &row, &label) == 2; n_row++) {
        assert_int_equal(ds.train.y[row], label);
        for (int k = 0; k < 64; k++) {
            assert_int_equal(fscanf(f, "%d", &want), 1);
            if (ds.train.token[row * 64 + k] != want)
                fail_msg("token %d of row %d is %d, expected %d", k, row,
                         ds.train.token[row * 64 + k], want);
        }
    }
    assert_int_equal(n_row, 10);
    assert_string_equal(ds.vocabulary.sha256, vocabulary);
    assert_string_equal(ds.sha256, data);
    fclose(f);
    dataset_close(&ds);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fields_are_what_was_quoted),
        cmocka_unit_test_setup(rows_become_tokens, write_fixture),
        cmocka_unit_test_setup(the_vocabulary_is_a_file, write_fixture),
        cmocka_unit_test_setup(the_vocabulary_is_of_the_training_rows_read, write_fixture),
        cmocka_unit_test_setup(many_words_are_told_apart, write_fixture),
        cmocka_unit_test_setup(malformed_files_are_refused, write_fixture),
        cmocka_unit_test_setup(copies_are_read, write_fixture),
        cmocka_unit_test_setup(missing_files_and_rows_are_refused, write_fixture),
        cmocka_unit_test_setup(batches_are_token_numbers, write_fixture),
        cmocka_unit_test(real_ag_news_is_as_read_by_others),
    };
    return cmocka_run_group_tests(tests, temp_make, temp_remove);
}
