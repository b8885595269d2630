#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "core/base.h"
#include "formats/sheet_columns.h"
#include "formats/sheet_values.h"
#include "formats/survey/formats.h"

/* --- headings --- */

static const struct {
    const char *heading, *want;
    double unit_m;
} headings[] = {
    {"chainage_m",           "chainage",       1            },
    {"Start Manhole",        "startmanhole",   0            },
    {"  START_manhole ",     "startmanhole",   0            },
    {"距离（m）",        "距离",         1            },
    {"距离 (M)",           "距离",         1            },
    {"检测长度(米)",    "检测长度",   1            },
    {"管径mm",             "管径",         0.001        },
    {"ＤＮ",               "dn",             0            },
    {"Surveyed Length [ft]", "surveyedlength", 0.3048       },
    {"length_ft",            "length",         0.3048       },
    {"Length (US-ft)",       "length",         1200.0 / 3937},
    {"Pipe Diameter (in)",   "pipediameter",   0.0254       },
    {"充满度(%)",         "充满度",      0            },
    {"Date (UTC)",           "dateutc",        0            },
    {"item",                 "item",           0            },
    {"",                     "",               0            },
};

Test(sheet, headings_are_folded) {
    for (size_t i = 0; i < ARRAY_LEN(headings); i++) {
        char got[64];
        double unit_m = -1;
        size_t n = sheet_heading_fold(text_from(headings[i].heading), got, sizeof got, &unit_m);

        cr_expect(text_equal((struct text){got, n}, text_from(headings[i].want)), "'%s': '%.*s'",
            headings[i].heading, (int)n, got);
        cr_expect_float_eq(unit_m, headings[i].unit_m, 1e-12, "'%s'", headings[i].heading);
    }
}

/* Every alias must mean one role only. */
Test(sheet, aliases_are_unique) {
    static const struct {
        const char *role, *heading;
    } rows[] = {
#define ROLE(id, name) {#id, name},
#define ALIAS(id, heading) {#id, heading},
#include "formats/sheet_roles.def"
#undef ROLE
#undef ALIAS
    };

    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        for (size_t k = 0; k < i; k++) {
            char a[64], b[64];
            double unit_m;
            size_t a_n = sheet_heading_fold(text_from(rows[i].heading), a, sizeof a, &unit_m);
            size_t b_n = sheet_heading_fold(text_from(rows[k].heading), b, sizeof b, &unit_m);
            bool is_same = a_n == b_n && memcmp(a, b, a_n) == 0;
            cr_expect_not(is_same, "'%s' (%s) and '%s' (%s)", rows[i].heading, rows[i].role,
                rows[k].heading, rows[k].role);
        }
    }
}

Test(sheet, canonical_headings_are_those_of_the_manual) {
    static const char *const names[] = {"inspection_id", "segment_id", "start_node", "finish_node",
        "direction", "date", "operator", "inspected_m", "chainage_m", "code", "grade", "clock_from",
        "clock_to", "continuous", "quant1", "quant2", "remark", "photo", "video"};

    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        bool is_there = false;
        for (size_t role = 0; role < SHEET_ROLES; role++) {
            is_there = is_there || strcmp(sheet_role_name((enum sheet_role)role), names[i]) == 0;
        }
        cr_expect(is_there, "%s", names[i]);
    }
}

/* --- values --- */

static const struct {
    const char *text;
    bool is_clock;
    struct clock want;
} clocks[] = {
    {"3",            true,  {3, 0, true}   },
    {"12",           true,  {12, 0, true}  },
    {"0",            true,  {12, 0, true}  },
    {"03",           true,  {3, 0, true}   },
    {"11:00",        true,  {11, 0, true}  },
    {"11:30",        true,  {11, 0, false} },
    {"9点",         true,  {9, 0, true}   },
    {"9-3",          true,  {9, 3, true}   },
    {"9点-3点",    true,  {9, 3, true}   },
    {"10～2",       true,  {10, 2, true}  },
    {"0903",         true,  {9, 3, true}   },
    {"1012",         true,  {10, 12, true} },
    {"507",          true,  {5, 7, false}  },
    {"102",          true,  {1, 2, false}  },
    {"507.0",        true,  {5, 7, false}  },
    {"1100",         true,  {11, 0, false} },
    {"0011",         true,  {12, 11, false}},
    {"0000",         true,  {0, 0, false}  },
    {"13",           false, {0}            },
    {"1399",         false, {0}            },
    {"99",           false, {0}            },
    {"90°",         false, {0}            },
    {"-3",           false, {0}            },
    {"3 something",  false, {0}            },
    {"",             false, {0}            },
    {"123456789012", false, {0}            },
};

