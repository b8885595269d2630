#include "core/row_keys.h"

#include <criterion/criterion.h>
#include <stdio.h>

static uint32_t find(struct row_keys *keys, const char *key) {
    return row_keys_find(keys, text_from(key));
}

Test(row_keys, ascending_in_any_order_of_asking) {
    struct row_keys keys = {0};

    cr_expect_eq(find(&keys, "1"), INDEX_NONE);
    cr_expect_eq(row_keys_add(&keys, TEXT("7"), 0), 0);
    cr_expect_eq(row_keys_add(&keys, TEXT("9"), 1), 1);
    cr_expect_eq(row_keys_add(&keys, TEXT("9"), 2), 1, "the first stays");
    cr_expect_eq(row_keys_add(&keys, TEXT("10"), 3), 3);
    cr_expect_eq(row_keys_add(&keys, TEXT("11"), 4), 4);
    cr_expect_eq(keys.n, 0, "numbers need no list");
    cr_expect_eq(keys.n_runs, 3, "7, 9, and 10 with 11");
    cr_expect_eq(find(&keys, "7"), 0);
    cr_expect_eq(find(&keys, "9"), 1);
    cr_expect_eq(find(&keys, "11"), 4);
    cr_expect_eq(find(&keys, "7"), 0, "back again");
    cr_expect_eq(find(&keys, "10"), 3);
    cr_expect_eq(find(&keys, "8"), INDEX_NONE);
    cr_expect_eq(find(&keys, "12"), INDEX_NONE);
    cr_expect_eq(find(&keys, ""), INDEX_NONE);
    row_keys_release(&keys);
}

/* The third key is smaller: what was added before must still be there, and the first of two. */
Test(row_keys, out_of_order) {
    struct row_keys keys = {0};

    row_keys_add(&keys, TEXT("b"), 0);
    row_keys_add(&keys, TEXT("d"), 1);
    cr_expect_eq(row_keys_add(&keys, TEXT("c"), 2), 2);
    cr_expect_eq(row_keys_add(&keys, TEXT("b"), 3), 0, "the first stays");
    cr_expect_eq(find(&keys, "b"), 0);
    cr_expect_eq(find(&keys, "c"), 2);
    cr_expect_eq(find(&keys, "d"), 1);
    cr_expect_eq(find(&keys, "a"), INDEX_NONE);
    row_keys_release(&keys);
    row_keys_release(&keys);
}

Test(row_keys, texts_that_ascend_are_a_list) {
    struct row_keys keys = {0};

    row_keys_add(&keys, TEXT("b"), 0);
    row_keys_add(&keys, TEXT("d"), 1);
    row_keys_add(&keys, TEXT("aa"), 5);
    cr_expect_eq(keys.n_slots, 0, "a list is enough");
    cr_expect_eq(find(&keys, "aa"), 5);
    cr_expect_eq(find(&keys, "b"), 0);
    cr_expect_eq(find(&keys, "c"), INDEX_NONE);
    row_keys_release(&keys);
}

/* What was kept as numbers must be found as texts, and what looks like a number but is written in
 * another way is another key. */
Test(row_keys, numbers_become_texts) {
    static const char *const strangers[] = {"", "01", "+1", "-1", "1.0", " 1", "1a",
        "18446744073709551617", "1000000000000000000000001"};
    struct row_keys keys = {0};

    row_keys_add(&keys, TEXT("0"), 0);
    row_keys_add(&keys, TEXT("1"), 1);
    row_keys_add(&keys, TEXT("2"), 2);
    row_keys_add(&keys, TEXT("5"), 4);
    cr_expect_eq(keys.n_runs, 2);
    for (size_t pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < sizeof strangers / sizeof *strangers; i++) {
            cr_expect_eq(find(&keys, strangers[i]), INDEX_NONE, "'%s'", strangers[i]);
        }
        cr_expect_eq(find(&keys, "0"), 0);
        cr_expect_eq(find(&keys, "2"), 2);
        cr_expect_eq(find(&keys, "5"), 4);
        cr_expect_eq(find(&keys, "3"), INDEX_NONE);
        cr_expect_eq(row_keys_add(&keys, TEXT("1"), 9), 1, "the first stays");
        cr_expect_eq(row_keys_add(&keys, TEXT("4"), 8), 8, "between others");
        cr_expect_eq(find(&keys, "4"), 8);
    }
    cr_expect_eq(keys.n_runs, 0);
    cr_expect_eq(row_keys_add(&keys, TEXT("01"), 7), 7);
    cr_expect_eq(find(&keys, "01"), 7);
    cr_expect_eq(find(&keys, "1"), 1);
    row_keys_release(&keys);
}

/* The slots grow, and keep what they had. */
Test(row_keys, many_out_of_order) {
    struct row_keys keys = {0};
    char key[16];

    for (uint32_t i = 0; i < 5000; i++) {
        snprintf(key, sizeof key, "k%u", (unsigned)(i * 7919 % 5003));
        cr_assert_eq(row_keys_add(&keys, text_from(key), i), i);
    }
    for (uint32_t i = 0; i < 5000; i++) {
        snprintf(key, sizeof key, "k%u", (unsigned)(i * 7919 % 5003));
        cr_assert_eq(row_keys_add(&keys, text_from(key), i + 1), i);
        cr_assert_eq(find(&keys, key), i, "%s", key);
    }
    cr_expect_eq(find(&keys, "k5003"), INDEX_NONE);
    cr_expect_eq(keys.n, 5000);
    row_keys_release(&keys);
}

/* A hint from the last one found must not lead to a wrong one, whatever the order. */
Test(row_keys, many) {
    struct row_keys keys = {0};
    char key[16];

    for (uint32_t i = 0; i < 5000; i++) {
        snprintf(key, sizeof key, "%u", (unsigned)(3 * i));
        cr_assert_eq(row_keys_add(&keys, text_from(key), i), i);
    }
    for (uint32_t i = 0; i < 15000; i++) {
        uint32_t asked = i * 7919 % 15000;
        snprintf(key, sizeof key, "%u", (unsigned)asked);
        cr_assert_eq(find(&keys, key), asked % 3 == 0 ? asked / 3 : INDEX_NONE, "%s", key);
    }
    row_keys_release(&keys);
}
