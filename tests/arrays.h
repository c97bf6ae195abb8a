/* arrays: shared by the tests of files of arrays: what was read is what was written. */
#pragma once
#include "core/npz.h"
#include "tests/check.h"

/* Check that `read`, from the file at path, has the arrays that were written, aligned to 64 bytes. */
static inline void check_read_back(const struct npz *read, const struct npz *written,
                                   const char *path)
{
    struct err e;
    assert_int_equal(read->n, written->n);
    for (int i = 0; i < written->n; i++) {
        const struct npz_array *a = &written->array[i], *b = npz_find(read, path, a->name, &e);
        assert_non_null(b);
        assert_string_equal(b->type, a->type);
        assert_int_equal(b->n_dim, a->n_dim);
        assert_int_equal(b->n, a->n);
        assert_int_equal(b->item, a->item);
        assert_memory_equal(b->dim, a->dim, (size_t)a->n_dim * sizeof(*a->dim));
        assert_memory_equal(b->data, a->data, a->n * a->item);
        assert_int_equal((uintptr_t)b->data % 64, 0);
    }
}
