#include <criterion/criterion.h>
#include <stdio.h>

#include "core/base.h"
#include "tests/core/one_segment.h"

/* --- priority and the words for it: L 40 m, D 800 mm --- */

static const struct {
    const char *defects;
    int k, t;
    int priority;
    const char *reason, *collapse; /* NULL: no hazard */
} reasons[] = {
    {"",                                      6,  10, 5, "no defects",                                                   NULL                                                                                                                     },
    {"FZ3@4",                                 6,  10, 5, "no defects that count",                                        NULL                                                                                                                     },
    {"YJ@12 ZZ@30",                           6,  10, 5, "no defects",                                                   NULL                                                                                                                     },
    {"TL1@3.56",                              0,  0,  5, "RI 0.7 (I): TL1 at 3.6 m",                                     NULL                                                                                                                     },
    {"CJ1@.01",                               10, 0,  5, "MI 0.4 (I): CJ1 at 0.0 m",                                     NULL                                                                                                                     },
    {"PL2@10",                                0,  0,  4, "RI 1.4 (II): PL2 at 10.0 m",                                   NULL                                                                                                                     },
    {"PL3@10",                                6,  10, 3, "RI 5.75 (III): PL3 at 10.0 m",                                 NULL                                                                                                                     },
    {"CJ3@12.5 CK2@20",                       0,  0,  4, "MI 4.0 (II): CJ3 at 12.5 m; RI 1.4 (II)",                      NULL                                                                                                                     },
    {"FS3@0 CJ3@12.47 CJ1@12.9",              10, 0,  3, "MI 6.05 (III): CJ3+CJ1 at 12.5 m; RI 4.65 (III)",              NULL                                                                                                                     },
    {"CJ4@2-18 JG2@19",                       0,  0,  2, "MI 8.0 (IV): CJ4+JG2 at 2.0-19.0 m",                           NULL                                                                                                                     },
    {"PL4@23.4",                              0,  0,  1, "RI 7.15 (IV): PL4 at 23.4 m; collapse hazard",
     "PL4 at 23.4 m (collapse)"                                                                                                                                                                                                                   },
    {"PL4@10 SL4@10.5",                       10, 10, 1,
     "RI 9.65 (IV): PL4+SL4 at 10.0 m; collapse hazard: PL4 at 10.0 m, SL4 at 10.5 m",                                   "PL4 at 10.0 m (collapse), SL4 at 10.5 m (gushing, with soil around that moves)"                                         },
    {"PL3@10 SL3@30",                         0,  0,  4, "RI 3.65 (II): PL3 at 10.0 m",                                  NULL                                                                                                                     },
    {"PL3@10 SL3@30",                         0,  6,  1, "RI 4.55 (III): PL3 at 10.0 m; collapse hazard: SL3 at 30.0 m",
     "SL3 at 30.0 m (gushing, with soil around that moves)"                                                                                                                                                                                       },
    {"SL3@2 PL4@5 BX4@9 TJ4@15 CK4@20",       0,  10, 1,
     "RI 8.65 (IV): PL4 at 5.0 m; collapse hazard: PL4 at 5.0 m, BX4 at 9.0 m, TJ4 at 15.0 m and "
        "2 more",                                                                                                        "PL4 at 5.0 m (collapse), BX4 at 9.0 m (deformed by over a quarter), TJ4 at 15.0 m (joint open by over 50 mm) and 2 more"},
    {"PL1@5 PL2@5.2 PL1@5.4 CK1@5.6 FS1@5.8", 0,  0,  4, "RI 2.95 (II): PL2+PL1+PL1+2 more at 5.0 m",
     NULL                                                                                                                                                                                                                                         },
    {"CK5@10",                                0,  0,  4, "1 defect not graded",                                          NULL                                                                                                                     },
    {"FS4@10",                                0,  0,  4, "1 defect not graded",                                          NULL                                                                                                                     },
    {"PL@10 CJ@11",                           0,  0,  4, "2 defects not graded",                                         NULL                                                                                                                     },
    {"XQ3@10",                                0,  0,  4, "1 defect not graded",                                          NULL                                                                                                                     },
    {"PL1@10 TL3@20",                         0,  0,  4, "RI 0.35 (I): PL1 at 10.0 m; 1 defect not graded",              NULL                                                                                                                     },
    {"PL3@10 TL3@20",                         6,  10, 3, "RI 5.75 (III): PL3 at 10.0 m; 1 defect not graded",            NULL                                                                                                                     },
    {"PL4@?",                                 0,  0,  4, "1 defect without a place",                                     NULL                                                                                                                     },
    {"YJ@?",                                  0,  0,  5, "no defects",                                                   NULL                                                                                                                     },
};

