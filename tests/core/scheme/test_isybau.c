#include "core/scheme/isybau.h"

#include "tests/core/scheme/en_scheme.h"

Test(isybau, tables_are_tidy) {
    en_expect_tidy(&scheme_isybau, 258);
}

/* --- single defects --- */

/* defect, diameter in mm, material, D, S, B */
static const struct en_single singles[] = {
    {"BAAA=5.9",  300, "concrete", NONE, 3,    1   },
    {"BAAA=6",    300, "concrete", NONE, 4,    1   },
    {"BAAA=15",   300, "concrete", NONE, 5,    2   },
    {"BAAA=15",   300, "PVC",      NONE, 5,    2   },
    {"BAAA=6",    300, "PVC",      NONE, 3,    1   },
    {"BAAA=1.9",  300, "PVC",      NONE, 1,    1   },
    {"BAAA=6",    300, NULL,       NONE, OPEN, 1   },
    {"BAAA=5",    300, NULL,       NONE, OPEN, 1   }, /* 3 when rigid, 2 when flexible */
    {"BAAA",      300, "concrete", NONE, OPEN, OPEN},
    {"BABAA",     300, "concrete", 1,    1,    NONE},
    {"BABBA=0.4", 300, "concrete", 3,    OPEN, NONE}, /* gap of the rendering */
    {"BABBA=0.5", 300, "concrete", 3,    2,    NONE},
    {"BABBA=1.9", 900, "concrete", 3,    2,    NONE},
    {"BABBC=2",   300, "concrete", 3,    3,    NONE},
    {"BABCA=5",   300, "concrete", 4,    4,    NONE},
    {"BABCA=9.9", NAN, "concrete", 4,    4,    NONE},
    {"BABCA=10",  NAN, "concrete", 4,    5,    NONE},
    {"BABCB=10",  300, "concrete", 4,    1,    NONE},
    {"BACA",      300, "concrete", 4,    3,    3   },
    {"BACC",      300, "concrete", 5,    5,    5   },
    {"BAE=9.9",   300, "concrete", 1,    1,    NONE},
    {"BAE=10",    300, "concrete", 1,    2,    NONE},
    {"BAE=100",   300, "concrete", 3,    3,    NONE},
    {"BAFJA",     300, "concrete", NONE, NONE, NONE}, /* not with A: no row */
    {"BAG=14.9",  300, "concrete", NONE, NONE, 1   },
    {"BAG=15",    300, "concrete", NONE, NONE, 2   },
    {"BAG=75",    300, "concrete", NONE, NONE, 5   },
    {"BAHZ",      300, "concrete", 2,    NONE, NONE},
    {"BAJA=70",   400, "concrete", 5,    1,    NONE},
    {"BAJA=70",   401, "concrete", 4,    1,    NONE},
    {"BAJA=70",   NAN, "concrete", OPEN, 1,    NONE},
    {"BAJB=9.9",  300, "concrete", 1,    1,    1   },
    {"BAJB=10",   300, "concrete", 2,    1,    2   },
    {"BAJC=12",   200, "concrete", 5,    1,    NONE},
    {"BAP",       300, "concrete", 4,    5,    NONE},
    {"BBAC=9.9",  300, "concrete", 3,    NONE, 2   },
    {"BBAC=10",   300, "concrete", 3,    NONE, 3   },
    {"BBAC=30",   300, "concrete", 3,    NONE, 5   },
    {"BBFD",      300, "concrete", 4,    4,    2   },
    {"BBHAA",     300, "concrete", NONE, NONE, 2   },
};

Test(isybau, classes_of_single_defects) {
    for (size_t i = 0; i < ARRAY_LEN(singles); i++) {
        en_expect_single(SCHEME_ISYBAU, &singles[i]);
    }
}

