#include "core/scheme/vsa.h"

#include "tests/core/scheme/en_scheme.h"

Test(vsa, tables_are_tidy) {
    en_expect_tidy(&scheme_vsa, 452);
}

/* --- single defects --- */

/* defect, diameter in mm, material, D, S, B */
static const struct en_single singles[] = {
    {"BAAA=0.5",  300, "concrete", NONE, 4,    4   }, /* examples.md, section 6 */
    {"BAAA=10",   300, "concrete", NONE, 0,    3   },
    {"BAAA=14",   300, "PVC",      NONE, 1,    3   },
    {"BABBA=8",   300, "concrete", 2,    0,    NONE},
    {"BABBB=80",  300, "concrete", 2,    4,    NONE},
    {"BABBB",     300, "concrete", 2,    4,    NONE},
    {"BACC",      300, "concrete", 0,    0,    0   },
    {"BAJC=5",    300, "concrete", 1,    4,    NONE},
    {"BAFAA",     300, "concrete", NONE, 4,    4   },
    {"BAAA=3",    300, NULL,       NONE, OPEN, 4   },
    {"BAAA=15",   300, NULL,       NONE, 0,    3   },
    {"BAAA=0.9",  300, NULL,       NONE, 4,    4   },
    {"BABCA=0.9", 900, "concrete", 1,    4,    NONE},
    {"BABCA=1",   900, "concrete", 1,    3,    NONE},
    {"BABCE=7.9", NAN, "concrete", 1,    1,    NONE},
    {"BABCA",     300, "concrete", 1,    OPEN, NONE},
    {"BAG=79",    251, "concrete", NONE, NONE, 1   },
    {"BAG=50",    250, "concrete", NONE, NONE, 0   },
    {"BAG=80",    900, "concrete", NONE, NONE, 0   },
    {"BAG=80",    NAN, "concrete", NONE, NONE, OPEN},
    {"BAJA=70",   400, "concrete", 0,    4,    NONE},
    {"BAJA=70",   401, "concrete", 1,    4,    NONE},
    {"BAJC=2",    201, "concrete", 3,    4,    NONE},
    {"BAJC=2",    200, "concrete", 4,    4,    NONE},
    {"BAJB=10",   300, "concrete", 3,    NONE, 3   },
    {"BBCA=90",   300, "concrete", NONE, NONE, 4   },
    {"BBCC=50",   300, "concrete", NONE, NONE, 0   },
    {"BBHAA=3",   300, "concrete", NONE, NONE, 4   },
};

Test(vsa, classes_of_single_defects) {
    for (size_t i = 0; i < ARRAY_LEN(singles); i++) {
        en_expect_single(SCHEME_VSA, &singles[i]);
    }
}

Test(vsa, hazards) {
    static const struct en_hazard wide[] = {
        {"BABCA=7.9", 300, NULL                },
        {"BABCA=8",   900, "wide open fracture"},
    };

    for (size_t i = 0; i < ARRAY_LEN(en_hazards); i++) {
        en_expect_hazard(SCHEME_VSA, &en_hazards[i]);
    }
    for (size_t i = 0; i < ARRAY_LEN(wide); i++) {
        en_expect_hazard(SCHEME_VSA, &wide[i]);
    }
}

/* --- manholes: the part of the manhole decides --- */

/* code, letters, part, quantity, D, S, B */
static const struct {
    const char *code, *char1, *char2, *part;
    double quantity;
    int d, s, b;
} manholes[] = {
    {"DAC", "C", "",  "D", NAN, 1,    0,    0   },
    {"DAC", "C", "",  "J", NAN, 0,    NONE, NONE},
    {"DAC", "C", "",  "b", NAN, NONE, 0,    0   },
    {"DAC", "C", "",  "A", NAN, NONE, NONE, NONE},
    {"DAC", "C", "",  "",  NAN, OPEN, OPEN, OPEN}, /* where? */
    {"DAB", "B", "A", "F", 8,   3,    0,    NONE},
    {"DAB", "B", "A", "I", 8,   2,    NONE, NONE},
    {"DAL", "Z", "",  "",  NAN, 3,    NONE, 3   }, /* all parts */
    {"DAR", "A", "",  "A", NAN, NONE, NONE, 0   },
    {"DBC", "C", "",  "J", 49,  NONE, NONE, 4   },
    {"DBC", "C", "",  "J", 300, NONE, NONE, 1   },
    {"DBC", "C", "",  "H", NAN, NONE, NONE, 3   },
    {"DBH", "A", "A", "D", 3,   NONE, NONE, NONE},
    {"DDE", "A", "C", "D", 3,   NONE, NONE, CASE},
};