Test(assess, priority_and_reason) {
    for (size_t i = 0; i < ARRAY_LEN(reasons); i++) {
        struct one_segment one;

        one_segment_build(&one, 40, 800, reasons[i].k, reasons[i].t);
        one_segment_log(&one, reasons[i].defects);
        struct assessment got = one_segment_assess(&one);
        cr_expect_eq(got.priority, reasons[i].priority, "'%s': priority %d", reasons[i].defects,
            got.priority);
        cr_expect(text_equal(got.priority_reason, text_from(reasons[i].reason)), "'%s': '%.*s'",
            reasons[i].defects, TEXT_ARGS(got.priority_reason));
        cr_expect_eq(
            got.is_collapse_hazard, reasons[i].collapse != NULL, "'%s'", reasons[i].defects);
        cr_expect(text_equal(got.collapse_reason, text_from(reasons[i].collapse)), "'%s': '%.*s'",
            reasons[i].defects, TEXT_ARGS(got.collapse_reason));
        one_segment_release(&one);
    }
}

Test(assess, an_unknown_diameter_is_said_when_it_would_count) {
    static const struct {
        const char *defects, *reason;
    } cases[] = {
        {"PL3@10", "RI 3.5 (II): PL3 at 10.0 m; diameter unknown"},
        {"PL2@10", "RI 1.4 (II): PL2 at 10.0 m"                  },
    };

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct one_segment one;
        one_segment_build(&one, 40, NAN, 0, 0);
        one_segment_log(&one, cases[i].defects);
        struct assessment got = one_segment_assess(&one);
        cr_expect(got.diameter_is_missing);
        cr_expect(text_equal(got.priority_reason, text_from(cases[i].reason)), "%.*s",
            TEXT_ARGS(got.priority_reason));
        one_segment_release(&one);
    }
}

Test(assess, the_log_helps_out_with_the_diameter) {
    struct one_segment one;

    one_segment_build(&one, 40, NAN, 0, 0);
    one_segment_log(&one, "PL3@10");
    one.survey.inspections[0].diameter_mm = 2700;
    one.survey.inspections[0].height_mm = 2600;
    struct assessment got = one_segment_assess(&one);
    cr_expect_eq(got.pipe_importance, 10);
    cr_expect_not(got.diameter_is_missing);
    one_segment_release(&one);
}

Test(assess, area_and_soil_come_from_the_options_where_the_network_has_none) {
    struct one_segment one;

    one_segment_build(&one, 40, 800, -1, -1);
    one_segment_log(&one, "PL3@10 SL3@30");
    one.options.area_importance = 6;
    one.options.soil_influence = 10;
    struct assessment got = one_segment_assess(&one);
    cr_expect_eq(got.area_importance, 6);
    cr_expect_eq(got.soil_influence, 10);
    cr_expect(got.is_collapse_hazard, "the soil moves by option too");
    one_segment_release(&one);
}

/* --- what counts --- */

