#include <criterion/criterion.h>

#include "cmd/check/names.h"

static const char *common(struct arena *arena, const char *a, const char *b) {
    const char *const operands[] = {a, b};

    return names_common_folder(operands, b == NULL ? 1 : 2, arena);
}

Test(names, files_are_known_by_the_folder_that_they_share) {
    CLEANUP(arena_release) struct arena arena = {0};

    cr_expect_str_eq(common(&arena, "a.csv", NULL), "");
    cr_expect_str_eq(common(&arena, "./a.csv", "b.csv"), "");
    cr_expect_str_eq(common(&arena, "in/2024/a.csv", "in//2024/./b.csv"), "in/2024");
    cr_expect_str_eq(common(&arena, "in/2024/a.csv", "in/2023/b.csv"), "in");
    cr_expect_str_eq(common(&arena, "in/a.csv", "inner/b.csv"), "");
    cr_expect_str_eq(common(&arena, "/in/a.csv", "/out/b.csv"), "/");
    cr_expect_str_eq(common(&arena, "/in/a.csv", "in/a.csv"), "");
    cr_expect_str_eq(common(&arena, "/", NULL), "/", "a folder is its own");
}

Test(names, what_is_above_goes) {
    CLEANUP(arena_release) struct arena arena = {0};

    cr_expect_str_eq(names_within("in/2024", "in/2024//x/./a.csv", &arena), "x/a.csv");
    cr_expect_str_eq(names_within("", "./a.csv", &arena), "a.csv");
    cr_expect_str_eq(names_within("/", "/in/a.csv", &arena), "in/a.csv");
    cr_expect_str_eq(names_within("in", "inner/a.csv", &arena), "inner/a.csv");
    cr_expect_str_eq(names_within("/in", "/in/d.zip/a.csv", &arena), "d.zip/a.csv");
    cr_expect_str_eq(names_within("./in/d.zip", "./in/d.zip/a.csv", &arena), "a.csv");
    cr_expect_str_eq(names_within("./", "./a.csv", &arena), "a.csv");
}
