#include <criterion/criterion.h>

#include "core/base.h"
#include "formats/sibling.h"
#include "tests/formats/temp_files.h"

/* name, wanted, found; NULL: none */
static const struct {
    const char *name, *wanted, *found;
} cases[] = {
    {"just so",                "b.txt", "b.txt"},
    {"the case may differ",    "A.TXT", "a.txt"},
    {"just so goes first",     "C.txt", "C.txt"},
    {"else the first of them", "c.TXT", "C.txt"},
    {"not there",              "d.txt", NULL   },
    {"no name",                "",      NULL   },
};

Test(sibling, by_name) {
    CLEANUP(temp_folder_release) struct temp_folder folder = temp_folder_new();
    CLEANUP(arena_release) struct arena arena = {0};
    struct temp_path path = temp_text(&folder, "x.rib", "x");
    temp_text(&folder, "a.txt", "a");
    temp_text(&folder, "b.txt", "b");
    temp_text(&folder, "c.txt", "c");
    temp_text(&folder, "C.txt", "C");

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct text found = {0};
        bool is_found = sibling_find(path.at, text_from(cases[i].wanted), &arena, &found);
        cr_assert_eq(is_found, cases[i].found != NULL, "%s", cases[i].name);
        if (is_found) {
            struct temp_path want = temp_path_of(&folder, cases[i].found);
            cr_expect(
                text_equal(found, text_from(want.at)), "%s: %.*s", cases[i].name, TEXT_ARGS(found));
        }
    }
}

Test(sibling, by_extension) {
    CLEANUP(temp_folder_release) struct temp_folder folder = temp_folder_new();
    CLEANUP(arena_release) struct arena arena = {0};
    struct temp_path path = temp_text(&folder, "v1.2.rib", "x");
    struct temp_path want = temp_text(&folder, "V1.2.RMB", "x");
    struct text found = {0};

    cr_assert(sibling_find_extension(path.at, ".rmb", &arena, &found));
    cr_expect(text_equal(found, text_from(want.at)));
    cr_expect_not(sibling_find_extension(path.at, ".xyz", &arena, &found));
}
