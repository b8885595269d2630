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

Test(paths, from_folder) {
    CLEANUP(arena_release) struct arena arena = {0};

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct text got =
            path_from_folder(&arena, text_from(cases[i].folder), text_from(cases[i].path));
        cr_expect(
            text_equal(got, text_from(cases[i].want)), "%s: '%.*s'", cases[i].name, TEXT_ARGS(got));
    }
}
