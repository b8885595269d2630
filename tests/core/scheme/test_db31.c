#include "core/scheme/db31.h"

#include "tests/core/scheme/made_up.h"

/* --- the tables --- */

/* Typed in again from the facts, apart from the table under test. */
static const struct {
    const char *code;
    double weights[5]; /* by grade from 1; negative ends */
} wanted[] = {
    {"AJ",   {0.75, 3, 9, 12, -1}  },
    {"BT",   {0.5, 3, 6, -1}       },
    {"BX",   {0.75, 3, 9, -1}      },
    {"CJ",   {0.05, 0.25, 1, -1}   },
    {"CW",   {0.15, 0.75, 3, 9, -1}},
    {"FS",   {0.15, 4.74, 9, -1}   },
    {"FZ",   {0, 0, 0, -1}         },
    {"JAAT", {0, 5, -1}            },
    {"JACK", {3, 5, 8, 9, -1}      },
    {"JACS", {1, 2, 5, 7, -1}      },
    {"JAFS", {1, 3, 6, 7, -1}      },
    {"JAGP", {1, 5, 8, -1}         },
    {"JAJT", {1, 8, 10, -1}        },
    {"JAKP", {1, 2, 4, -1}         },
    {"JAPL", {1, 3, 7, 10, -1}     },
    {"JAQR", {1, 3, 6, 8, -1}      },
    {"JASL", {1, 3, 5, 8, -1}      },
    {"JATJ", {3, 5, 8, 9, -1}      },
    {"JG",   {0.15, 0.75, 3, -1}   },
    {"JQ",   {0.05, 0.25, 1, -1}   },
    {"PL",   {0.2, 1, 4, 12, -1}   },
    {"QR",   {0.75, 3, 9, -1}      },
    {"SG",   {0.15, 0.75, 3, -1}   },
    {"SL",   {0.15, 0.75, 3, 9, -1}},
    {"TJ",   {0.15, 0.75, 3, 9, -1}},
    {"WS",   {0.01, 0.05, 0.2, -1} },
    {"ZW",   {0, 3, 6, -1}         },
};

Test(db31, weights_are_those_of_the_standard_and_no_others) {
    size_t n = 0;

    for (size_t i = 0; i < ARRAY_LEN(wanted); i++) {
        struct text code = text_from(wanted[i].code);
        int grade = 1;
        for (; wanted[i].weights[grade - 1] >= 0; grade++, n++) {
            const struct scheme_rule *row = scheme_rule_of_grade(&scheme_db31, code, grade);
            cr_assert_not_null(row, "%s%d", code.at, grade);
            cr_expect_eq(row->score, wanted[i].weights[grade - 1], "%s%d", code.at, grade);
        }
        cr_expect_null(scheme_rule_of_grade(&scheme_db31, code, grade), "%s%d", code.at, grade);
        cr_expect_null(scheme_rule_of_grade(&scheme_db31, code, 0), "%s0", code.at);
    }
    cr_expect_eq(n + 3, scheme_db31.n_rules, "three that are only recorded");
}

Test(db31, tables_are_whole) {
    expect_whole_table(&scheme_db31, CATALOGUE_DB31);
    cr_expect(scheme_takes(&scheme_db31, CATALOGUE_DB31));
    cr_expect_not(scheme_takes(&scheme_db31, CATALOGUE_CJJ181), "its grades mean other things");
}

static const struct {
    const char *figure;
    double value, want;
} limits[] = {
    {"RI", 0,            1 },
    {"RI", 3.999,        1 },
    {"RI", 3.9999999999, 2 },
    {"RI", 4,            2 },
    {"RI", 6.999,        2 },
    {"RI", 7,            3 },
    {"RI", 10,           3 },
    {"MI", 3.999,        1 },
    {"MI", 4,            2 },
    {"MI", 7,            3 },
    {"M",  0,            1 },
    {"M",  3,            1 },
    {"M",  4,            2 },
    {"M",  6,            2 },
    {"M",  7,            3 },
    {"E",  599,          0 },
    {"E",  600,          3 },
    {"E",  1001,         6 },
    {"E",  1501,         10},
};