Test(isybau, hazards) {
    static const struct en_hazard wide[] = {
        {"BABCA=9.9", 300, NULL                },
        {"BABCA=10",  900, "wide open fracture"},
    };

    for (size_t i = 0; i < ARRAY_LEN(en_hazards); i++) {
        en_expect_hazard(SCHEME_ISYBAU, &en_hazards[i]);
    }
    for (size_t i = 0; i < ARRAY_LEN(wide); i++) {
        en_expect_hazard(SCHEME_ISYBAU, &wide[i]);
    }
}

/* --- additions --- */

/* What is known about the pipe, a defect, and its numbers; NAN: no class. */
static const struct {
    enum sewer_system system;
    int zone;
    enum groundwater groundwater;
    int soil;
    const char *log;
    double d, s, b;
} additions[] = {
    {SYSTEM_UNKNOWN,  0, GROUNDWATER_UNKNOWN,  0, "BBFA@5",       200, 100, 10 },
    {SYSTEM_STORM,    0, GROUNDWATER_UNKNOWN,  0, "BBFA@5",       170, 100, 10 },
    {SYSTEM_FOUL,     0, GROUNDWATER_UNKNOWN,  0, "BBFA@5",       230, 100, 50 },
    {SYSTEM_COMBINED, 0, GROUNDWATER_UNKNOWN,  0, "BBFA@5",       230, 100, 50 },
    {SYSTEM_UNKNOWN,  1, GROUNDWATER_UNKNOWN,  0, "BBFA@5",       200, 100, 10 },
    {SYSTEM_UNKNOWN,  2, GROUNDWATER_UNKNOWN,  0, "BBFA@5",       220, 100, 10 },
    {SYSTEM_UNKNOWN,  3, GROUNDWATER_UNKNOWN,  0, "BBFA@5",       240, 100, 10 },
    {SYSTEM_UNKNOWN,  4, GROUNDWATER_UNKNOWN,  0, "BBFA@5",       450, 100, 10 },
    {SYSTEM_UNKNOWN,  5, GROUNDWATER_UNKNOWN,  0, "BBFA@5",       600, 100, 10 },
    {SYSTEM_UNKNOWN,  0, GROUNDWATER_BELOW,    0, "BBFA@5",       200, 100, 10 },
    {SYSTEM_UNKNOWN,  0, GROUNDWATER_CHANGING, 0, "BBFA@5",       210, 110, 10 },
    {SYSTEM_UNKNOWN,  0, GROUNDWATER_ABOVE,    0, "BBFA@5",       210, 110, 10 },
    {SYSTEM_UNKNOWN,  0, GROUNDWATER_UNKNOWN,  1, "BBFA@5",       230, 100, 10 },
    {SYSTEM_UNKNOWN,  0, GROUNDWATER_UNKNOWN,  2, "BBFA@5",       230, 100, 10 },
    {SYSTEM_UNKNOWN,  0, GROUNDWATER_UNKNOWN,  3, "BBFA@5",       215, 120, 10 },
    {SYSTEM_UNKNOWN,  0, GROUNDWATER_UNKNOWN,  4, "BBFA@5",       200, 140, 10 },
    {SYSTEM_UNKNOWN,  0, GROUNDWATER_UNKNOWN,  0, "BBFA@5c6",     210, 100, 30 },
    {SYSTEM_UNKNOWN,  0, GROUNDWATER_UNKNOWN,  0, "BBFA@5c3-9",   210, 100, 30 },
    {SYSTEM_UNKNOWN,  0, GROUNDWATER_UNKNOWN,  0, "BBFA@5c9-3",   200, 110, 10 },
    {SYSTEM_UNKNOWN,  0, GROUNDWATER_UNKNOWN,  0, "BBFA@5c12",    200, 110, 10 },
    {SYSTEM_UNKNOWN,  0, GROUNDWATER_UNKNOWN,  0, "BBFA@5c9",     210, 110, 30 },
    {SYSTEM_UNKNOWN,  0, GROUNDWATER_UNKNOWN,  0, "BBFA@5c2-4",   210, 120, 30 },
    {SYSTEM_UNKNOWN,  0, GROUNDWATER_UNKNOWN,  0, "BBFA@5c12-12", 210, 120, 30 },
    {SYSTEM_UNKNOWN,  0, GROUNDWATER_UNKNOWN,  0, "BBFA@5j",      210, 100, 10 },
    {SYSTEM_STORM,    0, GROUNDWATER_UNKNOWN,  0, "BABAA@5",      -20, 10,  NAN},
};

