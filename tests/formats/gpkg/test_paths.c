#include <criterion/criterion.h>

#include "core/base.h"
#include "formats/gpkg/paths.h"

static const struct {
    const char *name, *folder, *path, *want;
} cases[] = {
    {"in the same folder",              "/job/out", "/job/out/a.csv",    "a.csv"           },
    {"in a folder below",               "/job/out", "/job/out/in/a.csv", "in/a.csv"        },
    {"beside the folder",               "/job/out", "/job/in/a.csv",     "../in/a.csv"     },
    {"a name that begins like another", "/job/out", "/job/out2/a.csv",   "../out2/a.csv"   },
    {"in the folder above",             "/job/out", "/job/a.csv",        "../a.csv"        },
    {"nothing in common but the root",  "/job/out", "/else/a.csv",       "../../else/a.csv"},
    {"from the root",                   "/",        "/data/a.csv",       "data/a.csv"      },
};

/* clang-format off */
static const struct {
    const char *name, *folder, *path, *want;
} joins[] = {
    {"beside the result",              "",          "a.csv",        "a.csv"},
    {"the result in a folder",         "out/",      "a.csv",        "out/a.csv"},
    {"a folder up",                    "out/",      "../in/a.csv",  "in/a.csv"},
    {"up and beyond where we are",     "out/",      "../../a.csv",  "../a.csv"},
    {"up from up",                     "../out/",   "../../a.csv",  "../../a.csv"},
    {"from the root",                  "/job/out/", "../a.csv",     "/job/a.csv"},
    {"the root has nothing above",     "/",         "../a.csv",     "/a.csv"},
    {"an absolute path stays",         "out/",      "/in/./a.csv",  "/in/a.csv"},
    {"needless names",                 "./out//",   "./a.csv",      "out/a.csv"},
};
/* clang-format on */

Test(paths, joined) {
    CLEANUP(arena_release) struct arena arena = {0};

    for (size_t i = 0; i < ARRAY_LEN(joins); i++) {
        struct text got = path_join(&arena, text_from(joins[i].folder), text_from(joins[i].path));
        cr_expect(
            text_equal(got, text_from(joins[i].want)), "%s: '%.*s'", joins[i].name, TEXT_ARGS(got));
    }
}

Test(paths, from_folder) {
    CLEANUP(arena_release) struct arena arena = {0};

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct text got =
            path_from_folder(&arena, text_from(cases[i].folder), text_from(cases[i].path));
        cr_expect(
            text_equal(got, text_from(cases[i].want)), "%s: '%.*s'", cases[i].name, TEXT_ARGS(got));
    }
}