Test(assess, findings_name_each_row_that_cannot_be_scored) {
    struct one_segment one;

    one_segment_build(&one, 40, 800, 0, 0);
    one_segment_log(&one, "FS4@10 PL@11.25 XQ3@12 PL1@13 ZZ@14");
    struct assessment got = one_segment_assess(&one);
    cr_expect_eq(got.n_defects, 4);
    cr_expect_eq(got.n_structural, 3);
    cr_expect_eq(got.n_ungraded, 3);
    cr_assert_eq(one.findings.n, 2, "an unknown code is said once per code, when it is resolved");
    cr_expect_eq(one.findings.at[0].kind, FINDING_GRADE_NOT_IN_SCHEME);
    cr_expect(text_equal(one.findings.at[0].detail, TEXT("'FS' grade '4' at 10.00 m")));
    cr_expect_eq(one.findings.at[1].kind, FINDING_GRADE_MISSING);
    cr_expect_eq(one.findings.at[1].place.line, 2);
    cr_expect(text_equal(one.findings.at[1].place.segment_id, TEXT("WS1")));
    cr_expect(text_equal(one.findings.at[1].detail, TEXT("'PL' at 11.25 m")));
    one_segment_release(&one);
}

Test(assess, rows_that_do_not_count) {
    struct one_segment one;

    one_segment_build(&one, 40, 800, 0, 0);
    one_segment_log(&one, "PL4@1 PL4@2 PL4@3 CK2@20");
    one.survey.observations[0].is_current = 0;
    one.survey.observations[1].duplicate_of = 77;
    one.survey.observations[2].is_mark_end = 1;
    struct assessment got = one_segment_assess(&one);
    cr_expect_eq(got.n_defects, 1);
    cr_expect_eq(got.structural.score, 2);
    cr_expect_not(got.is_collapse_hazard);
    cr_expect_eq(one.survey.observations[0].score, 10, "but each has its own score");
    cr_expect_eq(one.survey.observations[1].is_collapse_hazard, 1);
    cr_expect(isnan(one.survey.observations[2].score), "the end of a mark is no defect");
    cr_expect_eq(one.survey.observations[3].score, 2);
    one_segment_release(&one);
}

Test(assess, without_a_current_inspection_nothing_is_assessed) {
    struct one_segment one;

    one_segment_build(&one, 40, 800, 0, 0);
    one_segment_log(&one, "PL4@1");
    one.stretches[0].is_current = false;
    struct assessment got = one_segment_assess(&one);
    cr_expect_eq(got.priority, 0);
    cr_expect_eq(got.n_defects, 0);
    cr_expect_eq(got.structural.grade, GRADE_UNSET);
    cr_expect_eq(got.n_inspections, 1);
    cr_expect_eq(got.priority_reason.n, 0);
    one_segment_release(&one);
}

Test(assess, a_clean_segment_is_class_1_and_says_how_much_was_seen) {
    struct one_segment one;

    one_segment_build(&one, 52, 800, 6, 10);
    one_segment_log(&one, "");
    one.stretches[0].to_along_m = 0.55;
    struct assessment got = one_segment_assess(&one);
    cr_expect_eq(got.structural.grade, GRADE_1);
    cr_expect_eq(got.structural.index_grade, GRADE_1);
    cr_expect_eq(got.functional.index_grade, GRADE_1);
    cr_expect_eq(got.structural.index, 0);
    cr_expect_eq(got.structural.density, 0);
    cr_expect_eq(got.priority, 5);
    cr_expect(text_equal(got.priority_reason, TEXT("no defects in 0.6 of 52.0 m")), "%.*s",
        TEXT_ARGS(got.priority_reason));
    one_segment_release(&one);
}

