#include "core/scheme/dwa.h"

#include "tests/core/scheme/en_scheme.h"

Test(dwa, tables_are_tidy) {
    en_expect_tidy(&scheme_dwa, 303);
}

/* --- single defects --- */

/* defect, diameter in mm, material, D, S, B */
static const struct en_single singles[] = {
    {"BAAA=0.9",   300, "concrete", NONE, 4,    4   },
    {"BAAA=1",     300, "concrete", NONE, 3,    4   },
    {"BAAB=6.99",  300, "concrete", NONE, 1,    4   },
    {"BAAB=7",     300, "concrete", NONE, 0,    4   },
    {"BAAA=7",     300, "PVC",      NONE, 2,    4   },
    {"BAAA=14.99", 300, "PVC",      NONE, 1,    3   },
    {"BAAA=15",    300, "PVC",      NONE, 0,    3   },
    {"BAAA=50",    300, "PVC",      NONE, 0,    0   },
    {"BAAA=5",     300, NULL,       NONE, OPEN, 4   }, /* 1 when rigid, 3 when flexible */
    {"BAAA=15",    300, NULL,       NONE, 0,    3   }, /* the same either way */
    {"BAAA",       300, "concrete", NONE, OPEN, OPEN}, /* how much? */
    {"BAAA=-5",    300, "concrete", NONE, OPEN, OPEN},
    {"BABAC=1",    300, "concrete", NONE, 4,    NONE},
    {"BABBA=0.4",  300, "concrete", 3,    OPEN, NONE}, /* gap of the rendering */
    {"BABBA=0.5",  300, "concrete", 3,    3,    NONE},
    {"BABBA=1.9",  300, "concrete", 3,    2,    NONE},
    {"BABBA=2",    300, "concrete", 2,    1,    NONE},
    {"BABBA=2.9",  300, "concrete", 2,    1,    NONE},
    {"BABBA=3",    300, "concrete", 1,    0,    NONE},
    {"BABBA=3",    301, "concrete", 1,    1,    NONE},
    {"BABBA=5",    500, "concrete", 1,    0,    NONE},
    {"BABBA=5",    501, "concrete", 1,    1,    NONE},
    {"BABBA=8",    700, "concrete", 1,    0,    NONE},
    {"BABBA=8",    701, "concrete", 1,    OPEN, NONE}, /* gap of the rendering */
    {"BABBA=8",    NAN, "concrete", 1,    0,    NONE}, /* the rows for an unknown diameter */
    {"BABBA=4.9",  NAN, "concrete", 1,    2,    NONE},
    {"BABBA",      NAN, "concrete", OPEN, OPEN, NONE},
    {"BABBB=20",   300, "concrete", 1,    4,    NONE},
    {"BABCC=20",   300, "concrete", 1,    CASE, NONE},
    {"BACA",       300, "concrete", 1,    CASE, CASE},
    {"BACC",       300, "concrete", 0,    0,    0   },
    {"BAE=19.9",   300, "concrete", 4,    4,    NONE},
    {"BAE=20",     300, "concrete", 4,    OPEN, NONE}, /* gap of the rendering */
    {"BAE=20.1",   300, "concrete", 4,    3,    NONE},
    {"BAE=50",     300, "concrete", 4,    OPEN, NONE}, /* gap of the rendering */
    {"BAE=50.1",   300, "concrete", 4,    2,    NONE},
    {"BAE=100",    300, "concrete", OPEN, 1,    NONE}, /* gap of the rendering */
    {"BAFIA",      300, "concrete", 1,    CASE, 4   },
    {"BAG=49",     250, "concrete", NONE, NONE, 1   },
    {"BAG=50",     250, "concrete", NONE, NONE, 0   },
    {"BAG=50",     251, "concrete", NONE, NONE, 2   },
    {"BAG=70",     800, "concrete", NONE, NONE, 2   },
    {"BAG=70",     801, "concrete", NONE, NONE, 3   },
    {"BAG=70",     NAN, "concrete", NONE, NONE, OPEN},
    {"BAHZ",       300, "concrete", CASE, CASE, NONE},
    {"BAJA=69",    400, "concrete", 1,    4,    NONE},
    {"BAJA=70",    400, "concrete", 0,    4,    NONE},
    {"BAJA=70",    401, "concrete", 1,    4,    NONE},
    {"BAJB=10",    400, "concrete", 3,    4,    CASE},
    {"BAJC=4.9",   200, "concrete", 4,    4,    NONE},
    {"BAJC=5",     200, "concrete", 3,    4,    NONE},
    {"BAJC=5",     201, "concrete", 1,    4,    NONE},
    {"BAJC=1",     501, "concrete", 3,    4,    NONE},
    {"BAO",        300, "concrete", 1,    1,    NONE},
    {"BAP",        300, "concrete", 1,    0,    NONE},
    {"BBAA=30",    300, "concrete", 2,    NONE, 0   },
    {"BBBA=4.9",   300, "concrete", 3,    NONE, 4   },
    {"BBBA=5",     300, "concrete", 3,    NONE, 3   },
    {"BBCA=80",    300, "concrete", NONE, NONE, 4   },
    {"BBCC=49",    300, "concrete", NONE, NONE, 1   },
    {"BBDA=10",    300, "concrete", 1,    0,    2   },
    {"BBFD",       300, "concrete", 1,    1,    3   },
    {"BBG",        300, "concrete", 1,    CASE, NONE},
    {"BBHAA",      300, "concrete", NONE, NONE, NONE},
};

