/* What comes next: soil entry, the next inspection, the composite hazard. */
#include <criterion/criterion.h>

#include "core/assess/composite.h"
#include "core/base.h"
#include "tests/core/one_segment.h"

/* --- soil entry --- */

static const struct {
    const char *name, *defects;
    int k, t;
    enum groundwater groundwater;
    enum answer want;
    int priority;
    const char *reason; /* NULL: none */
} entries[] = {
    {"open, moving soil, water above",  "TJ2@12",             0,  8,  GROUNDWATER_ABOVE,    ANSWER_YES,     4,
     "TJ2 at 12.0 m, soil T 8, groundwater above the pipe"                                                                                                                                                          },
    {"under traffic one class higher",  "TJ2@12",             6,  8,  GROUNDWATER_ABOVE,    ANSWER_YES,     3,
     "TJ2 at 12.0 m, soil T 8, groundwater above the pipe, traffic K 6: look for voids with ground radar"                                                                                                           },
    {"water that comes and goes",       "SL2@5",              0,  10, GROUNDWATER_CHANGING, ANSWER_YES,     4,
     "SL2 at 5.0 m, soil T 10, groundwater around the pipe at times"                                                                                                                                                },
    {"water below",                     "TJ2@12",             10, 8,  GROUNDWATER_BELOW,    ANSWER_NO,      4,
     "TJ2 at 12.0 m, soil T 8, groundwater below the pipe, traffic K 10"                                                                                                                                            },
    {"nobody knows the water",          "TJ2@12",             10, 8,  GROUNDWATER_UNKNOWN,  ANSWER_UNKNOWN, 4,
     "TJ2 at 12.0 m, soil T 8, groundwater unknown, traffic K 10"                                                                                                                                                   },
    {"soil that does not move",         "TJ2@12",             10, 6,  GROUNDWATER_ABOVE,    ANSWER_NO,      4, NULL                                                                                                 },
    {"a closed defect",                 "PL2@12",             10, 10, GROUNDWATER_ABOVE,    ANSWER_NO,      4, NULL                                                                                                 },
    {"urgent stays short of emergency", "PL3@5 TJ3@9 CJ4@20", 10, 10, GROUNDWATER_ABOVE,    ANSWER_YES,
     2,                                                                                                        "PL3 at 5.0 m, soil T 10, groundwater above the pipe, traffic K 10: look for voids with ground radar"},
};

Test(plan, soil_entry) {
    for (size_t i = 0; i < ARRAY_LEN(entries); i++) {
        struct one_segment one;
        one_segment_build(&one, 40, 800, entries[i].k, entries[i].t);
        one.network.segments[0].groundwater = (uint8_t)entries[i].groundwater;
        one_segment_log(&one, entries[i].defects);
        struct assessment got = one_segment_assess(&one);
        struct text reason = got.more == NULL ? (struct text){0} : got.more->soil_entry_reason;
        cr_expect_eq(got.soil_entry, entries[i].want, "%s", entries[i].name);
        cr_expect_eq(got.priority, entries[i].priority, "%s: %d", entries[i].name, got.priority);
        cr_expect(text_equal(reason, text_from(entries[i].reason)), "%s: '%.*s'", entries[i].name,
            TEXT_ARGS(reason));
        one_segment_release(&one);
    }
}

Test(plan, soil_entry_never_changes_an_index) {
    double index[2];

    for (size_t i = 0; i < 2; i++) {
        struct one_segment one;
        one_segment_build(&one, 40, 800, 6, 10);
        one.options.groundwater = i == 0 ? GROUNDWATER_BELOW : GROUNDWATER_ABOVE;
        one_segment_log(&one, "TJ3@12");
        index[i] = one_segment_assess(&one).structural.index;
        one_segment_release(&one);
    }
    cr_expect_eq(index[0], index[1]);
}

/* --- next inspection: inspected on 2024-05-01 --- */