Test(vsa, parts_of_manholes) {
    for (size_t i = 0; i < ARRAY_LEN(manholes); i++) {
        struct observation_more more = {
            .place = text_from(manholes[i].part), .quant1 = manholes[i].quantity, .quant2 = NAN};
        struct observation observation = {.more = &more};
        struct code code = {
            .code = text_from(manholes[i].code),
            .char1 = text_from(manholes[i].char1),
            .char2 = text_from(manholes[i].char2),
        };
        struct scheme_site site = {.segment_m = NAN, .diameter_mm = NAN, .cover_m = NAN};
        struct verdict verdicts[DEFECT_GROUPS];
        cr_expect(scheme_judge(&scheme_vsa, &site, &code, &observation, verdicts));
        cr_expect_eq(en_as_number(verdicts[GROUP_TIGHTNESS].grade), manholes[i].d, "%s in '%s'",
            code.code.at, manholes[i].part);
        cr_expect_eq(en_as_number(verdicts[GROUP_STRUCTURAL].grade), manholes[i].s, "%s in '%s'",
            code.code.at, manholes[i].part);
        cr_expect_eq(en_as_number(verdicts[GROUP_FUNCTIONAL].grade), manholes[i].b, "%s in '%s'",
            code.code.at, manholes[i].part);
    }
}

/* --- notes and urgency --- */

Test(vsa, notes) {
    cr_expect_float_eq(vsa_note((struct vsa_loss){0, 12, 10}), 0.28, 1e-9, "examples.md");
    cr_expect_float_eq(vsa_note((struct vsa_loss){4, 0, 10}), 4, 1e-9);
    cr_expect_float_eq(vsa_note((struct vsa_loss){2, 100, 10}), 1.6, 1e-9, "A is at most 0.8");
    cr_expect_eq(vsa_note((struct vsa_loss){0, 100, 10}), 0, "and no note below 0");
    cr_expect(isnan(vsa_note((struct vsa_loss){2, 6, 0})));
    cr_expect_eq(vsa_note((struct vsa_loss){4, 0, NAN}), 4);
}

/* log, L, what is known, ZN of S, DZ, its class, priority */
static const struct {
    const char *log;
    double length_m;
    enum sewer_system system;
    int zone;
    enum groundwater groundwater;
    double note, urgency;
    int class, priority;
    const char *reason;
} segments[] = {
    {"BAAA=10@5",  10, SYSTEM_UNKNOWN,  0, GROUNDWATER_UNKNOWN,  0.28, 28,     0, 2,
     "DZ 28 (at once), S class 0: BAA A at 5.0 m; B class 3"                                     },
    {"BAAA=10@5",  10, SYSTEM_FOUL,     4, GROUNDWATER_ABOVE,    0.28, 21.546, 0, 2,
     "DZ 22 (at once), S class 0: BAA A at 5.0 m; B class 3"                                     },
    {"BAAA=0.5@5", 10, SYSTEM_UNKNOWN,  0, GROUNDWATER_UNKNOWN,  4,    400,    4, 5,
     "DZ 400 (none), S class 4: BAA A at 5.0 m; B class 4"                                       },
    {"BAFEA@5",    30, SYSTEM_UNKNOWN,  0, GROUNDWATER_UNKNOWN,  1.36, 136,    1, 3,
     "DZ 136 (in the short term, 3 years), S class 1: BAF EA at 5.0 m; B class 4"                },
    {"BAFEA@5",    30, SYSTEM_STORM,    1, GROUNDWATER_BELOW,    1.36, 157.08, 2, 4,
     "DZ 157 (in the middle term, 8 years), S class 1: BAF EA at 5.0 m; B class 4"               },
    {"BAFDA@5",    30, SYSTEM_COMBINED, 2, GROUNDWATER_CHANGING, 2.36, 224.2,  2, 4,
     "DZ 224 (in the middle term, 8 years), S class 2: BAF DA at 5.0 m; B class 4"               },
    {"BAFCA@5",    30, SYSTEM_UNKNOWN,  0, GROUNDWATER_UNKNOWN,  3.36, 336,    3, 4,
     "DZ 336 (in the long term), S class 3: BAF CA at 5.0 m; B class 4"                          },
    {"",           30, SYSTEM_FOUL,     5, GROUNDWATER_ABOVE,    4,    NAN,    4, 5, "no defects"},
    {"BAFEA@5",    0,  SYSTEM_UNKNOWN,  0, GROUNDWATER_UNKNOWN,  NAN,  NAN,    1, 3,
     "DZ unknown (in the short term, 3 years), S class 1: BAF EA at 5.0 m; B class 4"            },
};