Test(dwa, classes_of_single_defects) {
    for (size_t i = 0; i < ARRAY_LEN(singles); i++) {
        en_expect_single(SCHEME_DWA, &singles[i]);
    }
}

Test(dwa, letters_without_a_row_are_said) {
    struct one_segment one;

    one_segment_build(&one, 40, 300, 0, 0);
    one_segment_log_en(&one, "BAF@3 BBHAA@5");
    struct trace trace = {.n = 0};
    struct assessment got = one_segment_explain(&one, &trace);
    cr_expect(en_is_said(&trace, "not graded: no row takes the code and its letters"));
    trace_release(&trace);
    cr_expect_eq(got.n_ungraded, 1, "vermin are no matter of the standard, and that is no gap");
    cr_assert_eq(one.findings.n, 1);
    cr_expect_eq(one.findings.at[0].kind, FINDING_NOT_GRADED);
    cr_expect_eq(got.priority, 4);
    one_segment_release(&one);
}

Test(dwa, hazards) {
    static const struct en_hazard wide[] = {
        {"BABCA=2.9", 300, NULL                },
        {"BABCA=3",   300, "wide open fracture"},
        {"BABCA=4.9", 500, NULL                },
        {"BABCA=5",   500, "wide open fracture"},
        {"BABCA=7.9", 700, NULL                },
        {"BABCA=8",   700, "wide open fracture"},
        {"BABCA=8",   900, "wide open fracture"},
        {"BABCA=7.9", NAN, NULL                },
        {"BABCA=8",   NAN, "wide open fracture"},
    };

    for (size_t i = 0; i < ARRAY_LEN(en_hazards); i++) {
        en_expect_hazard(SCHEME_DWA, &en_hazards[i]);
    }
    for (size_t i = 0; i < ARRAY_LEN(wide); i++) {
        en_expect_hazard(SCHEME_DWA, &wide[i]);
    }
}

/* --- the segment --- */

/* facts/standards/examples.md, section 7: S with class 1 and 3, D with class 2, each of 2.5 m; the
 * missing mortar of class 3 is of D class 4 besides. */
Test(dwa, repair_number_of_the_example) {
    struct one_segment one;
    struct trace trace = {.n = 0};

    one_segment_build(&one, 40, 300, 0, 0);
    one.network.segments[0].year_built = 1960;
    one.network.segments[0].capacity_is_short = ANSWER_NO;
    one.network.segments[0].groundwater = GROUNDWATER_BELOW;
    one.network.segments[0].soil_group = 3;
    one_segment_cover(&one, 2.0);
    one_segment_log_en(&one, "BAE=100@5 BAE=30@20 BAHB@30");
    struct assessment got = one_segment_explain(&one, &trace);
    cr_expect_eq(got.structural.grade, GRADE_1);
    /* BAE of 30 mm is D class 4 too: SD D = (3 * 2.5 + 1 * 2.5) / (3 * 40) */
    cr_expect_float_eq(one_segment_figure(&got, "BP_S"), 842.1875, 1e-9);
    cr_expect_float_eq(
        one_segment_figure(&got, "BP_D"), 500 + 200 + 50 * (10.0 / 120) + 50 / 3.0, 1e-9);
    cr_expect_float_eq(one_segment_figure(&got, "BP_B"), 525, 1e-9);
    cr_expect_eq(got.structural.index, 8752);
    cr_expect_eq(got.structural.index_grade, GRADE_1, "in the short term");
    cr_expect_eq(got.priority, 3);
    cr_expect(en_is_said(&trace, "SD = 0.09375"));
    cr_expect(en_is_said(&trace, "BP = 500 + ZP + 50 F = 842.188"));
    cr_expect(en_is_said(&trace, "D undecided"));
    trace_release(&trace);
    one_segment_release(&one);
}

