#include <criterion/criterion.h>

#include "core/check/file_names.h"

Test(media, names_are_found_whatever_case_and_slash) {
    CLEANUP(file_names_release) struct file_names media = {0};

    file_names_add(&media, TEXT("Kanal_7.JPG"));
    file_names_add(&media, TEXT("照片.png"));
    cr_expect(file_names_has(&media, TEXT("kanal_7.jpg")));
    cr_expect(file_names_has(&media, TEXT("..\\Fotos\\KANAL_7.jpg")));
    cr_expect(file_names_has(&media, TEXT("fotos/kanal_7.jpg ")));
    cr_expect(file_names_has(&media, TEXT("E:kanal_7.jpg")), "as run finds it");
    cr_expect(file_names_has(&media, TEXT("照片.PNG")));
    cr_expect_not(file_names_has(&media, TEXT("kanal_8.jpg")));
    cr_expect_not(file_names_has(&media, TEXT("kanal_7.png")));
    cr_expect_eq(media.n_files, 2u);
}

Test(media, a_name_without_extension_takes_any) {
    CLEANUP(file_names_release) struct file_names media = {0};

    file_names_add(&media, TEXT("0012_3.jpg"));
    cr_expect(file_names_has(&media, TEXT("0012_3")));
    cr_expect_not(file_names_has(&media, TEXT("0012")));
    cr_expect_not(file_names_has(&media, TEXT("")));
}
