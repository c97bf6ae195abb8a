/* hash: SHA-256 (FIPS 180-4, through libcrypto), for data, splits, configurations, parameters. */
#pragma once
#include <stddef.h>

struct hash; /* a digest that is being computed */
enum { HASH_TEXT = 65 };

struct hash *hash_begin(void);
void hash_add(struct hash *h, const void *bytes, size_t n);
/* Write 64 hexadecimal digits and a NUL, and release h. */
void hash_end(struct hash *h, char text[HASH_TEXT]);
/* hash_begin, hash_add and hash_end in one call. */
void hash_bytes(const void *bytes, size_t n, char text[HASH_TEXT]);