Test(dwa, unknown_facts_are_left_out_of_the_mean_and_said) {
    struct one_segment one;
    struct trace trace = {.n = 0};

    one_segment_build(&one, 40, 300, 0, 0);
    one.network.segments[0].year_built = 1965;
    one_segment_log_en(&one, "BBFA@5");
    struct assessment got = one_segment_explain(&one, &trace);
    cr_expect_float_eq(one_segment_figure(&got, "BP_D"), 500 + 200 + 50 * 2.5 / 40 + 50, 1e-9);
    cr_expect_float_eq(one_segment_figure(&got, "BP_S"), 500 + 100 + 50 * 2.5 / 40, 1e-9);
    cr_expect(en_is_said(&trace, "groundwater unknown: left out of F"));
    cr_expect(en_is_said(&trace, "soil group unknown"));
    trace_release(&trace);
    one_segment_release(&one);
}

/* log, length in m, class D, S, B, object; -1 undecided */
static const struct {
    const char *log;
    double length_m;
    int d, s, b, object, priority;
    const char *reason;
} segments[] = {
    {"",               40, 4,  4,  4, 4,  5, "no defects"                                     },
    {"BAFCA@3 BBFA@9", 40, 2,  3,  4, 2,  4, "D class 2: BBF A at 9.0 m; S class 3; B class 4"},
    {"BABBA=3@7",      40, 1,  0,  4, 0,  2, "S class 0: BAB BA at 7.0 m; D class 1"          },
    {"BAHZ@3",         40, -1, -1, 4, -1, 4, "1 defect left to an engineer"                   },
    {"BABBB@3",        40, -1, 4,  4, 4,  4, "S class 4: BAB BB at 3.0 m; 1 defect not graded"},
    {"BBCA=10@3",      40, 4,  4,  4, 4,  5, "B class 4: BBC A at 3.0 m"                      },
    {"BAFEA@0-40",     0,  4,  1,  4, 1,  3, "S class 1: BAF EA at 0.0-40.0 m; B class 4"     },
};

static double shown(int class) {
    return class < 0 ? (double)NAN : (double)class;
}

static void expect_figure(const struct assessment *got, const char *name, int want, size_t i) {
    double is = one_segment_figure(got, name);

    cr_expect(isnan(is) ? want < 0 : fabs(is - shown(want)) < 0.5, "'%s': %s %g", segments[i].log,
        name, is);
}

Test(dwa, classes_of_segments) {
    for (size_t i = 0; i < ARRAY_LEN(segments); i++) {
        struct one_segment one;
        one_segment_build(&one, segments[i].length_m, 300, 0, 0);
        one_segment_log_en(&one, segments[i].log);
        struct assessment got = one_segment_assess(&one);
        expect_figure(&got, "class_D", segments[i].d, i);
        expect_figure(&got, "class_S", segments[i].s, i);
        expect_figure(&got, "class_B", segments[i].b, i);
        expect_figure(&got, "object_class", segments[i].object, i);
        cr_expect_eq(got.priority, segments[i].priority, "'%s': %d", segments[i].log, got.priority);
        cr_expect(text_equal(got.priority_reason, text_from(segments[i].reason)), "'%s': '%.*s'",
            segments[i].log, TEXT_ARGS(got.priority_reason));
        cr_expect(
            isnan(got.structural.index) == (segments[i].object < 0 || !(segments[i].length_m > 0)));
        cr_expect(isnan(got.structural.score) && isnan(got.structural.density));
        one_segment_release(&one);
    }
}

Test(dwa, many_defects_on_a_short_pipe_do_not_pass_into_the_next_class) {
    struct one_segment one;

    one_segment_build(&one, 4, 300, 0, 0);
    one_segment_log_en(&one, "BAFCA@1 BAFCA@2 BAFCA@3");
    struct assessment got = one_segment_assess(&one);
    cr_expect_float_eq(one_segment_figure(&got, "BP_S"), 650, 1e-9);
    one_segment_release(&one);
}

/* --- properties --- */

static bool number_is_no_better(const struct assessment *before, const struct assessment *after) {
    bool is_number = !isnan(before->structural.index) && !isnan(after->structural.index);

    return after->urgency >= before->urgency &&
           (!is_number || after->structural.index >= before->structural.index);
}

Test(dwa, neither_order_nor_direction_matters) {
    en_expect_symmetry(SCHEME_DWA);
}

Test(dwa, one_more_defect_never_makes_a_segment_look_better) {
    en_expect_growth(SCHEME_DWA, number_is_no_better);
}
