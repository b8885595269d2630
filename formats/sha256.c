#include "formats/sha256.h"

#include <openssl/evp.h>

/* The library's context under a name of our own. */
static EVP_MD_CTX *context_of(struct sha256 *hash) {
    return (EVP_MD_CTX *)hash;
}

struct sha256 *sha256_new(void) {
    EVP_MD_CTX *context = EVP_MD_CTX_new();

    if (context != NULL && EVP_DigestInit_ex(context, EVP_sha256(), NULL) != 1) {
        EVP_MD_CTX_free(context);
        context = NULL;
    }
    return (struct sha256 *)context;
}

bool sha256_add(struct sha256 *hash, const void *bytes, size_t n) {
    return EVP_DigestUpdate(context_of(hash), bytes, n) == 1;
}

bool sha256_finish(struct sha256 *hash, char hex[65]) {
    static const char digits[] = "0123456789abcdef";
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned n = 0;

    if (EVP_DigestFinal_ex(context_of(hash), digest, &n) != 1 || n != 32) {
        return false;
    }
    for (unsigned i = 0; i < n; i++) {
        hex[2 * i] = digits[digest[i] >> 4];
        hex[2 * i + 1] = digits[digest[i] & 15];
    }
    hex[64] = '\0';
    return true;
}

void sha256_release(struct sha256 **hash) {
    EVP_MD_CTX_free(context_of(*hash));
    *hash = NULL;
}