Test(assess, runs_from_both_ends_are_merged_on_one_axis) {
    struct one_segment one;

    one_segment_build(&one, 30, 500, 6, 8);
    one_segment_log(&one, "PL2@5 TJ2@6.6");
    one_segment_log(&one, "SL1@20 CK3@5.4");
    one.survey.inspections[1].inspected_on = 20240601;
    struct assessment got = one_segment_assess(&one);
    cr_expect_float_eq(got.structural.index, 6.70, 1e-9, "V5 of the examples");
    cr_expect_eq(got.structural.n_plain, 1);
    cr_expect_eq(got.structural.n_close, 2);
    cr_expect_eq(got.n_inspections, 2);
    cr_expect_eq(got.inspected_on, 20240601);
    one_segment_release(&one);
}

Test(assess, a_duplicate_inspection_is_not_counted) {
    struct one_segment one;

    one_segment_build(&one, 30, 500, 0, 0);
    one_segment_log(&one, "PL2@5");
    one_segment_log(&one, "PL2@5");
    one.survey.inspections[1].is_duplicate = true;
    one.stretches[1].is_current = false;
    struct assessment got = one_segment_assess(&one);
    cr_expect_eq(got.n_inspections, 1);
    cr_expect_eq(got.n_defects, 1);
    one_segment_release(&one);
}

Test(assess, the_drawn_length_is_the_length_or_the_table_s_without_a_drawing) {
    struct one_segment one;

    one_segment_build(&one, 40, 800, 0, 0);
    one.network.segments[0].length_m = 80;
    one_segment_log(&one, "PL2@5");
    cr_expect_float_eq(one_segment_assess(&one).structural.density, 1.0 / 40, 1e-9);
    one.network.segments[0].drawn_m = 0;
    cr_expect_float_eq(one_segment_assess(&one).structural.density, 1.0 / 80, 1e-9);
    one.network.segments[0].length_m = NAN;
    cr_expect(isnan(one_segment_assess(&one).structural.density));
    one_segment_release(&one);
}

Test(assess, more_defects_than_fit_at_hand) {
    struct one_segment one;
    char log[4000];
    size_t n = 0;

    for (size_t i = 0; i < 300; i++) {
        n += (size_t)snprintf(log + n, sizeof log - n, "PL%d@%zu ", i == 7 ? 4 : 1, (299 - i) * 2);
    }
    one_segment_build(&one, 600, 800, 0, 0);
    one_segment_log(&one, log);
    struct assessment got = one_segment_assess(&one);
    cr_expect_eq(got.structural.n_plain, 300);
    cr_expect_float_eq(got.structural.mean, (299 * 0.5 + 10) / 300, 1e-9);
    cr_expect(text_equal(got.collapse_reason, TEXT("PL4 at 584.0 m (collapse)")));
    one_segment_release(&one);
}

/* --- surveys without a scheme --- */

Test(assess, a_catalogue_without_a_scheme_is_counted_but_not_graded) {
    struct one_segment one;

    one_segment_build(&one, 40, 800, 0, 0);
    one.survey.catalogue = CATALOGUE_UNKNOWN;
    one_segment_log(&one, "BAC@10 BBC@12");
    struct assessment got = one_segment_assess(&one);
    cr_expect_eq(got.scheme, SCHEME_NONE);
    cr_expect_eq(got.priority, 0);
    cr_expect_eq(got.n_defects, 2);
    cr_expect_eq(got.n_structural, 0, "nobody knows what they are");
    cr_expect(isnan(one.survey.observations[0].score));
    cr_expect_eq(one.findings.n, 0);

    assess_choose_scheme(&one.survey, &one.options, &one.findings);
    cr_assert_eq(one.findings.n, 1);
    cr_expect_eq(one.findings.at[0].kind, FINDING_NO_SCHEME);
    one_segment_release(&one);
}

