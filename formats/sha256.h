#pragma once
/* SHA-256 (FIPS 180-4), for the record of which file was read.  The only room of libcrypto. */
#include <stdbool.h>
#include <stddef.h>

struct sha256; /* a digest in the making */

struct sha256 *sha256_new(void); /* NULL when the library has none */
bool sha256_add(struct sha256 *hash, const void *bytes, size_t n);
bool sha256_finish(struct sha256 *hash, char hex[65]); /* ended by NUL */
void sha256_release(struct sha256 **hash);             /* safe on NULL; also as CLEANUP */
