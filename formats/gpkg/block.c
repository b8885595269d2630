#include "formats/gpkg/block.h"

#include <math.h>
#include <string.h>

#include "core/base.h"

#include "core/geom.h"

void block_start(struct block *block, size_t n_columns) {
    block->values = array_reserve(
        block->values, &block->values_capacity, BLOCK_ROWS * n_columns, sizeof *block->values);
    block->bytes = array_reserve(block->bytes, &block->bytes_capacity, BLOCK_BYTES, 1);
    arena_release(&block->overflow);
    block->n_columns = n_columns;
    block->n_rows = 0;
    block->n_bytes = 0;
    block->is_last = false;
}

struct value *block_add_row(struct block *block) {
    block->values = array_reserve(block->values, &block->values_capacity,
        (block->n_rows + 1) * block->n_columns, sizeof *block->values);
    struct value *row = block->values + block->n_rows++ * block->n_columns;

    for (size_t i = 0; i < block->n_columns; i++) {
        row[i] = (struct value){0};
    }
    return row;
}

void *block_bytes(struct block *block, size_t n) {
    if (n > block->bytes_capacity - block->n_bytes) {
        return arena_alloc(&block->overflow, n, 1);
    }
    void *at = block->bytes + block->n_bytes;
    block->n_bytes += n;
    return at;
}

void block_release(struct block *block) {
    array_release(&block->values);
    array_release(&block->bytes);
    arena_release(&block->overflow);
    *block = (struct block){0};
}

void put_real(struct value *at, double real) {
    if (isfinite(real)) {
        at->real = real;
        at->kind = VALUE_REAL;
    }
}

void put_metres(struct value *at, double m) {
    put_real(at, metres_shown(m));
}

void put_figure(struct value *at, double real) {
    put_real(at, nearbyint(real * 1e6) / 1e6);
}

static void write_digits(char *at, size_t n, uint64_t number) {
    for (size_t i = n; i > 0; i--) {
        at[i - 1] = (char)('0' + number % 10);
        number /= 10;
    }
}

void put_date(struct block *block, struct value *at, int32_t date) {
    if (date <= 0) {
        return;
    }
    char *text = block_bytes(block, 10);
    write_digits(text, 4, (uint64_t)date / 10000);
    text[4] = '-';
    write_digits(text + 5, 2, (uint64_t)date / 100 % 100);
    text[7] = '-';
    write_digits(text + 8, 2, (uint64_t)date % 100);
    put_text(at, (struct text){text, 10});
}

static size_t write_unsigned(uint64_t number, char *out) {
    size_t n = 1;

    for (uint64_t rest = number; rest >= 10; rest /= 10) {
        n++;
    }
    write_digits(out, n, number);
    return n;
}

size_t decimal_write(double real, char out[DECIMAL_SIZE]) {
    size_t n = 0;

    if (!(fabs(real) < 1e12)) {
        return 0;
    }
    uint64_t millionths = (uint64_t)nearbyint(fabs(real) * 1e6);
    if (real < 0 && millionths > 0) {
        out[n++] = '-';
    }
    n += write_unsigned(millionths / 1000000, out + n);
    if (millionths % 1000000 == 0) {
        return n;
    }
    out[n++] = '.';
    write_digits(out + n, 6, millionths % 1000000);
    n += 6;
    while (out[n - 1] == '0') {
        n--;
    }
    return n;
}

static void put_copy(struct block *block, struct value *at, const char *text, size_t n) {
    char *copy = block_bytes(block, n);

    memcpy(copy, text, n);
    put_text(at, (struct text){copy, n});
}

void put_decimal(struct block *block, struct value *at, double real) {
    char text[DECIMAL_SIZE];
    size_t n = decimal_write(real, text);

    put_copy(block, at, text, n);
}
