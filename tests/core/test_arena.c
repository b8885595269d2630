#include "core/arena.h"

#include <criterion/criterion.h>
#include <stdio.h>

#define expect_printed(want_n, ...)                                              \
    do {                                                                         \
        char want[256];                                                          \
        struct text got = arena_printf(&arena, __VA_ARGS__);                     \
        int n = snprintf(want, sizeof want, __VA_ARGS__);                        \
        cr_expect_eq(n, want_n);                                                 \
        cr_expect_eq(got.n, want_n, "'%.*s' is not '%s'", TEXT_ARGS(got), want); \
        cr_expect_str_eq(got.at, want);                                          \
    } while (0)

/* Texts are put together without printf, and the outcome is that of printf. */
Test(arena, prints_as_printf_does) {
    CLEANUP(arena_release) struct arena arena = {0};
    struct text part = text_part(TEXT("abcdef"), 1, 4), none = {0};

    expect_printed(0, "%s", "");
    expect_printed(5, "plain");
    expect_printed(3, "%.*s", TEXT_ARGS(part));
    expect_printed(9, "<%.*s> %s;", TEXT_ARGS(part), "xy");
    expect_printed(2, "[%.*s]", TEXT_ARGS(none));
    expect_printed(3, "%.*s", 9, "abc");
    expect_printed(4, "%.*s|", -1, "abc");
    expect_printed(8, "%.*s 007%%", 3, "abcdef");
    expect_printed(7, "%s %03d", "abc", 7);
    expect_printed(26, "%s%s%s%s%s%s%s%s%s%s%s%s%s", "aa", "bb", "cc", "dd", "ee", "ff", "gg", "hh",
        "ii", "jj", "kk", "ll", "mm");
    expect_printed(18, "%s%s%s%s%s%s%s%s%s%s%s%s%s%s%s%s%s%s", "a", "b", "c", "d", "e", "f", "g",
        "h", "i", "j", "k", "l", "m", "n", "o", "p", "q", "r");
}
