#include <criterion/criterion.h>
#include <string.h>

#include "core/base.h"
#include "formats/theme_file.h"

static const char *value_of(const struct theme *theme, const char *name) {
    return theme->values[theme_find(name, strlen(name))];
}

/* name, line, name of the value, what it becomes */
static const struct {
    const char *name, *line, *value, *want;
} good[] = {
    {"a colour",                         "priority_1 = 1,2,3",           "priority_1",         "1,2,3"        },
    {"a colour with opacity",            "district_1=1,2,3,4",           "district_1",         "1,2,3,4"      },
    {"a colour in hexadecimal",          "priority_1 = #6E00ff",         "priority_1",         "110,0,255"    },
    {"... with opacity",                 "priority_1 = #6e000055",       "priority_1",         "110,0,0,85"   },
    {"blanks around",                    "  size_hazard  =\t7.5  ",      "size_hazard",        "7.5"          },
    {"an offset to the other side",      "offset_repair = -3",           "offset_repair",      "-3"           },
    {"a dash",                           "dash_not_inspected = 4;1;1;1", "dash_not_inspected", "4;1;1;1"      },
    {"a scale",                          "scale_nodes = 5000",           "scale_nodes",        "5000"         },
    {"a font with a blank and no ASCII", "font = 思源 黑体",         "font",               "思源 黑体"},
};

Test(theme_file, takes_what_is_good) {
    for (size_t i = 0; i < ARRAY_LEN(good); i++) {
        CLEANUP(arena_release) struct arena arena = {0};
        CLEANUP(findings_release) struct findings findings = {0};
        struct theme theme = theme_default;
        struct error err = {0};

        cr_expect(
            theme_read_bytes(text_from(good[i].line), "t.txt", &arena, &theme, &findings, &err),
            "%s: %s", good[i].name, err.text);
        cr_expect_str_eq(value_of(&theme, good[i].value), good[i].want, "%s", good[i].name);
        cr_expect_str_eq(value_of(&theme, "ink"), value_of(&theme_default, "ink"));
    }
}

/* What is wrong, line, what is said. */
static const struct {
    const char *name, *line, *said;
} wrong[] = {
    {"an unknown name",       "priorty_1 = 1,2,3",              "'priorty_1' is no name of a theme"},
    {"no value",              "font =",                         "'font' has no value"              },
    {"no name",               "= 3",                            "'' is no name of a theme"         },
    {"no mark",               "size_hazard",                    "'size_hazard' is not like"        },
    {"a word for a colour",   "alarm = yellow",                 "alarm: 'yellow' is no colour"     },
    {"two parts of a colour", "alarm = 1,2",                    "alarm: '1,2' is no colour"        },
    {"a part above 255",      "alarm = 1,2,256",                "is no colour"                     },
    {"a part with a point",   "alarm = 1,2.5,3",                "is no colour"                     },
    {"an empty part",         "alarm = 1,,3",                   "is no colour"                     },
    {"a short hexadecimal",   "alarm = #fff",                   "is no colour"                     },
    {"no hexadecimal",        "alarm = #ggff00",                "is no colour"                     },
    {"a size of nothing",     "size_hazard = 0",                "is no size"                       },
    {"a decimal comma",       "size_hazard = 6,5",              "is no size"                       },
    {"an exponent",           "size_hazard = 1e1",              "is no size"                       },
    {"a size with a unit",    "size_hazard = 6 mm",             "is no size"                       },
    {"half a scale",          "scale_nodes = 2500.5",           "is no scale"                      },
    {"a scale as a ratio",    "scale_nodes = 1:2500",           "is no scale"                      },
    {"a dash without a gap",  "dash_not_inspected = 3",         "is no dash"                       },
    {"an odd dash",           "dash_not_inspected = 3;1;3",     "is no dash"                       },
    {"a quoted font",         "font = \"Arial\"",               "is no name of a font"             },
    {"two fonts",             "font = Arial, Verdana",          "is no name of a font"             },
    {"twice the same",        "alarm = 1,2,3\nalarm = 1,2,3",   "is given a second time"           },
    {"a second line",         "alarm = 1,2,3\n\n# x\nink = no", "ink: 'no' is no colour"           },
};

Test(theme_file, tells_what_is_wrong_and_changes_nothing) {
    for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
        CLEANUP(arena_release) struct arena arena = {0};
        CLEANUP(findings_release) struct findings findings = {0};
        struct theme theme = theme_default;
        struct error err = {0};

        cr_expect_not(
            theme_read_bytes(text_from(wrong[i].line), "t.txt", &arena, &theme, &findings, &err),
            "%s", wrong[i].name);
        cr_expect_eq(err.kind, ERROR_FORMAT, "%s", wrong[i].name);
        cr_assert_eq(findings.n, 1, "%s", wrong[i].name);
        const char *said = findings.at[0].detail.at;
        cr_expect_not_null(strstr(said, wrong[i].said), "%s: %s", wrong[i].name, said);
        cr_expect_null(strstr(err.text, wrong[i].said), "told twice: %s", err.text);
        cr_expect_not_null(strstr(err.text, "a line of it"), "%s", err.text);
        cr_expect_eq(memcmp(&theme, &theme_default, sizeof theme), 0, "%s", wrong[i].name);
    }
}

Test(theme_file, tells_all_that_is_wrong) {
    CLEANUP(arena_release) struct arena arena = {0};
    CLEANUP(findings_release) struct findings findings = {0};
    struct theme theme = theme_default;
    struct error err = {0};

    cr_expect_not(theme_read_bytes(
        TEXT("x = 1\nalarm = 1,2,3\ny = 2\nink = 3\n"), "t.txt", &arena, &theme, &findings, &err));
    cr_expect_not_null(strstr(err.text, "3 lines of it"), "%s", err.text);
    cr_assert_eq(findings.n, 3);
    cr_expect_eq(findings.at[0].place.line, 1);
    cr_expect_eq(findings.at[1].place.line, 3);
    cr_expect_eq(findings.at[2].place.line, 4);
}

struct printed {
    struct arena arena;
    struct text text;
};

static void keep_line(void *context, struct text line) {
    struct printed *printed = context;

    printed->text =
        arena_printf(&printed->arena, "%.*s%.*s\n", TEXT_ARGS(printed->text), TEXT_ARGS(line));
}

/* The defaults are good themselves, and each has its line. */
Test(theme_file, what_is_printed_is_read_as_the_same) {
    CLEANUP(arena_release) struct arena arena = {0};
    CLEANUP(findings_release) struct findings findings = {0};
    struct printed printed = {0};
    struct theme theme = {0};
    struct error err = {0};

    theme_print(&theme_default, keep_line, &printed);
    cr_assert(
        theme_read_bytes(printed.text, "t.txt", &arena, &theme, &findings, &err), "%s", err.text);
    for (size_t i = 0; i < THEME_VALUES; i++) {
        cr_assert_not_null(theme.values[i], "%s", theme_rows[i].name);
        cr_expect_str_eq(theme.values[i], theme_rows[i].value, "%s", theme_rows[i].name);
    }
    arena_release(&printed.arena);
}

Test(theme_file, a_file_that_is_not_there) {
    CLEANUP(arena_release) struct arena arena = {0};
    CLEANUP(findings_release) struct findings findings = {0};
    struct theme theme = theme_default;
    struct error err = {0};

    cr_expect_not(theme_read("/no/such/theme.txt", &arena, &theme, &findings, &err));
    cr_expect_eq(err.kind, ERROR_FILE);
    cr_expect_not_null(strstr(err.text, "/no/such/theme.txt"), "%s", err.text);
}
