#include "formats/sha256.h"

#include <string.h>

/* FIPS 180-4, 4.2.2 */
static const uint32_t K[64] = {
    0x428a2f98,
    0x71374491,
    0xb5c0fbcf,
    0xe9b5dba5,
    0x3956c25b,
    0x59f111f1,
    0x923f82a4,
    0xab1c5ed5,
    0xd807aa98,
    0x12835b01,
    0x243185be,
    0x550c7dc3,
    0x72be5d74,
    0x80deb1fe,
    0x9bdc06a7,
    0xc19bf174,
    0xe49b69c1,
    0xefbe4786,
    0x0fc19dc6,
    0x240ca1cc,
    0x2de92c6f,
    0x4a7484aa,
    0x5cb0a9dc,
    0x76f988da,
    0x983e5152,
    0xa831c66d,
    0xb00327c8,
    0xbf597fc7,
    0xc6e00bf3,
    0xd5a79147,
    0x06ca6351,
    0x14292967,
    0x27b70a85,
    0x2e1b2138,
    0x4d2c6dfc,
    0x53380d13,
    0x650a7354,
    0x766a0abb,
    0x81c2c92e,
    0x92722c85,
    0xa2bfe8a1,
    0xa81a664b,
    0xc24b8b70,
    0xc76c51a3,
    0xd192e819,
    0xd6990624,
    0xf40e3585,
    0x106aa070,
    0x19a4c116,
    0x1e376c08,
    0x2748774c,
    0x34b0bcb5,
    0x391c0cb3,
    0x4ed8aa4a,
    0x5b9cca4f,
    0x682e6ff3,
    0x748f82ee,
    0x78a5636f,
    0x84c87814,
    0x8cc70208,
    0x90befffa,
    0xa4506ceb,
    0xbef9a3f7,
    0xc67178f2,
};

static uint32_t rotated(uint32_t x, unsigned by) {
    return x >> by | x << (32 - by);
}

/* The eight working variables a..h; a round changes d and h, and the names move on by one. */
struct work {
    uint32_t a, b, c, d, e, f, g, h;
};

static inline struct work one_round(struct work s, uint32_t word) {
    uint32_t e = rotated(s.e, 6) ^ rotated(s.e, 11) ^ rotated(s.e, 25);
    uint32_t t = s.h + e + ((s.e & s.f) ^ (~s.e & s.g)) + word;
    uint32_t a = rotated(s.a, 2) ^ rotated(s.a, 13) ^ rotated(s.a, 22);
    uint32_t majority = (s.a & s.b) ^ (s.a & s.c) ^ (s.b & s.c);

    return (struct work){t + a + majority, s.a, s.b, s.c, s.d + t, s.e, s.f, s.g};
}

/* FIPS 180-4, 6.2.2 */
static void add_block(uint32_t state[8], const unsigned char block[64]) {
    uint32_t w[64];
    struct work s = {
        state[0], state[1], state[2], state[3], state[4], state[5], state[6], state[7]};

    for (size_t i = 0; i < 16; i++) {
        const unsigned char *at = block + 4 * i;
        w[i] = (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
    }
    for (size_t i = 16; i < 64; i++) {
        uint32_t a = rotated(w[i - 15], 7) ^ rotated(w[i - 15], 18) ^ w[i - 15] >> 3;
        uint32_t b = rotated(w[i - 2], 17) ^ rotated(w[i - 2], 19) ^ w[i - 2] >> 10;
        w[i] = w[i - 16] + a + w[i - 7] + b;
    }
    for (size_t i = 0; i < 64; i += 4) { /* by four, so that the moving costs nothing */
        s = one_round(s, K[i] + w[i]);
        s = one_round(s, K[i + 1] + w[i + 1]);
        s = one_round(s, K[i + 2] + w[i + 2]);
        s = one_round(s, K[i + 3] + w[i + 3]);
    }
    const uint32_t sum[8] = {s.a, s.b, s.c, s.d, s.e, s.f, s.g, s.h};
    for (size_t i = 0; i < 8; i++) {
        state[i] += sum[i];
    }
}

struct sha256 sha256_start(void) {
    return (struct sha256){
        .state = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c,
                  0x1f83d9ab, 0x5be0cd19},
    };
}

void sha256_add(struct sha256 *hash, const void *bytes, size_t n) {
    const unsigned char *at = bytes;
    size_t held = (size_t)(hash->n % 64);

    hash->n += n;
    while (n > 0) {
        if (held == 0 && n >= 64) {
            add_block(hash->state, at);
            at += 64;
            n -= 64;
            continue;
        }
        size_t take = n < 64 - held ? n : 64 - held;
        memcpy(hash->rest + held, at, take);
        at += take;
        n -= take;
        held += take;
        if (held == 64) {
            add_block(hash->state, hash->rest);
            held = 0;
        }
    }
}

void sha256_finish(struct sha256 *hash, char hex[65]) {
    static const char digits[] = "0123456789abcdef";
    uint64_t bits = hash->n * 8;
    unsigned char tail[72] = {0x80};
    size_t held = (size_t)(hash->n % 64);
    size_t n = (held < 56 ? 56 : 120) - held;

    for (size_t i = 0; i < 8; i++) {
        tail[n + i] = (unsigned char)(bits >> (56 - 8 * i));
    }
    sha256_add(hash, tail, n + 8);
    for (size_t i = 0; i < 64; i++) {
        unsigned shift = (unsigned)(28 - 4 * (i % 8));
        hex[i] = digits[hash->state[i / 8] >> shift & 0xF];
    }
    hex[64] = '\0';
}