Test(assess, a_scheme_that_was_asked_for_does_not_grade_codes_of_others) {
    struct one_segment one;

    one_segment_build(&one, 40, 800, 0, 0);
    one.survey.catalogue = CATALOGUE_UNKNOWN;
    one.options.scheme = SCHEME_CJJ181;
    one_segment_log(&one, "FS3@10");
    struct assessment got = one_segment_assess(&one);
    cr_expect_eq(got.scheme, SCHEME_NONE, "FS means corrosion here, and a fracture elsewhere");
    cr_expect_eq(got.priority, 0);
    cr_expect_eq(one.findings.n, 0);
    assess_choose_scheme(&one.survey, &one.options, &one.findings);
    cr_assert_eq(one.findings.n, 1);
    cr_expect_eq(one.findings.at[0].kind, FINDING_NO_SCHEME);

    one.survey.catalogue = CATALOGUE_CJJ181;
    assess_choose_scheme(&one.survey, &one.options, &one.findings);
    cr_expect_eq(one.findings.n, 1, "nothing to say when they fit");
    cr_expect_eq(one.survey.graded_by, SCHEME_CJJ181);
    one_segment_release(&one);
}

Test(assess, one_observation_alone) {
    static const struct {
        const char *defect;
        int t;
        double score;
        bool is_hazard;
    } cases[] = {
        {"PL4@1", 0,  10,  true },
        {"SL4@1", 0,  10,  false},
        {"SL4@1", 6,  10,  true },
        {"SL3@1", 8,  5,   true },
        {"SL2@1", 10, 2,   false},
        {"FZ2@1", 10, 0,   false},
        {"ZW1@1", 0,  0.1, false},
        {"FS4@1", 0,  NAN, false},
        {"PL@1",  0,  NAN, false},
        {"YJ@1",  0,  NAN, false},
    };

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct one_segment one;
        one_segment_build(&one, 40, 800, 0, 0);
        one_segment_log(&one, cases[i].defect);
        catalogue_resolve(&one.survey);
        struct observation *observation = &one.survey.observations[0];
        observation->is_collapse_hazard = 1;
        assess_observation(&one.survey.inspections[0], observation, cases[i].t, &assess_defaults);
        if (isnan(cases[i].score)) {
            cr_expect(isnan(observation->score), "%s", cases[i].defect);
        } else {
            cr_expect_float_eq(observation->score, cases[i].score, 1e-6, "%s", cases[i].defect);
        }
        cr_expect_eq(observation->is_collapse_hazard, cases[i].is_hazard, "%s T %d",
            cases[i].defect, cases[i].t);
        one_segment_release(&one);
    }
}

Test(assess, names) {
    cr_expect_str_eq(scheme_name(SCHEME_CJJ181), "cjj181");
    cr_expect_str_eq(scheme_version(SCHEME_CJJ181), "2012");
    cr_expect_null(scheme_name(SCHEME_NONE));
    cr_expect_eq(scheme_from_name(TEXT("CJJ181")), SCHEME_CJJ181);
    cr_expect_eq(scheme_from_name(TEXT("nassco")), SCHEME_NONE);
    cr_expect_eq(scheme_of_catalogue(CATALOGUE_CJJ181), SCHEME_CJJ181);
    cr_expect_eq(scheme_of_catalogue(CATALOGUE_EN13508), SCHEME_DWA);
    cr_expect_str_eq(density_type_name(DENSITY_WHOLE), "whole");
    cr_expect_null(density_type_name(DENSITY_NONE));
}

/* --- a hazard that only a newer, incomplete inspection saw --- */