Test(db31, class_limits) {
    for (size_t i = 0; i < ARRAY_LEN(limits); i++) {
        const struct scheme_class *row =
            scheme_class_of(&scheme_db31, limits[i].figure, limits[i].value);
        cr_assert_not_null(row);
        cr_expect_eq(row->value, limits[i].want, "%s %g", limits[i].figure, limits[i].value);
    }
}

/* --- worked examples: facts/standards/examples.md, section 2 --- */

static struct assessment assess(struct one_segment *one, const char *defects, double segment_m,
    double diameter_mm, int k, int t) {
    one_segment_build(one, segment_m, diameter_mm, k, t);
    one->survey.catalogue = CATALOGUE_DB31;
    one_segment_log(one, defects);
    return one_segment_assess(one);
}

static const struct {
    const char *name, *defects;
    double segment_m, diameter_mm;
    int k, t;
    double mean, score, index;
    int grade;
} examples[] = {
    {"TC1",              "PL2@10",                                                                100, 500,  0,  0,  1,                                                      .25,                 .175,                 1},
    {"TC2",              "PL4@1 PL4@3 PL4@5 PL4@7",                                               10,  1600, 10, 10, 480,                                                    10,                  10,                   3},
    {"TC4",              "PL2@5 SL2@5",                                                           20,  500,  0,  0,  8.75,                                                   2.1875,              1.53125,              1},
    {"W1",               "PL3@10",                                                                40,  800,  6,  10, 10,                                                     2.5,                 3.25,                 1},
    {"W2",               "PL4@10",                                                                40,  800,  6,  0,  30,                                                     7.5,                 6.0,                  2},
 /* our own: a score of 40 and more is 10, T of loess does not count, pieces, metres */
    {"S 39.9",           "PL4@1 CW3@5 PL2@7 FS1@9 FS1@12.5-13 CW2@9 CW2@15 PL1@19 PL1@28 PL1@30", 48,  500,  0,
     0,                                                                                                              100 / 48.0 * (12 + 3 + 1 + .15 + .15 + .75 + .75 + .6),
     25 / 48.0 * (12 + 3 + 1 + .15 + .15 + .75 + .75 + .6),
     .7 * 25 / 48.0 * (12 + 3 + 1 + .15 + .15 + .75 + .75 + .6),                                                                                                                                                        2},
    {"S 40",             "PL4@1 PL3@5",                                                           40,  500,  0,  0,  40,                                                     10,                  7,                    3},
    {"T of 8",           "PL3@10",                                                                40,  800,  6,  8,  10,                                                     2.5,                 1.75,                 1},
    {"pieces",           "CW2@5-7.3",                                                             40,  500,  0,  0,  100 / 40.0 * .75 * 3,                                   25 / 40.0 * .75 * 3,
     .7 * 25 / 40.0 * .75 * 3,                                                                                                                                                                                          1},
    {"metres",           "PL2@5-7.3",                                                             40,  500,  0,  0,  100 / 40.0 * 2.3,                                       25 / 40.0 * 2.3,     .7 * 25 / 40.0 * 2.3,
     1                                                                                                                                                                                                                   },
    {"a metre at least", "FS3@5-5.3",                                                             40,  500,  0,  0,  22.5,                                                   5.625,               3.9375,               1},
    {"other kinds too",  "FS3@5 CJ3@5 YJ@6",                                                      40,  500,  0,  0,  22.5,                                                   5.625,               3.9375,               1},
    {"of no grade",      "PL@5 TJ7@6",                                                            40,  500,  0,  0,  0,                                                      0,                   0,                    1},
    {"of manholes",      "JAPL4@0",                                                               40,  500,  0,  10, 0,                                                      0,                   0,                    1},
};

Test(db31, worked_examples) {
    for (size_t i = 0; i < ARRAY_LEN(examples); i++) {
        struct one_segment one;
        struct assessment got = assess(&one, examples[i].defects, examples[i].segment_m,
            examples[i].diameter_mm, examples[i].k, examples[i].t);
        const char *name = examples[i].name;
        const struct condition *s = &got.structural;
        cr_expect_eq(got.scheme, SCHEME_DB31);
        cr_expect_float_eq(s->mean, examples[i].mean, 1e-9, "%s: S %g", name, s->mean);
        cr_expect_float_eq(s->score, examples[i].score, 1e-9, "%s: F %g", name, s->score);
        cr_expect_float_eq(s->index, examples[i].index, 1e-9, "%s: RI %g", name, s->index);
        cr_expect_eq(s->index_grade, GRADE_0 + examples[i].grade, "%s", name);
        one_segment_release(&one);
    }
}