Test(sheet, clocks) {
    for (size_t i = 0; i < ARRAY_LEN(clocks); i++) {
        struct clock got = {0};

        cr_expect_eq(sheet_clock(text_from(clocks[i].text), &got), clocks[i].is_clock, "'%s'",
            clocks[i].text);
        cr_expect_eq(got.from, clocks[i].want.from, "'%s': %d", clocks[i].text, got.from);
        cr_expect_eq(got.to, clocks[i].want.to, "'%s': %d", clocks[i].text, got.to);
        cr_expect_eq(got.is_exact, clocks[i].want.is_exact, "'%s'", clocks[i].text);
    }
}

static const struct {
    const char *text;
    int want;
} grades[] = {
    {"3",      3 },
    {"3.0",    3 },
    {"3级",   3 },
    {"3 级",  3 },
    {"三级", 3 },
    {"III",    3 },
    {"iv",     4 },
    {"Ⅱ",    2 },
    {"２",    2 },
    {"0",      0 },
    {"5",      5 },
    {"M2",     -1},
    {"M0",     -1},
    {"12",     -1},
    {"-1",     -1},
    {"2.5",    -1},
    {"",       -1},
};

Test(sheet, grades) {
    for (size_t i = 0; i < ARRAY_LEN(grades); i++) {
        cr_expect_eq(
            sheet_grade(text_from(grades[i].text)), grades[i].want, "'%s'", grades[i].text);
    }
}

static const struct {
    const char *text;
    enum mark mark; /* MARK_NONE: it is no mark */
    int number;
} marks[] = {
    {"A01",    MARK_START,  1 },
    {"B01",    MARK_END,    1 },
    {"C2",     MARK_CHANGE, 2 },
    {"S12",    MARK_START,  12},
    {"F12",    MARK_END,    12},
    {"KS01",   MARK_START,  1 },
    {"js03",   MARK_END,    3 },
    {" A1 ",   MARK_START,  1 },
    {"A",      MARK_NONE,   0 },
    {"Z1",     MARK_NONE,   0 },
    {"A1x",    MARK_NONE,   0 },
    {"A99999", MARK_NONE,   0 },
    {"",       MARK_NONE,   0 },
};

Test(sheet, marks) {
    for (size_t i = 0; i < ARRAY_LEN(marks); i++) {
        enum mark mark = MARK_NONE;
        uint16_t number = 0;

        cr_expect_eq(sheet_mark(text_from(marks[i].text), &mark, &number),
            marks[i].mark != MARK_NONE, "'%s'", marks[i].text);
        cr_expect_eq(mark, marks[i].mark, "'%s'", marks[i].text);
        cr_expect_eq(number, marks[i].number, "'%s'", marks[i].text);
    }
}

static const struct {
    const char *text, *rest; /* rest NULL: there is no mark in it */
    enum mark mark;
    int number;
} inner_marks[] = {
    {"KS01",          "",       MARK_START, 1},
    {"FS KS01",       "FS",     MARK_START, 1},
    {"FS(JS02)",      "FS",     MARK_END,   2},
    {"KS1-腐蚀",    "腐蚀", MARK_START, 1},
    {"腐蚀JS1",     "腐蚀", MARK_END,   1},
    {"blocKS1",       NULL,     MARK_NONE,  0},
    {"at KS01 again", NULL,     MARK_NONE,  0},
    {"KS",            NULL,     MARK_NONE,  0},
    {"12",            NULL,     MARK_NONE,  0},
    {"",              NULL,     MARK_NONE,  0},
};