Test(isybau, what_the_pipe_and_the_place_add) {
    for (size_t i = 0; i < ARRAY_LEN(additions); i++) {
        struct one_segment one;
        one_segment_build(&one, 40, 300, 0, 0);
        struct segment *segment = &one.network.segments[0];
        segment->system = (uint8_t)additions[i].system;
        segment->protection_zone = (uint8_t)additions[i].zone;
        segment->groundwater = (uint8_t)additions[i].groundwater;
        segment->soil_group = (uint8_t)additions[i].soil;
        one.options.scheme = SCHEME_ISYBAU;
        one_segment_log_en(&one, additions[i].log);
        struct assessment got = one_segment_assess(&one);
        double b = one_segment_figure(&got, "number_B");
        cr_expect_eq(one_segment_figure(&got, "number_D"), additions[i].d, "row %zu: D %g", i,
            one_segment_figure(&got, "number_D"));
        cr_expect_eq(one_segment_figure(&got, "number_S"), additions[i].s, "row %zu: S %g", i,
            one_segment_figure(&got, "number_S"));
        cr_expect(isnan(additions[i].b) ? isnan(b) : b == additions[i].b, "row %zu: B %g", i, b);
        one_segment_release(&one);
    }
}

/* --- the object --- */

Test(isybau, length_addition) {
    cr_expect_eq(isybau_length_addition(0), 0);
    cr_expect_eq(isybau_length_addition(0.1), 0);
    cr_expect_float_eq(isybau_length_addition(0.11), 1, 1e-9);
    cr_expect_float_eq(isybau_length_addition(0.5), 40, 1e-9);
    cr_expect_eq(isybau_length_addition(0.51), 40);
    cr_expect_eq(isybau_length_addition(2), 40);
    cr_expect_eq(isybau_length_addition(NAN), 0);
}

/* facts/standards/examples.md, section 8. */
static const struct {
    const char *log;
    double length_m, number;
    int object, priority;
    const char *reason;
} examples[] = {
    {"BAFEA@10-11 BAFDA@20-21", 50, 300, 4, 3,
     "OZ 300.0 (class 4), S class 4: BAF EA at 10.0 m; B class 1"                                                 },
    {"BAFEA@0-1 BAFDA@1-2",     2,  340, 4, 3,
     "OZ 340.0 (class 4), S class 4: BAF EA at 0.0 m; B class 1"                                                  },
    {"",                        50, 0,   0, 5, "no defects"                                                       },
    {"BAFAA@9",                 50, 10,  1, 5, "OZ 10.0 (class 1), S class 1: BAF AA at 9.0 m; B class 1"         },
    {"BAFAA@0-40",              50, 50,  1, 5, "OZ 50.0 (class 1), S class 1: BAF AA at 0.0-40.0 m; B class 1"    },
    {"BAFFA@9",                 50, 100, 2, 4, "OZ 100.0 (class 2), S class 2: BAF FA at 9.0 m; B class 1"        },
    {"BAJA@9",                  50, 10,  1, 4, "OZ 10.0 (class 1), S class 1: BAJ A at 9.0 m; 1 defect not graded"},
};