Test(vsa, urgency) {
    for (size_t i = 0; i < ARRAY_LEN(segments); i++) {
        struct one_segment one;
        one_segment_build(&one, segments[i].length_m, 300, 0, 0);
        struct segment *segment = &one.network.segments[0];
        one_segment_of(&one, "concrete");
        segment->system = (uint8_t)segments[i].system;
        segment->protection_zone = (uint8_t)segments[i].zone;
        segment->groundwater = (uint8_t)segments[i].groundwater;
        one.options.scheme = SCHEME_VSA;
        one_segment_log_en(&one, segments[i].log);
        struct assessment got = one_segment_assess(&one);
        double note = got.structural.score, urgency = got.structural.index;
        cr_expect(isnan(segments[i].note) ? isnan(note) : fabs(note - segments[i].note) < 1e-9,
            "row %zu: ZN %g", i, note);
        cr_expect(isnan(segments[i].urgency) ? isnan(urgency)
                                             : fabs(urgency - segments[i].urgency) < 1e-9,
            "row %zu: DZ %g", i, urgency);
        cr_expect_eq(got.structural.index_grade, GRADE_0 + segments[i].class, "row %zu", i);
        cr_expect_eq(got.priority, segments[i].priority, "row %zu: %d", i, got.priority);
        cr_expect(text_equal(got.priority_reason, text_from(segments[i].reason)), "row %zu: '%.*s'",
            i, TEXT_ARGS(got.priority_reason));
        one_segment_release(&one);
    }
}

Test(vsa, the_trace_names_the_terms) {
    struct one_segment one;
    struct trace trace = {.n = 0};

    one_segment_build(&one, 10, 300, 0, 0);
    one.network.segments[0].system = SYSTEM_FOUL;
    one_segment_log_en(&one, "BAFEA@5");
    one.options.scheme = SCHEME_VSA;
    one_segment_explain(&one, &trace);
    cr_expect(en_is_said(&trace, "S class 1: any extent (row BAF E ABCDEZ, [S])"));
    cr_expect(en_is_said(&trace, "EZmin 1, sum of (4 - EZ) LF = 9"));
    cr_expect(en_is_said(&trace, "B1: protection zone unknown, 1"));
    cr_expect(en_is_said(&trace, "B2: foul sewer, 0.95 ([S])"));
    cr_expect(en_is_said(&trace, "DZ = 100 x 1.28 x 0.95 = 121.6"));
    trace_release(&trace);
    one_segment_release(&one);
}

/* --- properties --- */

static bool is_no_higher(double after, double before) {
    return isnan(after) || isnan(before) || after <= before + 1e-9;
}

static bool notes_are_no_better(const struct assessment *before, const struct assessment *after) {
    return after->urgency >= before->urgency &&
           is_no_higher(after->structural.score, before->structural.score) &&
           is_no_higher(after->functional.score, before->functional.score) &&
           is_no_higher(one_segment_figure(after, "ZN_D"), one_segment_figure(before, "ZN_D")) &&
           is_no_higher(after->structural.index, before->structural.index);
}

Test(vsa, neither_order_nor_direction_matters) {
    en_expect_symmetry(SCHEME_VSA);
}

Test(vsa, one_more_defect_never_makes_a_segment_look_better) {
    en_expect_growth(SCHEME_VSA, notes_are_no_better);
}
