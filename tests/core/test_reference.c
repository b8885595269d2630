#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "core/base.h"
#include "core/reference.h"

static const struct {
    const char *name, *given, *want;
} normals[] = {
    {"a name stays as it is",            "a.jpg",                 "a.jpg"           },
    {"letters become small",             "DCIM/A.JPG",            "dcim/a.jpg"      },
    {"separators of Windows",            "DCIM\\100\\A.JPG",      "dcim/100/a.jpg"  },
    {"the drive is no folder",           "E:\\photos\\a.jpg",     "photos/a.jpg"    },
    {"a drive without a root",           "e:a.jpg",               "a.jpg"           },
    {"a share of a network",             "\\\\srv\\share\\a.jpg", "srv/share/a.jpg" },
    {"the root is no folder",            "/home/x/a.jpg",         "home/x/a.jpg"    },
    {"here is no folder",                "./x/./a.jpg",           "x/a.jpg"         },
    {"nothing leads out",                "x/../../../etc/a.jpg",  "etc/a.jpg"       },
    {"nothing is left of a way out",     "../..",                 ""                },
    {"doubled separators",               "x//\\/a.jpg",           "x/a.jpg"         },
    {"blanks around",                    "  a b.jpg ",            "a b.jpg"         },
    {"other scripts stay as they are",   "照片\\甲 1.JPG",     "照片/甲 1.jpg"},
    {"a text of one letter and a colon", "c:",                    ""                },
    {"nothing",                          "",                      ""                },
};

Test(reference, normal_form) {
    for (size_t i = 0; i < ARRAY_LEN(normals); i++) {
        char out[REFERENCE_SIZE];
        struct text got = reference_normalise(text_from(normals[i].given), out);
        cr_expect(text_equal(got, text_from(normals[i].want)), "%s: '%.*s'", normals[i].name,
            TEXT_ARGS(got));
    }
}

Test(reference, what_is_too_long_names_nothing) {
    char given[2 * REFERENCE_SIZE], out[REFERENCE_SIZE];

    memset(given, 'a', sizeof given);
    cr_expect_eq(reference_normalise((struct text){given, sizeof given}, out).n, 0);
    cr_expect_eq(
        reference_normalise((struct text){given, REFERENCE_SIZE - 2}, out).n, REFERENCE_SIZE - 2);
}

Test(reference, lists_are_split) {
    struct text list = TEXT("; a.jpg ;;b.jpg;"), one;

    cr_assert(reference_next(&list, &one));
    cr_expect(text_equal(one, TEXT("a.jpg")));
    cr_assert(reference_next(&list, &one));
    cr_expect(text_equal(one, TEXT("b.jpg")));
    cr_expect_not(reference_next(&list, &one));
}

static const struct {
    const char *a, *b;
    size_t want;
} common[] = {
    {"a.jpg",       "a.jpg",       0},
    {"x/a.jpg",     "a.jpg",       0},
    {"x/a.jpg",     "x/a.jpg",     1},
    {"w/x/y/a.jpg", "v/x/y/a.jpg", 2},
    {"xx/a.jpg",    "x/a.jpg",     0},
};

Test(reference, folders_in_common) {
    for (size_t i = 0; i < ARRAY_LEN(common); i++) {
        cr_expect_eq(reference_common(text_from(common[i].a), text_from(common[i].b)),
            common[i].want, "%s and %s", common[i].a, common[i].b);
    }
}

Test(reference, stems) {
    cr_expect(text_equal(reference_stem(TEXT("a.b.jpg")), TEXT("a.b")));
    cr_expect(text_equal(reference_stem(TEXT("a")), TEXT("a")));
    cr_expect(text_equal(reference_stem(TEXT(".jpg")), TEXT(".jpg")));
}