Test(sheet, marks_in_other_cells) {
    for (size_t i = 0; i < ARRAY_LEN(inner_marks); i++) {
        enum mark mark = MARK_NONE;
        uint16_t number = 0;
        struct text rest = {0};

        bool is_mark = sheet_mark_in(text_from(inner_marks[i].text), &mark, &number, &rest);
        cr_expect_eq(is_mark, inner_marks[i].rest != NULL, "'%s'", inner_marks[i].text);
        cr_expect_eq(mark, inner_marks[i].mark, "'%s'", inner_marks[i].text);
        cr_expect_eq(number, inner_marks[i].number, "'%s'", inner_marks[i].text);
        if (is_mark) {
            cr_expect(text_equal(rest, text_from(inner_marks[i].rest)), "'%s': '%.*s'",
                inner_marks[i].text, TEXT_ARGS(rest));
        }
    }
}

static const struct {
    const char *text;
    enum direction want;
} directions[] = {
    {"顺流",           DIRECTION_DOWNSTREAM},
    {"逆流",           DIRECTION_UPSTREAM  },
    {"Downstream",       DIRECTION_DOWNSTREAM},
    {"UPSTREAM",         DIRECTION_UPSTREAM  },
    {"D",                DIRECTION_DOWNSTREAM},
    {"u",                DIRECTION_UPSTREAM  },
    {"with flow",        DIRECTION_DOWNSTREAM},
    {"against the flow", DIRECTION_UPSTREAM  },
    {"1",                DIRECTION_DOWNSTREAM},
    {"2.0",              DIRECTION_UPSTREAM  },
    {"O",                DIRECTION_DOWNSTREAM},
    {" 逆流 ",         DIRECTION_UPSTREAM  },
    {"sideways",         DIRECTION_UNKNOWN   },
    {"",                 DIRECTION_UNKNOWN   },
};

Test(sheet, directions) {
    for (size_t i = 0; i < ARRAY_LEN(directions); i++) {
        cr_expect_eq(sheet_direction(text_from(directions[i].text)), directions[i].want, "'%s'",
            directions[i].text);
    }
}

static const struct {
    const char *text;
    double unit_mm, width, height; /* width 0: it is no size; height 0: none */
} diameters[] = {
    {"300",        1,    300,   0   },
    {"DN300",      1,    300,   0   },
    {"300mm",      1,    300,   0   },
    {"Φ800",      1,    800,   0   },
    {"0.3 m",      1,    300,   0   },
    {"2700x2600",  1,    2700,  2600},
    {"800×600",   1,    800,   600 },
    {"800 * 600",  1,    800,   600 },
    {"8",          25.4, 203.2, 0   },
    {"12\"",       1,    304.8, 0   },
    {"6 inch",     1,    152.4, 0   },
    {"-300",       1,    0,     0   },
    {"0",          1,    0,     0   },
    {"big",        1,    0,     0   },
    {"300 apples", 1,    0,     0   },
    {"300x",       1,    0,     0   },
    {"1e300",      1,    0,     0   },
    {"",           1,    0,     0   },
};

Test(sheet, diameters) {
    for (size_t i = 0; i < ARRAY_LEN(diameters); i++) {
        float width = 0, height = 0;
        bool is_size =
            sheet_diameter(text_from(diameters[i].text), diameters[i].unit_mm, &width, &height);

        cr_expect_eq(is_size, diameters[i].width > 0, "'%s'", diameters[i].text);
        cr_expect_float_eq(width, diameters[i].width, 1e-3, "'%s': %g", diameters[i].text, width);
        if (is_size && diameters[i].height == 0) {
            cr_expect(isnan(height), "'%s'", diameters[i].text);
        } else {
            cr_expect_float_eq(height, diameters[i].height, 1e-3, "'%s'", diameters[i].text);
        }
    }
}

Test(sheet, blank_and_clean_words) {
    cr_expect(sheet_is_blank(TEXT("")) && sheet_is_blank(TEXT(" ")) && sheet_is_blank(TEXT("/")));
    cr_expect(sheet_is_blank(TEXT("—")) && sheet_is_blank(TEXT("N/A")));
    cr_expect_not(sheet_is_blank(TEXT("0")) || sheet_is_blank(TEXT("-1")) ||
                  sheet_is_blank(TEXT("PL")) || sheet_is_blank(TEXT("无")));
    cr_expect(sheet_is_clean(TEXT("无异常")) && sheet_is_clean(TEXT("None")));
    cr_expect_not(sheet_is_clean(TEXT("")) || sheet_is_clean(TEXT("PL")));
}
