#include <criterion/criterion.h>

#include "formats/media_files.h"
#include "tests/formats/temp_files.h"

Test(media_files, folders_are_listed_down_to_a_depth) {
    CLEANUP(temp_folder_release) struct temp_folder outer = temp_folder_new();
    struct temp_folder inner, deep;
    CLEANUP(file_names_release) struct file_names shallow = {0};
    CLEANUP(file_names_release) struct file_names all = {0};

    snprintf(inner.path, sizeof inner.path, "%.150s/photos", outer.path);
    snprintf(deep.path, sizeof deep.path, "%.150s/2024", inner.path);
    cr_assert_eq(mkdir(inner.path, 0700) | mkdir(deep.path, 0700), 0);
    temp_text(&outer, "a.jpg", "x");
    temp_text(&inner, "B.JPG", "x");
    temp_text(&deep, "c.jpg", "x");
    struct temp_path loop = temp_path_of(&outer, "loop");
    cr_assert_eq(symlink(outer.path, loop.at), 0);
    cr_assert_eq(symlink("/etc/passwd", temp_path_of(&outer, "linked.jpg").at), 0);

    media_files_list(outer.path, 1, &shallow);
    cr_expect(file_names_has(&shallow, TEXT("A.jpg")));
    cr_expect(file_names_has(&shallow, TEXT("b.jpg")));
    cr_expect_not(file_names_has(&shallow, TEXT("c.jpg")));
    media_files_list(outer.path, 32, &all);
    cr_expect(file_names_has(&all, TEXT("c.jpg")));
    cr_expect_eq(all.n_files, 3u, "links are not followed");
    temp_folder_release(&deep);
    temp_folder_release(&inner);
}

Test(media_files, what_is_not_there_has_nothing_in_it) {
    CLEANUP(file_names_release) struct file_names media = {0};

    media_files_list("/no/such/folder", 3, &media);
    cr_expect_eq(media.n_files, 0u);
}

Test(media_files, surveys_have_their_files_beside_them) {
    CLEANUP(arena_release) struct arena arena = {0};

    cr_expect_str_eq(media_files_folder("a.csv", &arena), ".");
    cr_expect_str_eq(media_files_folder("x/y/a.csv", &arena), "x/y");
    cr_expect_str_eq(media_files_folder("/a.csv", &arena), "/");
    cr_expect_str_eq(media_files_folder("project/DB/a.db3", &arena), "project");
    cr_expect_str_eq(media_files_folder("db/a.db3", &arena), ".");
}
