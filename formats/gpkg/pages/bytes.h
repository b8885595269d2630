#pragma once
/* Numbers as SQLite's files have them: big endian, and of variable length (1.6, "varint"). */
#include <stddef.h>
#include <stdint.h>

static inline uint32_t read_be16(const unsigned char *at) {
    return (uint32_t)at[0] << 8 | at[1];
}

static inline uint32_t read_be32(const unsigned char *at) {
    return read_be16(at) << 16 | read_be16(at + 2);
}

/* The low `n` bytes of the number; returns what is behind them. */
static inline unsigned char *write_be(unsigned char *at, uint64_t number, size_t n) {
    for (size_t i = 0; i < n; i++) {
        at[i] = (unsigned char)(number >> 8 * (n - 1 - i));
    }
    return at + n;
}

static inline void write_be16(unsigned char *at, uint32_t number) {
    write_be(at, number, 2);
}

static inline void write_be32(unsigned char *at, uint32_t number) {
    write_be(at, number, 4);
}

enum { VARINT_MOST = 9 };

static inline size_t varint_bytes(uint64_t number) {
    size_t n = 1;

    for (; n < VARINT_MOST && number >> 7 * n != 0; n++) {
    }
    return n;
}

/* Seven bits a byte, the highest first, the top bit set in all but the last; a ninth byte has
 * eight. */
static inline unsigned char *write_varint(unsigned char *at, uint64_t number) {
    size_t n = varint_bytes(number);

    if (n == VARINT_MOST) {
        at[8] = (unsigned char)number;
        number >>= 8;
        for (size_t i = 8; i > 0; i--, number >>= 7) {
            at[i - 1] = (unsigned char)(number | 0x80);
        }
        return at + VARINT_MOST;
    }
    for (size_t i = n; i > 0; i--, number >>= 7) {
        at[i - 1] = (unsigned char)(i == n ? number & 0x7f : number | 0x80);
    }
    return at + n;
}
