#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "core/base.h"
#include "formats/gpkg/block.h"

static const struct {
    const char *name;
    double value;
    const char *want;
} decimals[] = {
    {"a whole number has no point",    12,             "12"            },
    {"zeros behind are dropped",       23.40,          "23.4"          },
    {"zeros between are kept",         1.05,           "1.05"          },
    {"a small one begins with 0",      0.000001,       "0.000001"      },
    {"what is smaller is 0",           0.0000001,      "0"             },
    {"minus nothing is 0",             -0.0000001,     "0"             },
    {"a negative one",                 -17.25,         "-17.25"        },
    {"rounding carries over",          9.9999999,      "10"            },
    {"a large one",                    123456789012.5, "123456789012.5"},
    {"what is too large is no number", 1e12,           ""              },
    {"infinity is no number",          INFINITY,       ""              },
    {"NAN is no number",               NAN,            ""              },
};

Test(block, decimals) {
    for (size_t i = 0; i < ARRAY_LEN(decimals); i++) {
        char got[DECIMAL_SIZE + 1] = "";
        size_t n = decimal_write(decimals[i].value, got);
        cr_expect_eq(n, strlen(decimals[i].want), "%s: '%s'", decimals[i].name, got);
        cr_expect_eq(memcmp(got, decimals[i].want, n), 0, "%s: '%s'", decimals[i].name, got);
    }
}

Test(block, unset_values_stay_null) {
    CLEANUP(block_release) struct block block = {0};

    block_start(&block, 6);
    struct value *row = block_add_row(&block);
    put_text(&row[0], (struct text){0});
    put_string(&row[1], NULL);
    put_real(&row[2], NAN);
    put_date(&block, &row[3], 0);
    put_number(&row[4], 0);
    put_decimal(&block, &row[5], NAN);
    for (size_t i = 0; i < 6; i++) {
        cr_expect_eq(row[i].kind, VALUE_NULL, "column %zu", i);
    }
}

Test(block, dates_and_lengths) {
    CLEANUP(block_release) struct block block = {0};

    block_start(&block, 2);
    struct value *row = block_add_row(&block);
    put_date(&block, &row[0], 20180507);
    put_metres(&row[1], 23.400000000000002);
    cr_expect_eq(row[0].n, 10);
    cr_expect_eq(memcmp(row[0].bytes, "2018-05-07", 10), 0);
    cr_expect_eq(row[1].real, 23.4);
}

Test(block, bytes_beyond_its_buffer_stay_where_they_are) {
    CLEANUP(block_release) struct block block = {0};

    block_start(&block, 1);
    char *first = block_bytes(&block, BLOCK_BYTES - 10);
    memset(first, 'a', BLOCK_BYTES - 10);
    char *second = block_bytes(&block, BLOCK_BYTES * 3);
    memset(second, 'b', BLOCK_BYTES * 3);
    char *third = block_bytes(&block, 10);
    memset(third, 'c', 10);
    cr_expect_eq(first[BLOCK_BYTES - 11], 'a');
    cr_expect_eq(second[BLOCK_BYTES * 3 - 1], 'b');
    cr_expect_not(block_has_room(&block), "a full buffer ends the block");
}

/* One observation may name any number of photos: a row each, whatever block_has_room says. */
Test(block, takes_more_rows_than_it_has_room_for) {
    CLEANUP(block_release) struct block block = {0};
    size_t n = 4 * BLOCK_ROWS;

    block_start(&block, 3);
    for (size_t i = 0; i < n; i++) {
        put_count(&block_add_row(&block)[2], i);
    }
    cr_expect_not(block_has_room(&block));
    cr_assert_eq(block.n_rows, n);
    for (size_t i = 0; i < n; i++) {
        cr_assert_eq(block.values[i * 3].kind, VALUE_NULL, "row %zu", i);
        cr_assert_eq(block.values[i * 3 + 2].integer, (int64_t)i, "row %zu", i);
    }
}
