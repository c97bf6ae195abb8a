/* npy: NumPy's array file: "\x93NUMPY", two bytes of version (1.0, 2.0 or 3.0), the length of a
 * header in 2 (version 1.0) or 4 bytes, the header, the elements.  The header is a Python dict,
 * {'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }, padded with spaces to a newline.
 * Source: numpy.org/doc/stable/reference/generated/numpy.lib.format.html */
#include "core/npy.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "arrays are taken as they lie");

enum { MAGIC = 6, PREFIX_1 = 10, PREFIX_2 = NPY_PREFIX };
enum { MAX_SHAPE = 128 };
static const char magic[] = "\x93NUMPY";

size_t npy_item(const char *type)
{
    static const char *const plain[] = {"f4", "f8", "i4", "i8", "u1", "b1"};
    for (size_t i = 0; i < LENGTH(plain); i++)
        if (!strcmp(type, plain[i]))
            return (size_t)(type[1] - '0');
    if (type[0] != 'U' || strlen(type) >= sizeof(((struct npz_array *)0)->type) || type[1] == '0' ||
        !type[1] || strspn(type + 1, "0123456789") != strlen(type + 1))
        return 0;
    return 4 * (size_t)strtoul(type + 1, NULL, 10);
}

/* The rest of the header. */
struct cursor {
    const char *at, *end;
};

/* Pass over blanks, then over the word if it is there. */
static int take(struct cursor *c, const char *word)
{
    size_t n = strlen(word);
    while (c->at < c->end && (*c->at == ' ' || *c->at == '\t' || *c->at == '\n'))
        c->at++;
    if ((size_t)(c->end - c->at) < n || memcmp(c->at, word, n) != 0)
        return 0;
    c->at += n;
    return 1;
}

/* A text in quotes, shorter than size. */
static int take_text(struct cursor *c, char *text, size_t size)
{
    const char *quote = take(c, "'") ? "'" : take(c, "\"") ? "\"" : NULL;
    if (!quote)
        return 0;
    for (size_t i = 0; i < size && c->at < c->end; i++, c->at++) {
        text[i] = *c->at;
        if (text[i] == *quote) {
            text[i] = '\0';
            c->at++;
            return 1;
        }
    }
    return 0;
}

static int take_size(struct cursor *c, size_t *n)
{
    take(c, "");
    const char *begin = c->at;
    for (*n = 0; c->at < c->end && *c->at >= '0' && *c->at <= '9'; c->at++) {
        if (*n > (SIZE_MAX - 9) / 10)
            return 0;
        *n = 10 * *n + (size_t)(*c->at - '0');
    }
    int some = c->at > begin;
    take(c, "L"); /* Python 2's long numbers */
    return some;
}

/* "(3, 4)", "(3,)" or "()". */
static int take_shape(struct cursor *c, struct npz_array *a)
{
    a->n_dim = 0;
    if (!take(c, "("))
        return 0;
    while (!take(c, ")")) {
        if (a->n_dim == NPZ_MAX_DIM || !take_size(c, &a->dim[a->n_dim++]))
            return 0;
        if (!take(c, ","))
            return take(c, ")");
    }
    return 1;
}

/* The three values of the header; 0 if it is not written as it should be. */
static int take_dict(struct cursor *c, char *descr, size_t size, int *fortran, struct npz_array *a)
{
    char key[16];
    int seen = 0;
    if (!take(c, "{"))
        return 0;
    while (!take(c, "}")) {
        if (!take_text(c, key, sizeof(key)) || !take(c, ":"))
            return 0;
        if (!strcmp(key, "descr") && take_text(c, descr, size))
            seen |= 1;
        else if (!strcmp(key, "fortran_order") &&
                 ((*fortran = take(c, "True")) || take(c, "False")))
            seen |= 2;
        else if (!strcmp(key, "shape") && take_shape(c, a))
            seen |= 4;
        else
            return 0;
        take(c, ",");
    }
    take(c, "");
    return seen == 7 && c->at == c->end;
}

/* Set n from the shape; 0 if the array cannot be in memory. */
static int count(struct npz_array *a)
{
    a->n = 1;
    for (int i = 0; i < a->n_dim; i++) {
        if (a->dim[i] && a->n > SIZE_MAX / a->item / a->dim[i])
            return 0;
        a->n *= a->dim[i];
    }
    return 1;
}

/* The type without its byte order, which must be little-endian or, for single bytes, none. */
static int set_type(struct npz_array *a, const char *descr)
{
    if ((descr[0] != '<' && descr[0] != '|') || strlen(descr) > sizeof(a->type))
        return 0;
    memcpy(a->type, descr + 1, strlen(descr));
    a->item = npy_item(a->type);
    return a->item == 1 || (a->item && descr[0] == '<');
}

