#include "core/hash.h"
#include "core/core.h"
#include <openssl/evp.h>
#include <stdio.h>

struct hash *hash_begin(void)
{
    EVP_MD_CTX *c = EVP_MD_CTX_new();
    if (!c || EVP_DigestInit_ex(c, EVP_sha256(), NULL) != 1)
        die("libcrypto has no SHA-256 here");
    return (struct hash *)c;
}

void hash_add(struct hash *h, const void *bytes, size_t n)
{
    CHECK(EVP_DigestUpdate((EVP_MD_CTX *)h, bytes, n) == 1);
}

void hash_end(struct hash *h, char text[HASH_TEXT])
{
    unsigned char md[EVP_MAX_MD_SIZE];
    unsigned int n = 0;
    CHECK(EVP_DigestFinal_ex((EVP_MD_CTX *)h, md, &n) == 1 && n == 32);
    EVP_MD_CTX_free((EVP_MD_CTX *)h);
    for (unsigned int i = 0; i < n; i++)
        snprintf(text + 2 * i, 3, "%02x", md[i]);
}

void hash_bytes(const void *bytes, size_t n, char text[HASH_TEXT])
{
    struct hash *h = hash_begin();
    hash_add(h, bytes, n);
    hash_end(h, text);
}
