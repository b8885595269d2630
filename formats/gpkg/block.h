#pragma once
/* Rows on their way to the file, a block of them at a time. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/text.h"

enum { BLOCK_ROWS = 512, BLOCK_BYTES = 256 * 1024, BLOCK_COLUMNS_MOST = 128 };

enum value_kind {
    VALUE_NULL,
    VALUE_INTEGER,
    VALUE_REAL,
    VALUE_TEXT,
    VALUE_BLOB,
};

struct value {
    union {
        int64_t integer;
        double real;
        const void *bytes; /* borrowed from what outlives the block, or from the block */
    };
    uint32_t n;   /* bytes */
    uint8_t kind; /* enum value_kind */
};

struct block {
    struct value *values; /* n_rows times n_columns; an array of its own */
    size_t values_capacity;
    size_t n_rows, n_columns;
    char *bytes; /* of texts and blobs made for these rows: an array that never grows, */
    size_t n_bytes, bytes_capacity;
    struct arena overflow; /* and what did not fit */
    bool is_last;          /* of its source */
};

/* Empties the block for rows of so many columns. */
void block_start(struct block *block, size_t n_columns);

/* For one more row, whatever its size. */
static inline bool block_has_room(const struct block *block) {
    return block->n_rows < BLOCK_ROWS && block->n_bytes < BLOCK_BYTES / 2;
}

/* A new row, every column NULL, also when there is no room: good until the next one. */
struct value *block_add_row(struct block *block);

/* Bytes that live as long as the block's rows. */
void *block_bytes(struct block *block, size_t n);

void block_release(struct block *block);

/* Unset values (empty text, NULL, NAN) leave the column NULL. */

static inline void put_integer(struct value *at, int64_t integer) {
    at->integer = integer;
    at->kind = VALUE_INTEGER;
}

static inline void put_count(struct value *at, uint64_t count) {
    put_integer(at, (int64_t)count);
}

/* A number that counts from 1; 0 is unset. */
static inline void put_number(struct value *at, int64_t number) {
    if (number != 0) {
        put_integer(at, number);
    }
}

static inline void put_bool(struct value *at, bool is_so) {
    put_integer(at, is_so);
}

/* Unknown is unset. */
static inline void put_answer(struct value *at, enum answer answer) {
    if (answer != ANSWER_UNKNOWN) {
        put_bool(at, answer == ANSWER_YES);
    }
}

static inline void put_text(struct value *at, struct text text) {
    if (text.n > 0 && text.n <= INT32_MAX) {
        at->bytes = text.at;
        at->n = (uint32_t)text.n;
        at->kind = VALUE_TEXT;
    }
}

static inline void put_string(struct value *at, const char *string) {
    put_text(at, text_from(string));
}

static inline void put_blob(struct value *at, const void *bytes, size_t n) {
    at->bytes = bytes;
    at->n = (uint32_t)n;
    at->kind = VALUE_BLOB;
}

void put_real(struct value *at, double real);   /* as it is */
void put_metres(struct value *at, double m);    /* rounded to the millimetre */
void put_figure(struct value *at, double real); /* computed: rounded to six decimals */

/* YYYYMMDD as 2018-11-01; 0 is unset. */
void put_date(struct block *block, struct value *at, int32_t date);

/* A number as text, without needless zeros. */
void put_decimal(struct block *block, struct value *at, double real);

enum { DECIMAL_SIZE = 32 };

/* Six decimals at most, trailing zeros off, whatever the locale: 23.4.  Returns the length; 0 for
 * what is no number or too large for it (1e12). */
size_t decimal_write(double real, char out[DECIMAL_SIZE]);