size_t npy_header_size(const char *bytes, size_t n)
{
    const unsigned char *u = (const unsigned char *)bytes;
    if (n < NPY_PREFIX || memcmp(bytes, magic, MAGIC) != 0 || u[MAGIC] < 1 || u[MAGIC] > 3)
        return 0;
    size_t length = (size_t)u[8] | (size_t)u[9] << 8;
    if (u[MAGIC] == 1)
        return PREFIX_1 + length;
    return PREFIX_2 + (length | (size_t)u[10] << 16 | (size_t)u[11] << 24);
}

/* The header's text, in the first n bytes of an npy file; length 0 if it is not there. */
static struct cursor find_text(const char *bytes, size_t n)
{
    size_t size = npy_header_size(bytes, n);
    if (size == 0 || size > n)
        return (struct cursor){bytes, bytes};
    return (struct cursor){bytes + (bytes[MAGIC] == 1 ? PREFIX_1 : PREFIX_2), bytes + size};
}

/* "(3, 4)" */
static void print_shape(const struct npz_array *a, char text[MAX_SHAPE])
{
    size_t n = (size_t)snprintf(text, MAX_SHAPE, "(");
    for (int i = 0; i < a->n_dim; i++)
        n += (size_t)snprintf(text + n, MAX_SHAPE - n, i ? ", %zu" : "%zu", a->dim[i]);
    snprintf(text + n, MAX_SHAPE - n, a->n_dim == 1 ? ",)" : ")");
}

/* Say what is wrong with a header that could be read up to `at`. */
static void refuse_header(const struct npz_array *a, const char *bytes, size_t n, size_t size,
                          const char *at, const char *path, struct err *e)
{
    size_t end = npy_header_size(bytes, n);
    if (end == 0)
        err_set(e,
                "%s: array '%s', byte 0: has no header, which is \\x93NUMPY, a version from 1 to "
                "3, a length and that many bytes",
                path, a->name);
    else if (end > n)
        err_set(e,
                "%s: array '%s', byte 8: has no header: it would end at byte %zu of %zu; at most "
                "%d are read",
                path, a->name, end, size, NPY_MAX_READ);
    else
        err_set(e,
                "%s: array '%s', byte %zu: has no header of a plain array of up to %d dimensions, "
                "which is {'descr': '<f4', 'fortran_order': False, 'shape': (2, 3)}",
                path, a->name, (size_t)(at - bytes), NPZ_MAX_DIM);
}

size_t npy_parse(struct npz_array *a, const char *bytes, size_t n, size_t size, const char *path,
                 struct err *e)
{
    char descr[16] = "", shape[MAX_SHAPE];
    int fortran = 0;
    struct cursor c = find_text(bytes, n);
    size_t data = (size_t)(c.end - bytes);
    if (!take_dict(&c, descr, sizeof(descr), &fortran, a))
        refuse_header(a, bytes, n, size, c.at, path, e);
    else if (!set_type(a, descr))
        err_set(e, "%s: array '%s' has the type '%s'; only <f4 <f8 <i4 <i8 |u1 |b1 <U are read",
                path, a->name, descr);
    else if (fortran)
        err_set(e, "%s: array '%s' is in Fortran order; save it in C order", path, a->name);
    else if (print_shape(a, shape), !count(a) || a->n * a->item != size - data)
        err_set(e,
                "%s: array '%s' has %zu bytes of data, but its header says another size: shape %s "
                "of %zu bytes each",
                path, a->name, size - data, shape, a->item);
    else
        return data;
    return 0;
}

size_t npy_format(const struct npz_array *a, char header[NPY_MAX_HEADER])
{
    char *text = header + PREFIX_1;
    char shape[MAX_SHAPE];
    print_shape(a, shape);
    size_t n = (size_t)snprintf(text, NPY_MAX_HEADER - PREFIX_1,
                                "{'descr': '%c%s', 'fortran_order': False, 'shape': %s, }",
                                a->item == 1 ? '|' : '<', a->type, shape);
    size_t all = (PREFIX_1 + n + 1 + 63) / 64 * 64, length = all - PREFIX_1;
    memset(text + n, ' ', length - n - 1);
    text[length - 1] = '\n';
    memcpy(header, magic, MAGIC);
    header[MAGIC] = 1, header[MAGIC + 1] = 0;
    header[8] = (char)(length & 255), header[9] = (char)(length >> 8);
    return all;
}