Test(isybau, object_numbers_of_the_examples) {
    for (size_t i = 0; i < ARRAY_LEN(examples); i++) {
        struct one_segment one;
        one_segment_build(&one, examples[i].length_m, 300, 0, 0);
        one.options.scheme = SCHEME_ISYBAU;
        one_segment_log_en(&one, examples[i].log);
        struct assessment got = one_segment_assess(&one);
        cr_expect_float_eq(got.structural.index, examples[i].number, 1e-9, "'%s': OZ %g",
            examples[i].log, got.structural.index);
        cr_expect_eq(
            got.structural.index_grade, GRADE_0 + examples[i].object, "'%s'", examples[i].log);
        cr_expect_eq(got.priority, examples[i].priority, "'%s': %d", examples[i].log, got.priority);
        cr_expect(text_equal(got.priority_reason, text_from(examples[i].reason)), "'%s': '%.*s'",
            examples[i].log, TEXT_ARGS(got.priority_reason));
        one_segment_release(&one);
    }
}

/* The last example: 300 for class 4, and 30 + 20 + 10 + 15 + 10 + 10. */
Test(isybau, additions_carry_an_object_into_the_next_class) {
    struct one_segment one;
    struct trace trace = {.n = 0};

    one_segment_build(&one, 10, 300, 0, 0);
    struct segment *segment = &one.network.segments[0];
    segment->system = SYSTEM_FOUL;
    segment->protection_zone = 2;
    segment->groundwater = GROUNDWATER_ABOVE;
    segment->soil_group = 3;
    one.options.scheme = SCHEME_ISYBAU;
    one_segment_log_en(&one, "BBG@2-7c6j");
    struct assessment got = one_segment_explain(&one, &trace);
    cr_expect_eq(one_segment_figure(&got, "number_D"), 395);
    cr_expect_float_eq(got.structural.index, 435, 1e-9);
    cr_expect_eq(got.structural.index_grade, GRADE_5);
    cr_expect_eq(got.priority, 2);
    cr_expect(en_is_said(&trace, "SZE 395 over 5 m: class 4"));
    cr_expect(en_is_said(&trace, "r = 0.5: + 40, OZ = 435"));
    trace_release(&trace);
    one_segment_release(&one);
}

Test(isybau, without_a_length_nothing_is_added_for_it) {
    struct one_segment one;

    one_segment_build(&one, 0, 300, 0, 0);
    one.options.scheme = SCHEME_ISYBAU;
    one_segment_log_en(&one, "BAFEA@0-40");
    struct assessment got = one_segment_assess(&one);
    cr_expect_eq(got.structural.index, 300);
    one_segment_release(&one);
}

static double number_of_log(const char *log) {
    struct one_segment one;

    one_segment_build(&one, 50, 300, 0, 0);
    one.options.scheme = SCHEME_ISYBAU;
    one_segment_log_en(&one, log);
    double number = one_segment_assess(&one).structural.index;
    one_segment_release(&one);
    return number;
}

Test(isybau, the_share_of_the_length_can_outweigh_a_slight_defect) {
    cr_expect_float_eq(number_of_log("BAFAA@0-30"), 10 + 40, 1e-9);
    cr_expect_float_eq(number_of_log("BAFAA@0-30 BAJA=5@3j"), 20 + 30.6 - 10, 1e-9,
        "the formula's own averaging; both are of class 1");
}

/* --- properties --- */

/* r is a share of the largest number: a worse defect makes the share smaller, and where the largest
 * number was below 50 it takes away more than the number itself brings.  Both are of class 1. */
static bool object_is_no_better(const struct assessment *before, const struct assessment *after) {
    const struct condition *b = &before->structural, *a = &after->structural;
    double largest =
        fmax(fmax(one_segment_figure(before, "number_D"), one_segment_figure(before, "number_S")),
            one_segment_figure(before, "number_B"));
    bool has_class = grade_is_number(b->index_grade) && grade_is_number(a->index_grade);

    if (isnan(b->index) || isnan(a->index)) {
        return true;
    }
    return (!has_class || a->index_grade >= b->index_grade) &&
           (a->index >= b->index - 1e-9 || largest < 50);
}

Test(isybau, neither_order_nor_direction_matters) {
    en_expect_symmetry(SCHEME_ISYBAU);
}

Test(isybau, one_more_defect_never_makes_a_segment_look_better) {
    en_expect_growth(SCHEME_ISYBAU, object_is_no_better);
}