/* TC3 of the examples, K and E given as 3: the source's 2.45 is a slip. */
Test(db31, functional_defects) {
    struct one_segment one;
    struct assessment got = assess(&one, "CJ3@5-10 FZ3@20", 50, 800, 3, 0);

    cr_expect_float_eq(got.functional.mean, 10, 1e-9);
    cr_expect_float_eq(got.functional.score, 2.5, 1e-9);
    cr_expect_float_eq(got.functional.index, 2.0, 1e-9, "K and E are 0 below F = 4");
    cr_expect_eq(got.functional.index_grade, GRADE_1);
    cr_expect_eq(got.structural.index, 0);
    one_segment_release(&one);

    got = assess(&one, "CJ3@5-10 PL4@20 PL4@30", 50, 800, 3, 0);
    cr_expect_float_eq(got.functional.index, 2.6, 1e-9, "and act when F reaches it");
    one_segment_release(&one);
}

/* --- priority --- */

static const struct {
    const char *defects;
    double segment_m;
    int priority;
    const char *reason;
} reasons[] = {
    {"",                   40,  5, "no defects"                                     },
    {"FZ3@4",              40,  5, "no defects that count"                          },
    {"ZW1@4",              40,  5, "no defects that count"                          },
    {"PL1@4",              40,  4, "RI 0.09 (class 1): PL1 at 4.0 m"                },
    {"PL3@4 CW2@4.5",      40,  4, "RI 2.08 (class 1): PL3+CW2 at 4.0 m"            },
    {"PL3@4 PL3@9 FS2@11", 40,  3, "RI 5.57 (class 2): FS2 at 11.0 m"               },
    {"CJ3@0-20",           40,  2, "MI 8.0 (class 3): CJ3 at 0.0-20.0 m"            },
    {"PL4@4",              300, 1, "RI 0.7 (class 1): PL4 at 4.0 m; collapse hazard"},
    {"PL@4",               40,  4, "1 defect not graded"                            },
    {"PL3@4",              0,   3, "RI unknown without a length: PL3 at 4.0 m"      },
    {"FZ1@4",              0,   5, "no defects that count"                          },
};

Test(db31, priority_and_reason) {
    for (size_t i = 0; i < ARRAY_LEN(reasons); i++) {
        struct one_segment one;
        struct assessment got = assess(&one, reasons[i].defects, reasons[i].segment_m, 500, 0, 0);
        cr_expect_eq(
            got.priority, reasons[i].priority, "'%s': %d", reasons[i].defects, got.priority);
        cr_expect(text_equal(got.priority_reason, text_from(reasons[i].reason)), "'%s': '%.*s'",
            reasons[i].defects, TEXT_ARGS(got.priority_reason));
        one_segment_release(&one);
    }
}

Test(db31, hazards) {
    const char *const hazards[] = {"PL4@1", "BX3@1", "TJ4@1", "CW4@1", "SL4@1"};
    const char *const others[] = {"PL3@1", "BX2@1", "TJ3@1", "CW3@1", "SL3@1", "AJ4@1", "BX4@1"};

    for (size_t i = 0; i < ARRAY_LEN(hazards) + ARRAY_LEN(others); i++) {
        bool is_hazard = i < ARRAY_LEN(hazards);
        const char *defect = is_hazard ? hazards[i] : others[i - ARRAY_LEN(hazards)];
        struct one_segment one;
        struct assessment got = assess(&one, defect, 40, 500, 0, 0);
        cr_expect_eq(got.is_collapse_hazard, is_hazard, "%s", defect);
        one_segment_release(&one);
    }
}

/* --- manholes --- */

static const struct {
    const char *rows;
    double score;
    int grade; /* -1: undecided */
    bool is_hazard;
} manholes[] = {
    {"",                0,  1,  false},
    {"JAPL1@1 JASL2@2", 3,  1,  false},
    {"JACK2@1 JAPL1@1", 5,  2,  false},
    {"JAKP3@0",         4,  2,  false},
    {"JAPL3@1",         7,  3,  false},
    {"JAPL4@1",         10, 3,  true },
    {"JAJT3@1 JAAT1@0", 10, 3,  true },
    {"PL4@1",           0,  1,  true }, /* a code of pipes is no score of a manhole */
    {"JAPL@1 JASL1@1",  1,  -1, false},
    {"JAPL@1 JAPL3@1",  7,  3,  false},
    {"JBTS@1",          0,  1,  false}, /* presence only */
};