static const struct {
    const char *name, *defects;
    int k, t, year;
    double diameter_mm, seen_m;
    int32_t want;
    enum defect_group of;
} dues[] = {
    {"sound",                         "",      0,  0, 2010, 500,  40, 20340501, GROUP_STRUCTURAL},
    {"a plan",                        "PL2@3", 0,  0, 2010, 500,  40, 20320501, GROUP_STRUCTURAL},
    {"serious",                       "PL3@3", 0,  0, 2010, 500,  40, 20290501, GROUP_STRUCTURAL},
    {"collapse",                      "PL4@3", 0,  0, 2010, 500,  40, 20250501, GROUP_STRUCTURAL},
    {"some sediment",                 "CJ1@3", 0,  0, 2010, 500,  40, 20260501, GROUP_FUNCTIONAL},
    {"much sediment",                 "CJ3@3", 0,  0, 2010, 500,  40, 20250501, GROUP_FUNCTIONAL},
    {"soil that moves",               "",      0,  6, 2010, 500,  40, 20290501, GROUP_STRUCTURAL},
    {"old",                           "",      0,  0, 1994, 500,  40, 20290501, GROUP_STRUCTURAL},
    {"not quite old",                 "",      0,  0, 1995, 500,  40, 20340501, GROUP_STRUCTURAL},
    {"in the centre",                 "",      10, 0, 2010, 500,  40, 20290501, GROUP_STRUCTURAL},
    {"large",                         "",      0,  0, 2010, 1500, 40, 20290501, GROUP_STRUCTURAL},
    {"half of it was seen",           "",      0,  0, 2010, 500,  20, 20250501, GROUP_STRUCTURAL},
    {"nobody knows when it was laid", "",      0,  0, 0,    500,  40, 20340501, GROUP_STRUCTURAL},
};

Test(plan, next_inspection) {
    for (size_t i = 0; i < ARRAY_LEN(dues); i++) {
        struct one_segment one;
        one_segment_build(&one, 40, dues[i].diameter_mm, dues[i].k, dues[i].t);
        one.network.segments[0].year_built = (int16_t)dues[i].year;
        one_segment_log(&one, dues[i].defects);
        one.stretches[0].to_along_m = dues[i].seen_m;
        struct assessment got = one_segment_assess(&one);
        cr_expect_eq(
            got.next_inspection_on, dues[i].want, "%s: %d", dues[i].name, got.next_inspection_on);
        cr_expect_eq(got.next_inspection_of, dues[i].of, "%s", dues[i].name);
        one_segment_release(&one);
    }
}

Test(plan, a_leap_day_falls_on_the_28th) {
    struct one_segment one;

    one_segment_build(&one, 40, 500, 0, 0);
    one_segment_log(&one, "CJ3@1");
    one.survey.inspections[0].inspected_on = 20240229;
    cr_expect_eq(one_segment_assess(&one).next_inspection_on, 20250228);
    one_segment_release(&one);
}

/* --- composite hazard --- */

Test(plan, the_composite_hazard_is_off_by_default) {
    struct one_segment one;

    one_segment_build(&one, 40, 500, 0, 0);
    one_segment_log(&one, "PL3@1");
    struct assessment got = one_segment_assess(&one);
    cr_expect(got.more == NULL || got.more->composite_parts == NULL);
    one_segment_release(&one);
}

Test(plan, the_composite_hazard_and_its_parts) {
    const struct composite_weights weights = {
        {1, 1, 2, 1, 3, 2}
    };
    struct one_segment one;

    one_segment_build(&one, 40, 500, 0, 0);
    one.network.segments[0].year_built = 1999;
    one.network.segments[0].system = SYSTEM_STORM;
    one_segment_log(&one, "PL3@1 SL2@5 AJ1@9 CJ2@20");
    one.options.composite = &weights;
    struct assessment got = one_segment_assess(&one);
    cr_assert_not_null(got.more);
    const double *parts = got.more->composite_parts;
    cr_expect_float_eq(parts[PART_AGEING], 5, 1e-9, "25 of 50 years");
    cr_expect(isnan(parts[PART_CAPACITY]), "nobody knows");
    cr_expect_eq(parts[PART_LEAKAGE], 3);
    cr_expect_eq(parts[PART_MISCONNECTION], 10);
    cr_expect_eq(parts[PART_STRUCTURAL], 6);
    cr_expect_eq(parts[PART_FUNCTIONAL], 3);
    cr_expect_float_eq(
        got.more->composite, (5.0 + 2 * 3 + 10 + 3 * 6 + 2 * 3) / (1 + 2 + 1 + 3 + 2), 1e-9);
    cr_expect_eq(got.priority, 4, "it changes no grade: RI 3.5 is II");
    one_segment_release(&one);
}
