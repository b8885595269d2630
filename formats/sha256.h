#pragma once
/* SHA-256 (FIPS 180-4), for the record of which file was read. */
#include <stddef.h>
#include <stdint.h>

struct sha256 {
    uint32_t state[8];
    uint64_t n; /* bytes so far */
    unsigned char rest[64];
};

struct sha256 sha256_start(void);
void sha256_add(struct sha256 *hash, const void *bytes, size_t n);
void sha256_finish(struct sha256 *hash, char hex[65]); /* ended by NUL */