Test(db31, manholes_have_the_score_of_their_worst_row) {
    for (size_t i = 0; i < ARRAY_LEN(manholes); i++) {
        struct one_segment one;
        one_segment_build(&one, 40, 500, 0, 0);
        one.survey.catalogue = CATALOGUE_DB31;
        one_segment_log(&one, manholes[i].rows);
        catalogue_resolve(&one.survey);
        struct inspection *inspection = &one.survey.inspections[0];
        inspection->object = OBJECT_NODE;
        for (size_t k = 0; k < one.survey.n_observations; k++) {
            assess_observation(inspection, &one.survey.observations[k], 0, &one.options);
        }
        assess_node(inspection, &one.options);
        const char *rows = manholes[i].rows;
        cr_expect_eq(inspection->node_scheme, SCHEME_DB31);
        cr_expect_eq(
            inspection->node_score, manholes[i].score, "%s: %g", rows, inspection->node_score);
        cr_expect_eq(inspection->node_grade,
            manholes[i].grade < 0 ? GRADE_UNDECIDED : GRADE_0 + manholes[i].grade, "%s", rows);
        cr_expect_eq(inspection->is_collapse_hazard, manholes[i].is_hazard, "%s", rows);
        one_segment_release(&one);
    }
}

Test(db31, a_code_of_manholes_in_a_pipe_is_told) {
    struct one_segment one;
    struct assessment got = assess(&one, "JBMM@5", 40, 500, 0, 0);

    cr_expect_eq(got.n_ungraded, 1);
    cr_assert_eq(one.findings.n, 1);
    cr_expect_eq(one.findings.at[0].kind, FINDING_NOT_GRADED);
    one_segment_release(&one);
}

Test(db31, other_schemes_do_not_grade_manholes) {
    struct one_segment one;

    one_segment_build(&one, 40, 500, 0, 0);
    one_segment_log(&one, "PL4@1");
    catalogue_resolve(&one.survey);
    assess_node(&one.survey.inspections[0], &one.options);
    cr_expect_eq(one.survey.inspections[0].node_scheme, SCHEME_NONE);
    cr_expect_eq(one.survey.inspections[0].node_grade, GRADE_UNSET);
    cr_expect(isnan(one.survey.inspections[0].node_score));
    one_segment_release(&one);
}

/* --- properties --- */

static const char *const codes[] = {"PL1", "PL2", "PL3", "PL4", "CW2", "CW4", "TJ3", "SL2", "FS2",
    "FS3", "BX2", "CJ1", "CJ3", "SG2", "ZW1", "ZW3", "FZ2", "WS3", "JQ1", "YJ", "PL", "JAPL2"};
static const struct made_up_by by = {codes, ARRAY_LEN(codes), CATALOGUE_DB31, 14.7, NULL};

Test(db31, the_order_of_observations_does_not_matter) {
    expect_order_does_not_matter(&by);
}

Test(db31, a_segment_digitised_the_other_way_round_gets_the_same_figures) {
    expect_direction_does_not_matter(&by);
}

Test(db31, one_more_defect_never_makes_a_segment_look_better) {
    expect_more_is_never_better(&by, true);
}

/* --- in words --- */

Test(db31, the_trace_tells_each_step) {
    struct one_segment one;
    CLEANUP(trace_release) struct trace trace = {0};

    one_segment_build(&one, 40, 800, 6, 10);
    one.survey.catalogue = CATALOGUE_DB31;
    one_segment_log(&one, "PL3@10 CW2@5-7.3");
    one_segment_explain(&one, &trace);
    cr_expect(trace_has(&trace, "PL3 at 10.0 m: weight 4 x 1 (by piece or m;"));
    cr_expect(trace_has(&trace, "CW2 at 5.0-7.3 m: weight 0.75 x 3 (by piece;"));
    cr_expect(trace_has(&trace, "S = 100 / 40 m x weights = 15.625"));
    cr_expect(trace_has(&trace, "RI = 4.23438: class 2"));
    one_segment_release(&one);
}
