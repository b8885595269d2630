#include <criterion/criterion.h>

#include "formats/media/copies.h"
#include "tests/formats/temp_files.h"

/* Makes copies of `from` in `to`, and compares what each file got. */
static void expect_copies(const struct temp_folder *from, const struct temp_folder *to,
    const char *const *names, const char *const *want, size_t n) {
    CLEANUP(arena_release) struct arena arena = {0};
    CLEANUP(index_release) struct index meant = {0};
    struct copies_file *files = ARENA_NEW(&arena, struct copies_file, n);
    struct error err = {0};

    index_add(&meant, TEXT("a-3.jpg"), 0);
    for (size_t i = 0; i < n; i++) {
        files[i].from = arena_printf(&arena, "%s/%s", from->path, names[i]).at;
        files[i].wanted = text_from(names[i]);
    }
    const struct copies_request request = {
        .folder = to->path,
        .names = &meant,
        .files = files,
        .n = n,
    };
    cr_assert(copies_make(&request, &arena, &err), "%s", err.text);
    for (size_t i = 0; i < n; i++) {
        cr_expect(text_equal(files[i].copy, text_from(want[i])), "%s: '%.*s'", names[i],
            TEXT_ARGS(files[i].copy));
    }
}

Test(copies, the_order_of_files_makes_no_difference) {
    static const char *const names[] = {"c.jpg", "a.jpg", "b.jpg", "d.jpg"},
                             *const want[] = {"a.jpg", "a.jpg", "b.jpg", "a.jpg"},
                             *const turned[] = {"d.jpg", "b.jpg", "a.jpg", "c.jpg"},
                             *const want_turned[] = {"a.jpg", "b.jpg", "a.jpg", "a.jpg"};
    CLEANUP(temp_folder_release) struct temp_folder from = temp_folder_new();
    CLEANUP(temp_folder_release) struct temp_folder one = temp_folder_new();
    CLEANUP(temp_folder_release) struct temp_folder other = temp_folder_new();

    temp_text(&from, "a.jpg", "same");
    temp_text(&from, "b.jpg", "else");
    temp_text(&from, "c.jpg", "same");
    temp_text(&from, "d.jpg", "same");
    expect_copies(&from, &one, names, want, ARRAY_LEN(names));
    expect_copies(&from, &other, turned, want_turned, ARRAY_LEN(names));
    expect_copies(&from, &one, turned, want_turned, ARRAY_LEN(names));
}

Test(copies, taken_names_get_a_number_that_no_survey_means) {
    static const char *const names[] = {"a.jpg", "b", "none.jpg"}, *const want[] = {
                                                                       "a-4.jpg", "b-2", NULL};
    CLEANUP(temp_folder_release) struct temp_folder from = temp_folder_new();
    CLEANUP(temp_folder_release) struct temp_folder to = temp_folder_new();

    temp_text(&from, "a.jpg", "photo");
    temp_text(&from, "b", "video");
    temp_text(&to, "a.jpg", "taken");
    temp_text(&to, "a-2.jpg", "taken too");
    temp_text(&to, "b", "");
    expect_copies(&from, &to, names, want, ARRAY_LEN(names));
    expect_copies(&from, &to, names, want, ARRAY_LEN(names));
}

Test(copies, the_same_bytes_in_the_folder_are_the_copy) {
    static const char *const names[] = {"a.jpg", "b.jpg"}, *const want[] = {"x.jpg", "b.jpg"};
    CLEANUP(temp_folder_release) struct temp_folder from = temp_folder_new();
    CLEANUP(temp_folder_release) struct temp_folder to = temp_folder_new();

    temp_text(&from, "a.jpg", "photo");
    temp_text(&from, "b.jpg", "other");
    temp_text(&to, "b.jpg", "other"); /* the wanted name comes before others */
    temp_text(&to, "a-copy-of-b.jpg", "other");
    temp_text(&to, "y.jpg", "photo"); /* the first by name */
    temp_text(&to, "x.jpg", "photo");
    expect_copies(&from, &to, names, want, ARRAY_LEN(names));
}