static const struct {
    const char *name, *complete, *newer;
    int32_t newer_on;
    int priority;
    const char *reason, *collapse;
} newer_cases[] = {
    {"a newer hazard makes a clean segment an emergency",         "",       "PL4@14.2", 20240601, 1,
     "collapse hazard: PL4 at 14.2 m, seen on 2024-06-01 by a newer inspection that is not complete",
     "PL4 at 14.2 m (collapse), seen on 2024-06-01 by a newer inspection that is not complete"                                                                                                 },
    {"the scores stay those of the complete one",                 "PL2@10", "PL4@14.2", 20240601, 1,
     "RI 1.4 (II): PL2 at 10.0 m; collapse hazard: PL4 at 14.2 m, seen on 2024-06-01 by a newer "
        "inspection that is not complete",                                                            "PL4 at 14.2 m (collapse), seen on 2024-06-01 by a newer inspection that is not complete"},
    {"an older hazard is superseded",                             "PL2@10", "PL4@14.2", 20200601, 4,
     "RI 1.4 (II): PL2 at 10.0 m",                                                                    NULL                                                                                     },
    {"other defects of a newer incomplete inspection stay apart", "PL2@10", "PL3@14.2", 20240601, 4,
     "RI 1.4 (II): PL2 at 10.0 m",                                                                    NULL                                                                                     },
};

Test(assess, newer_incomplete_inspection_with_a_hazard) {
    for (size_t i = 0; i < ARRAY_LEN(newer_cases); i++) {
        struct one_segment one;

        one_segment_build(&one, 40, 800, 0, 0);
        one_segment_log(&one, newer_cases[i].complete);
        one_segment_log(&one, newer_cases[i].newer);
        one.stretches[1].is_current = false;
        one.survey.inspections[1].inspected_on = newer_cases[i].newer_on;
        struct assessment got = one_segment_assess(&one);
        cr_expect_eq(
            got.priority, newer_cases[i].priority, "%s: %d", newer_cases[i].name, got.priority);
        cr_expect(text_equal(got.priority_reason, text_from(newer_cases[i].reason)), "%s: '%.*s'",
            newer_cases[i].name, TEXT_ARGS(got.priority_reason));
        cr_expect(text_equal(got.collapse_reason, text_from(newer_cases[i].collapse)), "%s: '%.*s'",
            newer_cases[i].name, TEXT_ARGS(got.collapse_reason));
        cr_expect_eq(one.findings.n, newer_cases[i].priority == 1, "%s", newer_cases[i].name);
        one_segment_release(&one);
    }
}

/* Whoever has the tables, with places to the millimetre, must get the same figures from them. */
Test(assess, figures_are_made_of_places_as_tables_show_them) {
    static const struct {
        const char *exact, *shown;
    } cases[] = {
        {"PL3@10.0001 FS2@11.0004",    "PL3@10.000 FS2@11.000"  }, /* merged by a hair */
        {"PL3@10.00049 FS2@11.50061",  "PL3@10.000 FS2@11.501"  }, /* no longer close */
        {"PL3@10.0001-14.00049 CJ@20", "PL3@10.000-14.000 CJ@20"},
    };

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        CLEANUP(one_segment_release) struct one_segment exact, shown;
        one_segment_build(&exact, 40.00049, 300, 3, 0);
        one_segment_build(&shown, 40, 300, 3, 0);
        one_segment_log(&exact, cases[i].exact);
        one_segment_log(&shown, cases[i].shown);
        struct assessment a = one_segment_assess(&exact), b = one_segment_assess(&shown);
        cr_expect_eq(a.structural.score, b.structural.score, "%s", cases[i].exact);
        cr_expect_eq(a.structural.density, b.structural.density, "%s", cases[i].exact);
        cr_expect_eq(a.structural.n_close, b.structural.n_close, "%s", cases[i].exact);
        cr_expect(text_equal(a.priority_reason, b.priority_reason), "%s", cases[i].exact);
    }
}

/* A code that no rule has: nothing is looked up behind nothing (the sanitizers watch). */
Test(assess, a_code_that_the_scheme_does_not_know_is_not_graded) {
    CLEANUP(one_segment_release) struct one_segment one;

    one_segment_build(&one, 40, 300, 0, 0);
    one_segment_log(&one, "XX2@5 PL2@20");
    struct assessment got = one_segment_assess(&one);
    cr_expect_eq(got.n_defects, 2);
    cr_expect_eq(got.n_ungraded, 1);
    cr_expect_eq(got.structural.score, 2);
}
